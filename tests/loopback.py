"""A channel that keeps what it is sent, and fails as it is told to."""

import threading
from collections.abc import Callable

from assistant.errors import SendingFailed, SendingRefused
from assistant.ports import Outgoing, Receipt

BUSY = SendingFailed(channel="push", reason="busy")
GONE = SendingRefused(channel="push", reason="blocked")


class Loopback:
    """`push`, or another name; each answer of `script` is for one send: an error, or something to do meanwhile."""

    def __init__(self, *script: Exception | Callable[[], object], name: str = "push") -> None:
        self.name = name
        self.sent: list[tuple[str, str]] = []
        self._script = list(script)
        self._lock = threading.Lock()

    def send(self, outgoing: Outgoing, key: str) -> Receipt:
        with self._lock:
            self.sent.append((outgoing.text, key))
            number = len(self.sent)
            step = self._script.pop(0) if self._script else None
        if isinstance(step, Exception):
            raise step
        if step is not None:
            step()
        return Receipt(f"v-{number}")

    @property
    def texts(self) -> list[str]:
        return [text for text, _ in self.sent]
