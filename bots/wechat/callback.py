"""The callback (消息推送): checked, kept, and answered within the five seconds that the platform waits."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from assistant.desk import Desk
from assistant.errors import DatabaseFailed
from assistant.ports import Outgoing
from assistant.triage import danger
from bots.vendor.envelope import BadEnvelope, Envelope, read_body
from bots.wechat import telling
from bots.wechat.attending import Attendant, send_rest
from bots.wechat.keeping import Keeper
from bots.wechat.reading import Left, Message, Other, Subscribed, read
from bots.wechat.replying import as_xml, joined

PATH = "/wechat"
PATIENCE_S = 4.0
"""Of the five seconds of the platform: the rest is for the way."""
THREADS = 64
MANY = 6
"""So many messages are answered in the callback at a time; of more the answers are sent, which comes sooner for all."""
MOST_WAITING = 512
"""So many messages wait at most; one more is sent again by the platform."""
SUCCESS = "success"
UNKEPT = "unkept"
log = logging.getLogger(__name__)


class Callback:
    """What the platform calls."""

    def __init__(self, desk: Desk, envelope: Envelope, attendant: Attendant, clock: Callable[[], datetime]) -> None:
        self._desk, self._envelope, self._attendant, self._clock = desk, envelope, attendant, clock
        self.patience_s = PATIENCE_S
        # its own threads: a platform that hangs elsewhere, or a full desk, delays no other page
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="wechat")
        self._keeper = Keeper(desk, clock)
        self._waiting: dict[str, asyncio.Future[list[Outgoing]]] = {}
        self._late: dict[str, None] = {}
        """Messages whose replies are sent: another delivery must not answer them too."""

    def register(self, app: FastAPI) -> None:
        """Add the addresses."""
        app.add_api_route(PATH, self.prove, methods=["GET"], response_model=None)
        app.add_api_route(PATH, self.take, methods=["POST"], response_model=None)

    def close(self) -> None:
        """Finish what is in hand."""
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._keeper.close()

    async def prove(self, request: Request) -> Response:
        """Answer the platform's question whether the address is ours."""
        try:
            return PlainTextResponse(self._envelope.echo(request.query_params, self._clock()))
        except BadEnvelope as error:
            return _refused(error)

    async def take(self, request: Request) -> Response:
        """Take one message."""
        try:
            body = await read_body(request.stream())
            fields = self._envelope.open(body, request.query_params, self._clock())
            message = read(fields, self._clock())
        except BadEnvelope as error:
            return _refused(error)
        except ValueError as error:
            log.warning("wechat: a signed message that is none: %s", error)
            return PlainTextResponse(SUCCESS)
        if isinstance(message, Other):
            log.info("wechat: event %s", message.name)
            return PlainTextResponse(SUCCESS)
        if not isinstance(message, Message):
            return await self._note(message)
        if len(self._waiting) >= MOST_WAITING:
            return Response(status_code=503)
        return await self._answer(message, fields, request.query_params.get("nonce", ""))

    async def _note(self, event: Left | Subscribed) -> Response:
        loop = asyncio.get_running_loop()
        try:
            await asyncio.wait_for(loop.run_in_executor(self._pool, self._kept, event), self.patience_s)
        except (TimeoutError, DatabaseFailed):
            return Response(status_code=503)  # the platform tells us again
        return PlainTextResponse(SUCCESS)

    def _kept(self, event: Left | Subscribed) -> None:
        if isinstance(event, Left):
            telling.keep_left(self._desk, event.sender, self._clock())
        else:
            telling.keep_subscribed(self._desk, event.sender, event.templates, self._clock())

    async def _answer(self, message: Message, fields: dict[str, object], nonce: str) -> Response:
        name = message.incoming.message_id
        if name in self._late:
            return PlainTextResponse(SUCCESS)
        refusal = self._desk.refused(message.incoming, self._clock())
        if refusal is not None:
            return self._said(joined(refusal)[0], message, nonce)
        if self._may_wait(message):
            return await self._kept_for_later(message)
        work = self._waiting.get(name) or self._begun(message, fields)
        done, _ = await asyncio.wait([work], timeout=self.patience_s)
        if done:
            return await self._replied(message, work, nonce)
        if not self._attendant.is_kept(message):
            return Response(status_code=503)  # nothing is promised that a power cut could break
        self._send_later(message, work)
        return PlainTextResponse(SUCCESS)

    def _may_wait(self, message: Message) -> bool:
        """Say whether a message is only kept now: among many, and where nobody is in danger."""
        if len(self._waiting) < MANY or message.incoming.message_id in self._waiting:
            return False
        return message.is_known and not message.media_id and danger(message.incoming.text) is None

    async def _kept_for_later(self, message: Message) -> Response:
        try:
            await asyncio.wait_for(asyncio.wrap_future(self._keeper.keep(message.incoming)), self.patience_s)
        except (TimeoutError, DatabaseFailed):
            return Response(status_code=503)
        self._send_later(message, None)
        return PlainTextResponse(SUCCESS)

    def _begun(self, message: Message, fields: dict[str, object]) -> "asyncio.Future[list[Outgoing]]":
        """Begin to attend to a message; deliveries that come meanwhile wait for the same replies."""
        name, loop = message.incoming.message_id, asyncio.get_running_loop()
        work = loop.run_in_executor(self._pool, self._attendant.attend, message, fields)
        self._waiting[name] = work
        work.add_done_callback(lambda _: self._waiting.pop(name, None))
        return work

    async def _replied(self, message: Message, work: "asyncio.Future[list[Outgoing]]", nonce: str) -> Response:
        error = work.exception()
        if error is not None:
            log.error("wechat: message %s", message.incoming.message_id, exc_info=error)
            return Response(status_code=503)
        replies = work.result()
        text, count = joined(replies)
        is_unkept = bool(replies) and replies[-1].decision == UNKEPT
        if count < len(replies) and not is_unkept:
            await self._rest_of(message, count)
        elif is_unkept and self._attendant.is_kept(message):
            self._send_later(message, None)
            # finished just before we said so: then nobody else sends them
            self._pool.submit(send_rest, self._desk, message, 0, self._clock())
        return self._said(text, message, nonce)

    def _said(self, text: str, message: Message, nonce: str) -> Response:
        if not text:
            return PlainTextResponse(SUCCESS)
        xml = as_xml(text, message.incoming.sender, message.account, self._clock())
        return Response(self._envelope.seal(xml, nonce, self._clock()), media_type="application/xml")

    async def _rest_of(self, message: Message, start: int) -> None:
        """Queue what did not fit, before the answer: each of it goes once, however often the message comes."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._pool, send_rest, self._desk, message, start, self._clock())

    def _send_later(self, message: Message, work: "asyncio.Future[list[Outgoing]] | None") -> None:
        """Nobody waits any more: the desk sends the replies, and where it was just too quick for that, we do."""
        self._late[message.incoming.message_id] = None
        while len(self._late) > MOST_WAITING:
            self._late.pop(next(iter(self._late)))
        if work is not None:
            work.add_done_callback(lambda _: self._pool.submit(send_rest, self._desk, message, 0, self._clock()))


def _refused(error: BadEnvelope) -> Response:
    """What the platform itself has sent is not asked for again; all else is told nothing."""
    log.warning("wechat: callback refused: %s", error.reason)
    if error.is_signed:
        return PlainTextResponse(SUCCESS)
    return Response(status_code=413 if error.is_too_long else 403)
