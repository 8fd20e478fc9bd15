"""CAP messages as they came (CAP 原文): each is kept before it is read, so that a wrong one is not lost."""

import hashlib
from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

TAKEN, REFUSED, ASKED, KEPT = "taken", "refused", "asked", "kept"
"""It led to something; it cannot be used; places are to be named first; it asks for nothing (Test, Ack)."""


class CapRow(SQLModel, table=True):
    """One message."""

    __tablename__ = "cap_message"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    digest: str = Field(max_length=64, unique=True)
    """SHA-256 of the bytes: the same message is taken once."""
    received_at: datetime = Field(index=True)
    content: str
    state: str = Field(default=KEPT, max_length=16, index=True)
    said: str = ""
    """What was answered to whoever handed it in."""
    sender: str = Field(default="", max_length=255)
    identifier: str = Field(default="", max_length=255, index=True)
    sent: str = Field(default="", max_length=32)
    warning: str = Field(default="", max_length=32, index=True)
    """Number of the warning to which it led, or which it ended."""


def keep(session: Session, content: bytes, now: datetime) -> CapRow:
    """Return the row of a message, a new one where it has never come."""
    digest = hashlib.sha256(content).hexdigest()
    row = kept(session, digest)
    if row is None:
        row = CapRow(digest=digest, received_at=now, content=content.decode("utf-8", "replace"))
        session.add(row)
        session.flush()
    return row


def kept(session: Session, digest: str) -> CapRow | None:
    """Return a message by its digest, locked."""
    return session.exec(select(CapRow).where(CapRow.digest == digest).with_for_update()).first()


def taken(session: Session, sender: str, identifier: str) -> CapRow | None:
    """Return the message of that name which led to a warning, None where none did."""
    named = (CapRow.sender == sender, CapRow.identifier == identifier, CapRow.state == TAKEN)
    return session.exec(select(CapRow).where(*named).order_by(col(CapRow.id))).first()


def of_warning(session: Session, number: str) -> CapRow | None:
    """Return the message from which a warning was relayed, None for another way."""
    return session.exec(select(CapRow).where(CapRow.warning == number).order_by(col(CapRow.id))).first()


def unsettled(session: Session) -> list[CapRow]:
    """Return the messages that could not be used, or wait for places, the newest first."""
    query = select(CapRow).where(col(CapRow.state).in_((REFUSED, ASKED)))
    return list(session.exec(query.order_by(col(CapRow.id).desc())).all())
