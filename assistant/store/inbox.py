"""The inbox (收件箱): every message is kept before anything is done about it, and with the replies that it got."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import func, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from assistant.ports import Attachment, Datum, Incoming, Link, Location, Outgoing, Point, Pressed


class Attended(StrEnum):
    """How far a message has come."""

    RECEIVED = "received"
    DONE = "done"
    FAILED = "failed"  # tried several times: a person must look


class InboxRow(SQLModel, table=True):
    """One message and the replies to it."""

    __tablename__ = "inbox"
    __table_args__ = (UniqueConstraint("channel", "message_id"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    channel: str = Field(max_length=32, index=True)
    message_id: str = Field(max_length=128)
    sender: str = Field(max_length=128, index=True)
    text: str
    at: datetime
    attachments: str = "[]"
    location: str = "null"
    pressed: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """Message and number of the button by which it was said, as `o12:0`."""
    state: str = Field(default=Attended.DONE.value, max_length=16, index=True)
    received_at: datetime | None = None
    tried_at: datetime | None = None
    """When it was last attended to without success."""
    attempts: int = 0
    error: str = ""
    replies: str = "[]"
    """Outgoing messages as JSON."""

    @property
    def is_done(self) -> bool:
        """Whether the message has been attended to, or given up."""
        return self.state != Attended.RECEIVED.value


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation with its replies."""

    text: str
    at: datetime
    replies: tuple[Outgoing, ...]
    id: int = 0
    """Grows with time; 0 for one that is not stored."""
    attachments: tuple[Attachment, ...] = ()
    location: Location | None = None


def entry(session: Session, channel: str, message_id: str) -> InboxRow | None:
    """Return the row of a message, locked; None for one that has never come."""
    query = select(InboxRow).where(InboxRow.channel == channel, InboxRow.message_id == message_id).with_for_update()
    return session.exec(query).first()


def received(incoming: Incoming, now: datetime) -> InboxRow:
    """Return the row of a message that has just come and waits to be attended to."""
    return InboxRow(
        channel=incoming.channel,
        message_id=incoming.message_id,
        sender=incoming.sender,
        text=incoming.text,
        at=incoming.at,
        attachments=json.dumps([asdict(one) for one in incoming.attachments], ensure_ascii=False),
        location=json.dumps(asdict(incoming.location) if incoming.location else None, ensure_ascii=False),
        pressed=f"{incoming.pressed.prompt}:{incoming.pressed.choice}" if incoming.pressed else "",
        state=Attended.RECEIVED.value,
        received_at=now,
    )


def values(incoming: Incoming, now: datetime) -> dict[str, Any]:
    """Return the columns of a message that has just come."""
    return received(incoming, now).model_dump(exclude={"id"})


def keep(session: Session, incoming: Incoming, now: datetime) -> None:
    """Keep a message that has just come; raises IntegrityError where it has come before."""
    session.connection().execute(insert(InboxRow), values(incoming, now))


def keep_unless_there(session: Session, columns: Mapping[str, Any]) -> bool:
    """Keep a message; say whether it was new."""
    connection = session.connection()
    return connection.execute(UNLESS_THERE[connection.dialect.name], columns).rowcount == 1


ONCE = ("channel", "message_id")
UNLESS_THERE = {
    "sqlite": sqlite.insert(InboxRow).on_conflict_do_nothing(index_elements=ONCE),
    "postgresql": postgresql.insert(InboxRow).on_conflict_do_nothing(index_elements=ONCE),
}


def finish(session: Session, row: InboxRow, replies: tuple[Outgoing, ...], state: Attended = Attended.DONE) -> None:
    """Keep the replies, in the transaction of everything that the message led to."""
    row.replies = json.dumps([asdict(reply) for reply in replies], ensure_ascii=False)
    row.state = state.value
    session.add(row)


def told(
    session: Session, recipient: tuple[str, str], source: str, replies: tuple[Outgoing, ...], at: datetime
) -> None:
    """Make what nobody has asked for a part of the conversation with a person (channel, sender): a turn without text.

    source: names where it came from, once (`outbox/12`); a second turn from there is an IntegrityError.
    """
    channel, sender = recipient
    finish(session, received(Incoming(channel, source, sender, "", at), at), replies)


def stuck(session: Session, before: datetime, limit: int | None = None) -> list[InboxRow]:
    """Return messages that were received, and last tried, before a moment, and are not attended to.

    The least tried come first, so that none that fails each time stands in the way; of these the oldest.
    """
    since = func.coalesce(InboxRow.tried_at, InboxRow.received_at)
    query = (
        select(InboxRow)
        .where(InboxRow.state == Attended.RECEIVED.value, since < before)
        .order_by(col(InboxRow.attempts), col(InboxRow.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return list(session.exec(query).all())


def turns(session: Session, channel: str, sender: str, limit: int) -> list[Turn]:
    """Return the last `limit` exchanges of a sender, oldest first."""
    query = (
        select(InboxRow)
        .where(InboxRow.channel == channel, InboxRow.sender == sender, InboxRow.state != Attended.RECEIVED.value)
        .order_by(col(InboxRow.id).desc())
        .limit(limit)
    )
    return [turn(row) for row in reversed(session.exec(query).all())]


def turn(row: InboxRow) -> Turn:
    """Return a row as a turn of the conversation."""
    return Turn(row.text, row.at, outgoing(row.replies), row.id or 0, _attachments(row), _location(row))


def incoming(row: InboxRow) -> Incoming:
    """Return the message as it came."""
    kept = _attachments(row), _location(row), _pressed(row)
    return Incoming(row.channel, row.message_id, row.sender, row.text, row.at, *kept)


def outgoing(text: str) -> tuple[Outgoing, ...]:
    """Return messages as they were kept."""
    return tuple(one_outgoing(fields) for fields in json.loads(text))


def _attachments(row: InboxRow) -> tuple[Attachment, ...]:
    return tuple(Attachment(**fields) for fields in json.loads(row.attachments))


def _location(row: InboxRow) -> Location | None:
    fields = json.loads(row.location)
    if fields is None:
        return None
    given = fields.pop("given", None)
    point = Point(given["lat"], given["lon"], Datum(given["datum"])) if given else None
    return Location(**fields, given=point)


def _pressed(row: InboxRow) -> Pressed | None:
    prompt, _, choice = row.pressed.rpartition(":")
    return Pressed(prompt, int(choice)) if prompt else None


def one_outgoing(fields: dict[str, Any]) -> Outgoing:
    """Return a message from its fields as JSON has them."""
    links = tuple(
        Link(link["label"], link["unit"], tuple((start, end) for start, end in link["spans"]))
        for link in fields.pop("links")
    )
    choices = tuple(fields.pop("choices"))
    return Outgoing(**fields, links=links, choices=choices)
