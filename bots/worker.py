"""The worker: sends what is in the outbox and does what time demands, beside the server, until it is stopped."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from threading import Event, Thread

from assistant.desk import Desk
from assistant.errors import YingdaError
from assistant.ports import Channel
from assistant.store import Lane
from bots.heartbeat import beat

IDLE_S = 0.25
"""How long an outbox is left alone in which nothing may go."""
TICK_S = 10.0
AUDIT_S = 30.0
log = logging.getLogger(__name__)


class Worker:
    """One thread for each lane, one for the clock, one for the auditor: urgent messages wait for nothing else."""

    def __init__(
        self, desk: Desk, channels: Sequence[Channel], clock: Callable[[], datetime], heartbeat: str = ""
    ) -> None:
        """heartbeat: a file or an address, see `bots.heartbeat`."""
        self._heartbeat = heartbeat
        self._desk = desk
        self._sender = desk.sender(channels)
        self._clock = clock
        self._stopped = Event()
        self._threads = [Thread(target=self._clockwork, name="clock", daemon=True)]
        self._threads.append(Thread(target=self._auditing, name="audit", daemon=True))
        if channels:
            self._threads += [Thread(target=self._drain, args=(lane,), name=lane.value, daemon=True) for lane in Lane]

    def once(self) -> None:
        """Do everything that is due, and return."""
        self._desk.tick(self._clock())
        for lane in Lane:
            while self._sender.step(lane, self._clock()):
                pass

    def __enter__(self) -> "Worker":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Begin nothing new; what is in flight is finished within the time that a channel may take."""
        self._stopped.set()
        for thread in self._threads:
            thread.join()

    def _drain(self, lane: Lane) -> None:
        while not self._stopped.is_set():
            if not self._attempt(lambda: self._sender.step(lane, self._clock())):
                self._stopped.wait(IDLE_S)

    def _clockwork(self) -> None:
        while not self._stopped.is_set():
            self._attempt(lambda: self._desk.tick(self._clock()))
            self._stopped.wait(TICK_S)

    def _auditing(self) -> None:
        """The clock gets time to do what was left lying; a heartbeat says that all that should have happened has."""
        while not self._stopped.wait(AUDIT_S):
            self._attempt(self.look_back)

    def look_back(self) -> None:
        """Let the auditor look once; the heart beats only where it finds nothing late."""
        found = self._desk.audit(self._clock())
        if found.is_good:
            beat(self._heartbeat)
        else:
            log.error("late: %s", found.shown())

    def _attempt(self, work: Callable[[], int | None]) -> int:
        """One failure ends nothing: a full disk may be emptied, a database come back."""
        try:
            return work() or 0
        except YingdaError as error:
            log.warning("%s", error)
        except Exception:
            log.exception("unexpected")
        return 0
