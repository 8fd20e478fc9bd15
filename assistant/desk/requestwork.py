"""Service requests of other systems (Open311): they become reports like any other, and the same one filed twice is one."""

import hashlib
from dataclasses import dataclass
from typing import Protocol

from assistant.desk import duplicatework, hazardwork, incidentwork
from assistant.dialogue.report import Report
from assistant.hazards.moments import day
from assistant.people import Person
from assistant.ports import Incoming, Location, Outgoing
from assistant.rules import Rules, covers
from assistant.store import Work
from assistant.store.placetree import whereabouts
from assistant.store.work import INCIDENT
from assistant.triage import Intent, Reading

CHANNEL = "open311"
ROUTINE = "routine"


@dataclass(frozen=True, slots=True)
class ServiceRequest:
    """What another system files for somebody."""

    category: str
    text: str
    place: str = ""
    location: Location | None = None
    casualties: bool | None = None
    name: str = ""
    phone: str = ""
    sender: str = ""
    """The other system's identity of the person (mail address, account, device); kept as a digest."""

    def key(self, day: str) -> str:
        """Return what the same request of the same day has in common: a client that got no answer files it again."""
        point = f"{self.location.lat},{self.location.lon}" if self.location else ""
        fields = (day, self.category, self.text, self.place, point, self.name, self.phone, self.sender)
        return _digest(*fields)


class Filed(Protocol):
    """What was filed: a hazard or an incident."""

    number: str


def submit(work: Work, request: ServiceRequest, reading: Reading, region: str, rules: Rules) -> str:
    """File a request as a hazard, or as an incident where people are in danger; return its number.

    Raises: UnknownRule.
    """
    key = request.key(work.now.date().isoformat())
    sender = _digest(request.sender) if request.sender else key
    incoming = Incoming(CHANNEL, key, sender, request.text, work.now, location=request.location)
    row = work.entry(incoming)
    if row.is_done:
        return work.replies(row)[0].text
    person = _person(work, sender, region, request.name, request.phone)
    report = _report(request, reading, _region(work, request, region, rules))
    filed: Filed
    if reading.intent is Intent.INCIDENT or request.casualties:
        filed = incidentwork.raise_incident(work, person, report, rules)
    else:
        filed = hazard = hazardwork.register(work, person, report, rules)
        main = duplicatework.likely(work, hazard, rules)
        if main is not None:  # nobody can be asked: the staff decide
            duplicatework.propose(work, hazard, main)
    work.finish(row, (Outgoing(CHANNEL, sender, filed.number),))
    return filed.number


@dataclass(frozen=True, slots=True)
class RequestUpdate:
    """What another system adds to a case."""

    number: str
    text: str
    id: str = ""
    """The other system's number of the update, if it has one."""
    sender: str = ""
    name: str = ""


def update(work: Work, told: RequestUpdate, rules: Rules) -> str:
    """Add words to a case; return the id of the update. The same one sent twice is one.

    Raises: UnknownCase, WrongState.
    """
    key = _digest("update", told.number, told.id or told.text, told.sender)
    sender = _digest(told.sender) if told.sender else key
    row = work.entry(Incoming(CHANNEL, key, sender, told.text, work.now))
    if row.is_done:
        return work.replies(row)[0].text
    person = _person(work, sender, "", told.name, "")
    if told.number.startswith(INCIDENT):
        event = incidentwork.update(work, work.incident(told.number), person, rules=rules, text=told.text)
    else:
        hazard = work.hazard(told.number)
        work.seal(person, hazard.number, is_follower=True)
        event = hazardwork.supplement(work, hazard, person, told.text)
    named = f"{event.stream}-{event.sequence}"
    work.finish(row, (Outgoing(CHANNEL, sender, named),))
    return named


def _region(work: Work, request: ServiceRequest, region: str, rules: Rules) -> str:
    """Return the most precise place in charge: what point and words name within the jurisdiction, else the jurisdiction."""
    within = rules.find("place.nearest", region, day(work.now)).value
    found = whereabouts(work.session, f"{request.place} {request.text}", request.location, region, within)
    return found if covers(region, found) else region


def _report(request: ServiceRequest, reading: Reading, region: str) -> Report:
    return Report(
        text=request.text,
        category=request.category,
        urgency=reading.urgency.value if reading.urgency else ROUTINE,
        region=region,
        place=request.place or reading.place or "",
        casualties=request.casualties if request.casualties is not None else reading.casualties,
        location=request.location,
        danger=reading.danger.value if reading.danger else "",
    )


def _person(work: Work, sender: str, region: str, name: str, phone: str) -> Person:
    person = work.person(CHANNEL, sender, region)
    person.name = person.name or name
    person.phone = person.phone or phone
    work.session.add(person)
    return person


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()
