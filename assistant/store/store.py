"""Exchanges (message and replies, unique by channel and message id) and what is known of each asker."""

import json
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from assistant.errors import DatabaseFailed
from assistant.handovers import HandOver
from assistant.missed import MissedQuestion
from assistant.ports import Incoming, Link, Outgoing
from assistant.store.engine import open_session
from assistant.store.handovers import HandOvers
from assistant.store.missed import QuestionLog


class AskerRow(SQLModel, table=True):
    """What is known of one person on one channel."""

    __tablename__ = "asker"

    channel: str = Field(primary_key=True, max_length=32)
    sender: str = Field(primary_key=True, max_length=128)
    region: str = ""
    asker: str = ""
    context: str = "[]"
    """Units cited last and the question before, as JSON."""


class ExchangeRow(SQLModel, table=True):
    """One message and the replies to it."""

    __tablename__ = "exchange"
    __table_args__ = (UniqueConstraint("channel", "message_id"),)

    id: int | None = Field(default=None, primary_key=True)
    channel: str = Field(max_length=32, index=True)
    message_id: str = Field(max_length=128)
    sender: str = Field(max_length=128, index=True)
    text: str
    at: datetime
    replies: str
    """Outgoing messages as JSON."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Region and kind of an asker, empty where not chosen, and the units cited last."""

    region: str = ""
    asker: str = ""
    context: tuple[str, ...] = ()
    question: str = ""
    """The question answered last, as it was understood; a follow-up goes on from it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation with its replies."""

    text: str
    at: datetime
    replies: tuple[Outgoing, ...]
    id: int = 0
    """Grows with time; 0 for one that is not stored."""


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a message leads to besides its replies."""

    missed: MissedQuestion | None = None
    hand_over: HandOver | None = None


NOTHING_ELSE = Consequences()


class Store:
    """Sessions are short and nothing is computed inside them: SQLite has one writer.

    Every method raises DatabaseFailed where the database cannot be read or written; nothing is then half-kept.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.question_log = QuestionLog(engine)
        self.hand_overs = HandOvers(engine)

    def profile(self, channel: str, sender: str) -> Profile:
        """Return what is known of a sender."""
        with self._session() as session:
            row = session.get(AskerRow, (channel, sender))
            return _profile(row)

    def replies(self, channel: str, message_id: str) -> tuple[Outgoing, ...] | None:
        """Return the replies that a message has got, None for a new one."""
        query = select(ExchangeRow).where(ExchangeRow.channel == channel, ExchangeRow.message_id == message_id)
        with self._session() as session:
            row = session.exec(query).first()
            return None if row is None else _outgoing(row.replies)

    def record(
        self,
        incoming: Incoming,
        replies: tuple[Outgoing, ...],
        profile: Profile,
        consequences: Consequences = NOTHING_ELSE,
    ) -> tuple[Outgoing, ...]:
        """Keep an exchange, the asker's new profile and the consequences in one transaction; return the replies that hold.

        Where the same message was recorded meanwhile, its first replies hold and nothing changes.
        """
        try:
            with self._session() as session:
                session.add(_exchange(incoming, replies))
                self._put_profile(session, incoming.channel, incoming.sender, profile)
                self.question_log.add(session, consequences.missed)
                self.hand_overs.add(session, consequences.hand_over)
                session.commit()
        except IntegrityError:
            earlier = self.replies(incoming.channel, incoming.message_id)
            if earlier is None:
                raise
            return earlier
        return replies

    def deliver(self, hand_over: HandOver, replies: tuple[Outgoing, ...], now: datetime) -> bool:
        """Make the duty desk's reply a part of the conversation; False where that was done before."""
        incoming = Incoming(hand_over.channel, f"hand-over/{hand_over.number}", hand_over.sender, "", now)
        with self._session() as session:
            is_first = self.hand_overs.take(session, hand_over.number, now)
            if is_first:
                session.add(_exchange(incoming, replies))
                session.commit()
            return is_first

    def set_profile(self, channel: str, sender: str, *, region: str | None = None, asker: str | None = None) -> Profile:
        """Change region or kind of an asker; None leaves it as it is."""
        with self._session() as session:
            query = select(AskerRow).where(AskerRow.channel == channel, AskerRow.sender == sender).with_for_update()
            row = session.exec(query).first()
            profile = _profile(row)
            profile = replace(profile, region=profile.region if region is None else region)
            profile = replace(profile, asker=profile.asker if asker is None else asker)
            self._put_profile(session, channel, sender, profile)
            session.commit()
            return profile

    def turns(self, channel: str, sender: str, limit: int) -> list[Turn]:
        """Return the last `limit` exchanges of a sender, oldest first."""
        query = (
            select(ExchangeRow)
            .where(ExchangeRow.channel == channel, ExchangeRow.sender == sender)
            .order_by(col(ExchangeRow.id).desc())
            .limit(limit)
        )
        with self._session() as session:
            rows = session.exec(query).all()
            return [Turn(row.text, row.at, _outgoing(row.replies), row.id or 0) for row in reversed(rows)]

    def answers(self) -> bool:
        """Say whether the database can be read."""
        try:
            with self._session() as session:
                session.exec(select(AskerRow).limit(1)).first()
        except DatabaseFailed:
            return False
        return True

    def _session(self) -> AbstractContextManager[Session]:
        return open_session(self._engine)

    @staticmethod
    def _put_profile(session: Session, channel: str, sender: str, profile: Profile) -> None:
        row = session.get(AskerRow, (channel, sender)) or AskerRow(channel=channel, sender=sender)
        row.region, row.asker = profile.region, profile.asker
        row.context = json.dumps({"units": profile.context, "question": profile.question}, ensure_ascii=False)
        session.add(row)


def _profile(row: AskerRow | None) -> Profile:
    if row is None:
        return Profile()
    kept = json.loads(row.context)
    # rows of the first version hold the list of units alone
    last = kept if isinstance(kept, dict) else {"units": kept, "question": ""}
    return Profile(row.region, row.asker, tuple(last["units"]), last["question"])


def _exchange(incoming: Incoming, replies: tuple[Outgoing, ...]) -> ExchangeRow:
    return ExchangeRow(
        channel=incoming.channel,
        message_id=incoming.message_id,
        sender=incoming.sender,
        text=incoming.text,
        at=incoming.at,
        replies=json.dumps([asdict(reply) for reply in replies], ensure_ascii=False),
    )


def _outgoing(text: str) -> tuple[Outgoing, ...]:
    return tuple(_reply(fields) for fields in json.loads(text))


def _reply(fields: dict[str, Any]) -> Outgoing:
    links = tuple(
        Link(link["label"], link["unit"], tuple((start, end) for start, end in link["spans"]))
        for link in fields.pop("links")
    )
    choices = tuple(fields.pop("choices"))
    return Outgoing(**fields, links=links, choices=choices)
