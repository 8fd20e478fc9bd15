"""Calls to the Bot API (接口调用): telegram.Bot on an event loop of its own; every call ends in time, and no error holds the token."""

import asyncio
import json
import logging
import os
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError
from dataclasses import dataclass
from threading import Lock, Thread
from typing import Any, TypeVar

os.environ.setdefault("PTB_TIMEDELTA", "true")  # the way python-telegram-bot 22 asks to be told that we know

import httpx
from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from assistant.errors import SendingFailed, SendingRefused
from bots.telegram.failures import CHANNEL, failure

Result = TypeVar("Result")
Call = Callable[[Bot], Coroutine[Any, Any, Result]]
KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
"""What is asked for; the rest never comes."""
MOST_UPDATES = 100
SPARE_S = 0.5
"""So much longer than the loop itself waits whoever called it."""


@dataclass(frozen=True, slots=True)
class Access:
    """Where the Bot API is, and how long it may take, seconds."""

    token: str
    url: str = "https://api.telegram.org"
    proxy: str = ""
    connect_s: float = 3.0
    read_s: float = 10.0
    send_s: float = 4.5
    """A whole message: `Channel.send` gives up after five."""
    poll_s: float = 25.0
    """So long the platform waits for something new before it says that there is nothing."""

    pauses_s: tuple[float, ...] = (1.0, 4.0)
    """Between the attempts at a file."""

    @property
    def bot(self) -> str:
        """The bot's own id, which is no secret."""
        return self.token.partition(":")[0]


class Client:
    """One bot; safe to use from any thread. Nothing is opened before the first call."""

    def __init__(self, access: Access) -> None:
        self.access = access
        self._lock = Lock()
        self._line: _Line | None = None
        self._name = ""
        for name, level in (("httpx", logging.WARNING), ("httpcore", logging.WARNING), ("telegram", logging.CRITICAL)):
            logging.getLogger(name).setLevel(level)  # they write addresses, which hold the token, and whole messages

    def updates(self, offset: int | None) -> list[dict[str, Any]]:
        """Wait for what is new, and return it as it came; what is numbered below `offset` is then forgotten there.

        Raises: SendingFailed, as all calls do.
        """
        access = self.access
        query = (
            f"timeout={access.poll_s:g}&limit={MOST_UPDATES}&allowed_updates={json.dumps(KINDS, separators=(',', ':'))}"
        )
        query += "" if offset is None else f"&offset={offset}"
        line = self._opened()
        # not Bot.get_updates: one update that it cannot read would cost all others
        answer = line.run(
            lambda bot: line.polls.retrieve(
                f"{bot.base_url}/getUpdates?{query}", read_timeout=access.poll_s + access.read_s
            ),
            access.poll_s + access.read_s,
        )
        found = _answered(answer)
        return [one for one in found if isinstance(one, dict) and isinstance(one.get("update_id"), int)]

    def send(self, chat: str, text: str, buttons: InlineKeyboardMarkup | None = None) -> int:
        """Send one message that fits; return its number in the chat."""
        plain = LinkPreviewOptions(is_disabled=True)
        sent = self._call(
            lambda bot: bot.send_message(int(chat), text, reply_markup=buttons, link_preview_options=plain),
            self.access.send_s,
        )
        return sent.message_id

    def answer(self, press: str) -> None:
        """Let the pressed button stop waiting."""
        self._call(lambda bot: bot.answer_callback_query(press))

    def show(self, chat: str, message: int, buttons: InlineKeyboardMarkup) -> None:
        """Change the buttons under a message."""
        self._call(lambda bot: bot.edit_message_reply_markup(int(chat), message, reply_markup=buttons))

    def download(self, file: str) -> bytes:
        """Return a file that somebody has sent; the platform hands out none above 20 MB."""

        async def fetched(bot: Bot) -> bytes:
            return bytes(await (await bot.get_file(file)).download_as_bytearray())

        return self._call(fetched, 3 * self.access.read_s)

    def name(self) -> str:
        """Return the bot's name, as people address it."""
        if not self._name:
            self._name = self._call(lambda bot: bot.get_me()).username or ""
        return self._name

    def expect_polls(self) -> None:
        """Tell the platform that we ask by ourselves; what waits there stays."""
        self._call(lambda bot: bot.delete_webhook(drop_pending_updates=False))

    def expect_pushes(self, url: str, secret: str) -> None:
        """Tell the platform where to push, and with which secret."""
        self._call(lambda bot: bot.set_webhook(url, allowed_updates=list(KINDS), secret_token=secret))

    def rebuild(self) -> None:
        """Leave all connections behind; the next call opens new ones."""
        with self._lock:
            line, self._line = self._line, None
        if line is not None:
            line.close()

    close = rebuild

    def _opened(self) -> "_Line":
        with self._lock:
            if self._line is None:
                self._line = _Line(self.access)
            return self._line

    def _call(self, call: Call[Result], timeout_s: float | None = None) -> Result:
        return self._opened().run(call, timeout_s or self.access.read_s)


class _Line:
    """A bot with its connections, on a thread of its own."""

    def __init__(self, access: Access) -> None:
        """Raises: SendingFailed where the settings are none that a connection can be made from."""
        timeouts = {"connect_timeout": access.connect_s, "read_timeout": access.read_s, "write_timeout": access.read_s}
        kwargs: dict[str, Any] = {**timeouts, "proxy": access.proxy or None, "httpx_kwargs": {"trust_env": False}}
        try:
            self.polls = HTTPXRequest(connection_pool_size=4, pool_timeout=access.connect_s, **kwargs)
            others = HTTPXRequest(connection_pool_size=32, pool_timeout=access.connect_s, **kwargs)
            base = access.url.rstrip("/")
            self.bot = Bot(access.token, f"{base}/bot", f"{base}/file/bot", others, self.polls)
        except (TelegramError, httpx.InvalidURL, RuntimeError, ValueError, ImportError):
            # a proxy that is none, or one that needs httpx[socks]
            raise SendingFailed(channel=CHANNEL, reason="settings") from None
        self._others = others
        self._loop = asyncio.new_event_loop()
        Thread(target=self._turn, name="telegram", daemon=True).start()

    def run(self, call: Call[Result], timeout_s: float) -> Result:
        """Do something on the loop, in time; raises SendingFailed, SendingRefused."""

        async def timed() -> Result:
            return await asyncio.wait_for(call(self.bot), timeout_s)

        work = timed()
        try:
            return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout_s + SPARE_S)
        except (SendingFailed, SendingRefused):
            raise
        except (TelegramError, TimeoutError, CancelledError, KeyError, TypeError, RuntimeError) as error:
            if self._loop.is_closed():
                work.close()
            raise failure(error) from None

    def close(self) -> None:
        """End all that is under way, and the thread."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._loop.stop)

    def _turn(self) -> None:
        self._loop.run_forever()
        while left := asyncio.all_tasks(self._loop):
            for task in left:
                task.cancel()
            self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        for request in (self.polls, self._others):
            self._loop.run_until_complete(request.shutdown())
        self._loop.close()


def _answered(body: bytes) -> list[Any]:
    """Return the result in an answer to getUpdates; raises SendingFailed where there is none."""
    try:
        answer = json.loads(body)
        found = answer["result"]
    except (ValueError, KeyError, TypeError):
        raise SendingFailed(channel=CHANNEL, reason="nonsense") from None
    if not isinstance(found, list):
        raise SendingFailed(channel=CHANNEL, reason="nonsense")
    return found
