"""The event log as the auditor reads it: rows, not objects, page by page, so that nobody waits long for the database."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import Session, col

from assistant.audit import Recorded
from assistant.events import Event

BACK = timedelta(days=60)
"""A case of which nothing was heard for so long is for the ledger, not for the clock."""
COLUMNS = (col(Event.stream), col(Event.sequence), col(Event.kind), col(Event.at), col(Event.data))


def beginning(session: Session, now: datetime) -> int:
    """Return the id of the event before the first one that counts."""
    first = session.connection().execute(select(func.min(col(Event.id))).where(col(Event.at) >= now - BACK)).scalar()
    last = session.connection().execute(select(func.max(col(Event.id)))).scalar()
    return (first - 1) if first is not None else (last or 0)


def after(session: Session, last: int, most: int) -> tuple[list[Recorded], int]:
    """Return the next events of the log, `most` at once, and the id of the last of them; `last` again at the end."""
    query = select(col(Event.id), *COLUMNS).where(col(Event.id) > last).order_by(col(Event.id)).limit(most)
    rows = session.connection().execute(query).all()
    return [Recorded(*row[1:]) for row in rows], (rows[-1][0] or last) if rows else last


def of(session: Session, streams: Collection[str]) -> list[Recorded]:
    """Return all events of some cases, in order."""
    query = select(*COLUMNS).where(col(Event.stream).in_(streams)).order_by(col(Event.id))
    return [Recorded(*row) for row in session.connection().execute(query).all()]
