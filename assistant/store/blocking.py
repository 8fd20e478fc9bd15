"""Blocked senders (屏蔽): whose messages are not attended to, since when and by whom; why stands apart, sealed.

Each block and each end of one is an event of the person, without the reason: events are never erased.
"""

from datetime import datetime

from sqlmodel import Field, Session, SQLModel, col, select

from assistant.errors import MissingReason, NotAllowed, NotBlocked
from assistant.events import Actor, Fact
from assistant.people import Identity, Person, Role
from assistant.permissions import PeopleAction, may
from assistant.store.people import note
from assistant.store.work import Work

OPENED = "block_opened"


class BlockRow(SQLModel, table=True):
    """One person who is blocked, on all channels."""

    __tablename__ = "block"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    since: datetime
    by: str = Field(max_length=64)
    reason: str
    told_at: datetime | None = None
    """When the person was last told; not at every message."""


def block(work: Work, person: Person, reason: str, actor: Actor) -> None:
    """Block a person from now on, or give another reason; raises MissingReason."""
    if not reason.strip():
        raise MissingReason(number=person.name, action="block")
    row = of(work.session, person) or BlockRow(person_id=person.id or 0, since=work.now, by="", reason="")
    row.by, row.reason = actor.name, reason.strip()
    work.session.add(row)
    note(work.session, person, Fact("blocked", {}), actor, work.now)


def unblock(work: Work, person: Person, actor: Actor) -> None:
    """Hear a person again; raises NotBlocked."""
    row = of(work.session, person)
    if row is None:
        raise NotBlocked(name=person.name)
    work.session.delete(row)
    note(work.session, person, Fact("unblocked", {}), actor, work.now)


def of(session: Session, person: Person) -> BlockRow | None:
    """Return the block of a person, None where nobody has blocked them."""
    return session.get(BlockRow, person.id or 0)


def listed(session: Session) -> list[tuple[Person, BlockRow, list[Identity]]]:
    """Return who is blocked, with their accounts, the latest first."""
    query = select(Person, BlockRow).join(BlockRow, col(BlockRow.person_id) == Person.id)
    found = session.exec(query.order_by(col(BlockRow.since).desc(), col(Person.id))).all()
    accounts = select(Identity).where(col(Identity.person_id).in_([person.id for person, _ in found]))
    known = session.exec(accounts.order_by(col(Identity.channel), col(Identity.sender))).all()
    return [(person, row, [one for one in known if one.person_id == person.id]) for person, row in found]


def open_reasons(work: Work, opener: Person, channel: str) -> dict[int, str]:
    """Return why each person is blocked, by person; each opening is an event of theirs.

    Raises: NotAllowed; then nothing is opened.
    """
    blocked = listed(work.session)
    if not all(may(work.grants(opener), PeopleAction.OPEN_SEALED, person.region) for person, _, _ in blocked):
        raise NotAllowed(action=OPENED, role=Role.CUSTODIAN.value)
    for person, _, _ in blocked:
        note(work.session, person, Fact(OPENED, {}), Actor(f"person/{opener.id}", channel), work.now)
    return {row.person_id: row.reason for _, row, _ in blocked}
