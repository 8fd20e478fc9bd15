"""Pages for what went wrong: a sentence that says what to do, and a way back."""

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from assistant.errors import BadInput, MissingMedia, UnknownCase, UnknownDocument, UnknownUnit, YingdaError
from assistant.wording import explain
from bots.web.guard import HEADERS


class Problems:
    """Makes the problem page, and sees to it that every error ends there."""

    def __init__(self, templates: Jinja2Templates) -> None:
        self.templates = templates

    def page(self, request: Request, status: int, sentence: str = "") -> Response:
        """Return the page for an HTTP status; without `sentence` it says what the status means."""
        shown = {"status": status, "sentence": sentence}
        return self.templates.TemplateResponse(request, "problem.html", shown, status_code=status)

    def register(self, app: FastAPI) -> None:
        """Show this page for every error that an endpoint raises."""
        app.exception_handler(YingdaError)(self._explained)
        app.exception_handler(HTTPException)(self._refused)
        app.exception_handler(RequestValidationError)(self._malformed)
        app.exception_handler(Exception)(self._broken)

    def _explained(self, request: Request, error: YingdaError) -> Response:
        return self.page(request, _status(error), explain(error))

    def _refused(self, request: Request, error: HTTPException) -> Response:
        response = self.page(request, error.status_code)
        response.headers.update(error.headers or {})
        return response

    def _malformed(self, request: Request, error: RequestValidationError) -> Response:
        return self.page(request, 400)

    def _broken(self, request: Request, error: Exception) -> Response:
        # The server logs the traceback. This page is made outside Guard, so it carries the headers itself.
        response = self.page(request, 500)
        response.headers.update(HEADERS)
        return response


def _status(error: YingdaError) -> int:
    if isinstance(error, MissingMedia | UnknownCase | UnknownDocument | UnknownUnit):
        return 404
    return 400 if isinstance(error, BadInput) else 503
