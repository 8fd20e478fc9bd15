"""Sealed identities (密存身份): who reported a case, opened by the custodian alone, each time with an event on the case."""

from dataclasses import dataclass

from sqlmodel import select

from assistant.errors import MissingReason, NotAllowed
from assistant.events import Actor, Fact
from assistant.hazards import Hazard
from assistant.incidents import Incident
from assistant.people import Identity, Person, Role
from assistant.permissions import PeopleAction, may
from assistant.store.work import INCIDENT, SealedRow, Work

OPENED = "identity_opened"


@dataclass(frozen=True, slots=True)
class Opened:
    """One person behind a case."""

    name: str
    phone: str
    channels: tuple[str, ...]
    is_follower: bool


def open_identities(work: Work, number: str, opener: Person, reason: str, channel: str) -> list[Opened]:
    """Return who reported or follows a case; the opening, with opener and reason, stands in its events from now on.

    Raises: UnknownCase, NotAllowed, MissingReason; nothing is then opened.
    """
    case = case_of(work, number)
    if not may(work.grants(opener), PeopleAction.OPEN_SEALED, case.region):
        raise NotAllowed(number=number, action=OPENED, role=Role.CUSTODIAN.value)
    if not reason.strip():
        raise MissingReason(number=number, action=OPENED)
    rows = work.session.exec(select(SealedRow).where(SealedRow.case == number)).all()
    fact = Fact(OPENED, {"set": {}, "reason": reason.strip(), "tokens": [row.token for row in rows]})
    work.append(case, fact, Actor(f"person/{opener.id}", channel))
    return [_opened(work, row) for row in sorted(rows, key=lambda row: row.is_follower)]


def case_of(work: Work, number: str) -> Hazard | Incident:
    """Return a case by its number, locked; raises UnknownCase."""
    return work.incident(number) if number.startswith(INCIDENT) else work.hazard(number)


def _opened(work: Work, row: SealedRow) -> Opened:
    person = work.person_by_id(row.person_id)
    accounts = work.session.exec(select(Identity).where(Identity.person_id == row.person_id)).all()
    return Opened(person.name, person.phone, tuple(sorted({one.channel for one in accounts})), row.is_follower)
