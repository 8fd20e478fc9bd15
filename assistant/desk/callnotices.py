"""Who hears of a warning and of its calls (叫应): everything goes out by the outbox, in the urgent lane; what is rehearsed in the routine one."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from assistant.events import RULE, Event
from assistant.people import Person, PlaceLevel
from assistant.people.tree import up_to
from assistant.ports import Outgoing
from assistant.rules import Rules, load_rules
from assistant.store import Lane, Work
from assistant.store import duty as rosters
from assistant.store import warnings as stored
from assistant.warnings import Call, RelayedWarning, Step, calling
from assistant.wording import warnings as wording


@dataclass(frozen=True, slots=True)
class Like:
    """What a call has beside its ladder."""

    region: str
    must_act: bool
    instead_of: str = ""


@cache
def rules() -> Rules:
    """Return the shipped rules."""
    return load_rules()


def add_call(
    work: Work, warning: RelayedWarning, person: Person, count: int, instead_of: Call | None = None
) -> tuple[Call, Event]:
    """Call a person; somebody who stands in has the whole time from now on."""
    made = Call(number=f"{warning.number}/{count}")
    since = work.now if instead_of is not None or warning.issued_at is None else warning.issued_at
    fact = calling.call(warning, person.id or 0, since, instead_of.number if instead_of else "")
    event = work.append(made, fact, RULE)
    return made, event


def add_ladder_call(work: Work, warning: RelayedWarning, number: str, steps: list[Step], like: Like) -> Call:
    """Call the person of the first step, who has a frozen ladder from now on; nothing is sent yet."""
    made = Call(number=number)
    called = calling.call(warning, steps[0].person, work.now, like.instead_of)
    work.append(made, calling.with_ladder(called, steps, like.region, work.now, must_act=like.must_act), RULE)
    return made


def send_step(work: Work, warning: RelayedWarning, made: Call) -> None:
    """Send a person the call on the channel of the step that is being tried."""
    first = stored.call(work.session, made.instead_of) if made.instead_of else None
    text = wording.call(warning, made)
    if first is not None:
        text = wording.called_instead(warning, made, name(work.person_by_id(first.person)), first)
    message = Outgoing(channel="", recipient="", text=wording.marked(warning, text), choices=wording.CALL_CHOICES)
    stored.send_step(work, made, message, calling.ends_at(warning, rules()), is_exercise=warning.is_exercise)


def send(work: Work, event: Event, what: str, people: Iterable[Person], text: str, *choices: str) -> None:
    """Put a message about an event in the outbox for some people; the same event tells the same person once."""
    warning = stored.warning(work, event.stream.partition("/")[0])
    lane = Lane.ROUTINE if warning.is_exercise else Lane.URGENT  # whatever is rehearsed waits for what is real
    for person in people:
        message = Outgoing(channel="", recipient="", text=wording.marked(warning, text), choices=choices)
        key = f"{event.stream}/{event.sequence}/{what}"
        work.tell(person, message, key=key, subject=event.stream, lane=lane)


def in_charge(work: Work, warning: RelayedWarning, *, but: Iterable[int] = ()) -> list[Person]:
    """Return duty and leader of the warning's place, without those whom the news is about; if need be, from above.

    An exercise bothers nobody whom it has not called.
    """
    # a village's own head is among the called; who is told of them stands above
    place = up_to(warning.region, PlaceLevel.TOWNSHIP) if warning.plan else warning.region
    people = rosters.on_duty(work, place, but=frozenset(but))
    if warning.is_exercise:
        people = [one for one in people if stored.call_to(work.session, warning.number, one.id or 0) is not None]
    return people


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
