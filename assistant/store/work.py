"""The unit of work: one transaction in which a message is attended to; all of it holds, or none."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from sqlmodel import Field, Session, SQLModel, UniqueConstraint, col, select

from assistant.errors import UnknownCase
from assistant.events import Actor, Case, Event, Fact, record
from assistant.hazards import Hazard
from assistant.incidents import Incident
from assistant.people import Person
from assistant.ports import Attachment, Incoming, Outgoing
from assistant.store import inbox, prompts
from assistant.store.counter import CounterRow
from assistant.store.directory import LOCAL, Directory
from assistant.store.inbox import Attended, InboxRow, Turn
from assistant.store.limits import fan_out, off_peak
from assistant.store.media import MediaFolder
from assistant.store.outbox import AT_ONCE, Delivery, Lane, OutboxRow, When, as_payload, put
from assistant.store.profiles import AskerRow, Profile, asker_row, keep_profile, profile_in

HAZARD, INCIDENT = "YH", "SJ"
CaseT = TypeVar("CaseT", bound=Case)


class ConversationRow(SQLModel, table=True):
    """What a person and the desk are talking about."""

    __tablename__ = "conversation"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    state: str = "{}"
    updated_at: datetime


class SealedRow(SQLModel, table=True):
    """Who a reporter is; opened by few, and each opening is an event."""

    __tablename__ = "sealed_identity"
    __table_args__ = (UniqueConstraint("case", "person_id"),)

    token: str = Field(primary_key=True, max_length=40)
    person_id: int = Field(foreign_key="person.id", index=True)
    case: str = Field(max_length=32, index=True)
    is_follower: bool = False


class EvidenceRow(SQLModel, table=True):
    """A picture, voice message or point that belongs to a case."""

    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("case", "digest"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    case: str = Field(max_length=32, index=True)
    sequence: int
    """Of the event with which it came."""
    digest: str = Field(max_length=64, index=True)
    kind: str = Field(max_length=16)
    media_type: str = Field(max_length=32)
    at: datetime


class Work(Directory):
    """Everything that the desk may read and change while it attends to one message or one tick."""

    def __init__(self, session: Session, now: datetime, media: MediaFolder) -> None:
        super().__init__(session, now)
        self.media = media
        self.channel = ""
        """Where the staff act, where that is no chat: the console."""
        self.is_clock = False
        """Nobody has asked for what is done: time demands it."""
        self._routine = 0
        """Routine messages so far."""
        self._last: list[Callable[[Work], None]] = []
        # What has been looked up in this transaction; the session alone would forget it at once.
        self._askers: dict[tuple[str, str], AskerRow] = {}
        self._events: dict[str, list[Event]] = {}
        self._cases: dict[str, Case] = {}
        """Locked until the end: nobody else can change them."""

    def at_the_end(self, step: "Callable[[Work], None]") -> None:
        """Do something when all else is done, in the same transaction: what is erased must not be written again."""
        self._last.append(step)

    def end(self) -> None:
        """Take the last steps; the store calls it before the commit."""
        for step in self._last:
            step(self)

    def entry(self, incoming: Incoming) -> InboxRow:
        """Return the inbox's row of a message that has been taken in, locked."""
        row = inbox.entry(self.session, incoming.channel, incoming.message_id)
        if row is None:
            row = inbox.received(incoming, self.now)
            self.session.add(row)
        return row

    def replies(self, row: InboxRow) -> tuple[Outgoing, ...]:
        """Return what a message was answered."""
        return prompts.named(inbox.outgoing(row.replies), row.id or 0)

    def finish(self, row: InboxRow, replies: tuple[Outgoing, ...]) -> tuple[Outgoing, ...]:
        """Keep the replies to a message; with the commit it has been attended to. Return them as they are handed out."""
        inbox.finish(self.session, row, replies)
        self.session.flush()
        return prompts.named(replies, row.id or 0)

    def give_up(self, row: InboxRow, replies: tuple[Outgoing, ...]) -> None:
        """Mark a message that could not be attended to, with what its sender is told of it."""
        inbox.finish(self.session, row, replies, Attended.FAILED)

    def send(self, row: InboxRow, replies: tuple[Outgoing, ...], *, what: str = "reply", start: int = 0) -> None:
        """Queue replies to the one who wrote, from one of them on, on the channel where it came from."""
        for number, reply in enumerate(replies[start:], start):
            put(
                self.session,
                OutboxRow(
                    key=f"inbox/{row.id}/{what}/{number}",
                    person_id=self.person(row.channel, row.sender).id or 0,
                    channel=row.channel,
                    recipient=row.sender,
                    payload=as_payload(reply),
                    lane=Lane.URGENT.value,
                    due_at=self.now,
                    queued_at=self.now,
                ),
            )

    def turns(self, channel: str, sender: str, limit: int) -> list[Turn]:
        """Return the last `limit` exchanges of a sender, oldest first."""
        return inbox.turns(self.session, channel, sender, limit)

    def profile(self, channel: str, sender: str) -> Profile:
        """Return what is known of an asker, locked."""
        row = asker_row(self.session, channel, sender, is_locked=True)
        self._askers[channel, sender] = row
        return profile_in(row)

    def keep_profile(self, channel: str, sender: str, profile: Profile) -> None:
        """Keep what is known of an asker."""
        row = self._askers.get((channel, sender)) or asker_row(self.session, channel, sender, is_locked=True)
        keep_profile(self.session, row, profile)

    def conversation(self, person: Person) -> ConversationRow:
        """Return the state of a person's conversation, locked."""
        query = select(ConversationRow).where(ConversationRow.person_id == person.id).with_for_update()
        row = self.session.exec(query).first()
        return row or ConversationRow(person_id=person.id or 0, updated_at=self.now)

    def keep_talk(self, row: ConversationRow, state: str) -> None:
        """Keep the state of a conversation."""
        row.updated_at = self.now
        self.keep_state(row, state)

    def keep_state(self, row: ConversationRow, state: str) -> None:
        """Keep the state of a conversation in which nobody has said anything new."""
        row.state = state
        self.session.add(row)

    def next_number(self, prefix: str) -> str:
        """Return a new number: YH20260701-01 is the first hazard of that day in China."""
        name = f"{prefix}{self.now.astimezone(LOCAL):%Y%m%d}"
        row = self.session.exec(select(CounterRow).where(CounterRow.name == name).with_for_update()).first()
        row = row or CounterRow(name=name)
        row.value += 1
        self.session.add(row)
        return f"{name}-{row.value:02d}"

    def hazard(self, number: str) -> Hazard:
        """Return a hazard, locked; raises UnknownCase."""
        return self.case(Hazard, number)

    def incident(self, number: str) -> Incident:
        """Return an incident, locked; raises UnknownCase."""
        return self.case(Incident, number)

    def case(self, kind: type[CaseT], number: str) -> CaseT:
        """Return a case, locked, looked up once in a transaction; raises UnknownCase."""
        known = self._cases.get(number)
        if isinstance(known, kind):
            return known
        found = self.session.exec(select(kind).where(kind.number == number).with_for_update()).first()
        if found is None:
            raise UnknownCase(number=number)
        self._cases[number] = found
        return found

    def append(self, case: Case, fact: Fact, actor: Actor, *, is_one_of_many: bool = False) -> Event:
        """Record a fact: the event and the changed case, in this transaction.

        is_one_of_many: a new case is written with the others, before the next query.
        """
        event = record(case, fact, actor, self.now)
        self.session.add(event)
        self.session.add(case)
        if (
            event.sequence == 1 and not is_one_of_many
        ):  # later ones are written together, before the next query: thousands fall silent at once
            self.session.flush()
        self._cases[case.number] = case
        if event.sequence == 1:
            self._events[event.stream] = []
        if event.stream in self._events:
            self._events[event.stream].append(event)
        return event

    def events(self, number: str) -> list[Event]:
        """Return the events of a case, in order."""
        if number not in self._events:
            query = select(Event).where(Event.stream == number).order_by(col(Event.sequence))
            self._events[number] = list(self.session.exec(query).all())
        return list(self._events[number])

    def events_of(self, number: str, kind: str) -> list[Event]:
        """Return the events of a case that are of one kind, in order: a case that many tell of has hundreds of others."""
        if number in self._events:
            return [event for event in self._events[number] if event.kind == kind]
        query = select(Event).where(Event.stream == number, Event.kind == kind).order_by(col(Event.sequence))
        return list(self.session.exec(query).all())

    def seal(self, person: Person, case: str, *, is_follower: bool = False) -> str:
        """Keep who reported a case, or joined it, apart from it; return the token that stands in the case."""
        query = select(SealedRow).where(SealedRow.case == case, SealedRow.person_id == person.id)
        row = self.session.exec(query).first()
        if row is None:
            row = SealedRow(token=secrets.token_hex(16), person_id=person.id or 0, case=case, is_follower=is_follower)
            self.session.add(row)
            self.session.flush()
        return row.token

    def numbers_of(self, person: Person) -> list[str]:
        """Return the cases that a person has reported or joined, the oldest first."""
        query = select(SealedRow.case).where(SealedRow.person_id == person.id)
        first = select(Event.stream).where(col(Event.stream).in_(query), Event.sequence == 1).order_by(col(Event.id))
        return list(self.session.exec(first).all())

    def reporters(self, case: str) -> list[Person]:
        """Return reporter and followers of a case, to be told of it by the desk; nobody else is shown them."""
        query = select(SealedRow).where(SealedRow.case == case).order_by(col(SealedRow.is_follower))
        persons = self.people_by_id([row.person_id for row in self.session.exec(query).all()])
        # who has become one with somebody else is told under that name
        return [person for person in persons if person.is_active]

    def keep_evidence(self, event: Event, attachments: tuple[Attachment, ...]) -> None:
        """Attach pictures and voice messages to the event with which they came."""
        for one in attachments:
            known = select(EvidenceRow).where(EvidenceRow.case == event.stream, EvidenceRow.digest == one.digest)
            if self.session.exec(known).first() is None:
                kept = EvidenceRow(
                    case=event.stream,
                    sequence=event.sequence,
                    digest=one.digest,
                    kind=one.kind,
                    media_type=one.media_type,
                    at=event.at,
                )
                self.session.add(kept)

    def tell(  # noqa: PLR0913  (what is sent to whom, when and under which key)
        self,
        person: Person,
        message: Outgoing,
        *,
        key: str,
        subject: str = "",
        lane: Lane = Lane.ROUTINE,
        when: When = AT_ONCE,
    ) -> None:
        """Queue a message to a person, on the channel where they were seen last; the same key goes out once.

        Of the clock's routine messages only the first ones go at once: reminders to a whole county are spread.
        """
        identity = self.account_of(person)
        is_reminder = self.is_clock and lane is Lane.ROUTINE
        if is_reminder:
            self._routine += 1
            when = when if self._routine <= fan_out().most else when.over(fan_out().window, self.now)
        due = self.now + when.jitter(f"{key}/{person.id}")
        put(
            self.session,
            OutboxRow(
                key=f"{key}/{person.id}",
                person_id=person.id or 0,
                channel=identity.channel if identity else "",
                recipient=identity.sender if identity else "",
                subject=subject,
                payload=as_payload(message),
                lane=lane.value,
                state=(Delivery.PENDING if identity else Delivery.UNDELIVERABLE).value,
                due_at=off_peak(identity.channel, due) if identity and is_reminder else due,
                queued_at=self.now,
                expires_at=when.expires_at,
            ),
        )
