"""What time demands of due items (到点): made when their window opens, reminded, and climbing when it is over."""

from datetime import date

from assistant.desk.acting import called
from assistant.desk.knowledge import plain
from assistant.drills import DutyItem, items, timing
from assistant.events import CLOCK, RULE, Event, Fact
from assistant.hazards.moments import day
from assistant.obligations import Obligation
from assistant.people import Person, Role
from assistant.rules import Rules, covers
from assistant.store import Work
from assistant.store import drills as stored
from assistant.wording import drills as wording

ANSWER = (Role.GRID, Role.TRAINER, Role.DIRECTOR, Role.LEADER, Role.DUTY)
"""Who answers for the items of a place: the first of these that has one of exactly this place, else the nearest."""


def due(work: Work, rules: Rules) -> None:
    """Make items, remind, climb; a second call at the same moment does nothing."""
    _open(work, rules)
    for item in stored.timed(work.session, work.now):
        if timing.is_to_climb(item, work.now):
            _climb(work, item, rules)
        elif timing.is_to_be_reminded(item, work.now):
            event = work.append(item, timing.remind(item, work.now, rules), CLOCK)
            tell(work, event, "reminder", responsible(work, item), wording.reminder(item, day(work.now)))


def responsible(work: Work, item: DutyItem) -> list[Person]:
    """Return who answers for an item: who has planned it, else by role; nobody where the place has nobody."""
    if item.responsible is not None:
        known = work.person_by_id(item.responsible)
        if known.is_active:
            return [known]
    exact = [g for role in ANSWER for g in work.grants_of(role) if g.region == item.region]
    people = [one for one in work.people_by_id(g.person_id for g in exact) if one.is_active]
    nearest = [one for role in ANSWER[1:] for one in work.holders(role, item.region)]
    return (people or nearest)[:1]


def superiors(work: Work, item: DutyItem) -> list[Person]:
    """Return who stands above, the nearest first: those who answer for emergencies, then shift leaders."""
    known = [*work.holders(Role.DIRECTOR, item.region), *work.holders(Role.LEADER, item.region)]
    own = {person.id for person in responsible(work, item)}
    return [person for person in {person.id: person for person in known}.values() if person.id not in own]


def tell(work: Work, event: Event, what: str, people: list[Person], text: str) -> None:
    """Queue a message about an event for some people, once."""
    for person in people:
        work.tell(person, plain(text), key=f"{event.stream}/{event.sequence}/{what}", subject=event.stream)


def open_item(work: Work, fact: Fact, rules: Rules) -> DutyItem:
    """Make an item, with its clock set."""
    item = DutyItem(number=work.next_number(stored.ITEM))
    work.append(item, fact, RULE)
    work.append(item, timing.schedule(item, work.now, rules), RULE)
    return item


def _open(work: Work, rules: Rules) -> None:
    confirmed = stored.confirmed(work.session)
    if not confirmed:
        return
    today, known, villages = day(work.now), stored.keys(work.session), stored.villages(work.session)
    for obligation in confirmed:
        for fact in _wanted(work, obligation, villages, today):
            if items.key_of(fact) not in known:
                open_item(work, fact, rules)


def _wanted(work: Work, obligation: Obligation, villages: list[str], today: date) -> list[Fact]:
    """Return the items whose window has opened; one that was over when the place confirmed it is not raked up."""
    found = []
    confirmations = [(event.fields["place"], day(event.at)) for event in work.events_of(obligation.number, "confirmed")]
    places = [one for one in obligation.places if obligation.holds_for(one, today.isoformat())]
    for fact in items.items_for(obligation, items.doers(obligation, places, villages), today.year):
        region = fact.data["set"]["region"]
        since = min((on for place, on in confirmations if covers(place, region)), default=today)
        if items.is_open(fact, today, since):
            found.append(fact)
    return found


def _climb(work: Work, item: DutyItem, rules: Rules) -> None:
    above = superiors(work, item)
    superior = above[item.climbs] if item.climbs < len(above) else None
    is_new = item.climbs == 0
    event = work.append(item, timing.climb(item, superior.id if superior else None, work.now, rules), CLOCK)
    own = responsible(work, item)
    if is_new:
        tell(work, event, "overdue", own, wording.overdue(item, called(work, superior) if superior else ""))
    if superior is not None:
        name = called(work, own[0]) if own else ""
        tell(work, event, "superior", [superior], wording.climbed(item, name, day(work.now)))
