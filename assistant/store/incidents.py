"""Incidents in the store: which are open, who was told of them, who can be told."""

from datetime import datetime

from sqlmodel import Session, col, select

from assistant.dialogue.report import Report
from assistant.events import utc
from assistant.incidents import Incident, IncidentState
from assistant.people import PlaceLevel
from assistant.people.tree import up_to
from assistant.rules import covers
from assistant.store.outbox import Delivery, OutboxRow

OVER = (IncidentState.FINAL.value, IncidentState.WITHDRAWN.value)
SHARED = 2
"""Neighbouring characters that two words for one place have in common at least."""
LOST = frozenset({Delivery.FAILED.value, Delivery.UNDELIVERABLE.value, Delivery.TOO_LATE.value})


def open_incidents(session: Session) -> list[Incident]:
    """Return incidents without a final report, the oldest first."""
    going_on = [state.value for state in IncidentState if state.value not in OVER]
    query = select(Incident).where(col(Incident.state).in_(going_on)).order_by(col(Incident.number))
    return list(session.exec(query).all())


def unattended(session: Session) -> list[str]:
    """Return the numbers of the incidents of which nobody could be told."""
    query = select(Incident.number).where(Incident.state == IncidentState.KNOWN.value).order_by(col(Incident.number))
    return list(session.exec(query).all())


def is_lost(session: Session, key: str) -> bool:
    """Say whether none of the messages of one event (`number/sequence/what`) can arrive any more."""
    case = key.partition("/")[0]  # looked up by its index; the beginning of a key is not
    query = select(OutboxRow.state).where(OutboxRow.subject == case, col(OutboxRow.key).startswith(f"{key}/"))
    states = list(session.exec(query).all())
    return bool(states) and all(state in LOST for state in states)


def same_incident(session: Session, report: Report, since: datetime) -> Incident | None:
    """Return an open incident, known since a moment, of which somebody else tells again: same class, place and township."""
    township = up_to(report.region, PlaceLevel.TOWNSHIP)
    for incident in open_incidents(session):
        is_recent = incident.registered_at is not None and utc(incident.registered_at) >= utc(since)
        if is_recent and covers(township, incident.region) and incident.category == report.category:
            shared = sum(report.place[i : i + 2] in incident.place for i in range(len(report.place) - 1))
            if shared >= SHARED:
                return incident
    return None
