"""The page of a link by which a call is acknowledged: looking does nothing, the button does it once."""

from collections.abc import Callable
from datetime import datetime

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from assistant.desk import Desk, linkwork
from assistant.errors import BadLink
from assistant.wording import ackpages as words
from assistant.wording import explain
from bots.web.pace import Pace

TRIES = 60
"""A minute from one address: a whole office may stand behind it."""
STATUS = {"wrong": 403, "expired": 410, "used": 410, "over": 410}
TOO_MANY = 429


class AckPages:
    """The endpoints."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime], templates: Jinja2Templates) -> None:
        self.desk, self.clock, self.templates = desk, clock, templates
        self.tries = Pace(TRIES)

    def register(self, app: FastAPI) -> None:
        """Add the pages to an application."""
        app.add_api_route("/a/{token}", self.show, methods=["GET", "HEAD"], response_model=None)
        app.add_api_route("/a/{token}", self.confirm, methods=["POST"], response_model=None)

    def show(self, request: Request, token: str) -> Response:
        """Show what is to be acknowledged; programs that look at links in advance change nothing."""
        now = self.clock()
        if not self._may_try(request, now):
            return self._page(request, words.SLOWLY, status=TOO_MANY)
        try:
            with self.desk.work(now) as work:
                asked = linkwork.seen(work, token, self.desk.rules)
        except BadLink as error:
            return self._refused(request, error)
        return self._page(request, words.ANSWERED if asked.is_answered else words.PRESS, asked.text, asks=True)

    def confirm(self, request: Request, token: str) -> Response:
        """Acknowledge."""
        now = self.clock()
        if not self._may_try(request, now):
            return self._page(request, words.SLOWLY, status=TOO_MANY)
        try:
            said = self.desk.acknowledge(token, now)
        except BadLink as error:
            return self._refused(request, error)
        return self._page(request, said)

    def _may_try(self, request: Request, now: datetime) -> bool:
        return self.tries.allows(request.client.host if request.client else "", now)

    def _refused(self, request: Request, error: BadLink) -> Response:
        return self._page(request, explain(error), status=STATUS[error.details["reason"]])

    def _page(self, request: Request, said: str, text: str = "", *, asks: bool = False, status: int = 200) -> Response:
        page = {"said": said, "text": text, "asks": asks, "words": words}
        return self.templates.TemplateResponse(request, "ack.html", page, status_code=status)
