"""What the desk looks up about due items (履职事项): by place, due now, told lately; which exist already."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, and_, col, false, or_, select

from assistant.drills import DutyItem
from assistant.drills.case import UNDONE
from assistant.drills.items import Key
from assistant.errors import UnknownCase
from assistant.obligations import Obligation, ObligationState
from assistant.people import Place, PlaceLevel
from assistant.rules import covers
from assistant.store.work import EvidenceRow, Work

ITEM = "LZ"


def item(work: Work, number: str) -> DutyItem:
    """Return an item, locked; raises UnknownCase."""
    found = work.session.exec(select(DutyItem).where(DutyItem.number == number).with_for_update()).first()
    if found is None:
        raise UnknownCase(number=number)
    return found


def within(session: Session, regions: Iterable[str]) -> list[DutyItem]:
    """Return the items of some places and of all below them, the first due first."""
    wanted = [
        or_(region == "", DutyItem.region == region, col(DutyItem.region).startswith(f"{region}/"))
        for region in regions
    ]
    query = select(DutyItem).where(or_(false(), *wanted))
    return list(session.exec(query.order_by(col(DutyItem.due_on), col(DutyItem.number))).all())


def told_by(session: Session, person_id: int, since: datetime) -> DutyItem | None:
    """Return what somebody told last of as done, locked, if after a moment."""
    query = select(DutyItem).where(DutyItem.done_by == person_id, col(DutyItem.done_at) >= since)
    return session.exec(query.order_by(col(DutyItem.done_at).desc()).with_for_update()).first()


def timed(session: Session, now: datetime) -> list[DutyItem]:
    """Return the items of which a moment has come, locked, the first due first."""
    is_due = or_(col(DutyItem.remind_at) <= now, col(DutyItem.climb_at) <= now)
    query = select(DutyItem).where(and_(col(DutyItem.state).in_(UNDONE), is_due))
    return list(session.exec(query.order_by(col(DutyItem.due_on), col(DutyItem.number)).with_for_update()).all())


def keys(session: Session) -> set[Key]:
    """Return what tells the items of obligations apart."""
    query = select(DutyItem.obligation, DutyItem.region, DutyItem.due_on, DutyItem.turn)
    rows = session.exec(query.where(DutyItem.obligation != "")).all()
    return {(number, region, due_on, turn) for number, region, due_on, turn in rows}


def confirmed(session: Session) -> list[Obligation]:
    """Return every confirmed obligation."""
    query = select(Obligation).where(Obligation.state == ObligationState.CONFIRMED.value)
    return list(session.exec(query.order_by(col(Obligation.number))).all())


def villages(session: Session, region: str = "") -> list[str]:
    """Return the villages at or below a place, as the list of places has them."""
    query = select(Place.path).where(Place.level == PlaceLevel.VILLAGE.value).order_by(col(Place.path))
    return [path for path in session.exec(query).all() if covers(region, path)]


def evidence(session: Session, number: str) -> list[EvidenceRow]:
    """Return the photos and files of an item, in the order in which they came."""
    query = select(EvidenceRow).where(EvidenceRow.case == number).order_by(col(EvidenceRow.id))
    return list(session.exec(query).all())
