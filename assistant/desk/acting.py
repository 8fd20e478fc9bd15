"""Who acts on a case, and how those in charge are called: what the pure steps need of people."""

from collections.abc import Sequence

from assistant.events import Actor, Event
from assistant.hazards import By, Hazard
from assistant.hazards.handling import Holder
from assistant.people import Person, Role
from assistant.permissions import granted
from assistant.store import Work
from assistant.store import hazards as stored
from assistant.wording.terms import ROLES


def acting(work: Work, hazard: Hazard, person: Person) -> By:
    """Return what the steps ask of a person with regard to a case."""
    return By(
        person=person.id,
        unit=person.unit,
        may=granted(work.grants(person), hazard.region, hazard.category),
        is_reporter=person.id in stored.tokens(work.session, hazard.number).values(),
    )


def staff(work: Work, person: Person) -> Actor:
    """Return somebody of the staff as an event names them."""
    return Actor(f"person/{person.id}", work.channel or stored.channel_of(work, person))


def reporter(work: Work, hazard: Hazard, person: Person) -> Actor:
    """Return a reporter as an event names them: by the token; others who add something stand there as themselves."""
    known = {person_id: token for token, person_id in stored.tokens(work.session, hazard.number).items()}
    token = known.get(person.id or 0)
    return Actor(f"reporter/{token}", stored.channel_of(work, person)) if token else staff(work, person)


def called(work: Work, person: Person) -> str:
    """Return how a person in charge is called: by department and name, a grid worker by that word."""
    if person.unit:
        return f"{person.unit}{person.name}"
    roles = [Role(grant.role) for grant in work.grants(person)]
    title = ROLES[roles[0]] if roles and roles[0] is not Role.VILLAGER else ""
    return f"{title}{person.name}" or "值班人员"


def owner_name(work: Work, hazard: Hazard) -> str:
    """Return how whoever is in charge of a case is called; empty while it waits."""
    return name_of(work, Holder(hazard.owner, hazard.unit)) if hazard.owner is not None or hazard.unit else ""


def name_of(work: Work, one: Holder) -> str:
    """Return how a holder is called."""
    return called(work, work.person_by_id(one.person)) if one.person is not None else one.unit


def names(work: Work, hazard: Hazard, events: Sequence[Event]) -> dict[str, str]:
    """Return how those of the staff are called who had a case or did something to it, under the id as text."""
    acted = {event.actor.removeprefix("person/") for event in events if event.actor.startswith("person/")}
    had = {event.fields.get("set", {}).get("owner") for event in events} | {hazard.owner}
    had |= {before.get("owner") for event in events if isinstance(before := event.fields.get("before"), dict)}
    ids = {int(one) for one in acted} | {one for one in had if one is not None}
    return {str(one): called(work, work.person_by_id(one)) for one in ids}
