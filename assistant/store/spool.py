"""The spool (暂存): what a platform pushed, word for word, until it has been read and attended to.

Kept before the platform is told that it has arrived; what is still here at a start is attended to then, in order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from assistant.store import pulse
from assistant.store.counter import CounterRow


class SpoolRow(SQLModel, table=True):
    """One thing that a platform pushed."""

    __tablename__ = "spool"
    __table_args__ = (UniqueConstraint("channel", "name"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    channel: str = Field(max_length=32)
    name: str = Field(max_length=64)
    """The platform's own number of it."""
    chat: str = Field(max_length=64)
    """What is of one chat is attended to in order."""
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Pushed:
    """One thing that came, as it came."""

    name: str
    chat: str
    body: str


UNLESS_THERE = {
    "sqlite": sqlite.insert(SpoolRow).on_conflict_do_nothing(index_elements=["channel", "name"]),
    "postgresql": postgresql.insert(SpoolRow).on_conflict_do_nothing(index_elements=["channel", "name"]),
}


def keep(session: Session, channel: str, pushed: Sequence[Pushed], now: datetime) -> list[Pushed]:
    """Keep what came; return what of it is not here yet."""
    connection = session.connection()
    new: list[Pushed] = []
    for one in pushed:
        row = SpoolRow(channel=channel, name=one.name, chat=one.chat, body=one.body, at=now)
        insert = UNLESS_THERE[connection.dialect.name]
        if connection.execute(insert, row.model_dump(exclude={"id"})).rowcount == 1:
            new.append(one)
    return new


def left(session: Session, channel: str) -> list[Pushed]:
    """Return what has not been attended to, in the order in which it came."""
    rows = session.exec(select(SpoolRow).where(SpoolRow.channel == channel).order_by(col(SpoolRow.id))).all()
    return [Pushed(row.name, row.chat, row.body) for row in rows]


def drop(session: Session, channel: str, name: str) -> None:
    """Forget what has been attended to."""
    session.exec(delete(SpoolRow).where(col(SpoolRow.channel) == channel, col(SpoolRow.name) == name))


def mark(session: Session, name: str, number: int, now: datetime) -> None:
    """Keep how far a platform's numbers have been read."""
    row = session.exec(select(CounterRow).where(CounterRow.name == name).with_for_update()).first()
    row = row or CounterRow(name=name)
    row.value = number
    session.add(row)
    pulse.beat(session, name, now)


def read_to(session: Session, name: str, newest: timedelta, now: datetime) -> int | None:
    """Return the number up to which was read; None where that is unknown or longer ago than `newest`."""
    row, at = session.get(CounterRow, name), pulse.last(session, name)
    return row.value if row is not None and at is not None and abs(now - at) < newest else None
