"""The turnstile (排队): who waits for the database goes in the order of coming, and who is in danger goes first.

A connection pool wakes whom it likes: of fifty reporters some were answered at once and others after half a minute
(measured). Where all writing is done by one connection, nothing is lost by letting one message in at a time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from heapq import heappop, heappush
from itertools import count
from threading import Event, Lock


class Turnstile:
    """Lets a number of threads in at once."""

    def __init__(self, places: int) -> None:
        self._lock = Lock()
        self._free = places
        self._tickets = count()
        self._waiting: list[tuple[bool, int, Event]] = []

    @contextmanager
    def passing(self, *, is_urgent: bool = False) -> Iterator[None]:
        """Wait for one's turn; the place is handed to the next one directly, so that nobody slips in between."""
        self._enter(is_urgent=is_urgent)
        try:
            yield
        finally:
            self._leave()

    def _enter(self, *, is_urgent: bool) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            turn = Event()
            heappush(self._waiting, (not is_urgent, next(self._tickets), turn))
        turn.wait()

    def _leave(self) -> None:
        with self._lock:
            if self._waiting:
                heappop(self._waiting)[2].set()
            else:
                self._free += 1
