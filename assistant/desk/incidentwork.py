"""Incidents on their way through the desk: raise, add to, retract; nothing that a caller says is dropped."""

from typing import Any, TypedDict, Unpack

from assistant.desk.incidentcalls import in_hand, pass_on, send, told
from assistant.desk.incidentdue import due
from assistant.desk.incidentorders import attend, awaiting
from assistant.dialogue.report import Report
from assistant.events import Actor, Event
from assistant.incidents import Incident, steps
from assistant.people import Person
from assistant.ports import Attachment, Location
from assistant.rules import Rules
from assistant.store import Work
from assistant.store.hazards import channel_of
from assistant.store.work import INCIDENT
from assistant.wording import incidents as wording

__all__ = ["attend", "awaiting", "due", "link", "raise_incident", "retract", "told", "update"]


class Said(TypedDict, total=False):
    """What a caller may go on to say."""

    text: str
    place: str
    casualties: bool | None
    location: Location | None
    attachments: tuple[Attachment, ...]
    region: str
    category: str
    """A class that puts right what was said before."""


def raise_incident(work: Work, person: Person, report: Report, rules: Rules) -> Incident:
    """Make an incident of a report and pass it on at once; `told` says to whom, nobody where nobody is known."""
    incident = Incident(number=work.next_number(INCIDENT))
    token = work.seal(person, incident.number)
    event = work.append(incident, steps.known(_said(report, token), work.now), _caller(work, person, token))
    work.keep_evidence(event, report.attachments)
    pass_on(work, incident, rules)
    return incident


def update(work: Work, incident: Incident, person: Person, *, rules: Rules, **said: Unpack[Said]) -> Event:
    """Add what a caller goes on to say; whoever has the incident in hand hears of it at once.

    What is empty says nothing new. An incident that turns out to lie elsewhere is passed on there as well.
    """
    text, attachments, location = said.get("text", ""), said.get("attachments", ()), said.get("location")
    changes: dict[str, Any] = {name: said.get(name) for name in ("place", "casualties", "region", "category")}
    changes = {name: value for name, value in changes.items() if value not in ("", None)}
    if location is not None:
        changes |= {"lat": location.lat, "lon": location.lon}
    token = work.seal(person, incident.number, is_follower=True)
    event = work.append(
        incident, steps.updated(incident, text, changes, len(attachments)), _caller(work, person, token)
    )
    work.keep_evidence(event, attachments)
    if "region" in event.fields["set"] and not steps.is_over(incident):
        pass_on(work, incident, rules)
    else:
        send(work, event, "news", in_hand(work, incident), wording.news(incident, event))
    return event


def link(work: Work, incident: Incident, hazard: str, person: Person) -> Event:
    """Say from which hazard an incident came."""
    token = work.seal(person, incident.number, is_follower=True)
    return work.append(incident, steps.linked(incident, hazard), _caller(work, person, token))


def retract(work: Work, incident: Incident, person: Person, message: str) -> Event:
    """Take a caller's word that it was a false alarm; the incident stays open until a person on duty confirms it."""
    token = work.seal(person, incident.number, is_follower=True)
    event = work.append(incident, steps.retracted(message), _caller(work, person, token))
    send(work, event, "retracted", in_hand(work, incident), wording.retracted(incident, message))
    return event


def _caller(work: Work, person: Person, token: str) -> Actor:
    return Actor(f"reporter/{token}", channel_of(work, person))


def _said(report: Report, token: str) -> dict[str, Any]:
    at = report.location
    return {
        "category": report.category,
        "urgency": report.urgency,
        "danger": report.danger,
        "region": report.region,
        "place": report.place,
        "lat": at.lat if at else None,
        "lon": at.lon if at else None,
        "text": report.text,
        "casualties": report.casualties,
        "is_anonymous": report.is_anonymous,
        "wishes": report.wishes,
        "hazard": report.hazard,
        "reporter": token,
    }
