"""The chat page: read the conversation, write a message, say where one is and who one is."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import File, Form, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.templating import Jinja2Templates

from assistant.answers import Asker
from assistant.desk import Desk
from assistant.errors import TooManyFiles
from assistant.ports import Attachment, Incoming
from assistant.store import Turn
from assistant.wording import explain
from bots.web.bubbles import Exchange, exchange
from bots.web.sent import NOTHING, Sent, cleaned, received
from bots.web.staff import token_of
from bots.web.visitor import CHANNEL, Visitor, remember, visitor_of

NEWEST = "/#newest"
UNKEPT = "unkept"
"""Decision of a reply that the conversation will not show: the database fails."""
FETCHED = "fetch"
"""Value of X-Requested-With by which the page's own script asks for the new exchange alone."""


class ChatPages:
    """The endpoints of the conversation, before one desk."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime], templates: Jinja2Templates) -> None:
        self.desk = desk
        self.clock = clock
        self.templates = templates

    def show(self, request: Request) -> Response:
        """Show the whole conversation."""
        return self._page(request, visitor_of(request))

    def send(
        self,
        request: Request,
        text: Annotated[str, Form()] = "",
        nonce: Annotated[str, Form()] = "",
        point: Annotated[str, Form()] = "",
        photo: Annotated[list[UploadFile] | None, File()] = None,
    ) -> Response:
        """Hand a message to the desk; the same form sent twice is one message.

        Raises: the first refusal of a photo, where nothing else was sent.
        """
        visitor = visitor_of(request)
        sent = received(self._keeper(visitor), cleaned(text), point, photo or [])
        if sent.is_empty:
            if sent.refusals:
                raise sent.refusals[0]
            return RedirectResponse(NEWEST, status_code=303)
        turn = self._handed_over(visitor, nonce, sent)
        if request.headers.get("x-requested-with") == FETCHED:
            response = self._fragment(request, turn, visitor, sent)
        elif any(reply.decision == UNKEPT for reply in turn.replies):
            response = self._told(request, turn, visitor, sent)
        elif visitor.is_new or sent.refusals:
            # Perhaps this browser keeps no cookies: after a redirect it would not see its answer.
            # And what became of a photo is said on this page alone.
            response = self._page(request, visitor, sent)
        else:
            response = RedirectResponse(NEWEST, status_code=303)
        remember(response, visitor, request)
        return response

    def _keeper(self, visitor: Visitor) -> Callable[[bytes], Attachment]:
        def keep(content: bytes) -> Attachment:
            if not self.desk.takes_file(CHANNEL, visitor.id, self.clock()):
                raise TooManyFiles
            return self.desk.gallery.keep(content)

        return keep

    def _handed_over(self, visitor: Visitor, nonce: str, sent: Sent) -> Turn:
        now = self.clock()
        message_id = _message_id(visitor, nonce, sent.fingerprint)
        incoming = Incoming(CHANNEL, message_id, visitor.id, sent.text, now, sent.attachments, sent.location)
        replies = tuple(self.desk.receive(incoming, now))
        return Turn(text=sent.text, at=now, replies=replies, attachments=sent.attachments, location=sent.location)

    def media(self, request: Request, digest: str) -> Response:
        """Show a photo, or hand out a voice message, to those who may see it.

        Raises: MissingMedia.
        """
        content, media_type = self.desk.gallery.shown(
            CHANNEL, visitor_of(request).id, digest, self.clock(), token_of(request)
        )
        way = "inline" if media_type == "image/jpeg" else "attachment"
        return Response(content, media_type=media_type, headers={"Content-Disposition": way})

    def news(self, request: Request) -> Response:
        """Show the duty desk's replies among the last exchanges, as a part of a page; asked twice it shows the same."""
        visitor = visitor_of(request)
        shown = {
            "exchanges": [one for one in self._exchanges(visitor) if not one.is_asked],
            "awaits_reply": self.desk.awaits_reply(CHANNEL, visitor.id),
            "refusals": [],
            "is_newest": False,
            "new_nonce": _new_nonce,
        }
        return self.templates.TemplateResponse(request, "_news.html", shown)

    def set_profile(
        self, request: Request, region: Annotated[str, Form()], asker: Annotated[Asker, Form()]
    ) -> Response:
        """Keep where and who the visitor is.

        Raises: UnknownRegion.
        """
        visitor = visitor_of(request)
        self.desk.set_profile(CHANNEL, visitor.id, region=region, asker=asker.value)
        response = RedirectResponse("/", status_code=303)
        remember(response, visitor, request)
        return response

    def _page(self, request: Request, visitor: Visitor, sent: Sent = NOTHING) -> Response:
        profile = self.desk.profile(CHANNEL, visitor.id)
        shown = {
            "exchanges": self._exchanges(visitor),
            "awaits_reply": self.desk.awaits_reply(CHANNEL, visitor.id),
            "profile": profile,
            "refusals": [explain(refusal) for refusal in sent.refusals],
            "regions": sorted({*self.desk.regions(), profile.region} - {""}),
            "new_nonce": _new_nonce,
        }
        response = self.templates.TemplateResponse(request, "chat.html", shown)
        remember(response, visitor, request)
        return response

    def _turns(self, visitor: Visitor) -> list[Turn]:
        """Return the conversation; what the duty desk has answered meanwhile becomes a part of it."""
        now = self.clock()
        self.desk.pending(CHANNEL, visitor.id, now)
        return self.desk.shown_history(CHANNEL, visitor.id, now)

    def _exchanges(self, visitor: Visitor) -> list[Exchange]:
        return [exchange(turn, visitor.id) for turn in self._turns(visitor)]

    def _told(self, request: Request, turn: Turn, visitor: Visitor, sent: Sent) -> Response:
        """Show what was replied on a page that needs no database; a reload sends the same message once more."""
        shown = self._newest(turn, visitor, sent)
        return self.templates.TemplateResponse(request, "told.html", shown, status_code=503)

    def _fragment(self, request: Request, turn: Turn, visitor: Visitor, sent: Sent) -> Response:
        return self.templates.TemplateResponse(request, "_exchange.html", self._newest(turn, visitor, sent))

    def _newest(self, turn: Turn, visitor: Visitor, sent: Sent) -> dict[str, object]:
        return {
            "exchange": exchange(turn, visitor.id),
            "is_newest": True,
            "new_nonce": _new_nonce,
            "refusals": [explain(refusal) for refusal in sent.refusals],
        }


def _new_nonce() -> str:
    return secrets.token_hex(16)


def _message_id(visitor: Visitor, nonce: str, message: str) -> str:
    """Return the same id for the same form sent again.

    Visitor and text are part of it: nobody can take another's reply by guessing, and a page that was left open
    and now sends something else under its old nonce is not taken for a repetition.
    """
    parts = "\0".join((visitor.id, nonce or _new_nonce(), message))
    return hashlib.sha256(parts.encode()).hexdigest()[:32]
