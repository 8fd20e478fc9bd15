"""Who hears of an incident (转值守): duty and leader at once, then rung by rung upwards until a person has taken it over."""

from collections.abc import Iterable

from assistant.events import CLOCK, RULE, Event
from assistant.incidents import Incident, steps
from assistant.people import Person, Role
from assistant.ports import Outgoing
from assistant.rules import Rules, covers
from assistant.store import Lane, Work
from assistant.store.duty import on_duty
from assistant.wording import incidents as wording

IN_CHARGE = (Role.DUTY, Role.LEADER, Role.DIRECTOR)


def nearest(work: Work, role: Role, region: str) -> list[Person]:
    """Return the holders of a role at the nearest place that has one with a channel, A before B."""
    held = [person for person in work.holders(role, region) if work.has_channel(person)]
    if not held:
        return []
    levels = {person.id: _level(work, person, role, region) for person in held}
    return [person for person in held if levels[person.id] == max(levels.values())]


def _level(work: Work, person: Person, role: Role, region: str) -> int:
    return max(len(g.region) for g in work.grants(person) if g.role == role.value and covers(g.region, region))


def rungs(work: Work, region: str) -> list[list[Person]]:
    """Return whom to tell, step by step; a step without people is left out, so it costs no time.

    Who is on duty now (by the roster, else by role) and the leader, the leader again, director, then everybody above.
    """
    on = [person for person in on_duty(work, region) if work.has_channel(person)]
    duty, leader, director = (nearest(work, role, region) for role in IN_CHARGE)
    first = _once([*(on or duty), *leader])
    steps_up = [first, leader if len(first) > len(leader) else [], director]
    known = {person.id for step in steps_up for person in step}
    above: dict[int, list[Person]] = {}
    for role in IN_CHARGE:
        for person in work.holders(role, region):
            if person.id not in known and work.has_channel(person):
                above.setdefault(_level(work, person, role, region), []).append(person)
                known.add(person.id)
    steps_up += [above[level] for level in sorted(above, reverse=True)]
    return [step for step in steps_up if step]


def unreachable(work: Work, region: str) -> list[int]:
    """Return who is in charge but has no channel."""
    held = [person for role in IN_CHARGE for person in work.holders(role, region)]
    return sorted({person.id or 0 for person in held if not work.has_channel(person)})


def pass_on(work: Work, incident: Incident, rules: Rules, rung: int = 0) -> list[Person]:
    """Tell the people of a rung, and everybody below again; return who was told, nobody where nobody can be.

    After the last rung all are told again.
    """
    ladder = rungs(work, incident.region)
    silent = unreachable(work, incident.region)
    if not ladder:
        if not any(event.kind == steps.FOUND_NOBODY for event in work.events(incident.number)[-1:]):
            work.append(incident, steps.found_nobody(silent), RULE)
        return []
    people = _once(person for step in ladder[: rung + 1] for person in step)
    is_news = _is_first_at_the_end(work.events(incident.number), rung, max(1, len(ladder) - 1))
    fact = steps.passed_on(incident, [person.id or 0 for person in people], rung, silent)
    event = work.append(incident, fact, CLOCK if rung else RULE)
    leader = next(iter(nearest(work, Role.LEADER, incident.region)), None)
    text = wording.call(incident, leader.name if leader else "", rung, work.now)
    send(work, event, "call", people, text, wording.CALL_CHOICES)
    if is_news:
        send(work, event, "caller", work.reporters(incident.number), wording.still_nobody(incident))
    return people


def _is_first_at_the_end(events: Iterable[Event], rung: int, end: int) -> bool:
    """Say whether a call reaches the last rung for the first time: the caller is told so once, however often all are called."""
    return rung >= end and not any(event.kind == "passed_on" and event.fields["rung"] >= end for event in events)


def told(work: Work, incident: Incident) -> list[Person]:
    """Return whom an incident was passed on to, in the order in which they heard of it."""
    ids = [one for event in work.events_of(incident.number, "passed_on") for one in event.fields["told"]]
    return work.people_by_id(dict.fromkeys(ids))


def in_hand(work: Work, incident: Incident) -> list[Person]:
    """Return who must hear what is new: the person who has taken it over, else everybody who was told."""
    if incident.acknowledged_by is not None:
        return [work.person_by_id(incident.acknowledged_by)]
    return told(work, incident)


def send(
    work: Work, event: Event, what: str, people: Iterable[Person], text: str, choices: tuple[str, ...] = ()
) -> None:
    """Put a message about an event in the urgent lane; the same event tells the same person once."""
    for person in people:
        key = f"{event.stream}/{event.sequence}/{what}"
        message = Outgoing(channel="", recipient="", text=text, choices=choices)
        work.tell(person, message, key=key, subject=event.stream, lane=Lane.URGENT)


def _once(people: Iterable[Person]) -> list[Person]:
    return list({person.id: person for person in people}.values())
