"""The event log as the auditor reads it: rows, not objects, of the cases that may be open."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from assistant.audit import Recorded
from assistant.events import Event

BACK = timedelta(days=60)
"""A case of which nothing was heard for so long is for the ledger, not for the clock."""


def recorded(session: Session, now: datetime) -> list[Recorded]:
    """Return the events of all cases in which something happened lately, in the order of each stream."""
    lately = select(col(Event.stream)).where(col(Event.at) >= now - BACK)
    columns = (col(Event.stream), col(Event.sequence), col(Event.kind), col(Event.at), col(Event.data))
    query = select(*columns).where(col(Event.stream).in_(lately)).order_by(col(Event.id))
    return [Recorded(*row) for row in session.connection().execute(query).all()]
