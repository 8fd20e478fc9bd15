"""Webhook (推送): the platform posts updates to /telegram with a secret in the header, which is checked here."""

import hmac
import json
import logging
from threading import Event, Thread
from typing import Any

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from assistant.errors import DatabaseFailed, SendingFailed, SendingRefused
from bots.telegram.client import Client
from bots.telegram.failures import TOKEN
from bots.telegram.intake import Intake
from bots.telegram.polling import Pace
from bots.telegram.state import State

PATH = "/telegram"
SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
MOST_BYTES = 256 * 1024
log = logging.getLogger(__name__)


class Webhook:
    """The address that the platform posts to, and the thread that tells it so."""

    def __init__(self, client: Client, intake: Intake, state: State, secret: str, public_url: str) -> None:
        self._client, self._intake, self._state = client, intake, state
        self._secret, self._url = secret, f"{public_url.rstrip('/')}{PATH}" if public_url else ""
        self._pace = Pace()
        self._stopped = Event()
        self._thread = Thread(target=self._run, name="telegram-webhook", daemon=True)

    def register(self, app: FastAPI) -> None:
        """Add the address."""
        app.add_api_route(PATH, self.receive, methods=["POST"], response_model=None)

    async def receive(self, request: Request) -> Response:
        """Keep what was posted, then say so; what cannot be kept is posted again by the platform."""
        given = request.headers.get(SECRET, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            return Response(status_code=403)
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        update = _update(body)
        if update is None:
            log.warning("telegram: something was posted that is no update")
            return Response(status_code=200)
        try:
            await run_in_threadpool(self._intake.take, [update], is_polled=False)
        except DatabaseFailed as error:
            log.warning("telegram: %s", error)
            self._state.bad("database")
            return Response(status_code=503)
        self._state.good("pushed")
        return Response(status_code=200)

    def start(self) -> None:
        """Begin; nobody waits for the platform."""
        self._intake.start(self._pace.again_s)
        self._thread.start()

    def stop(self) -> None:
        """Take nothing up any more."""
        self._stopped.set()
        self._thread.join(self._client.access.read_s)

    def _run(self) -> None:
        """Tell the platform the address until it has understood."""
        pause_s = self._pace.first_s
        while not self._stopped.is_set() and not self._tell():
            self._stopped.wait(pause_s)
            pause_s = min(2 * pause_s, self._pace.longest_s)

    def _tell(self) -> bool:
        if not self._url:
            self._state.bad("no_address")
            return False
        try:
            self._client.expect_pushes(self._url, self._secret)
        except SendingRefused:
            self._state.bad("refused")
            return False
        except SendingFailed as error:
            log.warning("telegram: %s", error)
            self._state.bad(TOKEN if error.details["reason"] == TOKEN else "unreachable")
            return False
        self._state.good("pushed")
        return True


async def _body(request: Request) -> bytes | None:
    """Return what was posted, None where that is too much."""
    read = bytearray()
    async for piece in request.stream():
        read += piece
        if len(read) > MOST_BYTES:
            return None
    return bytes(read)


def _update(body: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("update_id"), int) else None
