"""Messages with choices (选项): how each is named when it leaves, and which one a pressed button belongs to.

A name says where the message is kept: `o12` is row 12 of the outbox, `i45.0` the first reply in row 45 of the inbox.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from assistant.events import utc
from assistant.ports import Outgoing
from assistant.store import inbox
from assistant.store.outbox import Delivery, OutboxRow

NAME = re.compile(r"o(?P<outbox>\d{1,18})|i(?P<inbox>\d{1,18})\.(?P<reply>\d{1,3})")
CASE = re.compile(r"(?:YH|SJ|YJ)\d{8}-\d{2,6}")
"""Cases that are named beside an answer; the others are found by what was asked last."""

RECENT, JUST_NOW = timedelta(hours=12), timedelta(minutes=30)
"""How long ago a message came at most that a number answers; and one beside which something else was said since."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A message with choices, as it was sent."""

    channel: str
    recipient: str
    text: str
    choices: tuple[str, ...]
    subject: str = ""
    expires_at: datetime | None = None

    def says(self, choice: int) -> str:
        """Return what a choice stands for, wherever it is said: with the number of the case that it is about."""
        label = self.choices[choice]
        case = CASE.match(self.subject)
        return f"{label} {case[0]}" if case and case[0] not in label else label


def find(session: Session, name: str) -> Asked | None:
    """Return the message of a name, None where there is none."""
    found = NAME.fullmatch(name)
    if found is None:
        return None
    if found["outbox"]:
        row = session.get(OutboxRow, int(found["outbox"]))
        return None if row is None else _of_outbox(row)
    answered = session.get(inbox.InboxRow, int(found["inbox"]))
    replies = inbox.outgoing(answered.replies) if answered is not None else ()
    number = int(found["reply"])
    if answered is None or number >= len(replies):
        return None
    reply = replies[number]
    return Asked(answered.channel, answered.sender, reply.text, reply.choices)


def waiting(session: Session, recipient: tuple[str, str], now: datetime) -> list[Asked]:
    """Return messages with choices that came to a sender (channel, id) since the sender said something; else the last one.

    Replies are none of them, by whichever way they go: what they ask, the conversation itself remembers.
    """
    channel, sender = recipient
    mine = (OutboxRow.channel == channel, OutboxRow.recipient == sender, col(OutboxRow.key).not_like("inbox/%"))
    sent = (OutboxRow.state == Delivery.HANDED_OVER.value, col(OutboxRow.handed_over_at) >= now - RECENT)
    query = select(OutboxRow).where(*mine, *sent).order_by(col(OutboxRow.handed_over_at), col(OutboxRow.id))
    rows = [row for row in session.exec(query).all() if row.expires_at is None or utc(row.expires_at) > now]
    asked = [(utc(row.handed_over_at or now), one) for row in rows if (one := _of_outbox(row)).choices]
    before = _last_said(session, channel, sender)
    new = [one for at, one in asked if before is None or at >= before]
    return new or [one for at, one in asked[-1:] if now - at <= JUST_NOW]


def _last_said(session: Session, channel: str, sender: str) -> datetime | None:
    query = select(inbox.InboxRow.received_at).where(
        inbox.InboxRow.channel == channel,
        inbox.InboxRow.sender == sender,
        inbox.InboxRow.text != "",
        inbox.InboxRow.state != inbox.Attended.RECEIVED.value,
    )
    found = session.exec(query.order_by(col(inbox.InboxRow.id).desc()).limit(1)).first()
    return utc(found) if found is not None else None


def _of_outbox(row: OutboxRow) -> Asked:
    fields = json.loads(row.payload)
    choices = tuple(fields["choices"])
    return Asked(row.channel, row.recipient, fields["text"], choices, row.subject, row.expires_at)


def named(replies: Sequence[Outgoing], row: int) -> tuple[Outgoing, ...]:
    """Return the replies to a message of the inbox, those with choices named."""
    return tuple(
        replace(reply, prompt=f"i{row}.{number}") if reply.choices else reply for number, reply in enumerate(replies)
    )
