"""What the channel itself has to tell or to keep (渠道自己的话): beside the conversation, in the same database."""

from collections.abc import Sequence
from datetime import datetime

from assistant.desk import Desk
from assistant.ports import Incoming, Outgoing
from assistant.store import allowances, inbox
from assistant.store.outbox import Lane, OutboxRow, as_payload, put
from bots.wechat.reading import CHANNEL


def tell(desk: Desk, about: Incoming, sentence: str, now: datetime) -> None:
    """Tell a sender something about a message, once; the message itself becomes a turn of the conversation."""
    said = Outgoing(CHANNEL, about.sender, sentence)
    with desk.work(now) as work:
        if inbox.entry(work.session, CHANNEL, about.message_id) is None:
            inbox.told(work.session, (CHANNEL, about.sender), about.message_id, (said,), now)
        row = OutboxRow(
            key=f"{CHANNEL}/{about.message_id}/told",
            person_id=work.person(CHANNEL, about.sender, "").id or 0,
            channel=CHANNEL,
            recipient=about.sender,
            payload=as_payload(said),
            lane=Lane.URGENT.value,
            due_at=now,
            queued_at=now,
        )
        put(work.session, row)


def keep_left(desk: Desk, sender: str, now: datetime) -> None:
    """Keep that somebody follows the account no more: nothing reaches them here."""
    with desk.work(now) as work:
        work.lose(CHANNEL, sender)


def keep_subscribed(desk: Desk, sender: str, templates: Sequence[tuple[str, bool]], now: datetime) -> None:
    """Keep what somebody has allowed or refused."""
    with desk.work(now) as work:
        for template, is_allowed in templates:
            allowances.grant(work.session, (CHANNEL, sender), template, now, is_allowed=is_allowed)
