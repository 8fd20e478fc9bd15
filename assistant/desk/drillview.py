"""What is seen of drills and rounds (演练台账): who may see what, coverage with denominators, lists, one item."""

from dataclasses import dataclass

from assistant.drills import DutyItem, is_checked
from assistant.drills.coverage import Cell, matrix, total, without_drill
from assistant.errors import NotAllowed
from assistant.events import Event
from assistant.hazards.moments import day
from assistant.people import Person
from assistant.permissions import DrillAction, may, roles_for
from assistant.store import Work
from assistant.store import drills as stored
from assistant.store.work import EvidenceRow
from assistant.wording import drills as wording

SHOWN = 12
"""Places, or items, in one message."""


def regions(work: Work, person: Person, action: DrillAction) -> list[str]:
    """Return the places where somebody may do something, the widest first."""
    held = {one.region for one in work.grants(person) if may([one], action, one.region)}
    return sorted(held, key=len)


def places(work: Work, person: Person) -> list[str]:
    """Return the places for which somebody may plan something: the own ones, and the villages below them."""
    own = regions(work, person, DrillAction.PLAN)
    return list(dict.fromkeys(one for region in own for one in (region, *stored.villages(work.session, region)) if one))


def require(work: Work, person: Person, action: DrillAction, region: str) -> None:
    """Refuse who may not do something at a place; raises NotAllowed."""
    if not may(work.grants(person), action, region):
        raise NotAllowed(action=action.value, role=" ".join(role.value for role in roles_for(action)))


def seen(work: Work, person: Person) -> list[DutyItem]:
    """Return the items that somebody may see, the first due first; raises NotAllowed for who may see none."""
    places = regions(work, person, DrillAction.SEE)
    if not places:
        require(work, person, DrillAction.SEE, person.region)
    return stored.within(work.session, places)


def cells(work: Work, person: Person, year: int) -> list[Cell]:
    """Return the coverage of a year, by place and kind; raises NotAllowed."""
    return matrix(seen(work, person), year, day(work.now))


def coverage(work: Work, person: Person, year: int) -> str:
    """Return the coverage of a year in words; raises NotAllowed."""
    found = cells(work, person, year)
    if not found:
        return wording.NO_ITEMS.format(year=year)
    totals = [total(found, kind) for kind in dict.fromkeys(cell.kind for cell in found)]
    place = regions(work, person, DrillAction.SEE)[0]
    return wording.coverage(place, year, totals, found, SHOWN)


def without(work: Work, person: Person, year: int) -> str:
    """Return which villages have held no drill in a year, of how many; raises NotAllowed."""
    items, place = seen(work, person), regions(work, person, DrillAction.SEE)[0]
    villages = stored.villages(work.session, place)
    if not villages:
        return wording.NO_VILLAGES
    return wording.without(place, year, without_drill(items, villages, year), len(villages))


def undone(work: Work, person: Person) -> str:
    """Return what has still to be done, the first due first; raises NotAllowed."""
    items = [item for item in seen(work, person) if item.is_undone]
    if not items:
        return wording.NOTHING_LEFT
    return f"{wording.LIST_HEAD.format(count=len(items))}\n{wording.listing(items, SHOWN, day(work.now))}"


@dataclass(frozen=True, slots=True)
class View:
    """One item with all that a page shows."""

    item: DutyItem
    names: dict[int, str]
    """Of everybody who stands on it, by person id."""
    steps: tuple[tuple[Event, str], ...]
    evidence: tuple[EvidenceRow, ...]
    acts: tuple[str, ...]
    """What the reader may do with it now."""


def view(work: Work, person: Person, number: str) -> View:
    """Return one item; raises UnknownCase, NotAllowed."""
    item = stored.item(work, number)
    require(work, person, DrillAction.SEE, item.region)
    steps = tuple((event, _name(work, event)) for event in work.events(number))
    ids = [one for one in (item.responsible, item.done_by, item.checked_by, item.supervisor) if one is not None]
    names = {one: work.person_by_id(one).name for one in ids}
    return View(item, names, steps, tuple(stored.evidence(work.session, number)), _acts(work, person, item))


def _acts(work: Work, person: Person, item: DutyItem) -> tuple[str, ...]:
    wanted = {DrillAction.PLAN: "plan", DrillAction.TELL: "done", DrillAction.WAIVE: "waive"}
    grants = work.grants(person)
    if item.is_undone:
        return tuple(name for action, name in wanted.items() if may(grants, action, item.region))
    is_other = item.state == "done" and is_checked(item.kind) and item.done_by != person.id
    return ("pass", "fail") if is_other and may(grants, DrillAction.CHECK, item.region) else ()


def shown(work: Work, person: Person, number: str) -> str:
    """Return one item in words; raises UnknownCase, NotAllowed."""
    found = view(work, person, number)
    return wording.whole(found.item, found.names, day(work.now))


def _name(work: Work, event: Event) -> str:
    by, _, rest = event.actor.partition("/")
    return work.person_by_id(int(rest)).name if by == "person" else ""
