"""The duty desk's list of hand-overs (转人工) in the database."""

from datetime import datetime

from sqlalchemy import Engine, func, update
from sqlmodel import Field, Session, SQLModel, col, select

from assistant.answers import Asker
from assistant.errors import AlreadyAnswered, UnknownHandOver
from assistant.handovers import HandOver, HandOverState
from assistant.store.engine import open_session


class HandOverRow(SQLModel, table=True):
    """One question that a person is to answer."""

    __tablename__ = "hand_over"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    channel: str = Field(max_length=32, index=True)
    sender: str = Field(max_length=128, index=True)
    question: str
    region: str
    asker: str
    asked_at: datetime
    state: str = Field(default=HandOverState.OPEN.value, index=True)
    reply: str = ""
    by: str = ""
    replied_at: datetime | None = None
    delivered_at: datetime | None = None


class HandOvers:
    """What the duty desk reads and answers; every method raises DatabaseFailed where the database fails."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, session: Session, hand_over: HandOver | None) -> None:
        """Put a question on the list within the transaction of its exchange, unless the asker has it there already."""
        if hand_over is None:
            return
        mine = (HandOverRow.channel == hand_over.channel, HandOverRow.sender == hand_over.sender)
        same = (HandOverRow.question == hand_over.question, HandOverRow.state == HandOverState.OPEN.value)
        if session.exec(select(HandOverRow).where(*mine, *same)).first() is None:
            session.add(_row(hand_over))

    def listed(self, *, everything: bool = False) -> list[HandOver]:
        """Return the open hand-overs, or all of them, the oldest first."""
        query = select(HandOverRow).order_by(col(HandOverRow.id))
        if not everything:
            query = query.where(HandOverRow.state == HandOverState.OPEN.value)
        with open_session(self._engine) as session:
            return [_hand_over(row) for row in session.exec(query).all()]

    def waiting(self, channel: str, sender: str) -> list[HandOver]:
        """Return a sender's hand-overs that are open, or answered and not delivered."""
        with open_session(self._engine) as session:
            return self.waiting_in(session, channel, sender)

    def waiting_in(self, session: Session, channel: str, sender: str) -> list[HandOver]:
        """Return the same within a transaction that is open already."""
        query = (
            select(HandOverRow)
            .where(HandOverRow.channel == channel, HandOverRow.sender == sender)
            .where(HandOverRow.state != HandOverState.CLOSED.value, col(HandOverRow.delivered_at).is_(None))
            .order_by(col(HandOverRow.id))
        )
        return [_hand_over(row) for row in session.exec(query).all()]

    def open_count(self) -> int:
        """Return how many hand-overs wait for an answer."""
        query = select(func.count()).select_from(HandOverRow).where(HandOverRow.state == HandOverState.OPEN.value)
        with open_session(self._engine) as session:
            return session.exec(query).one()

    def answer(self, number: int, reply: str, by: str, now: datetime) -> HandOver:
        """Keep a reply, to be delivered; an empty one closes the hand-over, and the asker hears nothing.

        Raises: UnknownHandOver, AlreadyAnswered.
        """
        with open_session(self._engine) as session:
            row = session.exec(select(HandOverRow).where(HandOverRow.id == number).with_for_update()).first()
            if row is None:
                raise UnknownHandOver(number=number)
            if row.state != HandOverState.OPEN.value:
                raise AlreadyAnswered(number=number, by=row.by)
            row.state = (HandOverState.ANSWERED if reply else HandOverState.CLOSED).value
            row.reply, row.by, row.replied_at = reply, by, now
            session.add(row)
            session.commit()
            return _hand_over(row)

    def take(self, session: Session, number: int, now: datetime) -> bool:
        """Mark a reply as delivered within the transaction that delivers it; False where it was already."""
        waits = (col(HandOverRow.id) == number, col(HandOverRow.delivered_at).is_(None))
        taken = session.exec(update(HandOverRow).where(*waits).values(delivered_at=now))
        return bool(taken.rowcount == 1)


def _row(hand_over: HandOver) -> HandOverRow:
    return HandOverRow(
        channel=hand_over.channel,
        sender=hand_over.sender,
        question=hand_over.question,
        region=hand_over.region,
        asker=hand_over.asker.value,
        asked_at=hand_over.asked_at,
    )


def _hand_over(row: HandOverRow) -> HandOver:
    return HandOver(
        channel=row.channel,
        sender=row.sender,
        question=row.question,
        region=row.region,
        asker=Asker(row.asker),
        asked_at=row.asked_at,
        number=row.id or 0,
        state=HandOverState(row.state),
        reply=row.reply,
        by=row.by,
        replied_at=row.replied_at,
        delivered_at=row.delivered_at,
    )
