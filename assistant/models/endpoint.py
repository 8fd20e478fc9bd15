"""The client of an OpenAI-compatible endpoint; what comes back is bounded in size and time, and never shown as it is.

Retries of what may pass (429 with Retry-After, 5xx, lost connections, time-outs) are the SDK's.
"""

import json
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import openai

from assistant.errors import BadSetting, KeyRefused, WriterFailed
from assistant.ports import Room, Written

RETRIES = 2
LARGEST_BYTES = 1_000_000
PROXIES = "HTTP_PROXY、HTTPS_PROXY、ALL_PROXY"
NO_KEY = "none"
"""A server in one's own house wants no key, but the SDK wants one."""
OLD_LIMIT, NEW_LIMIT = "max_tokens", "max_completion_tokens"
"""Most endpoints know only the old name of the limit, some newer models only the new one."""
FILTERED = {"content_filter", "data_inspection_failed"}
"""Codes of a 400 by which vendors say that their filter refused."""


class Endpoint:
    """One model behind one address."""

    def __init__(self, url: str, model: str, key: str, host: str, timeout_s: float) -> None:
        """Make the client; `host` is all that errors say of the address.

        Raises: BadSetting.
        """
        self.name = model
        self._host, self._timeout_s = host, timeout_s
        self._limit = OLD_LIMIT
        self._calls = 0
        hooks: dict[str, list[Callable[..., Any]]] = {"request": [self._count], "response": [self._bound]}
        try:
            # no redirects: the key goes where the settings say and nowhere else
            self._http = httpx2.Client(timeout=timeout_s, event_hooks=hooks, follow_redirects=False)
        except (httpx2.InvalidURL, ValueError, ImportError) as error:
            # the system's own proxy variables: no address, or a kind (socks) that needs a further package
            raise BadSetting(names=PROXIES) from error
        try:
            self._client = openai.OpenAI(base_url=url, api_key=key or NO_KEY, timeout=timeout_s, http_client=self._http)
        except httpx2.InvalidURL as error:
            raise BadSetting(names="YINGDA_LLM_URL") from error

    def close(self) -> None:
        """Close all connections."""
        self._http.close()

    def _count(self, request: httpx2.Request) -> None:
        self._calls += 1

    def _bound(self, response: httpx2.Response) -> None:
        response.stream = _Bounded(response.stream, self._timeout_s)

    def write(self, instruction: str, matter: str, room: Room) -> Written:
        """Return what the model answers.

        Raises: WriterFailed, KeyRefused.
        """
        self._calls = 0
        try:
            return _written(self._answer(instruction, matter, room), self._calls)
        except (openai.AuthenticationError, openai.PermissionDeniedError) as error:
            raise KeyRefused(host=self._host, calls=self._calls) from error
        except openai.APIError as error:
            if error.code in FILTERED:
                return Written("", self._calls, tokens=0, is_refused=True)
            raise WriterFailed(host=self._host, reason=_reason(error), calls=self._calls) from error

    def _answer(self, instruction: str, matter: str, room: Room) -> bytes:
        try:
            return self._send(instruction, matter, room)
        except openai.BadRequestError as error:
            if not error.param == self._limit == OLD_LIMIT or self._calls >= room.calls:
                raise
            self._limit = NEW_LIMIT
            return self._send(instruction, matter, room)

    def _send(self, instruction: str, matter: str, room: Room) -> bytes:
        client = self._client.with_options(max_retries=min(RETRIES, room.calls - self._calls - 1))
        response = client.chat.completions.with_raw_response.create(
            model=self.name,
            messages=[{"role": "system", "content": instruction}, {"role": "user", "content": matter}],
            extra_body={self._limit: room.tokens},
            # the SDK would take these from variables of its own, for its own vendor
            extra_headers={"OpenAI-Organization": openai.Omit(), "OpenAI-Project": openai.Omit()},
        )
        return response.content


class _Bounded(httpx2.SyncByteStream):
    """A body that ends where it is too large, and fails where it drips for too long."""

    def __init__(self, stream: Any, timeout_s: float) -> None:
        self._stream, self._end = stream, time.monotonic() + timeout_s

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for chunk in self._stream:
            size += len(chunk)
            if size > LARGEST_BYTES:
                return
            if time.monotonic() > self._end:
                raise httpx2.ReadTimeout("the answer drips")
            yield chunk

    def close(self) -> None:
        self._stream.close()


def _written(body: bytes, calls: int) -> Written:
    """Read the answer out of a body; whatever is not as it should be counts as nothing said."""
    try:
        answer: Any = json.loads(body)
        choice = answer["choices"][0]
        message = choice["message"]
        text, refusal = message.get("content"), message.get("refusal")
        is_refused = bool(refusal) or choice.get("finish_reason") == "content_filter"
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        return Written("", calls)
    return Written(text if isinstance(text, str) else "", calls, _tokens(answer), is_refused)


def _tokens(answer: dict[str, Any]) -> int | None:
    usage = answer.get("usage")
    total = usage.get("total_tokens") if isinstance(usage, dict) else None
    return total if isinstance(total, int) and not isinstance(total, bool) and total > 0 else None


def _reason(error: openai.APIError) -> str:
    """Return what happened in one word: never the words of the other side, which may repeat the key."""
    if isinstance(error, openai.APIStatusError):
        return str(error.status_code)
    return "timeout" if isinstance(error, openai.APITimeoutError) else "connection"
