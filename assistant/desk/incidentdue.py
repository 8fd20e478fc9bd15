"""What time demands of incidents: call again and higher, remind of reports, record what is late; doing it twice changes nothing."""

from datetime import timedelta

from assistant.desk.incidentcalls import in_hand, nearest, pass_on, rungs, send, told
from assistant.events import CLOCK, Event, utc
from assistant.incidents import Incident, steps
from assistant.incidents.clocks import LOCAL, Clock, Whose, clocks
from assistant.people import Role
from assistant.ports import Outgoing
from assistant.rules import Rules
from assistant.store import Lane, Work
from assistant.store.incidents import is_lost, open_incidents
from assistant.store.outbox import When
from assistant.wording import incidentclocks as wording

MINE = frozenset({Whose.OURS})


def due(work: Work, rules: Rules) -> int:
    """Do everything that is overdue; return how many events it made."""
    made = 0
    for incident in open_incidents(work.session):
        before = incident.version
        if incident.state in steps.WAITING:
            _call_again(work, work.incident(incident.number), rules)
        for clock in clocks(incident, work.events(incident.number), rules, work.now):
            if clock.whose in MINE and clock.done_at is None:
                _watch(work, incident, clock, rules)
        made += incident.version - before
    return made


def _call_again(work: Work, incident: Incident, rules: Rules) -> None:
    calls = [event for event in work.events(incident.number) if event.kind == "passed_on"]
    if not calls:
        pass_on(work, incident, rules)
        return
    last = calls[-1]
    rung = int(last.fields["rung"])
    is_at_end = rung + 1 >= len(rungs(work, incident.region))
    name = "incident.retell" if is_at_end else "incident.acknowledge"
    wait = rules.find(name, incident.region, work.now.astimezone(LOCAL).date()).duration
    is_lost_now = not is_at_end and is_lost(work.session, f"{last.stream}/{last.sequence}/call")
    if utc(last.at) + wait <= work.now or is_lost_now:
        pass_on(work, incident, rules, rung + 1)


def _watch(work: Work, incident: Incident, clock: Clock, rules: Rules) -> None:
    """Remind shortly before a report is due; once it is late say so to the leader and director as well, once."""
    left = clock.left(work.now)
    if left < timedelta(0):
        if not _is_known_late(work.events(incident.number), clock):
            event = work.append(incident, steps.late(clock.step, clock.rule.id, clock.due_at), CLOCK)
            above = [*nearest(work, Role.LEADER, incident.region), *nearest(work, Role.DIRECTOR, incident.region)]
            everybody = {person.id: person for person in [*in_hand(work, incident), *above]}.values()
            send(work, event, "late", everybody, wording.late(incident, clock, work.now))
        return
    share = rules.find("incident.remind", incident.region, work.now.astimezone(LOCAL).date()).value / 100
    if timedelta(0) < left <= share * (clock.due_at - clock.started_at):
        message = Outgoing(channel="", recipient="", text=wording.near(incident, clock, work.now))
        key = f"{incident.number}/{clock.started_by}/near-{clock.step}"
        for person in in_hand(work, incident) or told(work, incident):
            work.tell(person, message, key=key, subject=incident.number, lane=Lane.URGENT, when=When(clock.due_at))


def _is_known_late(events: list[Event], clock: Clock) -> bool:
    known = {(event.fields["step"], event.fields["due_at"]) for event in events if event.kind == "late"}
    return (clock.step, clock.due_at.isoformat()) in known
