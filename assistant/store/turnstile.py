"""The turnstile (排队): who waits for the database goes in the order of coming, and who is in danger goes first.

A connection pool wakes whom it likes: of fifty reporters some were answered at once and others after half a minute
(measured). Where all writing is done by one connection, nothing is lost by letting one message in at a time.
Everybody has one message in each round: of two who wait, the one who has sent fewer goes first, so that somebody who
sends a hundred delays himself alone. Source: start-time fair queueing (Goyal and others, 1996), each message alike.
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
        self._waiting: list[tuple[bool, int, int, Event]] = []
        self._round = {True: 0, False: 0}
        """Of the urgent and the others: the round of whoever was let in last."""
        self._rounds: dict[tuple[bool, str], int] = {}
        """The last round in which somebody has a message."""

    @contextmanager
    def passing(self, who: str = "", *, is_urgent: bool = False, patience_s: float | None = None) -> Iterator[None]:
        """Wait for one's turn; the place is handed to the next one directly, so that nobody slips in between.

        who: the sender; those without a name are all strangers to each other.
        Raises: DatabaseFailed after `patience_s`; whoever is inside has been waiting for the database for as long.
        """
        self._enter(who, is_urgent=is_urgent, patience_s=patience_s)
        try:
            yield
        finally:
            self._leave()

    def _enter(self, who: str, *, is_urgent: bool, patience_s: float | None) -> None:
        with self._lock:
            if self._free:
                self._free -= 1
                return
            turn = Event()
            turn_of = self._round_of(who, is_urgent=is_urgent)
            heappush(self._waiting, (not is_urgent, turn_of, next(self._tickets), turn))
        if not turn.wait(patience_s) and self._gives_up(turn):
            raise DatabaseFailed(reason="busy")

    def _round_of(self, who: str, *, is_urgent: bool) -> int:
        """Return the first round in which somebody has no message yet."""
        now = self._round[is_urgent]
        found = max(now, self._rounds.get((is_urgent, who), -1) + 1) if who else now
        if who:
            self._rounds[is_urgent, who] = found
        return found

    def _gives_up(self, turn: Event) -> bool:
        """Leave the queue; False where the place was handed over in this very moment."""
        with self._lock:
            if turn.is_set():
                return False
            self._waiting = [one for one in self._waiting if one[3] is not turn]
            heapify(self._waiting)
            return True

    def _leave(self) -> None:
        with self._lock:
            if not self._waiting:
                self._free += 1
                self._rounds.clear()
                return
            is_routine, turn_of, _, turn = heappop(self._waiting)
            self._round[not is_routine] = turn_of
            turn.set()
