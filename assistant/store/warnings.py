"""What the desk looks up about warnings: who has been called, who owes an answer, which are going on."""

from sqlmodel import Session, col, select

from assistant.errors import UnknownCase
from assistant.people import Grant, Person
from assistant.rules import covers
from assistant.store.work import Work
from assistant.warnings import OPEN, Call, CallState, RelayedWarning

WARNING = "YJ"


def warning(work: Work, number: str) -> RelayedWarning:
    """Return a warning, locked; raises UnknownCase."""
    query = select(RelayedWarning).where(RelayedWarning.number == number).with_for_update()
    found = work.session.exec(query).first()
    if found is None:
        raise UnknownCase(number=number)
    return found


def calls_of(session: Session, number: str) -> list[Call]:
    """Return the calls of a warning, locked, in the order of calling."""
    rows = session.exec(select(Call).where(Call.warning == number).with_for_update()).all()
    return sorted(rows, key=lambda made: int(made.number.rpartition("/")[2]))


def open_calls(session: Session, person: Person) -> list[Call]:
    """Return the calls that a person still owes something, locked, the oldest first."""
    query = select(Call).where(Call.person == person.id, col(Call.state).in_(OPEN)).order_by(Call.number)
    return list(session.exec(query.with_for_update()).all())


def acted_calls(session: Session, person: Person) -> list[Call]:
    """Return the calls on which a person has done everything, locked, the newest first."""
    query = select(Call).where(Call.person == person.id, Call.state == CallState.ACTED.value)
    return list(session.exec(query.order_by(col(Call.number).desc()).with_for_update()).all())


def all_open(session: Session) -> list[Call]:
    """Return every open call, locked, the oldest first."""
    query = select(Call).where(col(Call.state).in_(OPEN)).order_by(Call.number)
    return list(session.exec(query.with_for_update()).all())


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
