"""The chat page: read the conversation, write a message, say where one is and who one is."""

import hashlib
import secrets
import unicodedata
from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.templating import Jinja2Templates

from assistant.answers import Asker
from assistant.desk import Desk
from assistant.ports import Incoming
from assistant.store import Turn
from bots.web.bubbles import exchange
from bots.web.visitor import CHANNEL, Visitor, remember, visitor_of

NEWEST = "/#newest"
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

    def send(self, request: Request, text: Annotated[str, Form()] = "", nonce: Annotated[str, Form()] = "") -> Response:
        """Hand a message to the desk; the same form sent twice is one message."""
        visitor = visitor_of(request)
        message = cleaned(text)
        if not message:
            return RedirectResponse(NEWEST, status_code=303)
        now = self.clock()
        incoming = Incoming(CHANNEL, _message_id(visitor, nonce, message), visitor.id, message, now)
        turn = Turn(text=message, at=now, replies=tuple(self.desk.receive(incoming, now)))
        if request.headers.get("x-requested-with") == FETCHED:
            response = self._fragment(request, turn, visitor)
        elif visitor.is_new:
            # Perhaps this browser keeps no cookies: after a redirect it would not see its answer.
            response = self._page(request, visitor)
        else:
            response = RedirectResponse(NEWEST, status_code=303)
        remember(response, visitor, request)
        return response

    def news(self, request: Request) -> Response:
        """Show the duty desk's replies among the last exchanges, as a part of a page; asked twice it shows the same."""
        visitor = visitor_of(request)
        shown = {
            "exchanges": [exchange(turn, visitor.id) for turn in self._turns(visitor) if not turn.text],
            "awaits_reply": self.desk.awaits_reply(CHANNEL, visitor.id),
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

    def _page(self, request: Request, visitor: Visitor) -> Response:
        profile = self.desk.profile(CHANNEL, visitor.id)
        shown = {
            "exchanges": [exchange(turn, visitor.id) for turn in self._turns(visitor)],
            "awaits_reply": self.desk.awaits_reply(CHANNEL, visitor.id),
            "profile": profile,
            "regions": sorted({*self.desk.regions(), profile.region} - {""}),
            "new_nonce": _new_nonce,
        }
        response = self.templates.TemplateResponse(request, "chat.html", shown)
        remember(response, visitor, request)
        return response

    def _turns(self, visitor: Visitor) -> list[Turn]:
        """Return the conversation; what the duty desk has answered meanwhile becomes a part of it."""
        self.desk.pending(CHANNEL, visitor.id, self.clock())
        return self.desk.history(CHANNEL, visitor.id)

    def _fragment(self, request: Request, turn: Turn, visitor: Visitor) -> Response:
        shown = {"exchange": exchange(turn, visitor.id), "is_newest": True, "new_nonce": _new_nonce}
        return self.templates.TemplateResponse(request, "_exchange.html", shown)


def cleaned(text: str) -> str:
    """Return a message without control characters, outer blanks and carriage returns."""
    kept = (
        sign for sign in text.replace("\r\n", "\n") if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"}
    )
    return "".join(kept).strip()


def _new_nonce() -> str:
    return secrets.token_hex(16)


def _message_id(visitor: Visitor, nonce: str, message: str) -> str:
    """Return the same id for the same form sent again.

    Visitor and text are part of it: nobody can take another's reply by guessing, and a page that was left open
    and now sends something else under its old nonce is not taken for a repetition.
    """
    parts = "\0".join((visitor.id, nonce or _new_nonce(), message))
    return hashlib.sha256(parts.encode()).hexdigest()[:32]
