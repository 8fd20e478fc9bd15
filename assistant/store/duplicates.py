"""What the duplicate proposal looks up: cases of the same area, and who came to a case with which other."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, exists, or_, select

from assistant.hazards import Hazard, HazardState
from assistant.hazards.steps import LIVE
from assistant.people.tree import ancestors
from assistant.store.work import HAZARD, EvidenceRow, SealedRow

ENDED = (HazardState.CLOSED.value, HazardState.CALLED_BACK.value)
TOWNSHIP_DEPTH = 4
"""省/市/县/乡: a report is compared within its township."""
MOST = 100
"""Cases that are looked at, the newest first: a report without a precise place has its whole township for neighbours."""


def around(session: Session, region: str, categories: Collection[str], closed_after: datetime) -> list[Hazard]:
    """Return the cases of some classes that may lie at a place: above, at or below it in the tree; the newest first.

    They are open, or were closed after a moment. Where not even the township is known, only what was registered after
    that moment is a neighbour.
    """
    places = (col(Hazard.region).in_(["", *ancestors(region)] if region else [""]), _below(session, region))
    is_placed = region.count("/") + 1 >= TOWNSHIP_DEPTH
    since = f"{HAZARD}{closed_after:%Y%m%d}" if not is_placed else ""
    wanted = and_(col(Hazard.category).in_(categories), col(Hazard.number) >= since)
    return _newest(session, places, wanted, closed_after)


def pictured(session: Session, area: str, closed_after: datetime) -> list[Hazard]:
    """Return the cases of a whole area that have a picture: the same one shows the same spot, whatever place was named."""
    has_picture = exists().where(col(EvidenceRow.case) == Hazard.number, col(EvidenceRow.kind) == "image")
    return _newest(session, (col(Hazard.region) == area, _below(session, area)), has_picture, closed_after)


def _newest(
    session: Session, places: Sequence[ColumnElement[bool]], wanted: ColumnElement[bool], closed_after: datetime
) -> list[Hazard]:
    is_open, ended = col(Hazard.state).in_(LIVE), col(Hazard.state).in_(ENDED)
    # each alternative by itself, so that each is looked up in an index
    near = [and_(is_open, place) for place in places]
    lately = and_(ended, col(Hazard.closed_at) >= closed_after, or_(*places))
    query = select(Hazard).where(or_(*near, lately), wanted).order_by(col(Hazard.registered_at).desc()).limit(MOST)
    return list(session.exec(query).all())


def _below(session: Session, region: str) -> ColumnElement[bool]:
    """Say that a case lies below a place; SQLite's LIKE would not use the index."""
    path = col(Hazard.region)
    if not region:
        return path != ""
    if session.get_bind().dialect.name == "sqlite":
        return and_(path > f"{region}/", path < f"{region}0")  # 0 comes right behind the stroke
    return path.startswith(f"{region}/", autoescape=True)


def merged_into(session: Session, number: str) -> list[Hazard]:
    """Return the cases that were merged into a case, and those that were merged into these."""
    direct = list(session.exec(select(Hazard).where(Hazard.main == number).order_by(col(Hazard.number))).all())
    return [one for hazard in direct for one in (hazard, *merged_into(session, hazard.number))]


def evidence(session: Session, number: str) -> list[EvidenceRow]:
    """Return the pictures and voice messages of a case, in the order in which they came."""
    return list(session.exec(select(EvidenceRow).where(EvidenceRow.case == number).order_by(col(EvidenceRow.id))).all())


def pictures(session: Session, numbers: Sequence[str]) -> dict[str, list[str]]:
    """Return the digests of the pictures of some cases, by number, in the order in which they came."""
    found: dict[str, list[str]] = {number: [] for number in numbers}
    query = select(EvidenceRow).where(col(EvidenceRow.case).in_(numbers), EvidenceRow.kind == "image")
    for row in session.exec(query.order_by(col(EvidenceRow.id))).all():
        found[row.case].append(row.digest)
    return found


def sealed(session: Session, number: str) -> list[SealedRow]:
    """Return who reported or follows a case."""
    return list(session.exec(select(SealedRow).where(SealedRow.case == number)).all())
