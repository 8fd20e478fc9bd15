"""The web application: chat page, library and health, before one desk."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from fastapi import FastAPI
from fastapi.responses import JSONResponse
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from assistant.desk import Desk
from assistant.errors import YingdaError
from assistant.wording import explain
from bots.web.acklinks import AckPages
from bots.web.chat import ChatPages
from bots.web.drills import DrillPages
from bots.web.evacuation import EvacuationPages
from bots.web.guard import Guard
from bots.web.incidents import IncidentPages
from bots.web.ledger import LedgerPages
from bots.web.library import LibraryPages
from bots.web.mapping import MapPages
from bots.web.obligations import ObligationPages
from bots.web.open311 import Open311
from bots.web.problems import Problems
from bots.web.relaying import RelayPages
from bots.web.rendering import STATIC, load_templates
from bots.web.rosters import RosterPages
from bots.web.shifts import ShiftPages
from bots.web.staff import LoginPages
from bots.web.training import TrainingPages
from bots.web.warnings import WarningPages

READ = ["GET", "HEAD"]


def create_app(
    desk: Desk,
    clock: Callable[[], datetime],
    *,
    public_url: str = "",
    open311_key: str = "",
    channels: Callable[[], Mapping[str, Any]] = dict,
) -> FastAPI:
    """Return the web application; `public_url` is where people reach it, if a proxy stands before it.

    open311_key: who sends it may file reports over Open311; without one nobody may.
    channels: says how each platform's channel is.
    """
    templates = load_templates()
    problems = Problems(templates)
    # No generated API pages: they would load scripts from a CDN.
    app = FastAPI(title="应答", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(Guard, refuse=problems.page, public_url=public_url)
    problems.register(app)
    chat = ChatPages(desk, clock, templates)
    library = LibraryPages(desk, clock, templates)
    app.add_api_route("/", chat.show, methods=READ, response_model=None)
    app.add_api_route("/chat", chat.send, methods=["POST"], response_model=None)
    app.add_api_route("/media/{digest}", chat.media, methods=READ, response_model=None)
    app.add_api_route("/news", chat.news, methods=READ, response_model=None)
    app.add_api_route("/profile", chat.set_profile, methods=["POST"], response_model=None)
    app.add_api_route("/documents", library.shelves, methods=READ, response_model=None)
    app.add_api_route("/d/{document_id}", library.document, methods=READ, response_model=None)
    app.add_api_route("/healthz", _health(desk, channels), methods=READ, response_model=None)
    pages_of = (
        AckPages,
        LoginPages,
        LedgerPages,
        IncidentPages,
        EvacuationPages,
        RelayPages,
        WarningPages,
        MapPages,
        RosterPages,
        ShiftPages,
        ObligationPages,
        DrillPages,
        TrainingPages,
    )
    for pages in pages_of:
        pages(desk, clock, templates).register(app)
    Open311(desk, clock, key=open311_key).register(app)
    app.mount("/static", StaticFiles(directory=STATIC))
    return app


def _health(desk: Desk, channels: Callable[[], Mapping[str, Any]]) -> Callable[[], Response]:
    def health() -> Response:
        """Say whether the desk can work: 200, or 503 with what is wrong; a platform's trouble does not stop the desk."""
        try:
            state = desk.health()
        except YingdaError as error:
            state = {"ok": False, "problem": explain(error)}
        return JSONResponse(state | {"channels": channels()}, status_code=200 if state["ok"] else 503)

    return health
