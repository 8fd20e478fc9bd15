"""How often somebody may ask: so many times a minute from one address."""

from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock

MINUTE = timedelta(minutes=1)
MOST_REMEMBERED = 10_000
"""Addresses; the one that asked longest ago is forgotten first, so memory stays bounded."""


class Pace:
    """Counts by address and minute."""

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute
        self._counts: OrderedDict[str, tuple[datetime, int]] = OrderedDict()
        self._lock = Lock()

    def allows(self, address: str, now: datetime) -> bool:
        """Count one request; False where there were too many within the minute that the first one began."""
        with self._lock:
            since, count = self._counts.pop(address, (now, 0))
            if now - since >= MINUTE:
                since, count = now, 0
            self._counts[address] = (since, count + 1)
            while len(self._counts) > MOST_REMEMBERED:
                self._counts.popitem(last=False)
            return count < self.per_minute
