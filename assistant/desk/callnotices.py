"""Who hears of a warning and of its calls (叫应): everything goes out by the outbox, in the urgent lane."""

from collections.abc import Iterable

from assistant.events import RULE, Event
from assistant.people import Person
from assistant.ports import Outgoing
from assistant.store import Lane, Work
from assistant.store import duty as rosters
from assistant.warnings import Call, RelayedWarning, calling
from assistant.wording import warnings as wording


def add_call(
    work: Work, warning: RelayedWarning, person: Person, count: int, instead_of: Call | None = None
) -> tuple[Call, Event]:
    """Call a person; somebody who stands in has the whole time from now on."""
    made = Call(number=f"{warning.number}/{count}")
    since = work.now if instead_of is not None or warning.issued_at is None else warning.issued_at
    fact = calling.call(warning, person.id or 0, since, instead_of.number if instead_of else "")
    event = work.append(made, fact, RULE)
    return made, event


def send(work: Work, event: Event, what: str, people: Iterable[Person], text: str, *choices: str) -> None:
    """Put a message about an event in the outbox for some people; the same event tells the same person once."""
    for person in people:
        message = Outgoing(channel="", recipient="", text=text, choices=choices)
        key = f"{event.stream}/{event.sequence}/{what}"
        work.tell(person, message, key=key, subject=event.stream, lane=Lane.URGENT)


def in_charge(work: Work, warning: RelayedWarning, *, but: Iterable[int] = ()) -> list[Person]:
    """Return duty and leader of the warning's place, without those whom the news is about; if need be, from above."""
    return rosters.on_duty(work, warning.region, but=frozenset(but))


def name(person: Person) -> str:
    """Return how a person is called."""
    return person.name or wording.NAMELESS


def called(person: Person) -> str:
    """Return how duty gets hold of a person: name and telephone."""
    return wording.contact(name(person), person.phone)


def tell_unreachable(work: Work, warning: RelayedWarning, event: Event, people: Iterable[Person]) -> None:
    """Tell duty whom no message can reach: they must be called by telephone."""
    silent = [person for person in people if not work.has_channel(person)]
    if silent:
        to = in_charge(work, warning, but=[person.id or 0 for person in silent])
        send(work, event, "unreachable", to, wording.unreachable(warning, map(called, silent)))
