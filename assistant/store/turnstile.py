"""The turnstile (排队): who waits for the database goes in the order of coming, and who is in danger goes first.

A connection pool wakes whom it likes: of fifty reporters some were answered at once and others after half a minute
(measured). Where all writing is done by one connection, nothing is lost by letting one message in at a time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from heapq import heapify, heappop, heappush
from itertools import count
from threading import Event, Lock

from assistant.errors import DatabaseFailed


class Turnstile:
    """Lets a number of threads in at once."""

    def __init__(self, places: int) -> None:
        self._lock = Lock()
        self._free = places
        self._tickets = count()
        self._waiting: list[tuple[bool, int, Event]] = []

    @contextmanager
    def passing(self, *, is_urgent: bool = False, patience_s: float | None = None) -> Iterator[None]:
        """Wait for one's turn; the place is handed to the next one directly, so that nobody slips in between.

        Raises: DatabaseFailed after `patience_s`; whoever is inside has been waiting for the database for as long.
        """
        self._enter(is_urgent=is_urgent, patience_s=patience_s)
        try:
            yield
        finally:
            self._leave()

    def _enter(self, *, is_urgent: bool, patience_s: float | None) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            turn = Event()
            heappush(self._waiting, (not is_urgent, next(self._tickets), turn))
        if not turn.wait(patience_s) and self._gives_up(turn):
            raise DatabaseFailed(reason="busy")

    def _gives_up(self, turn: Event) -> bool:
        """Leave the queue; False where the place was handed over in this very moment."""
        with self._lock:
            if turn.is_set():
                return False
            self._waiting = [one for one in self._waiting if one[2] is not turn]
            heapify(self._waiting)
            return True

    def _leave(self) -> None:
        with self._lock:
            if self._waiting:
                heappop(self._waiting)[2].set()
            else:
                self._free += 1
