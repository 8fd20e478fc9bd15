"""The pulse (脉搏): when something that runs by itself ran last; a gap says that it stood still."""

from datetime import datetime

from sqlmodel import Field, Session, SQLModel, select

from assistant.events import utc


class PulseRow(SQLModel, table=True):
    """The last time of one thing that runs by itself."""

    __tablename__ = "pulse"

    name: str = Field(primary_key=True, max_length=32)
    at: datetime


def beat(session: Session, name: str, now: datetime) -> datetime | None:
    """Keep that something runs now; return when it ran before, None for the first time."""
    row = session.exec(select(PulseRow).where(PulseRow.name == name).with_for_update()).first()
    before = utc(row.at) if row is not None else None
    row = row or PulseRow(name=name, at=now)
    row.at = now
    session.add(row)
    return before


def last(session: Session, name: str) -> datetime | None:
    """Return when something ran last."""
    row = session.get(PulseRow, name)
    return utc(row.at) if row is not None else None
