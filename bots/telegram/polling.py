"""Polling (轮询): asks for updates again and again; an update counts as taken when it has been committed here."""

import logging
from dataclasses import dataclass
from threading import Event, Thread
from time import monotonic

from assistant.errors import DatabaseFailed, SendingFailed, SendingPaused, SendingRefused, YingdaError
from bots.telegram.client import Client
from bots.telegram.failures import CONFLICT, TOKEN
from bots.telegram.intake import Intake
from bots.telegram.state import State

PATIENCE_S = 5.0
"""So long do new messages wait for those that were left lying; a database that is locked must keep nobody waiting."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How long the poller waits, seconds."""

    watchdog_s: float = 90.0
    """Without an answer for so long, all connections are made anew."""
    first_s: float = 1.0
    longest_s: float = 30.0
    """Between two failures: the first pause, and the longest."""
    again_s: float = 60.0
    """How often what has failed is taken up."""


class Poller:
    """One thread; nothing that goes wrong ends it."""

    def __init__(self, client: Client, intake: Intake, state: State, pace: Pace) -> None:
        """client: its own, which the watchdog may rebuild."""
        self._client, self._intake, self._state, self._pace = client, intake, state, pace
        self._stopped = Event()
        self._thread = Thread(target=self._run, name="telegram-poll", daemon=True)
        self.rebuilt = 0
        """How often the watchdog had to make all connections anew."""
        self._is_expected = False
        """Whether the platform knows that we ask by ourselves."""
        self._answered_at = 0.0

    def start(self) -> None:
        """Begin; nobody waits for the platform."""
        self._intake.start(self._pace.again_s)
        self._thread.start()

    def stop(self) -> None:
        """Ask no more: what the platform has not handed over stays there."""
        self._stopped.set()
        self._client.close()
        self._thread.join()

    def _run(self) -> None:
        self._intake.is_taken_up(PATIENCE_S)
        self._answered_at = monotonic()
        pause_s = self._pace.first_s
        while not self._stopped.is_set():
            failed = self._attempt()
            if failed is None:
                pause_s = self._pace.first_s
                continue
            self._watch()
            self._stopped.wait(self._pause_s(failed, pause_s))
            pause_s = min(2 * pause_s, self._pace.longest_s)

    def _pause_s(self, failed: Exception, pause_s: float) -> float:
        if isinstance(failed, DatabaseFailed):
            return self._pace.first_s  # the platform answers, and somebody there may be in danger
        return float(failed.details["wait_s"]) if isinstance(failed, SendingPaused) else pause_s

    def _attempt(self) -> Exception | None:
        try:
            self._ask()
        except (YingdaError, OSError) as error:
            if not self._stopped.is_set():
                self._failed(error)
            return error
        except Exception as error:
            log.exception("telegram: polling")
            return error
        return None

    def _ask(self) -> None:
        if not self._is_expected:
            self._client.expect_polls()
            self._is_expected = True
        updates = self._client.updates(self._offset())
        self._answered_at = monotonic()
        if updates:
            self._intake.take(updates, is_polled=True)
        self._state.good("polling")

    def _offset(self) -> int | None:
        """Where the database fails, ask for all that is there: who is in danger must be heard."""
        try:
            return self._intake.offset()
        except DatabaseFailed as error:
            self._failed(error)
            return None

    def _failed(self, error: Exception) -> None:
        reason = error.details.get("reason", "") if isinstance(error, SendingFailed | SendingRefused) else ""
        if isinstance(error, DatabaseFailed):
            self._state.bad("database")
        elif reason in (TOKEN, CONFLICT, "settings"):
            self._state.bad(reason)
            self._is_expected = False  # perhaps an address for pushes has been set meanwhile
        else:
            self._state.bad("unreachable")
        log.warning("telegram: no updates: %s", error)

    def _watch(self) -> None:
        if monotonic() - self._answered_at > self._pace.watchdog_s and not self._stopped.is_set():
            self.rebuilt += 1
            self._answered_at = monotonic()
            self._client.rebuild()
            log.error("telegram: no answer for %.0f s, connections are made anew", self._pace.watchdog_s)
