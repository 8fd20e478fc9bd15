"""What time demands of hazards (到点): reminders, overdue cases that climb, departments that do not come, silent reporters."""

from assistant.desk import notices
from assistant.desk.acting import called, owner_name
from assistant.events import CLOCK, Event
from assistant.hazards import Hazard, climbing, handling, whistling
from assistant.hazards.steps import AUTOMATIC
from assistant.people import Person
from assistant.rules import Rules
from assistant.store import Work
from assistant.store import hazards as stored
from assistant.store.outbox import When
from assistant.wording import hazards as wording

SILENT = "silent"
"""Outcome of a call-back that nobody answered."""


def due(work: Work, rules: Rules) -> int:
    """Do all that time demands of the hazards, once; return how many events that made.

    A second call at the same moment does nothing.
    """
    done = 0
    for hazard in stored.live_due(work.session, work.now):
        done += _remind(work, hazard) + _rise(work, hazard, rules) + _miss_departments(work, hazard)
    for hazard in stored.unanswered(work.session, climbing.asked_before(work.now, rules)):
        if climbing.is_unanswered(hazard, work.now, rules):
            work.append(hazard, handling.call_back(hazard, AUTOMATIC, SILENT), CLOCK)
            done += 1
    return done


def _remind(work: Work, hazard: Hazard) -> int:
    if not climbing.is_to_be_reminded(hazard, work.now):
        return 0
    event = work.append(hazard, climbing.remind(hazard), CLOCK)
    send_to = _responsible(work, hazard)
    until = When(expires_at=hazard.due_at)  # afterwards it is overdue, which is another message
    notices.send(work, event, "reminder", send_to, notices.plain(wording.reminder(hazard, work.now)), until)
    return 1


def _rise(work: Work, hazard: Hazard, rules: Rules) -> int:
    """Let an overdue case climb: each step names one superior more, until nobody stands above."""
    is_new = climbing.is_newly_overdue(hazard, work.now)
    if not is_new and not climbing.is_to_climb(hazard, work.now):
        return 0
    superior = _next_superior(work, hazard)
    decide = climbing.overdue if is_new else climbing.climb
    fact = decide(hazard, superior.id if superior else None, work.now, rules)
    event = work.append(hazard, fact, CLOCK)
    _tell_overdue(work, hazard, event, superior, is_new=is_new)
    return 1


def _next_superior(work: Work, hazard: Hazard) -> Person | None:
    above = notices.superiors(work, hazard)
    return above[hazard.climbs] if hazard.climbs < len(above) else None


def _tell_overdue(work: Work, hazard: Hazard, event: Event, superior: Person | None, *, is_new: bool) -> None:
    if is_new:
        text = wording.overdue(hazard, called(work, superior) if superior else "")
        notices.send(work, event, "overdue", _responsible(work, hazard), notices.plain(text))
    if superior is not None:
        text = wording.climbed(hazard, owner_name(work, hazard), hazard.climbs)
        notices.send(work, event, "superior", [superior], notices.plain(text))
    elif is_new:
        text = wording.no_superior(hazard)
        notices.send(work, event, "no-superior", notices.desk_staff(work, hazard), notices.plain(text))


def _responsible(work: Work, hazard: Hazard) -> list[Person]:
    """Return who must act before the running deadline."""
    if hazard.due_rule.startswith("hazard.inspect"):
        return notices.inspectors(work, hazard)
    if hazard.due_rule.startswith("hazard.dispatch"):
        return notices.desk_staff(work, hazard)
    return notices.owners(work, hazard) or notices.desk_staff(work, hazard)


def _miss_departments(work: Work, hazard: Hazard) -> int:
    late = whistling.late(hazard, work.now)
    for one in late:
        event = work.append(hazard, whistling.late_department(hazard, AUTOMATIC, one.unit), CLOCK)
        staff = [*notices.desk_staff(work, hazard), *notices.superiors(work, hazard)[:1]]
        contact = [work.person_by_id(one.person)] if one.person is not None else []
        people = {person.id: person for person in (*contact, *staff)}.values()
        notices.send(work, event, "late", people, notices.plain(wording.department_late(hazard, one)))
    return len(late)
