"""What a fake platform does wrong when it is told to (故障), and what it was asked, in order."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from starlette.types import Receive, Scope, Send

HANG_S = 30.0
ALWAYS = -1
PAGE = "<html><body><h1>502 Bad Gateway</h1></body></html>"


@dataclass(frozen=True, slots=True)
class Called:
    """One request that a platform got."""

    path: str
    at: float
    """Seconds, by the fake's own clock: only differences mean something."""
    body: dict[str, Any]
    answer: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Fault:
    """Something that goes wrong the next `times` times; -1 for ever."""

    kind: str
    path: str
    value: float
    times: int


class Faults:
    """The faults that were ordered, taken in order by the calls that they fit."""

    def __init__(self, kinds: frozenset[str]) -> None:
        self._kinds = kinds
        self._waiting: list[Fault] = []
        self._lock = Lock()

    def order(self, kind: str | int, *, path: str = "", value: float = 0, times: int = 1) -> None:
        """Let something go wrong; a number is an HTTP status.

        path: what the address of the call must hold. value: seconds of a delay, or an error code.
        Raises: ValueError for a kind that this platform does not know.
        """
        named = ("status", kind) if isinstance(kind, int) else (kind, value)
        if named[0] not in self._kinds:
            raise ValueError(kind)
        with self._lock:
            self._waiting.append(Fault(str(named[0]), path, float(named[1]), times))

    def clear(self) -> None:
        """Let everything work again."""
        with self._lock:
            self._waiting.clear()

    def take(self, path: str, fits: Callable[[str], bool] = lambda kind: True) -> Fault | None:
        """Return what goes wrong with this call, of the kinds that fit; None where nothing does."""
        with self._lock:
            found = next((one for one in self._waiting if one.path in path and fits(one.kind)), None)
            if found is not None and found.times != ALWAYS:
                found.times -= 1
                if found.times == 0:
                    self._waiting.remove(found)
            return found


class CutOff:
    """An answer that begins and breaks off: the work is done, and who asked never hears of it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Promise more than is sent: the server closes the connection."""
        headers = [(b"content-type", b"application/json"), (b"content-length", b"4096")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
