"""Who hears of what happens to a hazard (通知): every message goes out by the outbox, once per event and person."""

from collections.abc import Iterable

from assistant.desk.acting import owner_name
from assistant.events import Event
from assistant.hazards import Hazard
from assistant.hazards.basis import cited
from assistant.people import Person, Role
from assistant.ports import Link, Outgoing
from assistant.store import Lane, Work
from assistant.store import hazards as stored
from assistant.store.outbox import AT_ONCE, When
from assistant.wording import hazards as wording
from assistant.wording import reporters

URGENT = frozenset({"urgent", "emergency"})


def plain(text: str, choices: tuple[str, ...] = (), links: tuple[Link, ...] = ()) -> Outgoing:
    """Return a message whose address the outbox or the desk adds."""
    return Outgoing(channel="", recipient="", text=text, choices=choices, links=links)


def send(  # noqa: PLR0913  (who hears what of which event, and until when)
    work: Work, event: Event, what: str, people: Iterable[Person], message: Outgoing, when: When = AT_ONCE
) -> None:
    """Put a message about an event in the outbox for some people; an urgent case takes the urgent lane."""
    hazard = work.hazard(event.stream)
    lane = Lane.URGENT if hazard.urgency in URGENT else Lane.ROUTINE
    for person in people:
        key = f"{event.stream}/{event.sequence}/{what}"
        work.tell(person, message, key=key, subject=event.stream, lane=lane, when=when)


def owners(work: Work, hazard: Hazard) -> list[Person]:
    """Return whom to tell of a case in somebody's charge: the person, or all known members of the department."""
    if hazard.owner is not None:
        return [work.person_by_id(hazard.owner)]
    return stored.members(work.session, hazard.unit)


def desk_staff(work: Work, hazard: Hazard) -> list[Person]:
    """Return who dispatches at the place: the dispatchers, else duty, else the one who answers for emergencies."""
    for role in (Role.DISPATCHER, Role.DUTY, Role.LEADER, Role.DIRECTOR, Role.ADMIN):
        if found := stored.nearest_holders(work, role, hazard.region, hazard.category):
            return found
    return []


def inspectors(work: Work, hazard: Hazard) -> list[Person]:
    """Return who can look at a repair: the grid worker of the place, else the desk; never who repaired."""
    party = {hazard.owner, hazard.rectifier}
    grid = stored.nearest_holders(work, Role.GRID, hazard.region, hazard.category)
    return [p for p in grid if p.id not in party] or [p for p in desk_staff(work, hazard) if p.id not in party]


def superiors(work: Work, hazard: Hazard) -> list[Person]:
    """Return who stands above a case, the nearest first: those who answer for emergencies, then shift leaders."""
    known = [*work.holders(Role.DIRECTOR, hazard.region), *work.holders(Role.LEADER, hazard.region)]
    chain = list({person.id: person for person in known}.values())
    own = [place for place, person in enumerate(chain) if person.id == hazard.owner]
    return chain[own[0] + 1 :] if own else chain


def tell_owner(work: Work, hazard: Hazard, event: Event, reason: str = "") -> None:
    """Tell whoever was given a case; where nobody is known there, the desk is asked to pass it on by telephone."""
    basis = cited(hazard.clause)
    links = (Link(basis, hazard.clause),) if basis else ()
    text = wording.assigned(hazard, basis, stored.pictures(work.session, hazard.number), reason)
    known = owners(work, hazard)
    send(work, event, "owner", known, plain(text, ("签收", "退回"), links))
    if not known:
        send(work, event, "pass-on", desk_staff(work, hazard), plain(wording.no_contact(hazard, hazard.unit)))


def tell_duty(work: Work, hazard: Hazard, event: Event) -> None:
    """Tell duty of an urgent hazard, whoever has it."""
    if hazard.urgency in URGENT:
        duty = stored.nearest_holders(work, Role.DUTY, hazard.region) or desk_staff(work, hazard)
        others = [person for person in duty if person.id != hazard.owner]
        send(work, event, "duty", others, plain(wording.duty_told(hazard, owner_name(work, hazard))))


def tell_waiting(work: Work, hazard: Hazard, event: Event) -> None:
    """Tell the dispatcher that a case waits for them."""
    send(work, event, "waiting", desk_staff(work, hazard), plain(wording.waiting(hazard)))


def tell_reporters(work: Work, hazard: Hazard, event: Event, message: Outgoing, *, but: int | None = None) -> None:
    """Tell reporter and followers; one who is in charge of the case, or did it (`but`), knows already."""
    known = {hazard.owner, but}
    people = [person for person in work.reporters(hazard.number) if person.id not in known]
    send(work, event, "reporter", people, message)


def ask_reporters(work: Work, hazard: Hazard, event: Event) -> None:
    """Ask reporter and followers whether the repair is good."""
    message = plain(reporters.done(hazard), wording.CONFIRM)
    send(work, event, "confirm", work.reporters(hazard.number), message)


def tell_those_in_charge(work: Work, hazard: Hazard, event: Event, text: str, what: str = "news") -> None:
    """Tell whoever has a case in hand, or the desk where nobody has."""
    send(work, event, what, owners(work, hazard) or desk_staff(work, hazard), plain(text))
