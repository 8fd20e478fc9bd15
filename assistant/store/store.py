"""The store as the desk sees it: messages are taken in, then attended to in one unit of work."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine, func
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from assistant.errors import DatabaseFailed, MessagesStuck
from assistant.handovers import HandOver
from assistant.ports import Incoming, Outgoing
from assistant.store import inbox, prompts, secrets
from assistant.store.arrivals import Arrival, Arrivals
from assistant.store.engine import open_session
from assistant.store.handovers import HandOvers
from assistant.store.inbox import Attended, InboxRow, Turn
from assistant.store.incidents import unattended
from assistant.store.media import MediaFolder
from assistant.store.missed import QuestionLog
from assistant.store.outbox import Outbox
from assistant.store.profiles import AskerRow, Profile, asker_row, keep_profile, profile_in
from assistant.store.turnstile import Turnstile
from assistant.store.work import Work

Result = TypeVar("Result")
RACES = 4
SERVER_WRITERS = 4
"""Messages that one process attends to at once where the database has many writers; Python computes one at a time."""
KEEPING_S = 3.0
"""So long do messages that are to be kept wait for the database: a platform waits five seconds."""
DEADLOCK = "40P01"
"""PostgreSQL's code: two transactions wait for each other, and one is undone."""


class Store:
    """SQLite has one writer: a unit of work is short, and nothing waits for a network inside it.

    Every method raises DatabaseFailed where the database cannot be read or written; nothing is then half-kept.
    """

    def __init__(self, engine: Engine, media: MediaFolder | None = None) -> None:
        """media: the folder of photos and voice messages; `media` in the working folder where none is given."""
        self._engine = engine
        self.media = media or MediaFolder(Path("media"))
        self.question_log = QuestionLog(engine)
        self.hand_overs = HandOvers(engine)
        self.outbox = Outbox(engine)
        self._is_single = engine.dialect.name == "sqlite"
        self._turnstile = Turnstile(1 if self._is_single else SERVER_WRITERS)
        self._arrivals = Arrivals()

    def arriving(self, incoming: Incoming, now: datetime) -> Arrival:
        """Let a message wait for its turn; where there is one writer, whoever commits meanwhile keeps it too."""
        return self._arrivals.add(incoming, now) if self._is_single else Arrival({})

    @contextmanager
    def turn(
        self, arrival: Arrival, who: str = "", *, is_urgent: bool = False, patience_s: float | None = None
    ) -> Iterator[None]:
        """Wait for the turn of a message, each sender (`who`) in turn; raises DatabaseFailed after `patience_s`."""
        try:
            with self._turnstile.passing(who, is_urgent=is_urgent, patience_s=patience_s):
                self._arrivals.remove(arrival)
                yield
        finally:
            self._arrivals.remove(arrival)

    def keep(self, messages: Sequence[Incoming], now: datetime) -> None:
        """Keep messages before anything is done about them, in one transaction; those that are there stay as they are."""
        with self._turnstile.passing(is_urgent=True, patience_s=KEEPING_S), self._session() as session:
            for incoming in messages:
                inbox.keep_unless_there(session, inbox.values(incoming, now))
            session.commit()

    def take(self, incoming: Incoming, now: datetime, arrival: Arrival | None = None) -> tuple[Outgoing, ...] | None:
        """Keep a message before anything is done about it; return its replies where it has been attended to."""
        arrival = arrival or Arrival({})
        if arrival.is_kept:
            return None
        try:
            with self._session() as session:
                inbox.keep(session, incoming, now)
                session.commit()
            arrival.is_kept = True
            return None
        except IntegrityError:  # it has come before
            with self._session() as session:
                known = inbox.entry(session, incoming.channel, incoming.message_id)
                arrival.is_kept = known is not None
                if known is None or not known.is_done:
                    return None
                return prompts.named(inbox.outgoing(known.replies), known.id or 0)

    @contextmanager
    def work(self, now: datetime) -> Iterator[Work]:
        """Open a unit of work; it is committed at the end, or rolled back where anything fails."""
        with self._session() as session:
            work = Work(session, now, self.media)
            yield work
            work.end()
            with self._arrivals.kept_with(session):
                session.commit()

    def attempt(self, now: datetime, work: Callable[[Work], Result]) -> Result:
        """Do something in a unit of work, and once more from the beginning where somebody else was quicker.

        On PostgreSQL two desks may meet over the first message of one person, or the first number of a day.
        """
        for _ in range(RACES):
            try:
                with self.work(now) as opened:
                    return work(opened)
            except IntegrityError:
                continue
            except DatabaseFailed as error:
                if getattr(getattr(error.__cause__, "orig", None), "sqlstate", "") != DEADLOCK:
                    raise
        with self.work(now) as opened:
            return work(opened)

    def waiting(self, before: datetime) -> list[Incoming]:
        """Return messages that were received, and last tried, before a moment, and not attended to; oldest first."""
        with self._session() as session:
            return [inbox.incoming(row) for row in inbox.stuck(session, before)]

    def try_again(self, before: datetime, now: datetime) -> tuple[Incoming, int] | None:
        """Return the first of these and how often it is tried now, for the one process that is to try; None at the end.

        One at a time: where the process dies, only the message in hand has been tried.
        """
        with self._session() as session:
            rows = inbox.stuck(session, before, 1)
            if not rows:
                return None
            row = rows[0]
            row.attempts, row.tried_at = row.attempts + 1, now
            tried = (inbox.incoming(row), row.attempts)
            session.commit()
            return tried

    def failed_messages(self) -> tuple[int, str]:
        """Return how many messages nobody could attend to, and why the last one was given up."""
        failed = select(InboxRow).where(InboxRow.state == Attended.FAILED.value)
        with self._session() as session:
            count = session.exec(select(func.count()).select_from(failed.subquery())).one()
            last = session.exec(failed.order_by(col(InboxRow.id).desc()).limit(1)).first()
            return count, last.error if last else ""

    def check_messages(self) -> None:
        """See whether a person must do what messages could not; raises MessagesStuck."""
        failed, error = self.failed_messages()
        undelivered = self.outbox.undelivered()
        if failed or undelivered:
            raise MessagesStuck(failed=failed, error=error or "—", undelivered=undelivered)

    def profile(self, channel: str, sender: str) -> Profile:
        """Return what is known of a sender."""
        with self._session() as session:
            return profile_in(asker_row(session, channel, sender))

    def set_profile(self, channel: str, sender: str, *, region: str | None = None, asker: str | None = None) -> Profile:
        """Change region or kind of an asker; None leaves it as it is."""
        with self._session() as session:
            row = asker_row(session, channel, sender, is_locked=True)
            profile = profile_in(row)
            profile = replace(profile, region=profile.region if region is None else region)
            profile = replace(profile, asker=profile.asker if asker is None else asker)
            keep_profile(session, row, profile)
            session.commit()
            return profile

    def deliver(self, hand_over: HandOver, replies: tuple[Outgoing, ...], now: datetime) -> bool:
        """Make the duty desk's reply a part of the conversation; False where that was done before."""
        with self._session() as session:
            is_first = self.hand_overs.take(session, hand_over.number, now)
            if is_first:
                recipient = (hand_over.channel, hand_over.sender)
                inbox.told(session, recipient, f"hand-over/{hand_over.number}", replies, now)
                session.commit()
            return is_first

    def turns(self, channel: str, sender: str, limit: int) -> list[Turn]:
        """Return the last `limit` exchanges of a sender, oldest first."""
        with self._session() as session:
            return inbox.turns(session, channel, sender, limit)

    def revealed(self, replies: Sequence[Outgoing], now: datetime) -> list[Outgoing]:
        """Return messages as they are handed out: with the codes that only marks stand for where they are kept."""
        if not any(secrets.MARK.search(reply.text) for reply in replies):
            return list(replies)
        with self._session() as session:
            return [replace(reply, text=secrets.reveal(session, reply.text, now)) for reply in replies]

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
