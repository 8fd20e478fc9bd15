"""Access tokens (access_token): fetched by one thread while the others wait, renewed where the one that failed is still ours."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from time import monotonic

MARGIN_S = 60.0
"""So long before its end a token counts as ended."""
PAUSE_S = 2.0
"""So long a failed fetch answers those who come after it: thirty threads must not wait for thirty time-outs."""


@dataclass(frozen=True, slots=True)
class Token:
    """What a platform gave."""

    value: str
    lasts_s: float


class TokenSource:
    """The token of one account, for all threads of a process."""

    def __init__(self, fetch: Callable[[], Token], clock: Callable[[], float] = monotonic) -> None:
        """fetch: asks the platform, and raises what `get` and `renewed` are to raise."""
        self._fetch, self._clock = fetch, clock
        self._lock = Lock()
        self._value, self._until = "", 0.0
        self._failed: Exception | None = None
        self._failed_at = 0.0

    @property
    def current(self) -> str:
        """The token as it stands, empty where there is none."""
        return self._value

    def get(self) -> str:
        """Return the token, fetched where there is none."""
        with self._lock:
            if not self._value or self._clock() >= self._until:
                self._renew()
            return self._value

    def renewed(self, refused: str) -> str:
        """Return another token than the one that was refused; fetched only where nobody has done so meanwhile."""
        with self._lock:
            if self._value in ("", refused):
                self._renew()
            return self._value

    def _renew(self) -> None:
        if self._failed is not None and self._clock() - self._failed_at < PAUSE_S:
            raise self._failed
        self._value = ""
        try:
            token = self._fetch()
        except Exception as error:
            self._failed, self._failed_at = error, self._clock()
            raise
        self._value, self._failed = token.value, None
        self._until = self._clock() + max(0.0, token.lasts_s - MARGIN_S)
