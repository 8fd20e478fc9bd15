"""Dispatch (派单): a registered hazard goes at once to whom the routes name; else it waits for the dispatcher."""

from datetime import datetime

from assistant.desk import notices
from assistant.desk.acting import name_of, owner_name
from assistant.events import RULE, Actor, Event
from assistant.hazards import By, Hazard, HazardState, Route, handling
from assistant.hazards.basis import cited, clause
from assistant.hazards.handling import Assignment, Holder
from assistant.hazards.steps import AUTOMATIC
from assistant.people import Person, Role
from assistant.rules import Rules
from assistant.store import Work
from assistant.store import hazards as stored
from assistant.wording import hazards as wording
from assistant.wording import reporters

DESK = "值班室"


def dispatch(work: Work, hazard: Hazard, rules: Rules, *, is_told: bool = False) -> Event | None:
    """Give a case to whom the routes name, and tell them; None where it waits for the dispatcher, who is told.

    is_told: the reporter is not in the conversation, so hears of it by the outbox.
    """
    routed = _routed(work, hazard)
    if routed is None:
        latest = work.events(hazard.number)[-1]
        notices.tell_waiting(work, hazard, latest)
        notices.tell_duty(work, hazard, latest)
        return None
    event = give(work, hazard, routed, AUTOMATIC, RULE, rules)
    notices.tell_duty(work, hazard, event)
    if is_told:
        notices.tell_reporters(
            work, hazard, event, notices.plain(reporters.passed_on(hazard, owner_name(work, hazard)))
        )
    return event


def give(  # noqa: PLR0913  (what is given to whom, by whom and until when)
    work: Work, hazard: Hazard, to: Holder, by: By, actor: Actor, rules: Rules, wanted: datetime | None = None
) -> Event:
    """Assign a case, accepting it first where that has not been done, and tell who gets it and by when it is wanted.

    Raises: WrongState, NotAllowed.
    """
    if hazard.state == HazardState.REGISTERED:
        work.append(hazard, handling.accept(hazard, by), actor)
    given = Assignment(to, caught_by(work, hazard, to), clause(hazard.region, hazard.category), wanted)
    event = work.append(hazard, handling.assign(hazard, by, given, work.now, rules), actor)
    notices.tell_owner(work, hazard, event)
    return event


def caught_by(work: Work, hazard: Hazard, refusing: Holder | None) -> Holder:
    """Return who takes a case over if `refusing` sends it back: somebody else, never nobody."""
    route = stored.route(work.session, hazard.region, hazard.category)
    candidates = [*_backstop(work, route), *(Holder(p.id, p.unit) for p in notices.desk_staff(work, hazard))]
    candidates += [Holder(person.id, person.unit) for person in notices.superiors(work, hazard)]
    others = [one for one in candidates if refusing is None or one.person is None or one.person != refusing.person]
    others = [one for one in others if one != refusing]
    return others[0] if others else Holder(unit=f"{_township(hazard.region)}{DESK}")


def refuse(work: Work, hazard: Hazard, by: By, actor: Actor, reason: str, rules: Rules) -> Event:
    """Send a case back: its backstop has it now, and is told; the reporter hears where it is.

    Raises: WrongState, NotAllowed, MissingReason.
    """
    before = handling.holder(hazard)
    named = name_of(work, before) if before else ""
    fact = handling.refuse(hazard, by, reason, caught_by(work, hazard, before), work.now, rules)
    event = work.append(hazard, fact, actor)
    text = wording.backstop(hazard, named, reason, cited(hazard.clause))
    notices.tell_those_in_charge(work, hazard, event, text, "backstop")
    moved = reporters.moved_on(hazard, named, owner_name(work, hazard), reason)
    notices.tell_reporters(work, hazard, event, notices.plain(moved))
    return event


def person_holder(person: Person) -> Holder:
    """Return a person as the one in charge."""
    return Holder(person.id, person.unit)


def _routed(work: Work, hazard: Hazard) -> Holder | None:
    """Return whom the routes name: the table first, else the grid worker of the nearest place."""
    route = stored.route(work.session, hazard.region, hazard.category)
    if route is not None:
        active = route.owner is not None and work.person_by_id(route.owner).is_active
        if active and route.owner is not None:
            return person_holder(work.person_by_id(route.owner))
        if route.unit:
            return Holder(unit=route.unit)
    grid = stored.nearest_holders(work, Role.GRID, hazard.region, hazard.category)
    return person_holder(grid[0]) if grid else None


def _backstop(work: Work, route: Route | None) -> list[Holder]:
    if route is None:
        return []
    if route.backstop is not None and work.person_by_id(route.backstop).is_active:
        return [person_holder(work.person_by_id(route.backstop))]
    return [Holder(unit=route.backstop_unit)] if route.backstop_unit else []


def _township(region: str) -> str:
    parts = region.split("/")
    return next((part for part in reversed(parts) if part.endswith(("镇", "乡", "街道"))), parts[-1])
