"""Binding (绑定): a chat account becomes the account of a known person, and what it had reported goes with it."""

from datetime import datetime

from sqlmodel import Session, col, func, select

from assistant.events import Actor, Event, Fact
from assistant.people import Identity, Invitation, Person
from assistant.people.invitations import digest, new_code
from assistant.store import logins
from assistant.store.outbox import Delivery, OutboxRow
from assistant.store.people import note, stream
from assistant.store.work import ConversationRow, SealedRow, Work

FAILED = "bind_failed"
TERMINAL = "terminal"
"""The channel of whoever sits at the machine: a name that is known is that person, without a code."""


def invite(session: Session, person: Person, expires_at: datetime, actor: Actor, now: datetime) -> str:
    """Return a new code for a person; only its digest is kept."""
    code = new_code()
    session.add(Invitation(digest=digest(code), person_id=person.id or 0, expires_at=expires_at))
    note(session, person, Fact("invited", {"expires_at": expires_at.isoformat()}, "invitation.valid"), actor, now)
    return code


def invitation(session: Session, code: str) -> Invitation | None:
    """Return what a code stands for, locked; None for a wrong one."""
    return session.exec(select(Invitation).where(Invitation.digest == digest(code)).with_for_update()).first()


def identity(session: Session, channel: str, sender: str) -> Identity:
    """Return an account that has written, locked."""
    query = select(Identity).where(Identity.channel == channel, Identity.sender == sender).with_for_update()
    return session.exec(query).one()


def seat(work: Work, name: str) -> None:
    """Let the one person of that name speak in the terminal as themselves; a name of nobody, or of several, stays a stranger's."""
    query = select(Identity).where(Identity.channel == TERMINAL, Identity.sender == name)
    people = work.session.exec(select(Person).where(Person.name == name, col(Person.is_active))).all()
    if len(people) != 1 or work.session.exec(query).first() is not None:
        return
    account = Identity(
        channel=TERMINAL, sender=name, person_id=people[0].id or 0, is_verified=True, last_seen_at=work.now
    )
    work.session.add(account)
    work.session.flush()


def wrong_tries(session: Session, person: Person, since: datetime) -> list[datetime]:
    """Return when a person sent codes that were wrong after a moment, oldest first."""
    query = select(Event.at).where(Event.stream == stream(person), Event.kind == FAILED, Event.at > since)
    return sorted(session.exec(query).all())


def bind(session: Session, account: Identity, person: Person, actor: Actor, now: datetime) -> None:
    """Give an account to a person; somebody who was known by this account alone becomes one with them."""
    before = session.exec(select(Person).where(Person.id == account.person_id)).one()
    account.person_id, account.is_verified, account.last_seen_at = person.id or 0, True, now
    session.add(account)
    session.flush()
    note(session, person, Fact("bound", {"channel": account.channel}), actor, now)
    if before.id != person.id and _accounts(session, before) == 0 and not before.name:
        _merge(session, before, person, actor, now)


def unbind(session: Session, person: Person, channel: str | None, actor: Actor, now: datetime) -> int:
    """Take away a person's accounts, those of one channel or all; return how many.

    What waits to be sent to them is not sent any more; whoever writes from there is a villager again. They are signed out
    of the console everywhere.
    """
    query = select(Identity).where(Identity.person_id == person.id).with_for_update()
    logins.end_all(session, person)
    taken = [one for one in session.exec(query).all() if channel in (None, one.channel)]
    for account in taken:
        waiting = select(OutboxRow).where(
            OutboxRow.person_id == person.id,
            OutboxRow.channel == account.channel,
            OutboxRow.recipient == account.sender,
            OutboxRow.state == Delivery.PENDING.value,
        )
        for message in session.exec(waiting).all():
            message.state = Delivery.UNDELIVERABLE.value
            session.add(message)
        session.delete(account)
        note(session, person, Fact("unbound", {"channel": account.channel}), actor, now)
    return len(taken)


def _accounts(session: Session, person: Person) -> int:
    return session.exec(select(func.count()).select_from(Identity).where(Identity.person_id == person.id)).one()


def _merge(session: Session, before: Person, person: Person, actor: Actor, now: datetime) -> None:
    for message in session.exec(select(OutboxRow).where(OutboxRow.person_id == before.id)).all():
        message.person_id = person.id or 0
        session.add(message)
    _take_over_reports(session, before, person)
    _take_over_conversation(session, before, person)
    before.is_active = False
    session.add(before)
    note(session, before, Fact("merged", {"into": person.id}), actor, now)


def _take_over_reports(session: Session, before: Person, person: Person) -> None:
    """Somebody who had a part in one case under both names keeps the greater part; no token is lost."""
    own = {row.case: row for row in session.exec(select(SealedRow).where(SealedRow.person_id == person.id)).all()}
    for row in session.exec(select(SealedRow).where(SealedRow.person_id == before.id)).all():
        known = own.get(row.case)
        if known is None:
            row.person_id = person.id or 0
            session.add(row)
        elif known.is_follower and not row.is_follower:
            _exchange(session, row, known)
    session.flush()


def _exchange(session: Session, reporter: SealedRow, follower: SealedRow) -> None:
    """Let two parts in one case change hands, though nobody may have two at any moment."""
    person, before = follower.person_id, reporter.person_id
    left = SealedRow(token=follower.token, person_id=before, case=follower.case, is_follower=True)
    session.delete(follower)
    session.flush()
    reporter.person_id = person
    session.add(reporter)
    session.flush()
    session.add(left)


def _take_over_conversation(session: Session, before: Person, person: Person) -> None:
    """The conversation that goes on is the one that binds, unless it is empty."""
    query = select(ConversationRow).where(col(ConversationRow.person_id).in_([before.id, person.id])).with_for_update()
    rows = {row.person_id: row for row in session.exec(query).all()}
    own = rows.get(before.id or 0)
    if own is None:
        return
    if own.state != "{}":
        kept = rows.get(person.id or 0) or ConversationRow(person_id=person.id or 0, updated_at=own.updated_at)
        kept.state, kept.updated_at = own.state, own.updated_at
        session.add(kept)
    session.delete(own)
    session.flush()
