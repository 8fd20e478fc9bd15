"""Tokens and calls of WeChat and WeCom (R11–R13, R18), against a platform on loopback that misbehaves."""

import logging
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from bots.fakes.serving import Served
from bots.vendor.calls import CallFailed, Calls, TokenCall
from bots.vendor.errcodes import Action, policy
from bots.vendor.tokens import Token, TokenSource

SECRET = "ex4mple-secret-value"


class Platform:
    """Counts what it is asked; `answer` is what a call gets."""

    def __init__(self) -> None:
        self.fetched, self.called, self.bodies = 0, 0, list[bytes]()
        self.answer: Response | dict[str, object] = {"errcode": 0}
        self.token_answer: Response | dict[str, object] | None = None
        self.good = ""
        """The only token that is taken; empty takes none."""
        self.delay_s = {"/token": 0.0, "/call": 0.0}
        self._lock = Lock()
        self.served = Served(Starlette(routes=[Route("/token", self.token, methods=["POST"]), Route("/call", self.call, methods=["POST", "GET"])]))  # fmt: skip
        self.served.start()

    def token(self, request: Request) -> Response:
        time.sleep(self.delay_s["/token"])
        with self._lock:
            self.fetched += 1
            self.good = f"token-{self.fetched}"
            answer = self.token_answer or {"access_token": self.good, "expires_in": 7200}
        return answer if isinstance(answer, Response) else JSONResponse(answer)

    async def call(self, request: Request) -> Response:
        self.bodies.append(await request.body())
        with self._lock:
            self.called += 1
        if self.delay_s["/call"]:
            time.sleep(self.delay_s["/call"])
        if request.query_params["access_token"] != self.good:
            return JSONResponse({"errcode": 40001, "errmsg": f"invalid {request.query_params['access_token']}"})
        return self.answer if isinstance(self.answer, Response) else JSONResponse(self.answer)

    def revoke(self) -> None:
        """Somebody else has made the token void."""
        self.good = "void"

    def calls(self, timeouts_s: tuple[float, float] = (0.5, 0.5)) -> Calls:
        return Calls(self.served.url, TokenCall("POST", "/token", body={"appid": "wx1", "secret": SECRET}), timeouts_s)


@pytest.fixture
def platform() -> Iterator[Platform]:
    platform = Platform()
    yield platform
    platform.served.close()


def test_chinese_words_are_sent_as_they_are(platform: Platform):
    platform.calls().post("/call", {"text": "收到"})
    assert "收到".encode() in platform.bodies[0]


def test_r11_thirty_threads_that_begin_at_once_fetch_one_token(platform: Platform):
    platform.delay_s["/token"] = 0.1
    calls = platform.calls()
    with ThreadPoolExecutor(30) as pool:
        answers = list(pool.map(lambda _: calls.post("/call", {}), range(30)))
    assert answers == [{"errcode": 0}] * 30
    assert platform.fetched == 1


def test_r11_a_token_that_was_revoked_is_renewed_once_for_all_threads(platform: Platform):
    calls = platform.calls()
    calls.post("/call", {})
    platform.revoke()
    with ThreadPoolExecutor(30) as pool:
        list(pool.map(lambda _: calls.post("/call", {}), range(30)))
    assert platform.fetched == 2


def test_r11_a_platform_that_takes_no_token_is_called_twice_and_no_more(platform: Platform):
    platform.answer = {"errcode": 40001, "errmsg": "no"}
    calls, begun = platform.calls(), time.perf_counter()
    with pytest.raises(CallFailed) as caught:
        calls.post("/call", {})
    assert caught.value.action is Action.RENEW
    assert (platform.called, platform.fetched) == (2, 2)  # the first token, and one renewal
    assert time.perf_counter() - begun < 1


def test_r11_who_comes_just_after_a_failed_fetch_fails_with_it(platform: Platform):
    platform.token_answer = {"errcode": 40125, "errmsg": "invalid appsecret"}
    calls = platform.calls()
    for _ in range(5):
        with pytest.raises(CallFailed):
            calls.post("/call", {})
    assert platform.fetched == 1


def test_a_token_is_fetched_anew_before_it_ends():
    fetched, clock = list[str](), [0.0]

    def fetch() -> Token:
        fetched.append(f"t{len(fetched)}")
        return Token(fetched[-1], 7200)

    source = TokenSource(fetch, lambda: clock[0])
    assert source.get() == "t0"
    clock[0] = 7139.0
    assert source.get() == "t0"
    clock[0] = 7141.0
    assert source.get() == "t1"
    assert source.renewed("t0") == "t1"  # somebody has renewed it before
    assert source.renewed("t1") == "t2"


@pytest.mark.parametrize("path", ["/token", "/call"])
def test_r12_a_platform_that_hangs_is_given_up(platform: Platform, path: str):
    platform.delay_s[path] = 1.5
    calls, begun = platform.calls(), time.perf_counter()
    with pytest.raises(CallFailed) as caught:
        calls.post("/call", {})
    assert time.perf_counter() - begun < 1.4
    assert caught.value.is_in_doubt is (path == "/call")  # without a token nothing has been sent


@pytest.mark.parametrize(
    ("answer", "action"),
    [
        (HTMLResponse("<html>login</html>"), Action.RETRY),
        (HTMLResponse("<html>", status_code=502), Action.RETRY),
        (JSONResponse(["errcode", 0]), Action.RETRY),
        (JSONResponse({"errcode": -1, "errmsg": "system error"}), Action.RETRY),
        (JSONResponse({"errcode": "0"}), Action.RETRY),
        (JSONResponse({"errcode": 45015, "errmsg": "out of time limit"}), Action.DOWNGRADE),
        (JSONResponse({"errcode": 43004}), Action.NEXT_CHANNEL),
    ],
)
def test_r13_what_is_no_success_is_none(platform: Platform, answer: Response, action: Action):
    platform.answer = answer
    with pytest.raises(CallFailed) as caught:
        platform.calls().post("/call", {})
    assert caught.value.action is action


def test_r18_no_secret_is_in_what_is_raised_or_logged(platform: Platform, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    platform.token_answer = {"errcode": 40125, "errmsg": f"invalid secret {SECRET}"}
    refused = platform.calls()
    platform.served.close()
    unreachable = platform.calls()
    for calls in (refused, unreachable):
        with pytest.raises(CallFailed) as caught:
            calls.post("/call", {})
        assert SECRET not in repr(caught.value) + str(caught.value) and caught.value.__cause__ is None
    assert SECRET not in caplog.text


def test_r18_a_token_in_the_answer_is_hidden(platform: Platform):
    platform.answer = {"errcode": 45009, "errmsg": "reach limit token-1"}
    with pytest.raises(CallFailed, match=r"\*\*\*"):
        platform.calls().post("/call", {})


def test_a_file_is_read_up_to_its_limit(platform: Platform):
    platform.answer = Response(b"\xff\xd8\xff" + b"0" * 1000, media_type="image/jpeg")
    assert len(platform.calls().download("/call", {"media_id": "m"}, 2000)) == 1003
    with pytest.raises(CallFailed) as caught:
        platform.calls().download("/call", {"media_id": "m"}, 500)
    assert caught.value.action is Action.DEAD_LETTER


def test_a_refused_file_is_no_file(platform: Platform):
    platform.answer = JSONResponse({"errcode": 40007, "errmsg": "invalid media_id"})
    with pytest.raises(CallFailed, match="40007"):
        platform.calls().download("/call", {"media_id": "m"}, 2000)


# chat-platforms 2.5, row for row
@pytest.mark.parametrize(
    ("codes", "action"),
    [
        ((-1, 45011), Action.RETRY),
        ((40001, 40014, 42001), Action.RENEW),
        ((40164, 60020), Action.STOP_CHANNEL),
        ((40003, 43004, 43019), Action.NEXT_CHANNEL),
        ((45015,), Action.DOWNGRADE),
        ((45047,), Action.DOWNGRADE),
        ((43101,), Action.DOWNGRADE),
        ((40200,), Action.DOWNGRADE),
        ((45002, 47003, 40036, 40037), Action.DEAD_LETTER),
        ((45009,), Action.QUOTA),
        ((48001, 48004, 50002), Action.DISABLE),
        ((81013,), Action.NEXT_CHANNEL),
        ((42014,), Action.DEAD_LETTER),
        ((99999, None), Action.RETRY),  # unknown: tried a few times, then given up
    ],
)
def test_r14_each_code_has_its_action(codes: tuple[int | None, ...], action: Action):
    assert [policy(code).action for code in codes] == [action] * len(codes)
    assert all(policy(code).meaning for code in codes)
