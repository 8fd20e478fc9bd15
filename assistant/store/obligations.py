"""What the desk looks up about obligations (职责): of a document, waiting, confirmed for a place."""

from datetime import date

from sqlmodel import Session, col, select

from assistant.errors import UnknownCase
from assistant.obligations import Obligation, ObligationState
from assistant.rules import covers
from assistant.store.work import Work

OBLIGATION = "ZZ"


def obligation(work: Work, number: str) -> Obligation:
    """Return an obligation, locked; raises UnknownCase."""
    found = work.session.exec(select(Obligation).where(Obligation.number == number).with_for_update()).first()
    if found is None:
        raise UnknownCase(number=number)
    return found


def of_document(session: Session, document_id: str) -> list[Obligation]:
    """Return every obligation that was ever found in a document, locked, in the order of the text."""
    query = select(Obligation).where(Obligation.document == document_id).order_by(col(Obligation.start))
    return list(session.exec(query.with_for_update()).all())


def documents(session: Session) -> set[str]:
    """Return the documents in which obligations were found."""
    return set(session.exec(select(Obligation.document).distinct()).all())


def applying(session: Session, region: str, *, state: str = "") -> list[Obligation]:
    """Return the obligations of the documents that hold at a place or below it, by document, in the order of the text."""
    query = select(Obligation).order_by(col(Obligation.document), col(Obligation.start))
    if state:
        query = query.where(Obligation.state == state)
    rows = session.exec(query).all()
    return [one for one in rows if covers(one.region, region) or covers(region, one.region)]


def confirmed(session: Session, region: str, on: date) -> list[Obligation]:
    """Return what has been confirmed for a place, or for one above it, and is in force on a day."""
    rows = applying(session, region, state=ObligationState.CONFIRMED.value)
    return [one for one in rows if one.holds_for(region, on.isoformat())]
