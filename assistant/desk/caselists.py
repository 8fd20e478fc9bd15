"""The lists and the menu of staff: own tasks, what waits, what is overdue, the ledger."""

from dataclasses import dataclass

from assistant.desk.casewords import Wish
from assistant.hazards import Action, Hazard, HazardState, whistling
from assistant.hazards.moments import day
from assistant.hazards.steps import LIVE, WAITING, By
from assistant.people import Grant, Person, Role
from assistant.permissions import GRANTED
from assistant.rules import covers
from assistant.store import Work
from assistant.store import hazards as stored
from assistant.store.incidents import open_incidents
from assistant.wording import casework as wording
from assistant.wording.incidents import open_count

ON_CASES = frozenset(Action)
LISTS = frozenset({Wish.TASKS, Wish.WAITING, Wish.LATE, Wish.LEDGER})


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is to the ledger."""

    is_staff: bool
    """Has a role, belongs to a department, or is in charge of a case."""
    regions: tuple[str, ...] = ()
    """Places whose ledger is open to them."""
    dispatches: bool = False


def standing(work: Work, person: Person) -> Standing:
    """Return what a person is to the ledger today."""
    grants = [grant for grant in work.grants(person) if GRANTED[Role(grant.role)] & ON_CASES]
    is_staff = bool(grants) or bool(person.unit) or bool(stored.in_charge_of(work.session, person))
    regions = tuple(grant.region for grant in grants if _may(grant, Action.LEDGER))
    return Standing(is_staff, regions, any(_may(grant, Action.ASSIGN) for grant in grants))


def _may(grant: Grant, action: Action) -> bool:
    return action in GRANTED[Role(grant.role)]


def menu(held: Standing) -> tuple[str, ...]:
    """Return the entries of somebody's menu (keys of wording.MENUS)."""
    return ("tasks", *(("waiting",) if held.dispatches else ()), *(("late", "ledger") if held.regions else ()))


def visible(work: Work, person: Person) -> list[Hazard]:
    """Return the cases that somebody may see: of the own places, in the own charge, or to which they were called."""
    held = standing(work, person)
    by = By(person.id, person.unit)
    seen = {hazard.number: hazard for hazard in stored.within(work.session, held.regions)}
    seen |= {hazard.number: hazard for hazard in stored.in_charge_of(work.session, person)}
    seen |= {h.number: h for h in stored.whistled(work.session) if whistling.called_as(h, by)}
    return [seen[number] for number in sorted(seen)]


def listed(work: Work, person: Person, held: Standing, wish: Wish) -> tuple[str, tuple[str, ...]]:
    """Return a list as text, and the numbers of its cases in order."""
    if wish is Wish.TASKS:
        shown = tasks(work, person)
        return wording.tasks(shown, work.now), _numbers(shown)
    within = stored.within(work.session, held.regions)
    if wish is Wish.WAITING:
        shown = [hazard for hazard in within if is_waiting(hazard, person)]
        today = sum(day(hazard.registered_at) == day(work.now) for hazard in shown if hazard.registered_at)
        return wording.waiting(shown, today, work.now), _numbers(shown)
    if wish is Wish.LATE:
        shown = [hazard for hazard in within if hazard.state in LIVE and hazard.is_overdue]
        return wording.late(shown, work.now), _numbers(shown)
    if not held.regions:
        return wording.STAFF_ONLY, ()
    incidents = [one for one in open_incidents(work.session) if any(covers(r, one.region) for r in held.regions)]
    return f"{wording.ledger(within)}\n{open_count(incidents)}".strip(), ()


def tasks(work: Work, person: Person) -> list[Hazard]:
    """Return what somebody has to do: own cases, cases to which they were called, what waits for the dispatcher."""
    by = By(person.id, person.unit)
    mine = stored.in_charge_of(work.session, person)
    called = [h for h in stored.whistled(work.session) if (one := whistling.called_as(h, by)) and not one.reported]
    return list({hazard.number: hazard for hazard in (*mine, *called)}.values())


def is_waiting(hazard: Hazard, person: Person) -> bool:
    """Say whether a case still has to be dispatched: nobody has it, or it came back to the dispatcher who looks."""
    is_back = hazard.owner == person.id and hazard.state == HazardState.ASSIGNED and hazard.backstop == person.id
    return hazard.state in WAITING or is_back


def _numbers(hazards: list[Hazard]) -> tuple[str, ...]:
    return tuple(hazard.number for hazard in hazards[: wording.MOST_LINES])
