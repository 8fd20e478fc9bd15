"""What the outbox could not send in time (过时): marked in one statement, told of once; and the traces of a wrong clock."""

from datetime import datetime, timedelta

from sqlalchemy import Update, or_, update
from sqlmodel import Session, col, select

from assistant.store.outbox import Delivery, OutboxRow

LONGEST_LEASE = timedelta(minutes=10)
"""No worker has a message for so long; the last wait of a failing one is two minutes."""
FURTHEST = timedelta(hours=2)
"""No message is put off so far: a person's longest window is an hour, and no fan-out is spread over more."""
CLOCKS_DIFFER = timedelta(minutes=1)
"""Two machines that share a database may differ by so much."""


def mark(session: Session, now: datetime) -> None:
    """Mark what waits and is not worth sending any more."""
    waits = (col(OutboxRow.state) == Delivery.PENDING.value, col(OutboxRow.expires_at) <= now)
    is_free = or_(col(OutboxRow.lease_until).is_(None), col(OutboxRow.lease_until) <= now)
    session.exec(_silently(update(OutboxRow).where(*waits, is_free).values(state=Delivery.TOO_LATE.value)))


def unnoted(session: Session, now: datetime) -> list[OutboxRow]:
    """Return what was too late and nobody has been told of, the oldest first; from now on it counts as told."""
    late = (OutboxRow.state == Delivery.TOO_LATE.value, col(OutboxRow.noted_at).is_(None))
    rows = list(session.exec(select(OutboxRow).where(*late).order_by(col(OutboxRow.id)).with_for_update()).all())
    for row in rows:
        row.noted_at = now
        session.add(row)
    return rows


def heal(session: Session, now: datetime) -> None:
    """Free what a clock that was ahead has put off or leased: nothing waits until that time comes again."""
    pending = col(OutboxRow.state) == Delivery.PENDING.value
    is_ahead = or_(col(OutboxRow.queued_at) > now + CLOCKS_DIFFER, col(OutboxRow.due_at) > now + FURTHEST)
    session.exec(_silently(update(OutboxRow).where(pending, is_ahead).values(due_at=now, queued_at=now)))
    is_leased = col(OutboxRow.lease_until) > now + LONGEST_LEASE
    session.exec(_silently(update(OutboxRow).where(pending, is_leased).values(lease_until=now)))


def _silently(change: Update) -> Update:
    """Nothing of this is looked at again in the same transaction."""
    return change.execution_options(synchronize_session=False)
