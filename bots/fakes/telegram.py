"""A fake Bot API (电报平台) on loopback: long polls, pushes, faults, and phones."""

import asyncio
import time
from collections.abc import Callable
from typing import Any, Self

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bots.fakes.faults import HANG_S, PAGE, Called, CutOff, Fault
from bots.fakes.serving import Served
from bots.fakes.telegram_answers import METHODS
from bots.fakes.telegram_bot import FakeBot, Refused
from bots.fakes.telegram_phone import TelegramPhone

TOKEN = "870001:fake-telegram-token"  # noqa: S105 - of a bot that is none
NAME = "yingda_demo_bot"
STEP_S = 0.01


class FakeTelegram:
    """One bot; start it, point the bot's settings at it, and give people phones."""

    def __init__(self, *, port: int = 0, clock: Callable[[], float] = time.time) -> None:
        """port: 0 takes any free one; clock: seconds since 1970."""
        self.bot = FakeBot(TOKEN, NAME, clock)
        routes = [
            Route("/bot{token}/{method}", self._serve, methods=["GET", "POST"]),
            Route("/file/bot{token}/photos/{name}", self._file),
        ]
        self._served = Served(Starlette(routes=routes), port)

    @property
    def url(self) -> str:
        """Where the interfaces are."""
        return self._served.url

    def __enter__(self) -> Self:
        self._served.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._served.close()

    def fault(self, kind: str | int, *, path: str = "", value: float = 0, times: int = 1, chat: str = "") -> None:
        """Let calls go wrong: hang, delay, html, nonsense, lost_answer, duplicate or an HTTP status; path: the method.

        flood: `chat` takes nothing for `value` seconds.
        """
        if kind == "flood":
            self.bot.floods[chat] = time.monotonic() + value
        else:
            self.bot.faults.order(kind, path=path, value=value, times=times)

    def phone(self, name: str) -> TelegramPhone:
        """Return the phone of somebody: a number, or a name that gets one. They have spoken to the bot before."""
        number = name if name.lstrip("-").isdecimal() else str(700_000 + sum(map(ord, name)))
        self.bot.screen(number)
        return TelegramPhone(self.bot, number)

    def called(self, method: str) -> list[Called]:
        """Return the calls of a method, in order."""
        return [one for one in self.bot.calls if method in one.path]

    def settings(self) -> dict[str, str]:
        """Return what has to stand in the settings of the bot."""
        return {"YINGDA_TELEGRAM_TOKEN": TOKEN, "YINGDA_TELEGRAM_API_URL": self.url}

    async def _serve(self, request: Request) -> ASGIApp:
        method, at = request.path_params["method"], time.monotonic()
        async with request.form() as form:
            params = {**request.query_params, **{name: str(one) for name, one in form.items()}}
        fault = self.bot.faults.take(method)
        if fault is not None and fault.kind in ("hang", "delay"):
            await asyncio.sleep(fault.value or HANG_S)
        broken = None if fault is None else _broken(fault)
        is_known = request.path_params["token"] == self.bot.token
        answer = {} if broken is not None else await self._answer(method, params, fault, is_known=is_known)
        self.bot.calls.append(Called(method, at, params, answer))
        if fault is not None and fault.kind == "lost_answer":
            return CutOff()
        return broken or JSONResponse(answer, status_code=answer.get("error_code", 200))

    async def _answer(
        self, method: str, params: dict[str, str], fault: Fault | None, *, is_known: bool
    ) -> dict[str, Any]:
        try:
            if not is_known:
                raise Refused(401, "Unauthorized")
            if fault is not None and fault.kind == "status":
                raise Refused(int(fault.value), "Conflict: terminated by other getUpdates request")
            if method == "getUpdates":
                return {"ok": True, "result": await self._updates(params, is_kept=fault is not None)}
            if method not in METHODS:
                raise Refused(404, "Not Found")
            with self.bot.lock:
                return {"ok": True, "result": METHODS[method](self.bot, params)}
        except Refused as refused:
            said = {"ok": False, "error_code": refused.code, "description": refused.said}
            return said | ({"parameters": refused.parameters} if refused.parameters else {})

    async def _updates(self, params: dict[str, str], *, is_kept: bool) -> list[dict[str, Any]]:
        """Wait for updates; is_kept: the offset is not heard, so that what was handed over comes again."""
        if self.bot.webhook:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        offset = int(params["offset"]) if "offset" in params and not is_kept else None
        until = time.monotonic() + float(params.get("timeout", "0"))
        self.bot.polling += 1
        number = self.bot.polling
        while not (found := self.bot.waiting(offset, int(params.get("limit", "100")))) and time.monotonic() < until:
            if self.bot.polling != number:
                raise Refused(409, "Conflict: terminated by other getUpdates request")
            await asyncio.sleep(STEP_S)
        return found

    async def _file(self, request: Request) -> Response:
        name = request.path_params["name"]
        fault = self.bot.faults.take("file")
        if fault is not None:
            await asyncio.sleep(fault.value if fault.kind == "delay" else 0)
        self.bot.calls.append(Called(f"file/{name}", time.monotonic(), {}))
        if fault is not None and fault.kind == "status":
            return HTMLResponse(PAGE, status_code=int(fault.value))
        return Response(self.bot.files[name], media_type="application/octet-stream")


def _broken(fault: Fault) -> Response | None:
    if fault.kind == "html":
        return HTMLResponse(PAGE)
    if fault.kind == "nonsense":
        return JSONResponse({"ok": True})
    return HTMLResponse(PAGE, status_code=504) if fault.kind == "hang" else None
