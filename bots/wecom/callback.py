"""The callback address (接收消息服务器): checked before it is read, kept before it is answered, answered in time.

Source: developer.work.weixin.qq.com/document/path/90238 (five seconds, three tries, an empty answer says nothing).
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from secrets import token_hex
from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from assistant.errors import DatabaseFailed
from assistant.wording import in_parts
from bots.vendor.envelope import BadEnvelope, Envelope, read_body
from bots.wecom.attending import Done
from bots.wecom.cards import greyed, said
from bots.wecom.reading import Read, read
from bots.wecom.work import Workbench

PATH = "/wecom"
ANSWER_S, KEEP_S = 4.0, 0.4
"""The platform cuts the line after five seconds."""
TAKEN, REFUSED, TOO_LONG, BUSY = 200, 403, 413, 503
log = logging.getLogger(__name__)


class Callback:
    """What the platform calls."""

    def __init__(
        self,
        envelope: Envelope,
        company: str,
        bench: Workbench,
        clock: Callable[[], datetime],
    ) -> None:
        self._envelope, self._company, self._bench, self._clock = envelope, company, bench, clock
        self._keepers = ThreadPoolExecutor(2, thread_name_prefix="wecom-keep")

    def register(self, app: FastAPI) -> None:
        """Add the address."""
        app.add_api_route(PATH, self.verify, methods=["GET"], response_model=None)
        app.add_api_route(PATH, self.receive, methods=["POST"], response_model=None)

    def close(self) -> None:
        """Keep nothing any more."""
        self._keepers.shutdown(wait=False)

    async def verify(self, request: Request) -> Response:
        """Prove that the address is ours, when an administrator fills it in."""
        try:
            return PlainTextResponse(self._envelope.echo(request.query_params, self._clock()))
        except BadEnvelope as error:
            return _refused(error)

    async def receive(self, request: Request) -> Response:
        """Take a message or an event."""
        now = self._clock()
        try:
            fields = self._envelope.open(await read_body(request.stream()), request.query_params, now)
            found = read(fields, now)
        except BadEnvelope as error:
            return _refused(error)
        if found is None:
            log.info("an event that concerns nobody: %s", fields.get("Event"))
            return Response()
        running = self._bench.start(found)
        finished, _ = await asyncio.wait({asyncio.wrap_future(running.done)}, timeout=ANSWER_S)
        if not finished:
            if not await self._kept(found, fields):
                return Response(status_code=BUSY)  # it is delivered again
            if running.leave():
                return Response()
            self._keepers.submit(self._bench.forget, found)
        if running.done.exception() is not None:
            return Response(status_code=BUSY)
        return self._answer(found, running.done.result())

    async def _kept(self, found: Read, fields: Mapping[str, Any]) -> bool:
        keeping = asyncio.get_running_loop().run_in_executor(self._keepers, self._bench.keep, found, fields)
        finished, _ = await asyncio.wait({keeping}, timeout=KEEP_S)
        try:
            return bool(finished) and keeping.result() is None
        except DatabaseFailed as error:
            log.warning("message %s is not kept: %s", found.incoming.message_id, error)
            return False

    def _answer(self, found: Read, done: Done) -> Response:
        """Say what cannot be said otherwise, or leave one grey button; empty where all is in the outbox."""
        now, sender = self._clock(), found.incoming.sender
        if done.replies:
            text = in_parts("\n".join(reply.text for reply in done.replies))[0]
            return self._sealed(said(sender, self._company, text, now), now)
        if done.chosen:
            return self._sealed(greyed(sender, self._company, done.chosen, now), now)
        return Response()

    def _sealed(self, xml: str, now: datetime) -> Response:
        return Response(self._envelope.seal(xml, token_hex(8), now), media_type="application/xml")


def _refused(error: BadEnvelope) -> Response:
    """What the platform itself sent is taken, for it would come again and again; all else is refused."""
    log.warning("callback of wecom: %s", error.reason)
    if error.is_signed:
        return Response()
    return Response(status_code=TOO_LONG if error.is_too_long else REFUSED)
