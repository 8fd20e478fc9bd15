"""The outbox (发件箱): every message that nobody waits for in the same request, written with what it tells of."""

import json
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, Session, SQLModel, select

from assistant.ports import Outgoing


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
    __table_args__ = {"sqlite_autoincrement": True}

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
    expires_at: datetime | None = None
    attempts: int = 0
    lease_until: datetime | None = None
    handed_over_at: datetime | None = None
    vendor_id: str = ""
    error: str = ""


def put(session: Session, row: OutboxRow) -> None:
    """Queue a message, unless one with the same key is there already."""
    if session.exec(select(OutboxRow.id).where(OutboxRow.key == row.key)).first() is None:
        session.add(row)


def as_payload(outgoing: Outgoing) -> str:
    """Return a message as it is kept."""
    return json.dumps(asdict(outgoing), ensure_ascii=False)
