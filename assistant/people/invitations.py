"""Invitation codes (绑定码): what is told to a person so that a chat account becomes theirs, once."""

import hashlib
import secrets
from datetime import UTC, datetime
from enum import StrEnum

from assistant.people.person import Invitation

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0 O 1 I L, which look alike on paper."""
LENGTH = 8
"""31^8 codes, and few tries an hour: nobody guesses one within a week."""


class Standing(StrEnum):
    """What becomes of a code that somebody sends."""

    VALID = "valid"
    WRONG = "wrong"
    USED = "used"
    EXPIRED = "expired"


def new_code() -> str:
    """Return a code that nobody can guess, with digits and letters, so that nobody takes it for a word or a number."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if not code.isdigit() and not code.isalpha():
            return code


def digest(code: str) -> str:
    """Return what is kept of a code."""
    return hashlib.sha256(code.upper().encode()).hexdigest()


def standing(invitation: Invitation | None, now: datetime) -> Standing:
    """Return whether a code opens anything now; a moment at which it expires is too late."""
    if invitation is None:
        return Standing.WRONG
    if invitation.used_at is not None:
        return Standing.USED
    expires_at = invitation.expires_at
    # SQLite hands back UTC without its zone
    expires_at = expires_at.replace(tzinfo=UTC) if expires_at.tzinfo is None else expires_at
    return Standing.EXPIRED if now >= expires_at else Standing.VALID
