"""How much a channel takes (限速): sliding windows, kept in the database so that several workers and a restart keep to them.

Each attempt at a channel has the channel's next number. The message that would be number n may go when attempt n - limit
lies outside the window: one look-up, however many were sent. A clock that was set back neither frees nor blocks for
longer than a window: what lies further ahead than that counts as long ago.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Self

from sqlmodel import Field, Index, Session, SQLModel, col, delete, select

from assistant.events import utc
from assistant.ports import Outgoing
from assistant.rules import Rules, load_rules
from assistant.store.counter import CounterRow

PREFIX, RESERVE = "send.", "send.reserve"
SPREAD, SPREAD_FROM = "send.spread", "send.spread.from"
WINDOWS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
}
PART, CARD = "part", "card"
HEAVIEST = 8
"""A message that becomes more parts than that counts as so many."""
SLACK = timedelta(milliseconds=250)
"""Messages take differently long to arrive: two that were claimed so much further apart stay a window apart."""
KEPT = timedelta(hours=25)


class AttemptRow(SQLModel, table=True):
    """One message that was given to a channel, whatever became of it."""

    __tablename__ = "send_attempt"
    __table_args__ = (Index("ix_send_attempt_person", "channel", "recipient", "at"),)

    channel: str = Field(primary_key=True, max_length=32)
    number: int = Field(primary_key=True)
    recipient: str = Field(max_length=128)
    at: datetime = Field(index=True)


AVOIDED = {"wecom": frozenset({0, 30})}
"""Minutes of the hour in which a platform asks to be left alone. Source: developer.work.weixin.qq.com/document/path/90454."""


def off_peak(channel: str, due: datetime) -> datetime:
    """Return when a message that is not urgent goes: a minute later where everybody else sends, too."""
    return due + timedelta(minutes=1) if due.minute in AVOIDED.get(channel, ()) else due


@dataclass(frozen=True, slots=True)
class Limit:
    """So many messages within a window."""

    most: int
    window: timedelta

    def share(self, reserved: float) -> "Limit":
        """Return what is left of it beside a reserved share; never less than one message."""
        return Limit(max(1, int(self.most * (1 - reserved))), self.window)

    def holds(self, at: datetime, now: datetime) -> bool:
        """Say whether an attempt counts."""
        return abs(utc(now) - utc(at)) < self.window


@dataclass(frozen=True, slots=True)
class Limits:
    """What one channel takes in all, and for each person."""

    channel: str
    overall: tuple[Limit, ...]
    person: tuple[Limit, ...]
    reserved: float = 0
    """Share of each that routine messages leave to urgent ones."""
    part: int = 0
    """UTF-8 bytes of one message, where a longer one becomes several that all count; 0 where each counts as one."""
    card: int = 0
    """Characters of a text beside buttons; a longer one goes before them, as a message of its own."""

    @property
    def is_free(self) -> bool:
        """Whether nothing limits the channel."""
        return not self.overall and not self.person

    def for_routine(self) -> Self:
        """Return what routine messages may use."""
        overall = tuple(one.share(self.reserved) for one in self.overall)
        person = tuple(one.share(self.reserved) for one in self.person)
        return type(self)(self.channel, overall, person, 0, self.part, self.card)

    def weight(self, message: Outgoing) -> int:
        """Return how many messages the channel makes of one at most: two parts together are longer than one may be."""
        if not self.part:
            return 1
        size = len(message.text.encode()) + sum(len(choice.encode()) + 8 for choice in message.choices)
        parts = 1 if size <= self.part else 2 * size // self.part + 1
        is_apart = bool(message.choices) and len(message.text) > self.card
        return min([parts + is_apart, HEAVIEST, *(one.most for one in self.overall)])


def limits_of(channel: str, rules: Rules) -> Limits:
    """Return the limits of a channel: rules `send.<channel>.all|person.second|minute|hour|day`, the latest of each."""
    latest = {rule.id: rule for rule in sorted(rules.all(), key=lambda rule: rule.since)}
    reserve = latest.get(RESERVE)

    def found(scope: str) -> tuple[Limit, ...]:
        named = ((latest.get(f"{PREFIX}{channel}.{scope}.{name}"), span + SLACK) for name, span in WINDOWS.items())
        return tuple(Limit(int(rule.value), span) for rule, span in named if rule is not None)

    def size(name: str) -> int:
        rule = latest.get(f"{PREFIX}{channel}.{name}")
        return int(rule.value) if rule is not None else 0

    reserved = reserve.value / 100 if reserve else 0
    return Limits(channel, found("all"), found("person"), reserved, size(PART), size(CARD))


@cache
def shipped(channel: str) -> Limits:
    """Return the limits of a channel as they stand in the shipped rules."""
    return limits_of(channel, load_rules())


@cache
def fan_out() -> Limit:
    """Return how many routine messages of one moment go at once, and over how long the others are spread."""
    latest = {rule.id: rule for rule in sorted(load_rules().all(), key=lambda rule: rule.since)}
    return Limit(int(latest[SPREAD_FROM].value), latest[SPREAD].duration)


class Gate:
    """Counts what one channel may take now, in one transaction; nobody else counts for it until that ends."""

    def __init__(self, session: Session, limits: Limits, now: datetime) -> None:
        self._session, self._limits, self._now = session, limits, now
        name = f"send/{limits.channel}"
        row = session.exec(select(CounterRow).where(CounterRow.name == name).with_for_update()).first()
        self._counter = row or CounterRow(name=name)
        self._used: Counter[str] = Counter()
        self._sent: dict[str, list[datetime]] = {}

    @property
    def heaviest(self) -> int:
        """As how many messages one counts at most."""
        return HEAVIEST if self._limits.part else 1

    def weight(self, message: Outgoing) -> int:
        """As how many messages one counts."""
        return self._limits.weight(message)

    def room(self, wanted: int) -> int:
        """Return how many of so many messages the channel takes now."""
        most = min((one.most for one in self._limits.overall), default=wanted)
        for count in range(min(wanted, most), 0, -1):
            numbers = [(self._counter.value + count - one.most, one) for one in self._limits.overall]
            if all(self._is_free(number, one) for number, one in numbers):
                return count
        return 0

    def _is_free(self, number: int, limit: Limit) -> bool:
        row = self._session.get(AttemptRow, (self._limits.channel, number)) if number > 0 else None
        return row is None or not limit.holds(row.at, self._now)

    def look_up(self, recipients: Collection[str]) -> None:
        """Read what some persons were sent lately, at once for all."""
        longest = max((one.window for one in self._limits.person), default=None)
        new = [one for one in dict.fromkeys(recipients) if one not in self._sent]
        if longest is None or not new:
            return
        self._sent |= {one: [] for one in new}
        mine = (AttemptRow.channel == self._limits.channel, col(AttemptRow.recipient).in_(new))
        query = select(AttemptRow.recipient, AttemptRow.at).where(*mine, AttemptRow.at > self._now - longest)
        for recipient, at in self._session.exec(query.order_by(col(AttemptRow.number))).all():
            self._sent[recipient].append(utc(at))

    def free_at(self, recipient: str, weight: int = 1) -> datetime | None:
        """Return when a person may be sent the next message, which counts as so many; None where that is now."""
        later: list[datetime] = []
        for limit in self._limits.person:
            held = [at for at in self._sent.get(recipient, ()) if limit.holds(at, self._now)]
            held += [utc(self._now)] * self._used[recipient]
            over = len(held) + min(weight, limit.most) - limit.most
            if over > 0:
                later.append(min(held[over - 1], utc(self._now)) + limit.window)
        return max(later, default=None)

    def use(self, recipient: str, weight: int = 1) -> None:
        """Count a message that is going to be sent."""
        self._used[recipient] += weight

    def spend(self, recipients: Iterable[str]) -> None:
        """Keep that these were sent a message now, each as often as it counts."""
        for recipient in recipients:
            self._counter.value += 1
            row = AttemptRow(
                channel=self._limits.channel, number=self._counter.value, recipient=recipient, at=self._now
            )
            self._session.add(row)
        self._session.add(self._counter)


def purge(session: Session, now: datetime) -> None:
    """Forget attempts that no window reaches back to."""
    session.exec(delete(AttemptRow).where(col(AttemptRow.at) < now - KEPT))
