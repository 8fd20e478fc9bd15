"""Intake (收件): a message is kept, then attended to once; what fails is told to the sender and attended to again."""

import logging
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta

from assistant.desk.knowledge import plain
from assistant.errors import DatabaseFailed
from assistant.ports import Incoming, Outgoing
from assistant.store import Store, Work
from assistant.store.arrivals import Arrival
from assistant.triage import danger
from assistant.wording import sentences

PATIENCE = timedelta(seconds=30)
"""After which a message that nobody has finished belongs to a process that is no more."""
MOST_TRIES = 3
MOST_DEATHS = 24
"""So often may the process die while a message is attended to: mostly of something else, such as the power."""
log = logging.getLogger(__name__)
Attend = Callable[[Incoming, Work], tuple[Outgoing, ...]]


class Intake:
    """Takes messages in and sees to it that each is attended to, with one effect, however often it comes."""

    def __init__(self, store: Store, attend: Attend, pushed: Collection[str] = ()) -> None:
        """attend: does everything that a message asks for in one unit of work, and returns the replies.

        pushed: channels to which replies are sent by the outbox; on the others they are the answer to the request.
        """
        self._store = store
        self._attend = attend
        self._pushed = frozenset(pushed)

    def receive(self, incoming: Incoming, now: datetime) -> list[Outgoing]:
        """Answer one message; a repeated delivery gets the replies of the first one.

        For a channel that is pushed to, replies are in the outbox and nothing is returned. Where something fails,
        what is returned is meant for all channels: whether the message has been kept, and first what saves a life.
        """
        with self._store.turn(incoming, now, is_urgent=danger(incoming.text) is not None) as arrival:
            return self._received(incoming, now, arrival)

    def _received(self, incoming: Incoming, now: datetime, arrival: Arrival | None) -> list[Outgoing]:
        try:
            replies = self._store.take(incoming, now, arrival)
        except DatabaseFailed:
            return _by_rule(incoming, sentences.NOT_TAKEN)
        try:
            if replies is None:
                replies = self._store.attempt(now, lambda work: self._once(incoming, work))
        except DatabaseFailed:
            return _by_rule(incoming, sentences.LATER)
        except Exception:  # our own mistake must not cost the advice: the message is kept, and the clock tries it again
            log.exception("message %s of %s", incoming.message_id, incoming.channel)
            return _by_rule(incoming, sentences.LATER)
        return [] if incoming.channel in self._pushed else list(replies)

    def resume(self, now: datetime) -> int:
        """Attend again to messages that were left lying; return how many there were."""
        count = 0
        while (tried := self._store.try_again(now - PATIENCE, now)) is not None:
            self._again(*tried, now)
            count += 1
        return count

    def _once(self, incoming: Incoming, work: Work) -> tuple[Outgoing, ...]:
        row = work.entry(incoming)
        if row.is_done:
            return work.replies(row)
        replies = self._attend(incoming, work)
        work.finish(row, replies)
        if incoming.channel in self._pushed:
            work.send(row, replies)
        return replies

    def _again(self, incoming: Incoming, tries: int, now: datetime) -> None:
        try:
            if tries <= MOST_DEATHS:
                self._store.attempt(now, lambda work: self._once(incoming, work))
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
            replies = tuple(_by_rule(incoming, sentences.GIVEN_UP))
            work.give_up(row, replies)
            if incoming.channel in self._pushed:
                work.send(row, replies)
        else:
            work.send(row, tuple(_advice(incoming)), what="danger")


def _advice(incoming: Incoming) -> list[Outgoing]:
    kind = danger(incoming.text)
    drafts = [] if kind is None else [plain(sentences.danger_advice(kind), decision="danger")]
    return [replace(draft, channel=incoming.channel, recipient=incoming.sender) for draft in drafts]


def _by_rule(incoming: Incoming, sentence: str) -> list[Outgoing]:
    """Return what can be said by rule alone."""
    return [*_advice(incoming), Outgoing(channel=incoming.channel, recipient=incoming.sender, text=sentence)]
