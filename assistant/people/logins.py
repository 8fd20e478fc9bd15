"""Logins of the console (登录): a one-time code sent to a bound chat, and the session of hours that it opens."""

import hashlib
import hmac
import secrets
from datetime import datetime

from sqlmodel import Field, SQLModel

from assistant.events import utc

DIGITS = 6


class LoginCode(SQLModel, table=True):
    """A code that opens one session of a person, once and soon."""

    __tablename__ = "login_code"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    salt: str = Field(max_length=32)
    digest: str = Field(max_length=64)
    expires_at: datetime = Field(index=True)
    wrong: int = 0
    """How often somebody has sent another code in its place."""


class LoginSession(SQLModel, table=True):
    """A browser in which a person is signed in until a moment."""

    __tablename__ = "login_session"

    digest: str = Field(primary_key=True, max_length=64)
    """SHA-256 of the token in the browser, which has 256 random bits; the token itself is not kept."""
    person_id: int = Field(foreign_key="person.id", index=True)
    ends_at: datetime = Field(index=True)


def new_login(person_id: int, expires_at: datetime) -> tuple[LoginCode, str]:
    """Return a code's row, and the code."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    salt = secrets.token_hex(16)
    return LoginCode(person_id=person_id, salt=salt, digest=slow_digest(code, salt), expires_at=expires_at), code


def opens(row: LoginCode, code: str, now: datetime) -> bool:
    """Say whether a code is the one of a row; a moment at which it expires is too late."""
    return utc(row.expires_at) > utc(now) and hmac.compare_digest(row.digest, slow_digest(code, row.salt))


def new_session(person_id: int, ends_at: datetime) -> tuple[LoginSession, str]:
    """Return a session's row, and the token for the browser."""
    token = secrets.token_hex(32)
    return LoginSession(digest=token_digest(token), person_id=person_id, ends_at=ends_at), token


def token_digest(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def form_token(secret: str) -> str:
    """Return what the forms of a browser carry, so that no other site can send them (CSRF)."""
    return hmac.digest(secret.encode(), b"form", "sha256").hex()


def slow_digest(code: str, salt: str) -> str:
    """Return the digest of a short code: some 30 ms each, so that a stolen one is not tried out while it lives."""
    return hashlib.scrypt(code.encode(), salt=salt.encode(), n=2**13, r=8, p=1, dklen=32).hex()
