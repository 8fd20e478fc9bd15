"""A fake official account platform (公众号平台) on loopback: interfaces with quotas and faults, and phones."""

import asyncio
import json
import re
import time
from typing import Any, Self

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bots.fakes.faults import HANG_S, PAGE, Called, CutOff, Fault
from bots.fakes.serving import Served
from bots.fakes.showing import Screen
from bots.fakes.wechat_account import AES_KEY, API_FAULTS, Account, Media
from bots.fakes.wechat_answers import ANSWERS, ERRORS, OPEN, Answer
from bots.fakes.wechat_phone import WeChatPhone

ESCAPE = re.compile(rb"\\u(?=[0-9a-fA-F]{4})")


class FakeWeChat:
    """One official account; start it, point `account.callback` at the bot, and give people phones."""

    def __init__(self, account: Account | None = None, *, port: int = 0) -> None:
        """port: 0 takes any free one."""
        self.account = account or Account()
        routes = [Route("/{path:path}", self._serve, methods=["GET", "POST"])]
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

    def fault(self, kind: str | int, *, path: str = "", value: float = 0, times: int = 1) -> None:
        """Let calls go wrong: hang, delay, html, errcode, revoked, lost_answer or an HTTP status; path: which calls.

        duplicate and lost_push are for the messages to the bot.
        """
        self.account.faults.order(kind, path=path, value=value, times=times)

    def phone(self, name: str, *, is_following: bool = True) -> WeChatPhone:
        """Return the phone of somebody; at first they follow the account, of which the bot hears nothing."""
        if name not in self.account.screens:
            self.account.screens[name] = Screen()
            if is_following:
                self.account.followers.add(name)
        return WeChatPhone(self.account, name)

    def called(self, path: str) -> list[Called]:
        """Return the calls whose path holds this, in order."""
        return [one for one in self.account.calls if path in one.path]

    def settings(self) -> dict[str, str]:
        """Return what has to stand in the settings of the bot."""
        return {
            "YINGDA_WECHAT_APP_ID": self.account.app_id,
            "YINGDA_WECHAT_SECRET": self.account.app_secret,
            "YINGDA_WECHAT_TOKEN": self.account.token,
            "YINGDA_WECHAT_AES_KEY": AES_KEY,
            "YINGDA_WECHAT_API_URL": self.url,
        }

    async def _serve(self, request: Request) -> ASGIApp:
        path, at, body = request.url.path, time.monotonic(), await _body(request)
        fault = self.account.faults.take(path, API_FAULTS.__contains__)
        if fault is not None and fault.kind in ("hang", "delay"):
            await asyncio.sleep(fault.value or HANG_S)
        if fault is not None and fault.kind == "revoked":
            self.account.tokens.revoke()
        broken = None if fault is None else _broken(fault)
        answer = 0 if broken is not None else self._answer(path, request.query_params.get("access_token", ""), body)
        if fault is not None and fault.kind == "errcode":
            answer = int(fault.value)
        self.account.calls.append(Called(path, at, body, _record(answer)))
        if fault is not None and fault.kind == "lost_answer":
            return CutOff()
        return broken or _response(answer)

    def _answer(self, path: str, token: str, body: dict[str, Any]) -> Answer:
        if path in OPEN:
            return OPEN[path](self.account, body)
        if code := 41001 if not token else self.account.tokens.refuses(token):
            return code
        return ANSWERS[path](self.account, body) if path in ANSWERS else 48001


async def _body(request: Request) -> dict[str, Any]:
    """Return what was asked; as the real platform does, escaped characters in JSON stay what they are."""
    asked: dict[str, Any] = dict(request.query_params)
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        async with request.form() as form:
            files = {name: one for name, one in form.items() if isinstance(one, UploadFile)}
            return asked | {name: (await one.read(), one.content_type or "") for name, one in files.items()}
    raw = ESCAPE.sub(rb"\\\\u", await request.body())
    try:
        sent = json.loads(raw or b"{}")
    except ValueError:
        return asked
    return asked | sent if isinstance(sent, dict) else asked


def _broken(fault: Fault) -> Response | None:
    if fault.kind == "html":
        return HTMLResponse(PAGE)
    if fault.kind == "status":
        return HTMLResponse(PAGE, status_code=int(fault.value))
    return HTMLResponse(PAGE, status_code=504) if fault.kind == "hang" else None


def _record(answer: Answer) -> dict[str, Any]:
    if isinstance(answer, Media):
        return {"bytes": len(answer.content)}
    return {"errcode": answer} if isinstance(answer, int) else answer


def _response(answer: Answer) -> Response:
    if isinstance(answer, Media):
        return Response(answer.content, media_type=answer.media_type)
    if isinstance(answer, int):
        return JSONResponse({"errcode": answer, "errmsg": f"{ERRORS.get(answer, 'error')} rid: fake-0000"})
    has_code = "access_token" not in answer and "media_id" not in answer
    return JSONResponse({"errcode": 0, "errmsg": "ok"} | answer if has_code else answer)
