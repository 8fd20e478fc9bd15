"""Logins in the store: codes that are alive, sessions that are open; both end with their person's account."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from assistant.events import utc
from assistant.people import Person
from assistant.people.logins import LoginCode, LoginSession, new_login, new_session, token_digest


def issue(session: Session, person: Person, expires_at: datetime) -> str:
    """Return a new code for a person; an earlier one opens nothing any more."""
    end_codes(session, person)
    row, code = new_login(person.id or 0, expires_at)
    session.add(row)
    return code


def alive(session: Session, name: str, most_wrong: int, now: datetime) -> list[LoginCode]:
    """Return the codes of the active people of a name that may still be tried, locked."""
    query = (
        select(LoginCode)
        .join(Person, col(Person.id) == LoginCode.person_id)
        .where(Person.name == name, col(Person.is_active), LoginCode.expires_at > now, LoginCode.wrong < most_wrong)
        .with_for_update()
    )
    return list(session.exec(query).all())


def end_codes(session: Session, person: Person) -> None:
    """Delete a person's code, used or not."""
    session.exec(delete(LoginCode).where(col(LoginCode.person_id) == person.id))


def open_session(session: Session, person: Person, length: timedelta, now: datetime) -> str:
    """Open a session; return its token for the browser."""
    row, token = new_session(person.id or 0, now + length)
    session.add(row)
    session.flush()
    return token


def signed_in(session: Session, token: str, now: datetime) -> Person | None:
    """Return whose session a token is; None where it has ended, or the person is no more."""
    row = session.get(LoginSession, token_digest(token)) if token else None
    if row is None or utc(row.ends_at) <= utc(now):
        return None
    query = select(Person).where(Person.id == row.person_id, col(Person.is_active))
    return session.exec(query).first()


def end_session(session: Session, token: str) -> None:
    """End one session."""
    session.exec(delete(LoginSession).where(col(LoginSession.digest) == token_digest(token)))


def end_all(session: Session, person: Person) -> None:
    """End all sessions and codes of a person."""
    end_codes(session, person)
    session.exec(delete(LoginSession).where(col(LoginSession.person_id) == person.id))


def purge(session: Session, now: datetime) -> None:
    """Delete what has ended."""
    session.exec(delete(LoginCode).where(col(LoginCode.expires_at) <= now))
    session.exec(delete(LoginSession).where(col(LoginSession.ends_at) <= now))
