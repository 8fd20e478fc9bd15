"""Secrets in messages (密码短文): a code is written into a message only while it is handed out.

What is kept of the message has a mark in the place of the code; the code stands apart, and is deleted once it has been
handed over, or its time is up. A crash before that leaves it there, so what is sent again still has it.
"""

import re
import secrets
from datetime import datetime, timedelta

from sqlmodel import Field, Session, SQLModel, col, delete, select

from assistant.events import utc
from assistant.masking import MASK
from assistant.people import Person

MARK = re.compile("⟦([0-9a-f]{16})⟧")


class SecretRow(SQLModel, table=True):
    """A code that is to be handed out."""

    __tablename__ = "secret"

    token: str = Field(primary_key=True, max_length=16)
    person_id: int = Field(foreign_key="person.id", index=True)
    value: str
    minutes: int
    """So long it can be read after a person's page has fetched it."""
    until: datetime | None = Field(default=None, index=True)
    """None while it has not been handed over."""


def hide(session: Session, person: Person, value: str, shown: timedelta, until: datetime | None = None) -> str:
    """Keep a secret apart; return the mark that stands for it in a message."""
    minutes = int(shown.total_seconds() // 60)
    row = SecretRow(token=secrets.token_hex(8), person_id=person.id or 0, value=value, minutes=minutes, until=until)
    session.add(row)
    session.flush()
    return f"⟦{row.token}⟧"


def reveal(session: Session, text: str, now: datetime) -> str:
    """Return a message with its secrets; ＊＊ in the place of one that is no more."""
    for token in MARK.findall(text):
        row = session.get(SecretRow, token)
        is_there = row is not None and (row.until is None or utc(row.until) > utc(now))
        text = text.replace(f"⟦{token}⟧", row.value if row is not None and is_there else MASK)
    return text


def fetched(session: Session, text: str, now: datetime) -> None:
    """Let the secrets of a message end some time after a person's page has fetched it."""
    for row in _rows(session, text):
        row.until = row.until or now + timedelta(minutes=row.minutes)
        session.add(row)


def delivered(session: Session, text: str) -> None:
    """Delete the secrets of a message that a channel has taken."""
    for row in _rows(session, text):
        session.delete(row)


def purge(session: Session, now: datetime) -> None:
    """Delete what nobody may read any more."""
    session.exec(delete(SecretRow).where(col(SecretRow.until) <= now))


def _rows(session: Session, text: str) -> list[SecretRow]:
    tokens = MARK.findall(text)
    return list(session.exec(select(SecretRow).where(col(SecretRow.token).in_(tokens))).all()) if tokens else []
