"""Allowances (下发额度): how many messages an official account may still send to a person, counted by us.

No platform tells how many are left, and one too many costs more than a refusal. After a message of the person's some
may be sent within two days, after a touch of the menu fewer within a minute, of a template some each day to all
together, and of a subscription as often as the person has allowed it.
"""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, Session, SQLModel, col, select

from assistant.events import utc
from assistant.rules import Rules
from assistant.store.directory import LOCAL
from assistant.store.inbox import InboxRow

SAID, TOUCHED = "m/", "c/"
"""How the names of messages in the inbox begin: of what a person has said, and of a touch of a menu, a scan, a follow."""
PREFIX = "send.wechat."
SUBSCRIBED = "subscribed/"


class Kind(StrEnum):
    """What a message is counted under; a subscription has its template's id behind SUBSCRIBED."""

    TOUCH = "touch"
    MESSAGE = "message"
    TEMPLATE = "template"


OPENED_BY = {Kind.TOUCH: TOUCHED, Kind.MESSAGE: SAID}


class AllowanceRow(SQLModel, table=True):
    """What was sent of one kind to one person since something allowed it."""

    __tablename__ = "allowance"

    channel: str = Field(primary_key=True, max_length=32)
    recipient: str = Field(primary_key=True, max_length=128)
    """Empty where all people share it."""
    kind: str = Field(primary_key=True, max_length=96)
    since: datetime
    granted: int = 0
    spent: int = 0


def spend_window(session: Session, account: tuple[str, str], rules: Rules, now: datetime) -> Kind | None:
    """Count one customer message to a person (channel, id); return under which window, None where none is open.

    The short window is spent first.
    """
    for kind in (Kind.TOUCH, Kind.MESSAGE):
        since = _opened(session, account, kind, rules, now)
        if since is not None and _spend(session, (*account, kind.value), since, _most(rules, kind, now), now):
            return kind
    return None


def spend_template(session: Session, channel: str, rules: Rules, now: datetime) -> bool:
    """Count one template message of today; say whether it may go."""
    morning = now.astimezone(LOCAL).replace(hour=0, minute=0, second=0, microsecond=0)
    kind = Kind.TEMPLATE
    return _spend(session, (channel, "", kind.value), morning, _most(rules, kind, now), now)


def grant(session: Session, account: tuple[str, str], template: str, now: datetime, *, is_allowed: bool) -> None:
    """Keep that a person has allowed one more message of a template, or wants none any more."""
    row = _row(session, (*account, SUBSCRIBED + template)) or AllowanceRow(
        channel=account[0], recipient=account[1], kind=SUBSCRIBED + template, since=now
    )
    row.granted = row.granted + 1 if is_allowed else row.spent
    session.add(row)


def spend_subscription(session: Session, account: tuple[str, str], template: str) -> bool:
    """Count one message of a template; say whether the person has allowed it."""
    row = _row(session, (*account, SUBSCRIBED + template))
    if row is None or row.spent >= row.granted:
        return False
    row.spent += 1
    session.add(row)
    return True


def give_back(session: Session, account: tuple[str, str], kind: str) -> None:
    """Count one message less: it has certainly not left."""
    row = _row(session, (*account, kind))
    if row is not None:
        row.spent = max(0, row.spent - 1)
        session.add(row)


def use_up(session: Session, account: tuple[str, str], kind: str, rules: Rules, now: datetime) -> None:
    """Keep that the platform allows no more of them, whatever we have counted."""
    row = _row(session, (*account, kind))
    if row is not None:
        row.spent = row.granted if kind.startswith(SUBSCRIBED) else _most(rules, Kind(kind), now)
        session.add(row)


def _opened(session: Session, account: tuple[str, str], kind: Kind, rules: Rules, now: datetime) -> datetime | None:
    """Return when a person last did what opens a window; None where that is too long ago."""
    window = rules.find(f"{PREFIX}{kind}.window", "", now.date()).duration
    query = select(InboxRow.received_at).where(
        InboxRow.channel == account[0],
        InboxRow.sender == account[1],
        col(InboxRow.message_id).startswith(OPENED_BY[kind]),
    )
    last = session.exec(query.order_by(col(InboxRow.id).desc()).limit(1)).first()
    return utc(last) if last is not None and now - utc(last) < window else None


def _spend(session: Session, key: tuple[str, str, str], since: datetime, most: int, now: datetime) -> bool:
    row = _row(session, key) or AllowanceRow(channel=key[0], recipient=key[1], kind=key[2], since=since)
    if utc(row.since) != utc(since):
        row.since, row.spent = since, 0
    if row.spent >= most:
        return False
    row.spent += 1
    session.add(row)
    return True


def _row(session: Session, key: tuple[str, str, str]) -> AllowanceRow | None:
    mine = (AllowanceRow.channel == key[0], AllowanceRow.recipient == key[1], AllowanceRow.kind == key[2])
    return session.exec(select(AllowanceRow).where(*mine).with_for_update()).first()


def _most(rules: Rules, kind: Kind, now: datetime) -> int:
    return int(rules.find(f"{PREFIX}{kind}.most", "", now.date()).value)
