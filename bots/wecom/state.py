"""How the channel is (状态): what went wrong last, until something works again."""

from datetime import datetime
from threading import Lock

from assistant.wording import wecom as wording
from bots.live import Health
from bots.vendor.calls import CallFailed
from bots.vendor.errcodes import Action

OF_ONE = frozenset({Action.NEXT_CHANNEL, Action.DEAD_LETTER, Action.DOWNGRADE})
"""What is wrong with one message or one person says nothing of the channel."""


class State:
    """Kept by all threads of the channel."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._health = Health(ok=True, what=wording.WELL)

    def failed(self, error: CallFailed, now: datetime) -> None:
        """Keep that a call has failed; what is wrong counts from the first failure on."""
        if error.action in OF_ONE:
            return
        with self._lock:
            since = now if self._health.ok else self._health.since
            self._health = Health(ok=False, what=wording.down(str(error)), since=since)

    def works(self) -> None:
        """Keep that a call has worked."""
        with self._lock:
            self._health = Health(ok=True, what=wording.WELL)

    def health(self) -> Health:
        """Return what is known."""
        with self._lock:
            return self._health
