"""Intake (收件): what the platform hands over is kept before it hears that it has arrived, then attended to in order."""

import json
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from threading import Event, Lock, Thread, Timer
from typing import Any

from assistant.desk import Desk
from assistant.errors import DatabaseFailed
from assistant.store import spool
from assistant.store.spool import Pushed
from assistant.triage import danger
from bots.telegram.attending import Attendant, Stopped
from bots.telegram.failures import CHANNEL
from bots.telegram.queues import Queues
from bots.telegram.reading import chat_of

OFFSET = "telegram/offset"
NEWEST = timedelta(days=6)
"""After a week without updates the platform begins to count anew. Source: core.telegram.org/bots/api, Update.update_id."""
MOST_TRIES = 3
QUICK_S = 1.0
"""So long does the advice to somebody in danger wait for the database, which may be locked for ten seconds."""
log = logging.getLogger(__name__)


class Intake:
    """From the platform's hands into those of the attendant; with the spool between them nothing is lost."""

    def __init__(self, desk: Desk, attendant: Attendant, clock: Callable[[], datetime]) -> None:
        self._desk, self._attendant, self._clock = desk, attendant, clock
        self._queues: Queues[Pushed] = Queues(self._attend)
        self._lock = Lock()
        self._taken_up, self._stopped = Event(), Event()
        self._tries: dict[str, int] = {}
        """Of what has failed."""
        self._in_hand: set[str] = set()
        self._read: tuple[int | None, datetime] | None = None
        """How far was read, and when; None where nobody has looked yet."""

    def offset(self) -> int | None:
        """Return the number from which on the platform is to hand over updates, None for all that it still has.

        Raises: DatabaseFailed.
        """
        now = self._clock()
        if self._read is None:
            with self._desk.work(now) as work:
                self._read = (spool.read_to(work.session, OFFSET, NEWEST, now), now)
        last, at = self._read
        return None if last is None or now - at > NEWEST else last + 1

    def take(self, updates: Sequence[dict[str, Any]], *, is_polled: bool) -> None:
        """Keep updates, then let each be attended to once; is_polled: the next question begins after them.

        Raises: DatabaseFailed; they are attended to all the same, as far as that goes, and have to come again.
        """
        pushed = [Pushed(str(one["update_id"]), chat_of(one), json.dumps(one, ensure_ascii=False)) for one in updates]
        now, urgent = self._clock(), Timer(QUICK_S, self._put, ([one for one in pushed if is_urgent(one)],))
        urgent.start()
        try:
            with self._desk.work(now) as work:
                new = spool.keep(work.session, CHANNEL, pushed, now)
                if is_polled:
                    spool.mark(work.session, OFFSET, max(one["update_id"] for one in updates), now)
        except DatabaseFailed:
            self._put(pushed)  # it comes again; but who is in danger must not wait until the database is back
            raise
        finally:
            urgent.cancel()
        if is_polled:
            self._read = (max(one["update_id"] for one in updates), now)
        self._put(new)

    def start(self, again_s: float) -> None:
        """Take up what an earlier process has left lying; what has failed is taken up so often."""
        Thread(target=self._keep_on, args=(again_s,), name="telegram-again", daemon=True).start()

    def is_taken_up(self, patience_s: float) -> bool:
        """Wait until what was left lying stands in the queues, before all that is new."""
        return self._taken_up.wait(patience_s)

    def _keep_on(self, again_s: float) -> None:
        while not self._stopped.is_set():
            try:
                self._again()
                self._taken_up.set()
            except DatabaseFailed as error:
                log.warning("telegram: %s", error)
            self._stopped.wait(again_s)

    def _again(self) -> None:
        with self._desk.work(self._clock()) as work:
            left = spool.left(work.session, CHANNEL)
        self._put(left)

    def stop(self, timeout_s: float) -> bool:
        """Begin nothing new; say whether what was in hand is finished. The rest waits in the spool."""
        self._stopped.set()
        self._attendant.stop()
        return self._queues.stop(timeout_s)

    def _put(self, pushed: Sequence[Pushed]) -> None:
        for one in pushed:
            with self._lock:
                if one.name in self._in_hand:
                    continue
                self._in_hand.add(one.name)
            self._queues.put(one.chat, one)

    def _attend(self, one: Pushed) -> None:
        """One failure ends nothing: the spool holds what was not attended to."""
        try:
            if self._is_done(one):
                with self._desk.work(self._clock()) as work:
                    spool.drop(work.session, CHANNEL, one.name)
                self._tries.pop(one.name, None)
        except DatabaseFailed as error:
            self._tries[one.name] = self._tries.get(one.name, 0) + 1
            log.warning("telegram: %s", error)
        finally:
            with self._lock:
                self._in_hand.discard(one.name)

    def _is_done(self, one: Pushed) -> bool:
        """Attend to an update; False where that is to be done again. Raises: DatabaseFailed."""
        tries = self._tries.get(one.name, 0)
        try:
            self._attendant.attend(one, is_first=tries == 0)
        except Stopped:
            return False
        except DatabaseFailed:
            raise
        except Exception:  # our own mistake must not cost the messages after it
            log.exception("telegram: update %s", one.name)
            self._tries[one.name] = tries + 1
            return tries + 1 >= MOST_TRIES
        return True


def is_urgent(one: Pushed) -> bool:
    """Say whether somebody may be in danger, before the update is read as a whole."""
    message = json.loads(one.body).get("message")
    said = [message.get("text"), message.get("caption")] if isinstance(message, dict) else []
    return any(isinstance(text, str) and danger(text) is not None for text in said)
