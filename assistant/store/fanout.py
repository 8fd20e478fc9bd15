"""The fan-out (分批): what a warning still owes to many people, fixed when it began and done in slices; it outlives a kill."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

from sqlmodel import Field, Index, Session, SQLModel, case, col, delete, func, insert, select, update

from assistant.warnings import Call, Level, RelayedWarning


class Owed(StrEnum):
    """What is done for one person, in this order."""

    CALL = "call"  # 叫应
    WAVE = "wave"  # 转移批次开始，告诉有关的人
    END = "end"  # 预警结束：关掉叫应，告诉被叫过的人


class FanOutRow(SQLModel, table=True):
    """One person to whom a warning owes something; the row is gone when it is done."""

    __tablename__ = "fan_out"
    __table_args__ = (Index("ix_fan_out_person", "warning", "person"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    warning: str = Field(max_length=32, index=True)
    what: str = Field(max_length=8)
    """An Owed."""
    person: int
    call: str = Field(default="", max_length=32)
    """Number of the call."""
    is_made: bool = False
    """The call stands already, because somebody else's ladder led to this person; nothing was sent yet."""
    region: str = Field(default="", max_length=255)
    must_act: bool = False
    plan: str = ""
    """The frozen ladder, as a call keeps it."""
    event: int = 0
    """Sequence of the warning's event with which the wave began, or the warning ended."""
    is_told: bool = False
    """Of an end: the person hears of it, where the call had come."""
    why: str = ""
    """Of an end: what the call's event is called; of a wave: its name."""


EMPTY: dict[str, Any] = FanOutRow(warning="", what="", person=0).model_dump(exclude={"id"})
"""The fields of a row of which nothing is said; ten thousand objects would take a second."""
GRAVEST_FIRST = case({level.value: rank for rank, level in enumerate(Level)}, value=col(RelayedWarning.level))
IN_ORDER = case({owed.value: rank for rank, owed in enumerate(Owed)}, value=col(FanOutRow.what))


def plan(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Keep what is to be done; rows: fields of a FanOutRow by name, in the order of doing, all with the same names."""
    if rows:
        session.connection().execute(insert(FanOutRow), list(rows))


def next_slice(session: Session, most: int, warning: str = "") -> list[FanOutRow]:
    """Return what is to be done next, locked: calls before all else, the gravest warning first; of one warning and kind.

    What is rehearsed waits for all that is real.

    warning: its number, where only that one is meant.
    """
    mine = (FanOutRow.warning == warning,) if warning else ()
    order = (col(RelayedWarning.is_exercise), IN_ORDER, GRAVEST_FIRST, col(FanOutRow.id))
    joined = select(FanOutRow).join(RelayedWarning, col(RelayedWarning.number) == FanOutRow.warning)
    rows = session.exec(joined.where(*mine).order_by(*order).limit(most).with_for_update(of=FanOutRow)).all()
    return [row for row in rows if (row.warning, row.what) == (rows[0].warning, rows[0].what)]


def done(session: Session, rows: Iterable[FanOutRow]) -> None:
    """Forget what has been done."""
    session.exec(delete(FanOutRow).where(col(FanOutRow.id).in_([row.id for row in rows])))


def give_up(session: Session, warning: str) -> int:
    """Forget whom a warning that is over has not called yet, and whom it has not told; return how many calls that were."""
    calls = left(session, warning)
    session.exec(delete(FanOutRow).where(col(FanOutRow.warning) == warning))
    return calls


def left(session: Session, warning: str) -> int:
    """Return how many people a warning still has to call."""
    query = select(func.count()).select_from(FanOutRow)
    waits = (FanOutRow.warning == warning, FanOutRow.what == Owed.CALL.value, col(FanOutRow.is_made).is_(False))
    return session.exec(query.where(*waits)).one()


def is_owed(session: Session, *what: Owed, warning: str = "") -> bool:
    """Say whether anything is still to be done; without `what`, of any kind."""
    query = select(FanOutRow.id).limit(1)
    if what:
        query = query.where(col(FanOutRow.what).in_([one.value for one in what]))
    return session.exec(query.where(FanOutRow.warning == warning) if warning else query).first() is not None


def to_call(session: Session, warning: str, person: int) -> FanOutRow | None:
    """Return the row of somebody whom a warning will call and has not yet, locked."""
    mine = (FanOutRow.warning == warning, FanOutRow.person == person, FanOutRow.what == Owed.CALL.value)
    return session.exec(select(FanOutRow).where(*mine, col(FanOutRow.is_made).is_(False)).with_for_update()).first()


def made(session: Session, row: FanOutRow) -> None:
    """Mark that a call stands before its turn has come."""
    session.exec(update(FanOutRow).where(col(FanOutRow.id) == row.id).values(is_made=True))


def next_call(session: Session, warning: str) -> str:
    """Return the number of a further call of a warning: behind all that were planned."""
    count = session.exec(select(func.count()).select_from(Call).where(Call.warning == warning)).one()
    return f"{warning}/{count + left(session, warning) + 1}"
