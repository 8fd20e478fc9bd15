"""Keeping (先存后办): when messages come faster than they can be answered, they are kept many at a time and attended to later.

An answer takes the desk some ten milliseconds, keeping fifty messages together takes as long as keeping one.
"""

import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from threading import Condition, Thread
from time import monotonic, sleep

from assistant.desk import Desk
from assistant.errors import DatabaseFailed
from assistant.ports import Incoming

MOST_AHEAD = 2000
"""So many are remembered to be attended to at once; the desk finds the others in its inbox half a minute later."""
GIVE_WAY_S = 0.005
"""Between two messages: whoever waits for the database meanwhile would else wait for all of them (measured: 12 s)."""
FLOOD_S, GIVE_MORE_WAY_S = 0.2, 0.03
"""As long as messages keep coming, keeping them goes before attending to them."""
log = logging.getLogger(__name__)


class Keeper:
    """Two threads: one keeps what comes, one has the desk attend to what was kept."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime]) -> None:
        self._desk, self._clock = desk, clock
        self._changed = Condition()
        self._coming: list[tuple[Incoming, Future[None]]] = []
        self._kept: deque[Incoming] = deque(maxlen=MOST_AHEAD)
        self._kept_at = 0.0
        self._is_closed = False
        self._threads = [Thread(target=work, daemon=True) for work in (self._keep_all, self._attend_all)]

    def keep(self, incoming: Incoming) -> "Future[None]":
        """Promise that a message will be attended to and the replies sent; the result is there when it is kept.

        Raises, in the result: DatabaseFailed.
        """
        result: Future[None] = Future()
        with self._changed:
            if not self._threads[0].is_alive():
                for thread in self._threads:
                    thread.start()
            self._coming.append((incoming, result))
            self._changed.notify_all()
        return result

    def close(self) -> None:
        """Begin nothing new; what is kept is found at the next start."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    def _keep_all(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._coming or self._is_closed)
                coming, self._coming = self._coming, []
            if not coming:
                return
            self._keep(coming)

    def _keep(self, coming: list[tuple[Incoming, "Future[None]"]]) -> None:
        try:
            self._desk.keep([incoming for incoming, _ in coming], self._clock())
        except DatabaseFailed as error:
            for _, result in coming:
                result.set_exception(error)
            return
        with self._changed:
            self._kept += [incoming for incoming, _ in coming]
            self._kept_at = monotonic()
            self._changed.notify_all()
        for _, result in coming:
            result.set_result(None)

    def _attend_all(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._kept or self._is_closed)
                if self._is_closed:
                    return
                incoming = self._kept.popleft()
            sleep(GIVE_MORE_WAY_S if monotonic() - self._kept_at < FLOOD_S else GIVE_WAY_S)
            try:
                self._desk.attend_to(incoming, self._clock())
            except DatabaseFailed as error:
                log.warning("message %s waits for the clock: %s", incoming.message_id, error)
