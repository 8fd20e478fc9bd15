"""The store as the desk sees it: messages are taken in, then attended to in one unit of work."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from assistant.errors import DatabaseFailed
from assistant.handovers import HandOver
from assistant.ports import Incoming, Outgoing
from assistant.store import inbox
from assistant.store.engine import open_session
from assistant.store.handovers import HandOvers
from assistant.store.inbox import Attended, InboxRow, Turn
from assistant.store.incidents import unattended
from assistant.store.missed import QuestionLog
from assistant.store.profiles import AskerRow, Profile, keep_profile, profile_of
from assistant.store.work import Work


class Store:
    """SQLite has one writer: a unit of work is short, and nothing waits for a network inside it.

    Every method raises DatabaseFailed where the database cannot be read or written; nothing is then half-kept.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.question_log = QuestionLog(engine)
        self.hand_overs = HandOvers(engine)

    def take(self, incoming: Incoming, now: datetime) -> tuple[Outgoing, ...] | None:
        """Keep a message before anything is done about it; return its replies where it has been attended to."""
        try:
            with self._session() as session:
                known = inbox.entry(session, incoming.channel, incoming.message_id)
                if known is not None:
                    return inbox.outgoing(known.replies) if known.state == Attended.DONE.value else None
                session.add(inbox.received(incoming, now))
                session.commit()
                return None
        except IntegrityError:  # another delivery of the same message was quicker
            return self.take(incoming, now)

    @contextmanager
    def work(self, now: datetime) -> Iterator[Work]:
        """Open a unit of work; it is committed at the end, or rolled back where anything fails."""
        with self._session() as session:
            yield Work(session, now)
            session.commit()

    def waiting(self, before: datetime) -> list[Incoming]:
        """Return messages that were received before a moment and not attended to, the oldest first."""
        query = select(InboxRow).where(InboxRow.state == Attended.RECEIVED.value).order_by(col(InboxRow.id))
        with self._session() as session:
            rows = session.exec(query).all()
            return [inbox.incoming(row) for row in rows if row.received_at is None or row.received_at < before]

    def profile(self, channel: str, sender: str) -> Profile:
        """Return what is known of a sender."""
        with self._session() as session:
            return profile_of(session, channel, sender)

    def set_profile(self, channel: str, sender: str, *, region: str | None = None, asker: str | None = None) -> Profile:
        """Change region or kind of an asker; None leaves it as it is."""
        with self._session() as session:
            profile = profile_of(session, channel, sender, is_locked=True)
            profile = replace(profile, region=profile.region if region is None else region)
            profile = replace(profile, asker=profile.asker if asker is None else asker)
            keep_profile(session, channel, sender, profile)
            session.commit()
            return profile

    def deliver(self, hand_over: HandOver, replies: tuple[Outgoing, ...], now: datetime) -> bool:
        """Make the duty desk's reply a part of the conversation; False where that was done before."""
        with self._session() as session:
            is_first = self.hand_overs.take(session, hand_over.number, now)
            if is_first:
                message = Incoming(hand_over.channel, f"hand-over/{hand_over.number}", hand_over.sender, "", now)
                inbox.finish(session, inbox.received(message, now), replies)
                session.commit()
            return is_first

    def turns(self, channel: str, sender: str, limit: int) -> list[Turn]:
        """Return the last `limit` exchanges of a sender, oldest first."""
        with self._session() as session:
            return inbox.turns(session, channel, sender, limit)

    def unattended(self) -> list[str]:
        """Return the numbers of the incidents of which nobody could be told."""
        with self._session() as session:
            return unattended(session)

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
