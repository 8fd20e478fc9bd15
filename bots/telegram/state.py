"""How the channel is (状态): the last that was seen of the platform, and since when."""

from collections.abc import Callable
from datetime import datetime
from threading import Lock

from assistant.wording.channels import TELEGRAM_HEALTH
from bots.live import Health


class State:
    """Written by whoever talks to the platform, read by whoever asks."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock = Lock()
        self._name, self._is_good = "starting", False
        self._since: datetime | None = None

    def good(self, name: str) -> None:
        """Keep that the platform has answered."""
        self._set(name, is_good=True)

    def bad(self, name: str) -> None:
        """Keep what is wrong."""
        self._set(name, is_good=False)

    def health(self) -> Health:
        """Return it for whoever asks."""
        with self._lock:
            return Health(self._is_good, TELEGRAM_HEALTH[self._name], self._since)

    def _set(self, name: str, *, is_good: bool) -> None:
        with self._lock:
            if name != self._name:
                self._name, self._is_good, self._since = name, is_good, self._clock()
