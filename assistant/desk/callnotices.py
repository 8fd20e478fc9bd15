"""Who hears of a warning and of its calls (叫应): everything goes out by the outbox, in the urgent lane; what is rehearsed in the routine one."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from assistant.events import RULE, Event
from assistant.people import Person, PlaceLevel
from assistant.people.tree import up_to
from assistant.ports import Outgoing
from assistant.rules import Rules, load_rules
from assistant.store import Lane, Work, fanout
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
    work: Work, warning: RelayedWarning, person: int, number: str, instead_of: Call | None = None
) -> tuple[Call, Event]:
    """Call a person; somebody who stands in has the whole time from now on."""
    made = Call(number=number)
    since = work.now if instead_of is not None or warning.issued_at is None else warning.issued_at
    fact = calling.call(warning, person, since, instead_of.number if instead_of else "")
    return made, work.append(made, fact, RULE, is_one_of_many=True)


def add_ladder_call(work: Work, warning: RelayedWarning, number: str, steps: list[Step], like: Like) -> Call:
    """Call the person of the first step, who has a frozen ladder from now on; nothing is sent yet."""
    made = Call(number=number)
    called = calling.call(warning, steps[0].person, work.now, like.instead_of)
    fact = calling.with_ladder(called, steps, like.region, work.now, must_act=like.must_act)
    work.append(made, fact, RULE, is_one_of_many=True)
    return made


def send_step(work: Work, warning: RelayedWarning, made: Call) -> None:
    """Send a person the call on the channel of the step that is being tried."""
    first = stored.call(work.session, made.instead_of) if made.instead_of else None
    text = wording.call(warning, made)
    if first is not None:
        text = wording.called_instead(warning, made, name(work.person_by_id(first.person)), first)
    message = Outgoing(channel="", recipient="", text=wording.marked(warning, text), choices=wording.CALL_CHOICES)
    stored.send_step(work, made, message, calling.ends_at(warning, rules()), is_exercise=warning.is_exercise)


def send_bare(work: Work, warning: RelayedWarning, made: Call) -> None:
    """Send a person a call without a ladder, wherever this person was seen last."""
    text = wording.marked(warning, wording.call(warning, made))
    message = Outgoing(channel="", recipient="", text=text, choices=wording.CALL_CHOICES)
    key = f"{made.number}/{made.version}/call"
    work.tell(work.person_by_id(made.person), message, key=key, subject=made.number, lane=_lane(warning))


def send_once(work: Work, warning: RelayedWarning, what: str, people: Iterable[Person], text: str) -> None:
    """Put a message about a whole warning in the outbox for some people; `what` is told to nobody twice."""
    for person in people:
        message = Outgoing(channel="", recipient="", text=wording.marked(warning, text))
        work.tell(person, message, key=f"{warning.number}/{what}", subject=warning.number, lane=_lane(warning))


def send(work: Work, event: Event, what: str, people: Iterable[Person], text: str, *choices: str) -> None:
    """Put a message about an event in the outbox for some people; the same event tells the same person once."""
    warning = stored.warning(work, event.stream.partition("/")[0])
    for person in people:
        message = Outgoing(channel="", recipient="", text=wording.marked(warning, text), choices=choices)
        key = f"{event.stream}/{event.sequence}/{what}"
        work.tell(person, message, key=key, subject=event.stream, lane=_lane(warning))


def _lane(warning: RelayedWarning) -> Lane:
    return Lane.ROUTINE if warning.is_exercise else Lane.URGENT  # whatever is rehearsed waits for what is real


def in_charge(work: Work, warning: RelayedWarning, *, but: Iterable[int] = ()) -> list[Person]:
    """Return duty and leader of the warning's place, without those whom the news is about; if need be, from above.

    An exercise bothers nobody whom it has not called.
    """
    # a village's own head is among the called; who is told of them stands above
    place = up_to(warning.region, PlaceLevel.TOWNSHIP) if warning.plan else warning.region
    people = rosters.on_duty(work, place, but=frozenset(but))
    if warning.is_exercise:
        people = [one for one in people if _is_called(work, warning, one.id or 0)]
    return people


def _is_called(work: Work, warning: RelayedWarning, person: int) -> bool:
    known = stored.call_to(work.session, warning.number, person)
    return known is not None or fanout.to_call(work.session, warning.number, person) is not None


def name(person: Person) -> str:
    """Return how a person is called."""
    return person.name or wording.NAMELESS


def called(person: Person) -> str:
    """Return how duty gets hold of a person: name and telephone."""
    return wording.contact(name(person), person.phone)


def tell_unreachable(work: Work, warning: RelayedWarning, first: str, people: Iterable[Person]) -> None:
    """Tell duty whom no message can reach: they must be called by telephone; first: number of the first of these calls."""
    silent = [person for person in people if not work.has_channel(person)]
    if silent:
        to = in_charge(work, warning, but=[person.id or 0 for person in silent])
        count = first.rpartition("/")[2]
        send_once(work, warning, f"unreachable/{count}", to, wording.unreachable(warning, map(called, silent)))
