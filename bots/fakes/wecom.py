"""A fake WeCom (企业微信): tokens, messages with cards, files and quotas, over loopback; its members have phones.

Source: developer.work.weixin.qq.com/document/path/91039 (token), 90236 (message/send), 94888 (update_template_card),
90254 (media/get),90454 (limits). What the pages do not say is marked as ours.
"""

import asyncio
import json
import re
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from threading import Lock
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from bots.fakes.envelope import Secrets
from bots.fakes.faults import HANG_S, PAGE, Called, CutOff, Fault, Faults
from bots.fakes.serving import Served
from bots.fakes.wecom_phone import WeComPhone

API_FAULTS = frozenset({"hang", "delay", "html", "revoked", "errcode", "status", "lost_answer", "partial"})
PUSH_FAULTS = frozenset({"duplicate", "lost_push"})
TOKEN_S = 7200
CODE_S = 72 * 3600
TEXT_BYTES, KEY_BYTES, MOST_BUTTONS = 2048, 1024, 6
TASK_ID = re.compile(r"[0-9A-Za-z_@-]{1,128}")
MINUTE, HOUR = (60, 30), (3600, 1000)
"""Seconds, and how many messages one member gets of one app within them; what goes beyond is dropped in silence."""
OK: dict[str, Any] = {"errcode": 0, "errmsg": "ok"}
NO_TOKEN, WRONG_SECRET, WRONG_APP, WRONG_FIELD = 40014, 40001, 40056, 40058
EXPIRED, TASK_USED, NOBODY, NO_MEDIA = 42001, 42014, 81013, 40007


def wrong(code: int, why: str) -> dict[str, Any]:
    """Return an answer with an error code."""
    return {"errcode": code, "errmsg": f"{why}, hint: [fake], from ip: 127.0.0.1"}


@dataclass(slots=True)
class Ledger:
    """What the platform remembers of what it was sent."""

    tokens: dict[str, float] = field(default_factory=dict)
    codes: dict[str, tuple[str, str, float]] = field(default_factory=dict)
    """Response code → member, task, since when; a code goes with its first use."""
    tasks: set[str] = field(default_factory=set)
    seen: dict[tuple[str, str], float] = field(default_factory=dict)
    """Member and content → when it came last."""
    sent: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


class FakeWeCom:
    """One company with one self-built app."""

    def __init__(self, *, callback: str = "", now: Callable[[], float] = time.time, port: int = 0) -> None:
        """callback: where the app is told of what members do, may be set later; now: seconds, as the callbacks say."""
        self.callback, self.now = callback, now
        self.pause_s = 0.0
        """How long the platform waits before it calls the app again."""
        self.secrets = Secrets("wecomcallbacktoken", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", "wwfakecorp0123")
        self.app_secret, self.agent = "wecom-app-secret-for-tests", 1000002
        self.members: dict[str, WeComPhone] = {}
        self.calls: list[Called] = []
        self.dropped: list[tuple[str, str]] = []
        """Member and text of what was taken and never shown: beyond the quota, or a duplicate."""
        self.media: dict[str, bytes] = {}
        self._faults, self._ledger, self._lock, self._numbers = (
            Faults(API_FAULTS | PUSH_FAULTS),
            Ledger(),
            Lock(),
            count(1),
        )
        routes = [
            Route("/cgi-bin/gettoken", self._serve(self._token)),
            Route("/cgi-bin/message/send", self._serve(self._send), methods=["POST"]),
            Route("/cgi-bin/message/update_template_card", self._serve(self._update), methods=["POST"]),
            Route("/cgi-bin/agent/get", self._serve(self._app)),
            Route("/cgi-bin/media/get", self._serve(self._media)),
        ]
        self._served = Served(Starlette(routes=routes), port)
        self.url = self._served.url

    def __enter__(self) -> "FakeWeCom":
        self._served.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._served.close()

    def settings(self) -> dict[str, str]:
        """Return what has to stand in the settings of the bot."""
        return {
            "YINGDA_WECOM_CORP_ID": self.secrets.receiver,
            "YINGDA_WECOM_AGENT_ID": str(self.agent),
            "YINGDA_WECOM_SECRET": self.app_secret,
            "YINGDA_WECOM_TOKEN": self.secrets.token,
            "YINGDA_WECOM_AES_KEY": self.secrets.aes_key,
            "YINGDA_WECOM_API_URL": self.url,
        }

    def phone(self, userid: str) -> WeComPhone:
        """Return the phone of a member, who belongs to the company from now on."""
        return self.members.setdefault(userid.lower(), WeComPhone(self, userid))

    def fault(self, kind: str | int, *, path: str = "", value: float = 0, times: int = 1) -> None:
        """Let calls go wrong, as `Faults.order` says; duplicate and lost_push are for what the app is told."""
        self._faults.order(kind, path=path, value=value, times=times)

    def works(self) -> None:
        """Let everything work again."""
        self._faults.clear()

    def push_fault(self) -> str:
        """Return what goes wrong with what the app is told next, empty where nothing does."""
        found = self._faults.take("callback", PUSH_FAULTS.__contains__)
        return found.kind if found is not None else ""

    def called(self, path: str) -> list[Called]:
        """Return the calls whose address holds `path`, in order."""
        return [one for one in self.calls if path in one.path]

    def number(self) -> int:
        """Return a number that nothing else has."""
        return next(self._numbers)

    def code(self, userid: str, task: str) -> str:
        """Return a new response code for a card of a member."""
        with self._lock:
            code = f"code-{self.number()}"
            self._ledger.codes[code] = (userid, task, self.now())
            return code

    def forget_tokens(self) -> None:
        """Let every token that was handed out be invalid."""
        with self._lock:
            self._ledger.tokens.clear()

    def _serve(self, answer: Callable[[Request, dict[str, Any]], Any]) -> Callable[[Request], Any]:
        async def endpoint(request: Request) -> Any:
            body = json.loads(await request.body() or b"{}") if request.method == "POST" else {}
            at, path = time.monotonic(), request.url.path
            fault = self._faults.take(path, API_FAULTS.__contains__)
            if fault is not None and (failed := await self._fails(fault, body)) is not None:
                self.calls.append(Called(path, at, body))
                return failed
            with self._lock:
                given = answer(request, body)
            self.calls.append(Called(path, at, body, given if isinstance(given, dict) else {}))
            if fault is not None and fault.kind == "lost_answer":
                return CutOff()
            return given if isinstance(given, Response) else JSONResponse(given)

        return endpoint

    async def _fails(self, fault: Fault, body: dict[str, Any]) -> Response | None:
        if fault.kind in ("hang", "delay"):
            await asyncio.sleep(fault.value or HANG_S)
        if fault.kind == "revoked":
            self.forget_tokens()
        if fault.kind == "partial":
            return JSONResponse({**OK, "msgid": "m", "invaliduser": str(body.get("touser")).lower()})
        if fault.kind == "html":
            return HTMLResponse(PAGE)
        if fault.kind == "status":
            return Response("", int(fault.value))
        return JSONResponse(wrong(int(fault.value), "ordered")) if fault.kind == "errcode" else None

    def _token(self, request: Request, _: dict[str, Any]) -> dict[str, Any]:
        """The same token is given again as long as it is valid."""
        query = request.query_params
        if (query.get("corpid"), query.get("corpsecret")) != (self.secrets.receiver, self.app_secret):
            return wrong(WRONG_SECRET, "invalid credential")
        valid = [token for token, until in self._ledger.tokens.items() if until > self.now()]
        token = valid[0] if valid else f"access-token-{self.number()}"
        self._ledger.tokens.setdefault(token, self.now() + TOKEN_S)
        return {**OK, "access_token": token, "expires_in": int(self._ledger.tokens[token] - self.now())}

    def _refused(self, request: Request) -> dict[str, Any] | None:
        until = self._ledger.tokens.get(request.query_params.get("access_token", ""))
        if until is None:
            return wrong(NO_TOKEN, "invalid access_token")
        return wrong(EXPIRED, "access_token expired") if until <= self.now() else None

    def _send(self, request: Request, body: dict[str, Any]) -> dict[str, Any]:
        refused = self._refused(request) or self._misshapen(body)
        if refused is not None:
            return refused
        named = [one.lower() for one in str(body["touser"]).split("|")]
        there = [one for one in named if one in self.members]
        if not there:
            return wrong(NOBODY, "user & party & tag all invalid")
        card = body.get("template_card", {})
        self._ledger.tasks.add(card.get("task_id", ""))
        answer = {**OK, "msgid": f"msg-{self.number()}"}
        answer |= (
            {"invaliduser": "|".join(one for one in named if one not in self.members)}
            if len(there) < len(named)
            else {}
        )
        for userid in there:
            self._deliver(userid, body)
        return answer

    def _misshapen(self, body: dict[str, Any]) -> dict[str, Any] | None:
        if body.get("agentid") != self.agent:
            return wrong(WRONG_APP, "invalid agentid")
        if body.get("msgtype") == "text":
            return None if body.get("text", {}).get("content") else wrong(44004, "empty content")
        if body.get("msgtype") != "template_card":
            return wrong(40008, "invalid message type")
        return self._misshapen_card(body["template_card"])

    def _misshapen_card(self, card: dict[str, Any]) -> dict[str, Any] | None:
        if not TASK_ID.fullmatch(card.get("task_id", "")):
            return wrong(WRONG_FIELD, "template_card.task_id invalid")
        if card["task_id"] in self._ledger.tasks:
            return wrong(TASK_USED, "task_id duplicated")
        buttons = card.get("button_list", [])
        if card.get("card_type") != "button_interaction" or not 0 < len(buttons) <= MOST_BUTTONS:
            return wrong(WRONG_FIELD, "template_card.button_list invalid")
        if any(not one["text"] or len(one["key"].encode()) > KEY_BYTES for one in buttons):
            return wrong(WRONG_FIELD, "template_card.button_list.key invalid")
        if not card.get("main_title", {}).get("title") and not card.get("sub_title_text"):
            return wrong(WRONG_FIELD, "template_card.main_title missing")
        return (
            None if self.callback else wrong(WRONG_FIELD, "callback url not set")
        )  # the real number is not documented

    def _deliver(self, userid: str, body: Mapping[str, Any]) -> None:
        now, member = self.now(), self.members[userid]
        shown = json.dumps(body.get("text") or body.get("template_card"), ensure_ascii=False)
        if body.get("enable_duplicate_check"):
            last = self._ledger.seen.get((userid, shown))
            if last is not None and now - last < body.get("duplicate_check_interval", 1800):
                self.dropped.append((userid, shown))
                return
        self._ledger.seen[userid, shown] = now
        times = self._ledger.sent[userid]
        if any(sum(now - at < window for at in times) >= most for window, most in (MINUTE, HOUR)):
            self.dropped.append((userid, shown))
            return
        times.append(now)
        member.gets(cut(body["text"]["content"]) if "text" in body else "", body.get("template_card"))

    def _update(self, request: Request, body: dict[str, Any]) -> dict[str, Any]:
        """Only whom the code was given to is shown the change; the number of a code that is used up is ours."""
        refused = self._refused(request)
        if refused is not None:
            return refused
        known = self._ledger.codes.pop(body.get("response_code", ""), None)
        if known is None or self.now() - known[2] > CODE_S:
            return wrong(WRONG_FIELD, "response_code invalid")
        for userid in body.get("userids", [known[0]]):
            self.members[userid.lower()].sees(known[1], body["button"]["replace_name"])
        return {**OK, "invaliduser": []}

    def use(self, code: str) -> tuple[str, str, float] | None:
        """Take a response code, for a reply that changes the card; None where it is used up or too old."""
        with self._lock:
            known = self._ledger.codes.pop(code, None)
        return known if known is not None and self.now() - known[2] <= CODE_S else None

    def _app(self, request: Request, _: dict[str, Any]) -> dict[str, Any]:
        refused = self._refused(request)
        if refused is not None or request.query_params.get("agentid") != str(self.agent):
            return refused or wrong(WRONG_APP, "invalid agentid")
        return {**OK, "agentid": self.agent, "name": "示例应急助手", "close": 0}

    def _media(self, request: Request, _: dict[str, Any]) -> Any:
        refused = self._refused(request)
        content = self.media.get(request.query_params.get("media_id", ""))
        if refused is not None or content is None:
            return refused or wrong(NO_MEDIA, "invalid media_id")
        headers = {"Content-Disposition": 'attachment; filename="file"'}
        return Response(content, media_type="application/octet-stream", headers=headers)


def cut(text: str) -> str:
    """Return what is shown of a text: the platform cuts what is too long, without a word."""
    return text.encode()[:TEXT_BYTES].decode(errors="ignore")
