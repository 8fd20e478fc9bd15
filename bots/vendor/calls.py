"""Calls (接口调用) to WeChat and WeCom: time-outs everywhere, one retry with a new token, no secret in what is raised."""

import json
import logging
from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any, TypeVar

import requests

from bots.vendor.errcodes import Action, Policy, policy
from bots.vendor.tokens import Token, TokenSource

TIMEOUTS_S = (3.0, 10.0)
"""To connect; between two bytes of the answer."""
LONGEST_DOWNLOAD_S = 30.0
MOST_ANSWER = 1024 * 1024
CHUNK = 64 * 1024
OK, SERVER_ERROR = 200, 500
Answer = TypeVar("Answer")
logging.getLogger("urllib3").setLevel(logging.WARNING)  # below that it writes down every address, with the token


class CallFailed(Exception):
    """A call had no good answer; holds neither token nor secret."""

    def __init__(self, said: str, policy: Policy, *, is_in_doubt: bool = False) -> None:
        """said: what the platform says; is_in_doubt: the platform may have done what it was asked for."""
        super().__init__(f"{policy.meaning}（{said}）" if said else policy.meaning)
        self.said, self.policy, self.is_in_doubt = said, policy, is_in_doubt

    @property
    def action(self) -> Action:
        """What to do about it."""
        return self.policy.action


NO_ANSWER, NO_SENSE = "平台没有应答", "平台的应答看不懂"
TOO_LARGE = "文件太大"


class Calls:
    """One account at one platform."""

    def __init__(self, base_url: str, token_call: "TokenCall", timeouts_s: tuple[float, float] = TIMEOUTS_S) -> None:
        self._base, self._timeouts, self._token_call = base_url.rstrip("/"), timeouts_s, token_call
        self._session = requests.Session()
        # a proxy of the environment is honoured; a password file of the user is not ours to send
        self._session.auth = _no_netrc
        self.tokens = TokenSource(self._fetch)

    def post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Call with a JSON body and return the answer; raises CallFailed."""
        return self._with_token(lambda token: self._asked("POST", path, {"access_token": token}, body))

    def get(self, path: str, query: Mapping[str, str]) -> dict[str, Any]:
        """Call with a query and return the answer; raises CallFailed."""
        return self._with_token(lambda token: self._asked("GET", path, {**query, "access_token": token}, None))

    def download(self, path: str, query: Mapping[str, str], most: int) -> bytes:
        """Return a file of at most so many bytes; raises CallFailed."""
        return self._with_token(lambda token: self._file(path, {**query, "access_token": token}, most))

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def _with_token(self, call: Callable[[str], Answer]) -> Answer:
        token = self.tokens.get()
        try:
            return call(token)
        except CallFailed as error:
            if error.action is not Action.RENEW:
                raise
        return call(self.tokens.renewed(token))

    def _fetch(self) -> Token:
        one = self._token_call
        try:
            answer = self._asked(one.method, one.path, one.query, one.body)
        except CallFailed as error:  # whatever became of it: what was to be sent has not left
            raise CallFailed(error.said, error.policy) from None
        value, lasts = answer.get("access_token"), answer.get("expires_in")
        if not (isinstance(value, str) and value and isinstance(lasts, int | float)):
            raise CallFailed("", Policy(None, Action.RETRY, NO_SENSE))
        return Token(value, float(lasts))

    def _asked(
        self, method: str, path: str, query: Mapping[str, str], body: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        with self._sent(method, path, query, body) as response:
            content = _bounded(response, MOST_ANSWER)
        return self._read(response.status_code, content)

    def _file(self, path: str, query: Mapping[str, str], most: int) -> bytes:
        with self._sent("GET", path, query, None) as response:
            content = _bounded(response, most)
        kind = response.headers.get("content-type", "")
        if response.status_code != OK or kind.startswith(("application/json", "text/")):
            self._read(response.status_code, content)  # a refusal comes as JSON with 200
            raise CallFailed("", Policy(None, Action.RETRY, NO_SENSE))
        return content

    def _sent(
        self, method: str, path: str, query: Mapping[str, str], body: Mapping[str, Any] | None
    ) -> requests.Response:
        # not json=: what is escaped as \uXXXX is shown so by WeChat
        data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        try:
            return self._session.request(
                method,
                self._base + path,
                params=dict(query),
                data=data,
                headers={"Content-Type": "application/json"} if data else None,
                timeout=self._timeouts,
                stream=True,
                allow_redirects=False,
            )
        except requests.ConnectTimeout:
            raise _unanswered(is_in_doubt=False) from None
        except requests.RequestException as error:  # its text holds the address with the secret
            is_refused = isinstance(error, requests.ConnectionError) and "NewConnectionError" in str(error)
            raise _unanswered(is_in_doubt=not is_refused) from None

    def _read(self, status: int, content: bytes) -> dict[str, Any]:
        if status != OK:
            raise CallFailed(
                f"HTTP {status}", Policy(None, Action.RETRY, NO_ANSWER), is_in_doubt=status >= SERVER_ERROR
            )
        try:
            answer = json.loads(content)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):  # a page of some proxy on the way
            raise CallFailed("", Policy(None, Action.RETRY, NO_SENSE), is_in_doubt=True)
        code = answer.get("errcode", 0)
        if code != 0:
            known = policy(code if isinstance(code, int) else None)
            raise CallFailed(self._redacted(f"errcode {code}：{answer.get('errmsg', '')}"), known)
        return answer

    def _redacted(self, text: str) -> str:
        for secret in (*self._token_call.secrets, self.tokens.current):
            text = text.replace(secret, "***") if secret else text
        return text[:200]


class TokenCall:
    """How a token is asked for."""

    def __init__(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, body: Mapping[str, Any] | None = None
    ) -> None:
        self.method, self.path, self.query, self.body = method, path, dict(query or {}), body

    @property
    def secrets(self) -> tuple[str, ...]:
        """What no message may hold."""
        given = {**self.query, **(self.body or {})}
        return tuple(str(value) for name, value in given.items() if "secret" in name)


def _bounded(response: requests.Response, most: int) -> bytes:
    content, until = bytearray(), monotonic() + LONGEST_DOWNLOAD_S
    try:
        for chunk in response.iter_content(CHUNK):
            content += chunk
            if len(content) > most:
                raise CallFailed("", Policy(None, Action.DEAD_LETTER, TOO_LARGE))
            if monotonic() > until:
                raise _unanswered(is_in_doubt=True)
    except requests.RequestException:
        raise _unanswered(is_in_doubt=True) from None
    return bytes(content)


def _unanswered(*, is_in_doubt: bool) -> CallFailed:
    return CallFailed("", Policy(None, Action.RETRY, NO_ANSWER), is_in_doubt=is_in_doubt)


def _no_netrc(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request
