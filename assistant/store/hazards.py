"""What the desk looks up about hazards: who reported them, who is near, which are open, how they are routed."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, and_, col, false, or_, select

from assistant.hazards import Hazard, HazardState, Route
from assistant.hazards.moments import utc
from assistant.hazards.route import nearest
from assistant.hazards.steps import LIVE
from assistant.people import Person, Role
from assistant.rules import covers
from assistant.store.outbox import OutboxRow
from assistant.store.work import EvidenceRow, SealedRow, Work


def route(session: Session, region: str, category: str) -> Route | None:
    """Return the route of a hazard, the nearest place first."""
    return nearest(session.exec(select(Route)).all(), region, category)


def live_due(session: Session, now: datetime) -> list[Hazard]:
    """Return the open cases of which a time has come, or to which departments were called, locked; the oldest first."""
    is_newly_overdue = and_(col(Hazard.due_at) <= now, col(Hazard.is_overdue).is_(False))
    is_to_climb = and_(col(Hazard.climb_at) <= now, col(Hazard.is_overdue))
    is_due = or_(Hazard.called != "", col(Hazard.remind_at) <= now, is_newly_overdue, is_to_climb)
    query = select(Hazard).where(col(Hazard.state).in_(LIVE), is_due)
    return list(session.exec(query.order_by(col(Hazard.registered_at), col(Hazard.number)).with_for_update()).all())


def unanswered(session: Session, before: datetime) -> list[Hazard]:
    """Return the cases closed before a moment whose reporter has not answered, locked."""
    query = select(Hazard).where(Hazard.state == HazardState.CLOSED.value, col(Hazard.closed_at) <= before)
    return list(session.exec(query.order_by(col(Hazard.number)).with_for_update()).all())


def within(session: Session, regions: Iterable[str]) -> list[Hazard]:
    """Return all cases of some places and of what lies below them, the oldest first."""
    wanted = [
        or_(region == "", Hazard.region == region, col(Hazard.region).startswith(f"{region}/")) for region in regions
    ]
    query = select(Hazard).where(or_(false(), *wanted)).order_by(col(Hazard.registered_at), col(Hazard.number))
    return list(session.exec(query).all())


def in_charge_of(session: Session, person: Person) -> list[Hazard]:
    """Return the open cases that are in a person's charge, by name or by department, the first due first."""
    of_unit = and_(col(Hazard.owner).is_(None), Hazard.unit == person.unit)
    is_own = or_(Hazard.owner == person.id, of_unit) if person.unit else col(Hazard.owner) == person.id
    query = select(Hazard).where(col(Hazard.state).in_(LIVE), is_own)
    return list(session.exec(query.order_by(col(Hazard.due_at), col(Hazard.number))).all())


def whistled(session: Session) -> list[Hazard]:
    """Return the open cases to which departments were called."""
    query = select(Hazard).where(col(Hazard.state).in_(LIVE), Hazard.called != "").order_by(col(Hazard.number))
    return list(session.exec(query).all())


def locked(session: Session, hazard: Hazard) -> Hazard:
    """Return a case as it stands now, locked until the transaction ends: another process may have changed it."""
    session.refresh(hazard, with_for_update=True)
    return hazard


def people(session: Session) -> list[Person]:
    """Return everybody who is active and has a name, in the order of entry."""
    query = select(Person).where(col(Person.is_active), Person.name != "").order_by(col(Person.id))
    return list(session.exec(query).all())


def members(session: Session, unit: str) -> list[Person]:
    """Return the active people of a department."""
    query = select(Person).where(Person.unit == unit, col(Person.is_active)).order_by(col(Person.id))
    return list(session.exec(query).all()) if unit else []


def nearest_holders(work: Work, role: Role, region: str, category: str = "") -> list[Person]:
    """Return who has a role at the nearest place that has anybody with it; A before B.

    category: class of hazard that the role must include.
    """
    held = [
        grant
        for grant in work.grants_of(role)
        if covers(grant.region, region)
        and (not grant.categories or not category or category in grant.categories.split(","))
    ]
    people = work.people_by_id(grant.person_id for grant in held)
    active = {person.id: person for person in people if person.is_active}
    held = [grant for grant in held if grant.person_id in active]
    depth = max((len(grant.region) for grant in held), default=0)
    found = {g.person_id: active[g.person_id] for g in held if len(g.region) == depth}
    return list(found.values())


def tokens(session: Session, number: str) -> dict[str, int]:
    """Return the tokens of all who reported a case, with the person ids behind them: for telling, never for showing."""
    rows = session.exec(select(SealedRow).where(SealedRow.case == number)).all()
    return {row.token: row.person_id for row in rows}


def reported_by(session: Session, person: Person) -> list[Hazard]:
    """Return the cases that a person reported or follows, the newest first."""
    own = select(SealedRow.case).where(SealedRow.person_id == person.id)
    return list(
        session.exec(select(Hazard).where(col(Hazard.number).in_(own)).order_by(col(Hazard.number).desc())).all()
    )


def channel_of(work: Work, person: Person) -> str:
    """Return the channel on which a person was seen last."""
    account = work.account_of(person)
    return account.channel if account else ""


def pictures(session: Session, number: str) -> int:
    """Return how many pictures and voice messages a case has."""
    return len(session.exec(select(EvidenceRow.id).where(EvidenceRow.case == number)).all())


def told_since(session: Session, person: Person, moment: datetime) -> set[str]:
    """Return the numbers of the cases of which a person was told after a moment."""
    query = select(OutboxRow.subject).where(OutboxRow.person_id == person.id, OutboxRow.due_at > utc(moment))
    return set(session.exec(query).all())
