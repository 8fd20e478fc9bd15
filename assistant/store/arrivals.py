"""Arrivals (来件): a message that waits for its turn is kept by whoever commits next, so the disk is waited for once.

A commit costs some milliseconds on a common disk, and each message needs two: one that keeps it before anything is done
about it, one that keeps what it led to. Where many wait, the first is shared with the second of somebody before.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

from sqlmodel import Session

from assistant.ports import Incoming
from assistant.store import inbox


@dataclass(slots=True, eq=False)
class Arrival:
    """A message before its turn."""

    values: dict[str, Any]
    is_kept: bool = False
    """It has been committed; where that failed, the message is kept when its turn comes."""


class Arrivals:
    """The messages that wait in this process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: list[Arrival] = []

    def add(self, incoming: Incoming, now: datetime) -> Arrival:
        """Let a message be kept by whoever commits before its turn."""
        arrival = Arrival(inbox.values(incoming, now))
        if _is_text(arrival):
            with self._lock:
                self._waiting.append(arrival)
        return arrival

    def remove(self, arrival: Arrival) -> None:
        """Say that the turn of a message has come: it is its own affair now."""
        with self._lock:
            if arrival in self._waiting:
                self._waiting.remove(arrival)

    @contextmanager
    def kept_with(self, session: Session) -> Iterator[None]:
        """Keep what waits in the transaction that is committed inside; what has come before stays as it is."""
        with self._lock:
            waiting, self._waiting = self._waiting, []
        kept = [arrival for arrival in waiting if inbox.keep_unless_there(session, arrival.values)]
        yield
        for arrival in kept:
            arrival.is_kept = True


def _is_text(arrival: Arrival) -> bool:
    """Say whether a message can be kept at all: half characters, which no database takes, must not spoil another's turn."""
    try:
        "".join(value for value in arrival.values.values() if isinstance(value, str)).encode()
    except UnicodeEncodeError:
        return False
    return True
