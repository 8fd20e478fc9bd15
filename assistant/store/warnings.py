"""What the desk looks up about warnings: who has been called, who owes an answer, which are going on."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import and_, or_, update
from sqlmodel import Session, col, select

from assistant.errors import UnknownCase
from assistant.events import Event
from assistant.people import Grant, Identity, Person
from assistant.ports import Outgoing
from assistant.rules import covers
from assistant.store.outbox import Delivery, Lane, OutboxRow, as_payload, put
from assistant.store.work import Work
from assistant.warnings import OPEN, Call, CallState, RelayedWarning, Step, WarningState, steps_of
from assistant.warnings.climbing import own_step

WARNING = "YJ"
ValueT = TypeVar("ValueT", int, str)
AT_ONCE = 500
"""Values in one query."""
LOST = (Delivery.FAILED.value, Delivery.UNDELIVERABLE.value, Delivery.TOO_LATE.value)


def warning(work: Work, number: str) -> RelayedWarning:
    """Return a warning, locked; raises UnknownCase."""
    return work.case(RelayedWarning, number)


def calls_of(session: Session, number: str) -> list[Call]:
    """Return the calls of a warning, locked, in the order of calling."""
    rows = session.exec(select(Call).where(Call.warning == number).with_for_update()).all()
    return sorted(rows, key=_in_order)


def call_to(session: Session, number: str, person: int) -> Call | None:
    """Return the call of a warning to a person, locked; nobody has two."""
    query = select(Call).where(Call.warning == number, Call.person == person)
    return session.exec(query.with_for_update()).first()


def calls_to(session: Session, number: str, people: Collection[int]) -> dict[int, Call]:
    """Return the calls of a warning to some people, by person, locked."""
    query = select(Call).where(Call.warning == number, col(Call.person).in_(people))
    return {made.person: made for made in session.exec(query.with_for_update()).all()}


def call(session: Session, number: str) -> Call:
    """Return a call, locked; raises UnknownCase."""
    found = session.exec(select(Call).where(Call.number == number).with_for_update()).first()
    if found is None:
        raise UnknownCase(number=number)
    return found


def open_calls(session: Session, person: Person) -> list[Call]:
    """Return the calls that a person still owes something, locked, the oldest first."""
    query = select(Call).where(Call.person == person.id, col(Call.state).in_(OPEN)).order_by(Call.number)
    return list(session.exec(query.with_for_update()).all())


def last_rehearsed(session: Session, person: Person) -> Call | None:
    """Return the last call of an exercise to a person, over or not, locked."""
    query = select(Call).join(RelayedWarning, col(RelayedWarning.number) == col(Call.warning))
    query = query.where(Call.person == person.id, col(RelayedWarning.is_exercise).is_(True))
    return session.exec(query.order_by(col(Call.number).desc()).with_for_update()).first()


def acted_calls(session: Session, person: Person) -> list[Call]:
    """Return the calls on which a person has done everything, locked, the newest first."""
    query = select(Call).where(Call.person == person.id, Call.state == CallState.ACTED.value)
    return list(session.exec(query.order_by(col(Call.number).desc()).with_for_update()).all())


def live(session: Session) -> list[RelayedWarning]:
    """Return the warnings that hold as far as their events say, locked, the oldest first."""
    query = select(RelayedWarning).where(RelayedWarning.state == WarningState.LIVE.value)
    return list(session.exec(query.order_by(RelayedWarning.number).with_for_update()).all())


def meet(some: Iterable[str], others: Iterable[str]) -> bool:
    """Say whether places lie within each other."""
    listed = list(others)
    return any(covers(one, other) or covers(other, one) for one in some for other in listed)


def rehearsals(session: Session) -> list[RelayedWarning]:
    """Return all exercises, the newest first."""
    query = select(RelayedWarning).where(col(RelayedWarning.is_exercise).is_(True))
    return list(session.exec(query.order_by(col(RelayedWarning.issued_at).desc(), col(RelayedWarning.number).desc())))


def by_number(session: Session, numbers: Sequence[str]) -> list[Call]:
    """Return calls, locked, in the order of calling."""
    rows = session.exec(select(Call).where(col(Call.number).in_(numbers)).with_for_update()).all()
    return sorted(rows, key=_in_order)


def called(session: Session, number: str) -> list[tuple[str, int]]:
    """Return numbers and persons of all calls of a warning, in the order of being called."""
    query = select(Call.number, Call.person).join(Event, (col(Event.stream) == Call.number) & (Event.sequence == 1))
    return list(session.exec(query.where(Call.warning == number).order_by(col(Event.id))).all())


def due_calls(session: Session, now: datetime, most: int) -> list[Call]:
    """Return calls of which time demands something now, `most` of the longest due, locked, in the order of calling.

    Every one of them moves on when it is taken; a warning that is over is followed no more.
    """
    pending = col(Call.state) == CallState.PENDING.value
    bare = and_(pending, col(Call.plan) == "", col(Call.due_at) < now)
    step = and_(pending, col(Call.next_at) < now)
    stalled = and_(col(Call.state) == CallState.ANSWERED.value, col(Call.acted_due_at) < now)
    due = or_(bare, step, stalled, col(Call.number).in_(_undelivered(session)[:most]))
    holds = select(RelayedWarning.number).where(RelayedWarning.state == WarningState.LIVE.value)
    query = select(Call).where(due, col(Call.warning).in_(holds)).order_by(col(Call.due_at), Call.number)
    return sorted(session.exec(query.limit(most).with_for_update()).all(), key=_in_order)


def _undelivered(session: Session) -> list[str]:
    """Return the calls whose message of the step that is being tried has been given up, or was too late.

    Left out: whose last channel has failed, but an earlier one has not. Such a person has the whole time for an answer.
    """
    lost = select(Call.number, Call.step, Call.plan, OutboxRow.key)
    lost = lost.join(OutboxRow, col(OutboxRow.subject) == Call.number).order_by(col(OutboxRow.id))
    lost = lost.where(Call.state == CallState.PENDING.value, col(OutboxRow.state).in_(LOST))
    rows = session.exec(lost.where(Call.plan != "", col(Call.next_at).is_not(None))).all()
    found = {number: _has_more(steps_of(plan), step) for number, step, plan, key in rows if key == f"{number}/{step}"}
    last = [number for number, has_more in found.items() if not has_more]
    reached: set[str] = set()
    for some in _slices(last):
        handed = (col(OutboxRow.subject).in_(some), col(OutboxRow.handed_over_at).is_not(None))
        reached.update(session.exec(select(OutboxRow.subject).where(*handed)).all())
    return [number for number in found if number not in reached]


def _has_more(steps: list[Step], step: int) -> bool:
    return own_step(steps, steps[step].person, step + 1) is not None


def step_key(made: Call) -> str:
    """Return the idempotency key of the message with which a step tries to reach a person."""
    return f"{made.number}/{made.step}"


def send_step(
    work: Work, made: Call, message: Outgoing, expires_at: datetime | None, *, is_exercise: bool = False
) -> None:
    """Queue the message of the step that is being tried, on its own channel; the same step goes out once.

    is_exercise: it never stands before a real one.
    """
    step = made.steps[made.step]
    lane = Lane.ROUTINE if is_exercise else Lane.URGENT
    row = OutboxRow(
        key=step_key(made),
        person_id=made.person,
        channel=step.channel,
        recipient=step.sender,
        subject=made.number,
        payload=as_payload(message),
        lane=lane.value,
        due_at=work.now,
        queued_at=work.now,
        expires_at=expires_at,
    )
    put(work.session, row)


def drop_unsent(session: Session, made: Call) -> None:
    """Cancel what has not been sent yet of a call to the person called; what others are told of it still goes out."""
    own = (col(OutboxRow.subject) == made.number, col(OutboxRow.person_id) == made.person)
    pending = col(OutboxRow.state) == Delivery.PENDING.value
    session.exec(update(OutboxRow).where(*own, pending).values(state=Delivery.SUPERSEDED.value))


def accounts(session: Session, people: Iterable[int]) -> dict[int, list[tuple[str, str]]]:
    """Return the accounts of persons as (channel, sender), where each was seen last first."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for ids in _slices(list(people)):
        theirs = (col(Identity.person_id).in_(ids), col(Identity.lost_at).is_(None))
        query = select(Identity.person_id, Identity.channel, Identity.sender).where(*theirs)
        for person, channel, sender in session.exec(query.order_by(col(Identity.last_seen_at).desc())).all():
            found[person].append((channel, sender))
    return found


def sent(session: Session, numbers: Sequence[str]) -> dict[str, list[OutboxRow]]:
    """Return by call the messages that were queued for it, in order: the proof of delivery."""
    found: dict[str, list[OutboxRow]] = defaultdict(list)
    for some in _slices(numbers):
        query = select(OutboxRow).where(col(OutboxRow.subject).in_(some)).order_by(col(OutboxRow.id))
        for row in session.exec(query).all():
            found[row.subject].append(row)
    return found


def handed_to(session: Session, number: str) -> list[Call]:
    """Return the calls that were handed on to one, locked, the oldest first."""
    query = select(Call).where(Call.passed_to == number).order_by(Call.number)
    return list(session.exec(query.with_for_update()).all())


def _slices(values: Sequence[ValueT]) -> Iterator[Sequence[ValueT]]:
    for at in range(0, len(values), AT_ONCE):
        yield values[at : at + AT_ONCE]


def _in_order(made: Call) -> tuple[str, int]:
    warning, _, count = made.number.rpartition("/")
    return warning, int(count)


def warnings_in(session: Session, regions: list[str]) -> list[RelayedWarning]:
    """Return the warnings for some places, what lies below them and what lies above, the newest first."""
    query = select(RelayedWarning).order_by(col(RelayedWarning.issued_at).desc(), col(RelayedWarning.number).desc())
    rows = session.exec(query).all()
    return [one for one in rows if any(covers(region, one.region) or covers(one.region, region) for region in regions)]


def deputies(work: Work, person: Person) -> list[Person]:
    """Return who stands in for a person: the other rank of the same role at the same place."""
    found: dict[int, Person] = {}
    for own in work.grants(person):
        same = select(Grant).where(Grant.role == own.role, Grant.region == own.region, Grant.rank != own.rank)
        for grant in work.session.exec(same.order_by(col(Grant.id))).all():
            one = work.person_by_id(grant.person_id)
            if one.is_active and one.id != person.id and grant in work.grants(one):
                found[one.id or 0] = one
    return list(found.values())


def first_answers(session: Session, numbers: Sequence[str]) -> dict[str, Event]:
    """Return by call its first answer, given or entered by hand."""
    found: dict[str, Event] = {}
    for some in _slices(numbers):
        query = select(Event).where(col(Event.stream).in_(some), col(Event.kind).in_(("answered", "entered")))
        for event in session.exec(query.order_by(col(Event.id))).all():
            found.setdefault(event.stream, event)
    return found


def answers(session: Session, numbers: Sequence[str]) -> dict[str, Event]:
    """Return by call its last answer, given or entered by hand."""
    found: dict[str, Event] = {}
    for some in _slices(numbers):
        query = select(Event).where(col(Event.stream).in_(some), col(Event.kind).in_(("answered", "entered")))
        found.update((event.stream, event) for event in session.exec(query.order_by(col(Event.id))).all())
    return found
