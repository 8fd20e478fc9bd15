"""The ledger for those who may read it (看台账): cases, counts and what happened, by role and place; the reporter stays sealed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from assistant.desk import casework
from assistant.desk.acting import acting, called
from assistant.desk.photos import Photo, photos
from assistant.errors import NotAllowed, UnknownCase
from assistant.events import Event
from assistant.exports.counts import Count, counts
from assistant.exports.entries import Entry, entries, without
from assistant.hazards import whistling
from assistant.hazards.moments import utc
from assistant.hazards.steps import Action, is_allowed, is_possible
from assistant.masking import mask
from assistant.people import Grant, Person
from assistant.permissions import SeeAction, granted, may
from assistant.ports import Incoming, Outgoing
from assistant.rules import Rules
from assistant.store import Work, ledger
from assistant.store.ledger import Chosen

SAID = ("reason", "words", "message")
"""What an event may tell besides its kind."""
BUTTONS = (
    Action.SIGN,
    Action.RECTIFY,
    Action.SUBMIT,
    Action.REFUSE,
    Action.ACCEPT,
    Action.REJECT,
    Action.CLOSE,
    Action.FAIL,
    Action.SUPERVISE,
)
"""Everything else needs more than a word of explanation, and is done in the chat."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases somebody asks for."""

    chosen: Chosen
    trade: str = ""
    is_late: bool = False
    """Only those whose deadline has passed."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The cases that somebody may read, and their counts."""

    entries: tuple[Entry, ...]
    by_region: tuple[Count, ...]
    by_category: tuple[Count, ...]
    by_trade: tuple[Count, ...]
    by_unit: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a case."""

    at: datetime
    kind: str
    who: str
    """Somebody of the staff by name; empty for the reporter, the clock and the rules, which `by` tells apart."""
    by: str
    said: str


@dataclass(frozen=True, slots=True)
class View:
    """One case with its history."""

    entry: Entry
    steps: tuple[Step, ...]
    pictures: tuple[Photo, ...]


def listing(work: Work, person: Person, wanted: Wanted) -> Listing:
    """Return what somebody may read of the chosen cases, the newest first; raises NotAllowed for who may read none."""
    grants = _grants(work, person)
    found = [one for one in entries(work.session, wanted.chosen, work.now) if _may_read(grants, one)]
    found = [one for one in found if wanted.trade in ("", one.trade)]
    shown = [entry for entry in found if entry.is_overdue] if wanted.is_late else found
    return Listing(
        entries=tuple(reversed(shown)),
        by_region=counts(found, "region"),
        by_category=counts(found, "category"),
        by_trade=counts(found, "trade"),
        by_unit=counts(found, "unit"),
    )


def view(work: Work, person: Person, number: str) -> View:
    """Return one case with its history; raises UnknownCase, NotAllowed."""
    grants = _grants(work, person)
    found = entries(work.session, Chosen(numbers=(number,)), work.now)
    if not found:
        raise UnknownCase(number=number)
    if not _may_read(grants, found[0]):
        raise _refused()
    who = ledger.reporter_names(work.session)[number]
    steps = tuple(_step(event, work, who, is_anonymous=found[0].is_anonymous) for event in work.events(number))
    seen = tuple(row.digest for row in ledger.shown_evidence(work.session, number) if row.kind == "image")
    may_see = may(grants, SeeAction.EVIDENCE, found[0].region, found[0].category)
    return View(found[0], steps, photos(work, work.hazard(number), seen) if may_see else ())


def acts(work: Work, person: Person, number: str) -> tuple[Action, ...]:
    """Return what somebody may do to a case now, of what the page has buttons for."""
    hazard = work.hazard(number)
    by = acting(work, hazard, person)
    is_called = whistling.called_as(hazard, by) is not None
    possible = (action for action in BUTTONS if is_possible(hazard, action))
    return tuple(action for action in possible if is_allowed(hazard, action, by, is_called=is_called))


def act(work: Work, person: Person, text: str, incoming: Incoming, rules: Rules) -> list[Outgoing]:
    """Do what a button asks for, in the words that the chat takes; empty where these are none."""
    attended = casework.attend(text, incoming, person, work, rules, {})
    return attended.replies if attended is not None else []


def _grants(work: Work, person: Person) -> list[Grant]:
    grants = work.grants(person)
    if not any(granted([grant], grant.region) & {Action.LEDGER} for grant in grants):
        raise _refused()
    return grants


def _may_read(grants: Iterable[Grant], entry: Entry) -> bool:
    return Action.LEDGER in granted(grants, entry.region, entry.category)


def _refused() -> NotAllowed:
    return NotAllowed(action=Action.LEDGER.value, role="staff")


def _step(event: Event, work: Work, reporters: list[str], *, is_anonymous: bool) -> Step:
    by, _, rest = event.actor.partition("/")
    is_told = by == "person" or (by == "reporter" and not is_anonymous)
    texts = (str(event.fields.get(name) or "") for name in SAID) if is_told else ()
    said = " ".join(filter(None, texts))
    return Step(
        at=utc(event.at),
        kind=event.kind,
        who=called(work, work.person_by_id(int(rest))) if by == "person" else "",
        by=by,
        said=without(mask(said), reporters),
    )
