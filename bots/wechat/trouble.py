"""What is wrong with the channel (渠道故障): kept until a call succeeds again, and a pause for what an operator must mend."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from bots.vendor.calls import CallFailed
from bots.vendor.errcodes import Action

PAUSE = timedelta(minutes=1)
"""So long nothing is tried where the platform refuses the server or the account."""
STOPPING = frozenset({Action.STOP_CHANNEL, Action.DISABLE, Action.QUOTA})
ABOUT_US = STOPPING | {Action.RETRY, Action.RENEW}
"""What says something about the channel, and not about one message or person."""


@dataclass(frozen=True, slots=True)
class Found:
    """What went wrong last."""

    what: str
    since: datetime
    is_stopped_until: datetime


class Trouble:
    """The state of the channel, for all threads."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock = Lock()
        self._found: Found | None = None

    @property
    def found(self) -> Found | None:
        """What is wrong; None where the last call succeeded."""
        return self._found

    @property
    def stopped(self) -> str:
        """Why nothing is tried now; empty where it is."""
        found = self._found
        return found.what if found is not None and self._clock() < found.is_stopped_until else ""

    def note(self, error: CallFailed) -> None:
        """Keep what went wrong."""
        if error.action not in ABOUT_US:
            return
        now = self._clock()
        with self._lock:
            since = self._found.since if self._found is not None else now
            self._found = Found(str(error), since, now + PAUSE if error.action in STOPPING else now)

    def clear(self) -> None:
        """A call has succeeded."""
        with self._lock:
            self._found = None
