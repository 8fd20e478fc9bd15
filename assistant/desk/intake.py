"""Intake (收件): a message is kept, then attended to once; what fails is told to the sender and attended to again."""

import logging
from collections.abc import Callable, Collection
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Lock, Thread

from assistant.desk.flood import Flood
from assistant.desk.knowledge import plain
from assistant.desk.readable import readable
from assistant.errors import DatabaseFailed
from assistant.ports import Incoming, Outgoing
from assistant.rules import Rules
from assistant.store import Store, Work, inbox
from assistant.store.arrivals import Arrival
from assistant.triage import danger
from assistant.wording import sentences

PATIENCE = timedelta(seconds=30)
"""After which a message that nobody has finished belongs to a process that is no more."""
MOST_TRIES = 3
MOST_DEATHS = 24
"""So often may the process die while a message is attended to: mostly of something else, such as the power."""
QUICK_S = 3.0
"""So long may somebody in danger wait for the advice: a locked database keeps a message for ten seconds."""
WAIT_S, URGENT_WAIT_S = 8.0, 60.0
"""So long does a message wait for those before it, which a whole queue of reporters never needs (measured: 2 s)."""
PASSIVE = frozenset({"wechat"})
"""Channels on which the replies answer a request that does not wait for ever: what comes later is sent."""
log = logging.getLogger(__name__)
Attend = Callable[[Incoming, Work], tuple[Outgoing, ...]]


class Intake:
    """Takes messages in and sees to it that each is attended to, with one effect, however often it comes."""

    def __init__(self, store: Store, attend: Attend, pushed: Collection[str] = (), flood: Flood | None = None) -> None:
        """attend: does everything that a message asks for in one unit of work, and returns the replies.

        pushed: channels to which replies are sent by the outbox; on the others they are the answer to the request.
        flood: says which messages are too many; without it none are.
        """
        self._store = store
        self.flood = flood or Flood(Rules(()))
        self._attend = attend
        self._pushed = frozenset(pushed)
        self._in_hand: dict[tuple[str, str], Arrival] = {}
        self._left: set[tuple[str, str]] = set()
        """Messages whose senders' request is over."""
        self._lock = Lock()
        self.is_hurried = True
        """Whether somebody in danger waits for the answer, as in life."""

    def receive(self, incoming: Incoming, now: datetime) -> list[Outgoing]:
        """Answer one message; a repeated delivery gets the replies of the first one.

        For a channel that is pushed to, replies are in the outbox and nothing is returned. Where something fails,
        what is returned is meant for all channels: whether the message has been kept, and first what saves a life.
        """
        refused = self.refused(incoming, now)
        if refused is not None:
            return refused
        if danger(readable(incoming.text)) is None:
            return self._in_turn(incoming, now, is_urgent=False)
        return self._quickly(incoming, now)

    def refused(self, incoming: Incoming, now: datetime) -> list[Outgoing] | None:
        """Return what somebody who writes too much is told, perhaps nothing; None where the message is to be attended to."""
        refusal = self.flood.refuses(incoming, now)
        if refusal is None:
            return None
        return _by_rule(incoming, refusal.sentence) if refusal.sentence else []

    def leave(self, incoming: Incoming) -> bool:
        """Say that nobody waits for the replies any more: they are sent as soon as they are there.

        False where the message has not been kept yet, or is not in hand: then nothing is promised.
        """
        with self._lock:
            arrival = self._in_hand.get(_key(incoming))
            if arrival is None or not arrival.is_kept:
                return False
            self._left.add(_key(incoming))
            return True

    def attend_to(self, incoming: Incoming, now: datetime) -> None:
        """Attend to a message that was kept, in its turn; the replies are sent.

        Raises: DatabaseFailed; the message is attended to again by the clock.
        """
        with self._store.turn(Arrival({}), patience_s=URGENT_WAIT_S):
            self._again(incoming, 1, now)

    def send_from(self, incoming: Incoming, start: int, now: datetime) -> None:
        """Send the replies to a message that has been attended to, from one of them on; each goes once.

        Raises: DatabaseFailed.
        """
        self._store.attempt(now, lambda work: _send_from(work, incoming, start))

    def _quickly(self, incoming: Incoming, now: datetime) -> list[Outgoing]:
        """Who is in danger has the advice within seconds, whatever the database does; the work goes on meanwhile."""
        result: Future[list[Outgoing]] = Future()
        work = Thread(target=lambda: result.set_result(self._in_turn(incoming, now, is_urgent=True)), daemon=True)
        work.start()
        try:
            return result.result(QUICK_S if self.is_hurried else None)
        except TimeoutError:
            return _by_rule(incoming, sentences.STILL_TRYING)

    def _in_turn(self, incoming: Incoming, now: datetime, *, is_urgent: bool) -> list[Outgoing]:
        arrival, patience_s = self._store.arriving(incoming, now), URGENT_WAIT_S if is_urgent else WAIT_S
        with self._lock:
            self._in_hand[_key(incoming)] = arrival
        try:
            who = f"{incoming.channel} {incoming.sender}"
            with self._store.turn(arrival, who, is_urgent=is_urgent, patience_s=patience_s):
                replies = self._store.take(incoming, now, arrival)
                if replies is None:
                    replies = self._store.attempt(now, lambda work: self._once(incoming, work))
        except DatabaseFailed as error:
            log.warning("message %s of %s: %s", incoming.message_id, incoming.channel, error)
            return _by_rule(incoming, sentences.LATER if arrival.is_kept else sentences.NOT_TAKEN)
        except Exception:  # our own mistake must not cost the advice; what is kept is tried again by the clock
            log.exception("message %s of %s", incoming.message_id, incoming.channel)
            return _by_rule(incoming, sentences.LATER if arrival.is_kept else sentences.NOT_TAKEN)
        finally:
            with self._lock:
                self._in_hand.pop(_key(incoming), None)
                self._left.discard(_key(incoming))
        return [] if incoming.channel in self._pushed else self._store.revealed(replies, now)

    def resume(self, now: datetime) -> int:
        """Attend again to messages that were left lying; return how many there were."""
        count = 0
        while (tried := self._store.try_again(now - PATIENCE, now)) is not None:
            self._again(*tried, now)
            count += 1
        return count

    def _once(self, incoming: Incoming, work: Work, *, is_late: bool = False) -> tuple[Outgoing, ...]:
        row = work.entry(incoming)
        if row.is_done:
            return work.replies(row)
        replies = work.finish(row, self._attend(incoming, work))
        self.flood.answered(incoming, replies, work.now)
        if is_late or incoming.channel in self._pushed or _key(incoming) in self._left:
            work.send(row, replies)
        return replies

    def _again(self, incoming: Incoming, tries: int, now: datetime) -> None:
        try:
            if tries <= MOST_DEATHS:
                is_late = incoming.channel in PASSIVE  # whoever has sent it does not wait any more
                self._store.attempt(now, lambda work: self._once(incoming, work, is_late=is_late))
                return
            error = ""  # each time its process died with it
        except Exception as failure:  # noqa: BLE001 - the clock's loop: it is recorded, and the next message has its turn
            error = f"{type(failure).__name__}: {failure}"
        self._store.attempt(now, lambda work: self._failed(incoming, tries, error, work))

    def _failed(self, incoming: Incoming, tries: int, error: str, work: Work) -> None:
        row = work.entry(incoming)
        if row.is_done:
            return
        row.error = error or row.error
        if tries >= MOST_TRIES:
            replies = tuple(_by_rule(incoming, sentences.GIVEN_UP, decision=None))
            work.give_up(row, replies)
            if incoming.channel in self._pushed | PASSIVE:
                work.send(row, replies)
        else:
            work.send(row, tuple(_advice(incoming)), what="danger")


def _key(incoming: Incoming) -> tuple[str, str]:
    return incoming.channel, incoming.message_id


def _send_from(work: Work, incoming: Incoming, start: int) -> None:
    row = inbox.entry(work.session, incoming.channel, incoming.message_id)
    if row is not None and row.is_done:
        work.send(row, inbox.outgoing(row.replies), start=start)


def _advice(incoming: Incoming) -> list[Outgoing]:
    kind = danger(readable(incoming.text))
    drafts = [] if kind is None else [plain(sentences.danger_advice(kind), decision="danger")]
    return [replace(draft, channel=incoming.channel, recipient=incoming.sender) for draft in drafts]


def _by_rule(incoming: Incoming, sentence: str, decision: str | None = "unkept") -> list[Outgoing]:
    """Return what can be said by rule alone."""
    said = Outgoing(channel=incoming.channel, recipient=incoming.sender, text=sentence, decision=decision)
    return [*_advice(incoming), said]
