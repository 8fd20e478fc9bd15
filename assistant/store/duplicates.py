"""What the duplicate proposal looks up: cases of the same area, and who came to a case with which other."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, or_, select

from assistant.hazards import Hazard, HazardState
from assistant.hazards.steps import LIVE
from assistant.store.work import EvidenceRow, SealedRow

MOST = 400
"""Open cases of one township that are looked at, the newest first."""


def around(session: Session, area: str, closed_after: datetime) -> list[Hazard]:
    """Return the cases of an area that are open, or were closed after a moment; the newest first."""
    ended = [HazardState.CLOSED.value, HazardState.CALLED_BACK.value]
    query = (
        select(Hazard)
        .where(
            or_(
                col(Hazard.state).in_(LIVE),
                col(Hazard.state).in_(ended) & (col(Hazard.closed_at) >= closed_after),
            )
        )
        .order_by(col(Hazard.registered_at).desc())
    )
    if area:
        query = query.where(or_(col(Hazard.region) == area, col(Hazard.region).startswith(f"{area}/", autoescape=True)))
    return list(session.exec(query.limit(MOST)).all())


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
