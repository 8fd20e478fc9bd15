"""Incidents for those who may read them (看突发事件): state, report clocks, who was told and who has answered, drafts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.desk import incidentorders
from assistant.desk.acting import called
from assistant.desk.photos import Photo, photos
from assistant.errors import NotAllowed
from assistant.events import Event, utc
from assistant.exports.entries import without
from assistant.incidents import Incident, steps
from assistant.incidents.clocks import Clock, clocks, happened
from assistant.incidents.orders import Order
from assistant.people import Person
from assistant.permissions import SeeAction, may
from assistant.rules import Rules
from assistant.store import Work, ledger
from assistant.store.incidents import OVER
from assistant.store.ledger import Chosen
from assistant.wording import incidents as wording

ANSWERED = ("acknowledged", "seen")
SAID = ("reason", "message", "what")


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody to whom an incident was passed on."""

    name: str
    at: datetime
    """When first."""
    times: int
    answered_at: datetime | None
    is_in_charge: bool
    is_reachable: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One incident of the list."""

    incident: Incident
    place: str
    clocks: tuple[Clock, ...]
    told: tuple[Told, ...]

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has taken it over."""
        return self.incident.state in steps.WAITING

    @property
    def is_over(self) -> bool:
        """Whether it has had its final report, or was a false alarm."""
        return self.incident.state in OVER


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to an incident."""

    kind: str
    at: datetime
    """When it truly happened."""
    noted_at: datetime
    who: str
    by: str
    """person, reporter, clock or rule."""
    said: str


@dataclass(frozen=True, slots=True)
class View:
    """One incident with all that a person on duty needs."""

    row: Row
    words: str
    steps: tuple[Step, ...]
    drafts: tuple[tuple[str, str], ...]
    """first, next or final → text to copy."""
    acts: tuple[Order, ...]
    """What this person may do now."""
    pictures: tuple[Photo, ...]


def listing(work: Work, person: Person, rules: Rules, *, with_ended: bool = False) -> list[Row]:
    """Return the incidents that somebody may read, the open ones first, of these the newest."""
    found = [one for one in ledger.incidents(work.session, Chosen()) if _may_read(work, person, one)]
    shown = [one for one in found if with_ended or one.state not in OVER]
    shown.sort(key=lambda one: (one.state in OVER, -utc(one.registered_at or work.now).timestamp()))
    return [_row(work, one, work.events(one.number), rules) for one in shown]


def is_reader(work: Work, person: Person) -> bool:
    """Say whether somebody has a role by which incidents are read, or was told of one."""
    grants = work.grants(person)
    by_role = any(may([grant], SeeAction.INCIDENTS, grant.region) for grant in grants)
    return by_role or any(_may_read(work, person, one) for one in ledger.incidents(work.session, Chosen()))


def view(work: Work, person: Person, number: str, rules: Rules) -> View:
    """Return one incident; raises UnknownCase, NotAllowed."""
    incident = work.incident(number)
    if not _may_read(work, person, incident):
        raise NotAllowed(action=SeeAction.INCIDENTS.value, role="staff")
    events = work.events(number)
    reporters = ledger.reporter_names(work.session)[number]
    return View(
        row=_row(work, incident, events, rules),
        words=without(wording.words(incident, incident.text), reporters),
        steps=tuple(_step(work, incident, event, reporters) for event in events),
        drafts=tuple((kind, incidentorders.drafted(work, incident, kind, rules)) for kind in _drafts(incident, events)),
        acts=_acts(incident, person),
        pictures=photos(work, incident, _images(work, number)),
    )


def _images(work: Work, number: str) -> list[str]:
    return [row.digest for row in ledger.shown_evidence(work.session, number) if row.kind == "image"]


def _may_read(work: Work, person: Person, incident: Incident) -> bool:
    """By role and place, or because one was told of it."""
    if may(work.grants(person), SeeAction.INCIDENTS, incident.region, incident.category):
        return True
    return incidentorders.is_mine(work, person, incident)


def _row(work: Work, incident: Incident, events: Sequence[Event], rules: Rules) -> Row:
    place = without(wording.where(incident), ledger.reporter_names(work.session)[incident.number])
    return Row(incident, place, clocks(incident, events, rules, work.now), _told(work, incident, events))


def _told(work: Work, incident: Incident, events: Sequence[Event]) -> tuple[Told, ...]:
    calls = [(event.at, one) for event in events if event.kind == "passed_on" for one in event.fields["told"]]
    answers = {
        int(event.actor.removeprefix("person/")): utc(event.at)
        for event in reversed(events)
        if event.kind in ANSWERED and event.actor.startswith("person/")
    }
    ids = list(dict.fromkeys([one for _, one in calls] + list(answers)))
    return tuple(_one_told(work, incident, one, calls, answers.get(one)) for one in ids)


def _one_told(
    work: Work, incident: Incident, person_id: int, calls: list[tuple[datetime, int]], answered_at: datetime | None
) -> Told:
    person = work.person_by_id(person_id)
    mine = [utc(at) for at, one in calls if one == person_id]
    return Told(
        name=called(work, person),
        at=min(mine, default=answered_at or work.now),
        times=len(mine),
        answered_at=answered_at,
        is_in_charge=incident.acknowledged_by == person_id,
        is_reachable=work.has_channel(person),
    )


def _step(work: Work, incident: Incident, event: Event, reporters: list[str]) -> Step:
    by, _, rest = event.actor.partition("/")
    said = [str(event.fields.get(name) or "") for name in SAID]
    if event.kind == "passed_on":
        said = ["、".join(called(work, work.person_by_id(one)) for one in event.fields["told"])]
    text = wording.words(incident, "；".join(dict.fromkeys(filter(None, said))))
    return Step(
        kind=event.kind,
        at=happened(event),
        noted_at=utc(event.at),
        who=called(work, work.person_by_id(int(rest))) if by == "person" else "",
        by=by,
        said=without(text, reporters),
    )


def _drafts(incident: Incident, events: Sequence[Event]) -> tuple[str, ...]:
    """The first report is drafted until it has been written, the others from the first report on."""
    if incident.state in OVER:
        return ()
    first = () if any(event.kind == "wrote" for event in events) else ("first",)
    return (*first, *(("next", "final") if incident.state == "reported" else ()))


def _acts(incident: Incident, person: Person) -> tuple[Order, ...]:
    """Return what may be done in the order in which it mostly is."""
    if incident.state in OVER:
        return (Order.MEASURE,)
    take = () if incident.acknowledged_by == person.id else (Order.TAKE,)
    reports = (Order.PHONED, Order.WROTE, Order.FOLLOWED_UP)
    notes = (Order.ARRIVED, Order.CALLED, Order.COUNTED, Order.MEASURE)
    if incident.state == "reported":
        return (*take, *notes, *reports, Order.HANDLED, Order.FINISHED)
    ends = (Order.HANDLED, Order.FALSE_ALARM) + ((Order.EXEMPT,) if incident.state not in steps.WAITING else ())
    return (*take, *notes, *reports, *ends)
