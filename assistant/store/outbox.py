"""The outbox (发件箱): every message that nobody waits for in the same request, written with what it tells of."""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Engine, func, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Index, Session, SQLModel, col, select

from assistant.events import utc
from assistant.ports import Outgoing, Receipt
from assistant.store import inbox, secrets
from assistant.store.directory import Directory
from assistant.store.engine import open_session
from assistant.store.limits import Gate, Limits, shipped

LEASE = timedelta(seconds=30)
"""How long a worker may take for a message that it has claimed; longer than any channel may."""
MOST_ATTEMPTS = 8
"""The last one comes some four minutes after the first."""
MOST_LOOKS = 8
"""So often one claim looks for people who may be sent something, past those who may not."""
MOST_CLAIMS = 24
"""So often may a worker die while it sends a message: mostly of something else, such as the power."""


class Delivery(StrEnum):
    """How far a message has come; handed over is not read, and read is not acknowledged."""

    PENDING = "pending"
    HANDED_OVER = "handed_over"
    UNDELIVERABLE = "undeliverable"  # the person has no channel
    FAILED = "failed"
    SUPERSEDED = "superseded"
    TOO_LATE = "too_late"


class Lane(StrEnum):
    """Urgent messages are never delayed by routine ones."""

    URGENT = "urgent"
    ROUTINE = "routine"


class OutboxRow(SQLModel, table=True):
    """One message to one person."""

    __tablename__ = "outbox"
    # what a worker takes next, in order; what has to be told of as too late
    __table_args__ = (
        Index("ix_outbox_next", "state", "lane", "channel", "due_at", "id"),
        Index("ix_outbox_expiry", "state", "expires_at"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=128)
    """Idempotency key: case, event and recipient; a second message with it is the first one."""
    person_id: int = Field(index=True)
    channel: str = Field(default="", max_length=32, index=True)
    recipient: str = Field(default="", max_length=128, index=True)
    subject: str = Field(default="", max_length=32, index=True)
    """Number of the case that it is about."""
    payload: str
    """An Outgoing as JSON."""
    lane: str = Field(default=Lane.ROUTINE.value, max_length=16)
    state: str = Field(default=Delivery.PENDING.value, max_length=16, index=True)
    due_at: datetime = Field(index=True)
    """When it is tried next: later for jitter, after a failure, or while the person's limit is reached."""
    queued_at: datetime | None = None
    expires_at: datetime | None = None
    """From then on it is not sent any more."""
    noted_at: datetime | None = None
    """When it was recorded, and duty told, that it was too late."""
    attempts: int = 0
    lease_until: datetime | None = None
    handed_over_at: datetime | None = None
    vendor_id: str = ""
    error: str = ""


UNLESS_THERE = {
    "sqlite": sqlite.insert(OutboxRow).on_conflict_do_nothing(index_elements=["key"]),
    "postgresql": postgresql.insert(OutboxRow).on_conflict_do_nothing(index_elements=["key"]),
}


def put(session: Session, row: OutboxRow) -> None:
    """Queue a message, unless one with the same key is there already."""
    connection = session.connection()
    connection.execute(UNLESS_THERE[connection.dialect.name], row.model_dump(exclude={"id"}))


@dataclass(frozen=True, slots=True)
class When:
    """When a message is sent: at once, or spread over some time; and until when it is worth sending."""

    expires_at: datetime | None = None
    spread: timedelta = timedelta(0)
    """A fan-out to many that is not urgent goes out over so long."""

    def over(self, spread: timedelta, now: datetime) -> "When":
        """Return it spread over some time; half of the time in which it is worth sending is left to the sending."""
        left = spread if self.expires_at is None else max((utc(self.expires_at) - utc(now)) / 2, timedelta(0))
        return replace(self, spread=min(spread, left))

    def jitter(self, key: str) -> timedelta:
        """Return how long a message waits: the same for the same key, evenly spread over all keys."""
        share = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=4).digest()) / 2**32
        return self.spread * share


AT_ONCE = When()


def as_payload(outgoing: Outgoing) -> str:
    """Return a message as it is kept."""
    return json.dumps(asdict(outgoing), ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that a worker has for itself for a while, and how often it was claimed, this time included."""

    id: int
    key: str
    channel: str
    outgoing: Outgoing
    attempts: int
    is_in_doubt: bool
    """An earlier attempt ended without a result: the person may have the message already."""
    secrets: str = ""
    """The text as it is kept, where it has marks in the place of secrets."""


class Outbox:
    """What workers and people's pages take out; every method raises DatabaseFailed where the database fails."""

    def __init__(self, engine: Engine, limits_of: Callable[[str], Limits] = shipped) -> None:
        """limits_of: what a channel takes, by its name."""
        self._engine = engine
        self._limits_of = limits_of

    def claim(self, lane: Lane, channels: Collection[str], now: datetime, limit: int) -> list[Claimed]:
        """Take messages that are due, the longest due first; what is too late or was tried too often is marked so."""
        try:
            with open_session(self._engine) as session:
                tried = self._taken(session, lane, channels, now, limit)
                claimed = [_revealed(session, _claimed(row, now), now) for row in tried]
                session.commit()
                return claimed
        except IntegrityError:  # two workers began to count the same channel: the next step finds it counted
            return []

    def _taken(
        self, session: Session, lane: Lane, channels: Collection[str], now: datetime, limit: int
    ) -> list[OutboxRow]:
        """Return what goes now: of each channel as much as it takes, the longest due first."""
        limits = [self._limits_of(channel) for channel in sorted(channels)]
        free = [one.channel for one in limits if one.is_free]
        gates: dict[str, Gate] = {}
        wanted = (OutboxRow.lane == lane.value, _in(free))
        rows = _sendable(_due(session, *wanted, now=now, limit=limit), now) if free else []
        for one in limits:
            if not one.is_free:
                rows += _through(session, lane, one, gates, (now, limit))
        rows = sorted(rows, key=lambda row: (utc(row.due_at), row.id or 0))[:limit]
        for channel, gate in gates.items():
            sent = [row for row in rows if row.channel == channel]
            gate.spend(row.recipient for row in sent for _ in range(gate.weight(_message(row))))
        return rows

    def handed_over(self, claimed: Claimed, receipt: Receipt, now: datetime) -> None:
        """Mark a message that its channel has taken."""
        self.all_handed_over({claimed: receipt}, now)

    def all_handed_over(self, taken: Mapping[Claimed, Receipt], now: datetime) -> None:
        """Mark messages that their channels have taken."""
        done = {"state": Delivery.HANDED_OVER.value, "handed_over_at": now, "lease_until": None}
        with open_session(self._engine) as session:
            for claimed, receipt in taken.items():
                this = col(OutboxRow.id) == claimed.id
                session.exec(update(OutboxRow).where(this).values(**done, vendor_id=receipt.vendor_id))
                secrets.delivered(session, claimed.secrets)
            session.commit()

    def put_off(self, claimed: Claimed, error: str, now: datetime, *, is_in_doubt: bool = False) -> None:
        """Try again after 2, 4, 8 … seconds; give up after the last attempt."""
        if claimed.attempts >= MOST_ATTEMPTS:
            self.give_up(claimed, error)
            return
        later = now + timedelta(seconds=2**claimed.attempts)
        self._mark(claimed, due_at=later, lease_until=later if is_in_doubt else None, error=error)

    def pause(self, claimed: Claimed, error: str, until: datetime) -> None:
        """Let all that waits for one person wait, as the channel has asked for; that is no failed attempt."""
        recipient = claimed.outgoing.recipient
        theirs = (col(OutboxRow.channel) == claimed.channel, col(OutboxRow.recipient) == recipient)
        waits = (col(OutboxRow.state) == Delivery.PENDING.value, col(OutboxRow.due_at) < until)
        self._mark(claimed, attempts=claimed.attempts - 1, lease_until=None, error=error)
        with open_session(self._engine) as session:
            session.exec(update(OutboxRow).where(*theirs, *waits).values(due_at=until))
            session.commit()

    def give_up(self, claimed: Claimed, error: str) -> None:
        """Mark a message that cannot be sent; the duty desk sees it."""
        self._mark(claimed, state=Delivery.FAILED.value, lease_until=None, error=error)

    def lost(self, claimed: Claimed, now: datetime) -> None:
        """Keep that nothing reaches the recipient of a message on its channel any more."""
        with open_session(self._engine) as session:
            Directory(session, now).lose(claimed.channel, claimed.outgoing.recipient)
            session.commit()

    def fetch(self, channel: str, recipient: str, now: datetime) -> list[Outgoing]:
        """Hand out what waits for a person who fetches it; each message becomes a turn of the conversation, once."""
        fetched: list[Outgoing] = []
        with open_session(self._engine) as session:
            mine = (OutboxRow.channel == channel, OutboxRow.recipient == recipient)
            for row in _due(session, *mine, now=now, limit=None):
                if _is_too_late(row, now):
                    continue
                outgoing = _outgoing(row)
                inbox.told(session, (channel, recipient), f"outbox/{row.id}", (outgoing,), now)
                row.state, row.handed_over_at = Delivery.HANDED_OVER.value, now
                secrets.fetched(session, outgoing.text, now)
                fetched.append(replace(outgoing, text=secrets.reveal(session, outgoing.text, now)))
            session.commit()
        return fetched

    def waiting_for(self, channel: str, recipient: str) -> int:
        """Return how many messages wait for a person, due or not."""
        query = select(func.count()).select_from(OutboxRow)
        query = query.where(OutboxRow.channel == channel, OutboxRow.recipient == recipient)
        with open_session(self._engine) as session:
            return session.exec(query.where(OutboxRow.state == Delivery.PENDING.value)).one()

    def undelivered(self) -> int:
        """Return how many messages have been given up, or have nowhere to go."""
        lost = (Delivery.FAILED.value, Delivery.UNDELIVERABLE.value)
        query = select(func.count()).select_from(OutboxRow).where(col(OutboxRow.state).in_(lost))
        with open_session(self._engine) as session:
            return session.exec(query).one()

    def _mark(self, claimed: Claimed, **values: Any) -> None:
        """What was superseded while it was being sent stays so."""
        this = (col(OutboxRow.id) == claimed.id) & (col(OutboxRow.state) == Delivery.PENDING.value)
        with open_session(self._engine) as session:
            session.exec(update(OutboxRow).where(this).values(**values))
            session.commit()


def supersede(session: Session, prefix: str) -> int:
    """Cancel what has not been sent yet of the messages whose key begins so; return how many that were."""
    pending = (col(OutboxRow.key).startswith(prefix, autoescape=True), col(OutboxRow.state) == Delivery.PENDING.value)
    changed = session.exec(update(OutboxRow).where(*pending).values(state=Delivery.SUPERSEDED.value))
    return int(changed.rowcount)


def _in(channels: list[str]) -> Any:
    """One channel is looked up in the order of its index; several are sorted."""
    return OutboxRow.channel == channels[0] if len(channels) == 1 else col(OutboxRow.channel).in_(channels)


def _waiting(lane: Lane, channel: str) -> tuple[Any, ...]:
    return OutboxRow.lane == lane.value, OutboxRow.channel == channel


def _through(
    session: Session, lane: Lane, limits: Limits, gates: dict[str, Gate], moment: tuple[datetime, int]
) -> list[OutboxRow]:
    """Return what goes through the gate of one channel; moment: now, and how many at most.

    Routine messages wait while an urgent one does. Who has had enough waits without being in anybody's way. A person is
    sent one message at a time: what is sent together arrives in any order.
    """
    now, most = moment
    is_routine = lane is Lane.ROUTINE
    if is_routine and _due(session, *_waiting(Lane.URGENT, limits.channel), now=now, limit=1):
        return []
    if not _due(session, *_waiting(lane, limits.channel), now=now, limit=1):
        return []
    gate = gates[limits.channel] = Gate(session, limits.for_routine() if is_routine else limits, now)
    room, chosen = gate.room(most * gate.heaviest), list[OutboxRow]()
    for _ in range(MOST_LOOKS):
        others = (*_waiting(lane, limits.channel), col(OutboxRow.recipient).not_in([row.recipient for row in chosen]))
        found = _due(session, *others, now=now, limit=most - len(chosen)) if room > 0 and len(chosen) < most else []
        gate.look_up([row.recipient for row in found])
        for row in _firsts(_sendable(found, now)):
            weight = gate.weight(_message(row))
            later = gate.free_at(row.recipient, weight)
            if later is not None:
                _hold(session, row, [one.id for one in chosen], later)
                continue
            room -= weight
            if room >= 0:
                gate.use(row.recipient, weight)
                chosen.append(row)
        if not found:
            break
    return chosen


def _firsts(rows: list[OutboxRow]) -> list[OutboxRow]:
    """Return the first message to each person."""
    firsts: dict[str, OutboxRow] = {}
    for row in rows:
        firsts.setdefault(row.recipient, row)
    return list(firsts.values())


def _hold(session: Session, row: OutboxRow, chosen: list[int | None], until: datetime) -> None:
    """Let all that waits for a person in this lane wait until there is room for the next message."""
    same = (*_waiting(Lane(row.lane), row.channel), OutboxRow.recipient == row.recipient)
    waits = (
        col(OutboxRow.state) == Delivery.PENDING.value,
        col(OutboxRow.due_at) < until,
        col(OutboxRow.id).not_in(chosen),
    )
    held = update(OutboxRow).where(*same).where(*waits).values(due_at=until)
    session.exec(held, execution_options={"synchronize_session": False})


def _sendable(rows: list[OutboxRow], now: datetime) -> list[OutboxRow]:
    """Return what can still be sent; what is too late or was tried too often is marked so."""
    return [row for row in rows if not (_is_too_late(row, now) or _is_hopeless(row))]


def _due(session: Session, *conditions: Any, now: datetime, limit: int | None) -> list[OutboxRow]:
    is_free = or_(col(OutboxRow.lease_until).is_(None), col(OutboxRow.lease_until) <= now)
    query = (
        select(OutboxRow)
        .where(OutboxRow.state == Delivery.PENDING.value, OutboxRow.due_at <= now, is_free, *conditions)
        .order_by(col(OutboxRow.due_at), col(OutboxRow.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(session.exec(query).all())


def _is_too_late(row: OutboxRow, now: datetime) -> bool:
    if row.expires_at is None or row.expires_at > now:
        return False
    row.state, row.lease_until = Delivery.TOO_LATE.value, None
    return True


def _is_hopeless(row: OutboxRow) -> bool:
    """Say whether a message was claimed so often that its worker must have died of it."""
    if row.attempts < MOST_CLAIMS:
        return False
    row.state, row.lease_until = Delivery.FAILED.value, None
    return True


def _claimed(row: OutboxRow, now: datetime) -> Claimed:
    is_in_doubt = row.lease_until is not None
    row.attempts += 1
    row.lease_until = now + LEASE
    return Claimed(row.id or 0, row.key, row.channel, _outgoing(row), row.attempts, is_in_doubt)


def _revealed(session: Session, claimed: Claimed, now: datetime) -> Claimed:
    kept = claimed.outgoing
    text = secrets.reveal(session, kept.text, now)
    return claimed if text == kept.text else replace(claimed, outgoing=replace(kept, text=text), secrets=kept.text)


def _message(row: OutboxRow) -> Outgoing:
    return inbox.one_outgoing(json.loads(row.payload))


def _outgoing(row: OutboxRow) -> Outgoing:
    """Return a message as it leaves: one with choices has the name that a pressed button gives back.

    A reply has the name that it has on channels where it is handed back at once.
    """
    message = _message(row)
    prompt = message.prompt or (f"o{row.id}" if message.choices else "")
    return replace(message, channel=row.channel, recipient=row.recipient, prompt=prompt)
