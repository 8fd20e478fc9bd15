"""A duty officer's messages about incidents (值守): each is tied to one open incident, or it is asked which."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.desk.incidentcalls import IN_CHARGE, send, told
from assistant.desk.notices import plain
from assistant.errors import UnknownCase
from assistant.events import Actor, Event, Fact, utc
from assistant.exports.entries import without
from assistant.incidents import Incident, steps
from assistant.incidents.clocks import ACCIDENTS, LOCAL, clocks, grade, happened
from assistant.incidents.orders import Order, Said, read_order
from assistant.people import Grant, Person
from assistant.ports import Incoming, Outgoing
from assistant.rules import Rules, covers
from assistant.store import Work
from assistant.store.hazards import channel_of
from assistant.store.incidents import open_incidents
from assistant.store.ledger import reporter_names
from assistant.wording import incidents as wording
from assistant.wording.incidentclocks import clock_line, clock_lines, next_lines
from assistant.wording.incidentdrafts import counted, draft
from assistant.wording.moments import clock_time

NOTES = {
    Order.ARRIVED: "arrived",
    Order.CALLED: "called",
    Order.HANDLED: "handled",
    Order.COUNTED: "counted",
    Order.MEASURE: "measured",
}
REPORTS = frozenset({Order.PHONED, Order.WROTE, Order.FOLLOWED_UP, Order.FINISHED})
ALL = re.compile(r"都|全部?|[两三四五]条|[两三四五]件|同一(?:场|件|起|处)")
DRAFT_WITH = re.compile(
    r"(?P<order>(?:给我|帮我|请)*(?:写|起草|拟)(?:一?份|个)?[初续终]报)[，,：: ]+(?P<more>.{4,})", re.DOTALL
)
DRAFTS = {Order.FIRST_DRAFT: "first", Order.NEXT_DRAFT: "next", Order.FINAL_DRAFT: "final"}


@dataclass(frozen=True, slots=True)
class Watch:
    """One phrase of one person on duty, within one unit of work."""

    said: Said
    text: str
    person: Person
    work: Work
    rules: Rules
    channel: str
    """Where it was said."""

    def events(self, incident: Incident) -> list[Event]:
        """Return what has happened so far."""
        return self.work.events(incident.number)

    def append(self, incident: Incident, fact: Fact) -> Event:
        """Record what this person did."""
        return self.work.append(incident, fact, Actor(f"person/{self.person.id}", self.channel))


def attend(text: str, incoming: Incoming, person: Person, work: Work, rules: Rules) -> list[Outgoing] | None:
    """Do what somebody on duty says about an incident; None where the message is not for this part of the desk."""
    said = read_order(text, incoming.at)
    if said is None:
        return None
    watch = Watch(said, text.strip(), person, work, rules, incoming.channel)
    mine = [one for one in open_incidents(work.session) if is_mine(work, person, one)]
    if not mine and not _grants(work, person):
        return None
    if said.number:
        return _named(watch)
    if said.order is Order.LIST:
        return [plain(_open_list(work, mine))]
    if said.order is Order.TAKE:
        mine = [one for one in mine if one.state in steps.WAITING] or [
            one for one in mine if _was_told(work, person, one)
        ]
    if not mine:
        return None
    if len(mine) > 1:
        question, choices = wording.which(watch.text, mine)
        return [plain(question, choices)]
    return _obey(watch, work.incident(mine[0].number))


def _open_list(work: Work, incidents: list[Incident]) -> str:
    """Return the open incidents, each with what was said last."""
    if not incidents:
        return wording.NONE_OPEN
    said = {one.number: [event.fields.get("message", "") for event in work.events(one.number)] for one in incidents}
    last = {number: next(filter(None, reversed(words)), "") for number, words in said.items()}
    lines = "\n".join(wording.line(one, last[one.number]) for one in incidents)
    return wording.OPEN_LIST.format(count=len(incidents), lines=lines)


def draft_with(text: str, incoming: Incoming, person: Person, work: Work, rules: Rules) -> list[Outgoing] | None:
    """Take 起草续报 明火已扑灭 …: what stands behind the order is noted first, then the draft is written."""
    found = DRAFT_WITH.fullmatch(text.strip())
    if found is None:
        return None
    noted = attend(f"进展：{found['more']}", incoming, person, work, rules)
    return None if noted is None else attend(found["order"], incoming, person, work, rules)


def acknowledge(text: str, person: Person, work: Work, rules: Rules) -> list[Outgoing] | None:
    """Take over what waits for this person, in the person's own words (收到，已联系卫生院，我带人过去).

    Where several wait, all that the words speak of: 两条都看到了; else it is asked which.
    """
    waiting = awaiting(work, person)
    if not waiting:
        return None
    if len(waiting) > 1 and ALL.search(text) is None:
        question, choices = wording.which(text.strip(), waiting)
        return [plain(question, choices)]
    watch = Watch(Said(Order.TAKE, "", "", None), text.strip(), person, work, rules, channel_of(work, person))
    return [plain(_take(watch, work.incident(one.number))) for one in waiting]


def act(said: Said, incoming: Incoming, person: Person, work: Work, rules: Rules) -> list[Outgoing]:
    """Do what was chosen on a page for the incident that `said` names, and return what is said to it."""
    return _named(Watch(said, incoming.text.strip(), person, work, rules, incoming.channel))


def awaiting(work: Work, person: Person) -> list[Incident]:
    """Return the incidents that wait for this person's 收到."""
    return [one for one in open_incidents(work.session) if one.state in steps.WAITING and is_mine(work, person, one)]


def in_hand_of(work: Work, person: Person) -> list[Incident]:
    """Return the open incidents that this person has taken over."""
    return [one for one in open_incidents(work.session) if one.acknowledged_by == person.id]


def _named(watch: Watch) -> list[Outgoing]:
    number = watch.said.number
    try:
        incident = watch.work.incident(number)
    except UnknownCase:
        return [plain(wording.UNKNOWN_NUMBER.format(number=number))]
    if not is_mine(watch.work, watch.person, incident):
        return [plain(wording.NOT_YOURS.format(number=number))]
    return _obey(watch, incident)


def _grants(work: Work, person: Person) -> list[Grant]:
    return [grant for grant in work.grants(person) if grant.role in IN_CHARGE]


def is_mine(work: Work, person: Person, incident: Incident) -> bool:
    """Say whether somebody is in charge by role, or was told of it: a person on the roster need not have a role."""
    held = _grants(work, person)
    return any(covers(grant.region, incident.region) for grant in held) or _was_told(work, person, incident)


def _was_told(work: Work, person: Person, incident: Incident) -> bool:
    return any(one.id == person.id for one in told(work, incident))


def _obey(watch: Watch, incident: Incident) -> list[Outgoing]:
    order = watch.said.order
    if order in DRAFTS:
        return [plain(drafted(watch.work, incident, DRAFTS[order], watch.rules))]
    if order is Order.TIME_LEFT:
        return [plain(_clocks(watch, incident))]
    untrue = _untrue_time(watch, incident) if order in REPORTS else ""
    if untrue:
        return [plain(untrue)]
    if steps.is_over(incident) and order is not Order.MEASURE:
        return [plain(wording.IS_OVER.format(number=incident.number, state=wording.STATES[incident.state]))]
    if order is Order.TAKE:
        return [plain(_take(watch, incident))]
    if incident.state in steps.WAITING and order is not Order.FALSE_ALARM:
        _take(watch, incident)
    if order in REPORTS:
        return [plain(_report(watch, incident))]
    special = SPECIAL.get(order)
    return [plain(special(watch, incident) if special else _note(watch, incident))]


def _untrue_time(watch: Watch, incident: Incident) -> str:
    """Return why a time cannot be: it lies ahead, or before anybody knew of the incident; a clock shows no seconds."""
    if watch.said.is_ahead:
        return wording.TIME_AHEAD
    at, known = watch.said.at, incident.registered_at
    if at is None or known is None or at >= utc(known).replace(second=0, microsecond=0):
        return ""
    return wording.TIME_BEFORE.format(number=incident.number, known=clock_time(known, watch.work.now))


def _take(watch: Watch, incident: Incident) -> str:
    was_waiting, by = incident.state in steps.WAITING, incident.acknowledged_by
    if not was_waiting and by == watch.person.id:
        return wording.ALREADY_YOURS.format(number=incident.number)
    event = watch.append(incident, steps.acknowledged(incident, watch.person.id or 0, watch.work.now, watch.text))
    if not was_waiting and by is not None:
        name = watch.work.person_by_id(by).name
        time = clock_time(incident.acknowledged_at, watch.work.now)
        return wording.TAKEN_BY_OTHER.format(number=incident.number, name=name, time=time)
    others = [person for person in told(watch.work, incident) if person.id != watch.person.id]
    send(watch.work, event, "taken", others, wording.OTHERS_TOLD.format(number=incident.number, name=watch.person.name))
    caller = wording.CALLER_TOLD.format(number=incident.number, name=watch.person.name)
    send(watch.work, event, "caller", watch.work.reporters(incident.number), caller)
    time = clock_time(watch.work.now, watch.work.now)
    return wording.TAKEN.format(number=incident.number, time=time, clocks=_next(watch, incident))


def _report(watch: Watch, incident: Incident) -> str:
    said = watch.said
    if said.order is Order.FINISHED and incident.state != "reported":
        return wording.NO_FIRST.format(number=incident.number)
    at = said.at or watch.work.now
    event = watch.append(incident, steps.reported(incident, said.order.value, said.rest, at, watch.text))
    said_so = _recorded(watch, incident, event.kind, said.rest)
    return "\n".join(filter(None, (said_so, _late_or_next(watch, incident, event))))


def _note(watch: Watch, incident: Incident) -> str:
    said, kind = watch.said, NOTES[watch.said.order]
    at = said.at or watch.work.now
    event = watch.append(incident, steps.noted(kind, watch.text, at, what=said.rest, counts=dict(said.counts)))
    if said.counts and kind != "counted":
        watch.append(incident, steps.noted("counted", watch.text, at, what=said.rest, counts=dict(said.counts)))
    reply = _recorded(watch, incident, kind, said.rest)
    if kind != "handled":
        return reply
    caller = wording.CLOSED_CALLER.format(number=incident.number)
    send(watch.work, event, "caller", watch.work.reporters(incident.number), caller)
    is_reported = incident.state == "reported"
    return "\n".join([reply, wording.HANDLED if is_reported else wording.NOT_REPORTED.format(number=incident.number)])


def _recorded(watch: Watch, incident: Incident, kind: str, rest: str) -> str:
    time = clock_time(watch.said.at or watch.work.now, watch.work.now)
    what = wording.RECORDED_AS[kind].format(rest=rest)
    return wording.RECORDED.format(number=incident.number, what=what, time=time)


def _exempt(watch: Watch, incident: Incident) -> str:
    if incident.state == "reported":
        return wording.FINAL_NEEDED.format(number=incident.number)
    if not watch.said.rest:
        return wording.REASON_NEEDED.format(number=incident.number)
    watch.append(incident, steps.exempted(incident, watch.said.rest))
    return wording.EXEMPTED.format(number=incident.number, reason=watch.said.rest)


def _false_alarm(watch: Watch, incident: Incident) -> str:
    if incident.state == "reported":
        return wording.REPORTED_ALREADY.format(number=incident.number)
    reason = watch.said.rest or watch.text
    event = watch.append(incident, steps.withdrawn(incident, reason))
    others = [person for person in told(watch.work, incident) if person.id != watch.person.id]
    text = wording.WITHDRAWN.format(number=incident.number, name=watch.person.name, reason=reason)
    send(watch.work, event, "withdrawn", others, text)
    caller = wording.WITHDRAWN_CALLER.format(number=incident.number)
    send(watch.work, event, "caller", watch.work.reporters(incident.number), caller)
    return text


SPECIAL: dict[Order, Callable[[Watch, Incident], str]] = {Order.EXEMPT: _exempt, Order.FALSE_ALARM: _false_alarm}


def _clocks(watch: Watch, incident: Incident) -> str:
    found = clocks(incident, watch.events(incident), watch.rules, watch.work.now)
    return clock_lines(incident, found, wording.where(incident), watch.work.now)


def _next(watch: Watch, incident: Incident) -> str:
    return next_lines(clocks(incident, watch.events(incident), watch.rules, watch.work.now), watch.work.now)


def _late_or_next(watch: Watch, incident: Incident, event: Event) -> str:
    """Return what this report has done late, then what is due next."""
    now, done_at = watch.work.now, happened(event)
    found = clocks(incident, watch.events(incident), watch.rules, now)
    late = [one for one in found if one.done_at == done_at and one.is_late(now)]
    open_ones = "" if steps.is_over(incident) else next_lines(found, now)
    return "\n".join(filter(None, (*(clock_line(one, now) for one in late), open_ones)))


def drafted(work: Work, incident: Incident, kind: str, rules: Rules) -> str:
    """Return the draft of a report, without the names of those who told of it; kind: first, next or final."""
    events, now = work.events(incident.number), work.now
    counts = counted(events)
    on = now.astimezone(LOCAL).date()
    is_accident = incident.category in ACCIDENTS  # the grades of a natural disaster follow other rules
    known = grade(counts.get("dead"), counts.get("injured"), incident.region, rules, on) if is_accident else ""
    by = incident.acknowledged_by
    names = {f"person/{by}": work.person_by_id(by).name} if by is not None else {}
    written = draft(kind, incident, events, names, known, now)
    return without(written, reporter_names(work.session)[incident.number])
