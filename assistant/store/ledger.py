"""What the ledger (台账) holds, for those who read it: cases by place, state and time, and the events that stand out in each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import func
from sqlmodel import Session, col, select

from assistant.events import Event
from assistant.hazards import Hazard
from assistant.incidents import Incident
from assistant.people import Person
from assistant.rules import covers
from assistant.store.work import EvidenceRow, SealedRow
from assistant.warnings import Call, RelayedWarning

CaseT = TypeVar("CaseT", Hazard, Incident)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which cases; whatever is empty chooses all."""

    region: str = ""
    """Path of the place, with all below it."""
    states: frozenset[str] = frozenset()
    since: datetime | None = None
    until: datetime | None = None
    """Registered from `since` to before `until`."""
    categories: frozenset[str] = frozenset()
    numbers: tuple[str, ...] = ()


def hazards(session: Session, chosen: Chosen) -> list[Hazard]:
    """Return the chosen hazards, the oldest first."""
    return _cases(session, Hazard, chosen)


def incidents(session: Session, chosen: Chosen) -> list[Incident]:
    """Return the chosen incidents, the oldest first."""
    return _cases(session, Incident, chosen)


def _cases(session: Session, entity: type[CaseT], chosen: Chosen) -> list[CaseT]:
    query = select(entity).order_by(col(entity.registered_at), col(entity.number))
    if chosen.states:
        query = query.where(col(entity.state).in_(chosen.states))
    if chosen.since is not None:
        query = query.where(col(entity.registered_at) >= chosen.since)
    if chosen.until is not None:
        query = query.where(col(entity.registered_at) < chosen.until)
    if chosen.categories:
        query = query.where(col(entity.category).in_(chosen.categories))
    if chosen.numbers:
        query = query.where(col(entity.number).in_(chosen.numbers))
    return [case for case in session.exec(query).all() if covers(chosen.region, case.region)]


def calls(session: Session, chosen: Chosen) -> list[tuple[RelayedWarning, list[Call]]]:
    """Return the chosen warnings, the oldest first, each with the calls to its people."""
    made: dict[str, list[Call]] = defaultdict(list)
    for call in session.exec(select(Call).order_by(col(Call.number))).all():
        if not chosen.states or call.state in chosen.states:
            made[call.warning].append(call)
    query = select(RelayedWarning).order_by(col(RelayedWarning.issued_at), col(RelayedWarning.number))
    if chosen.since is not None:
        query = query.where(col(RelayedWarning.issued_at) >= chosen.since)
    return [(one, made[one.number]) for one in session.exec(query).all() if covers(chosen.region, one.region)]


def marked(session: Session, numbers: Iterable[str], kinds: Iterable[str]) -> dict[str, dict[str, Event]]:
    """Return by case and kind the last event of that kind."""
    wanted = set(numbers)
    query = select(Event).where(col(Event.kind).in_(list(kinds))).order_by(col(Event.id))
    found: dict[str, dict[str, Event]] = {number: {} for number in wanted}
    for event in session.exec(query).all():
        if event.stream in wanted:
            found[event.stream][event.kind] = event
    return found


def of_kinds(session: Session, numbers: Iterable[str], kinds: Iterable[str]) -> dict[str, list[Event]]:
    """Return by case its events of some kinds, in order."""
    found: dict[str, list[Event]] = {number: [] for number in numbers}
    query = select(Event).where(col(Event.kind).in_(list(kinds))).order_by(col(Event.id))
    for event in session.exec(query).all():
        if event.stream in found:
            found[event.stream].append(event)
    return found


def touched(session: Session) -> dict[str, datetime]:
    """Return by case when something last happened to it."""
    rows = session.exec(select(Event.stream, func.max(Event.at)).group_by(Event.stream)).all()
    return dict(rows)


def changes(session: Session, kinds: Iterable[str], since: datetime, until: datetime, limit: int) -> list[Event]:
    """Return the first events of some kinds from `since` to before `until`, the oldest first."""
    query = select(Event).where(col(Event.kind).in_(list(kinds)), col(Event.at) >= since, col(Event.at) < until)
    return list(session.exec(query.order_by(col(Event.id)).limit(limit)).all())


def names(session: Session) -> dict[int, str]:
    """Return everybody's name by id; for showing who works on a case, never who reported it."""
    return {person.id or 0: person.name for person in session.exec(select(Person)).all()}


def reporter_names(session: Session) -> defaultdict[str, list[str]]:
    """Return by case the names of those who reported it: to be taken out of what is shown, for nothing else."""
    known = names(session)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in session.exec(select(SealedRow)).all():
        if len(known.get(row.person_id, "")) > 1:
            found[row.case].append(known[row.person_id])
    return found


def shown_evidence(session: Session, number: str) -> list[EvidenceRow]:
    """Return the pictures and voice messages of a case, the oldest first."""
    query = select(EvidenceRow).where(EvidenceRow.case == number).order_by(col(EvidenceRow.id))
    return list(session.exec(query).all())
