"""Links by which a call is acknowledged (应答链接): signed, for one person and one call, until a moment, once.

A token stands in no row and no log: it is made when a message leaves, and only the name of one that was used is kept.
"""

import hmac
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Field, Session, SQLModel, col, delete, select

from assistant.errors import BadLink
from assistant.events import utc

MAC = 16
"""Bytes of the signature: 128 bits of HMAC-SHA-256 (RFC 2104, section 5)."""
LONGEST = 200
TOKEN = re.compile(r"(?P<said>[\w-]{20,180})\.(?P<mac>[\w-]{22})", re.ASCII)
SAID = re.compile(
    r"(?P<call>[A-Z0-9/-]{6,40})\|(?P<person>\d{1,12})\|(?P<until>\d{9,11})\|(?P<nonce>[\w-]{12})", re.ASCII
)
# YJ20260701-01/3|12|1782900000|k3VbT0a9xQ_1


class LinkKeyRow(SQLModel, table=True):
    """The key by which links are signed; made with the first link."""

    __tablename__ = "link_key"

    id: int = Field(default=1, primary_key=True)
    value: str


class UsedLinkRow(SQLModel, table=True):
    """A link that was used, until nobody could use it any more."""

    __tablename__ = "used_link"

    nonce: str = Field(primary_key=True, max_length=12)
    until: datetime = Field(index=True)


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a good link says."""

    call: str
    person: int
    until: datetime
    nonce: str


def token(session: Session, call: str, person: int, until: datetime) -> str:
    """Return a new link's token: about a hundred of [A-Za-z0-9_.-]."""
    said = f"{call}|{person}|{int(utc(until).timestamp())}|{secrets.token_urlsafe(9)}".encode()
    return f"{_text(said)}.{_text(_mac(_key(session), said))}"


def opened(session: Session, token: str, now: datetime) -> Ticket:
    """Return what a token says.

    Raises: BadLink(reason): `wrong` where it is not ours as it stands, `expired`, `used`.
    """
    ticket = _ticket(session, token)
    if ticket is None:
        raise BadLink(reason="wrong")
    if session.get(UsedLinkRow, ticket.nonce) is not None:
        raise BadLink(reason="used")
    if ticket.until <= utc(now):
        raise BadLink(reason="expired")
    return ticket


def spend(session: Session, ticket: Ticket) -> None:
    """Let a link be used up; raises IntegrityError where somebody else was quicker."""
    session.add(UsedLinkRow(nonce=ticket.nonce, until=ticket.until))
    session.flush()


def purge(session: Session, now: datetime) -> None:
    """Forget the used links whose time is over."""
    session.exec(delete(UsedLinkRow).where(col(UsedLinkRow.until) <= now))


def _ticket(session: Session, token: str) -> Ticket | None:
    """Read a token, first its signature; None for one that is not ours."""
    shape = TOKEN.fullmatch(token[:LONGEST])
    key = session.exec(select(LinkKeyRow)).first()
    if shape is None or key is None:
        return None
    try:
        said, mac = _bytes(shape["said"]), _bytes(shape["mac"])
    except (Error, ValueError):
        return None
    # the same bytes can be spelt in several ways: only ours is good
    is_ours = hmac.compare_digest(mac, _mac(bytes.fromhex(key.value), said)) and token == f"{_text(said)}.{_text(mac)}"
    found = SAID.fullmatch(said.decode("ascii", "replace")) if is_ours else None
    if found is None:
        return None
    until = datetime.fromtimestamp(int(found["until"]), UTC)
    return Ticket(found["call"], int(found["person"]), until, found["nonce"])


def _key(session: Session) -> bytes:
    row = session.exec(select(LinkKeyRow)).first()
    if row is None:
        row = LinkKeyRow(value=secrets.token_hex(32))
        session.add(row)
        session.flush()
    return bytes.fromhex(row.value)


def _mac(key: bytes, said: bytes) -> bytes:
    return hmac.digest(key, b"ack:" + said, "sha256")[:MAC]


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
