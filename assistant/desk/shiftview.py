"""Shifts for those who may read them (看值班): who has taken over, what is late, what was handed over, what may be done."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from assistant.desk import handoverwork, ondutywork, spotcheckwork
from assistant.desk.knowledge import plain
from assistant.desk.shiftwork import named
from assistant.duty import PostKind, Shift, ShiftState, SpotCheck, handover, turns
from assistant.duty.shiftorders import Ordered, ShiftOrder
from assistant.errors import NotAllowed
from assistant.events import Event, utc
from assistant.people import Person
from assistant.permissions import ShiftAction, may
from assistant.ports import Outgoing
from assistant.rules import Rules
from assistant.store import Work
from assistant.store import shifts as stored
from assistant.wording import shifts as wording
from assistant.wording import swaps as swap_words

BACK = timedelta(days=7)
"""So far back the list goes."""


@dataclass(frozen=True, slots=True)
class Row:
    """One shift of the list."""

    shift: Shift
    names: dict[PostKind, list[str]]
    missing: tuple[str, ...]
    """Who must take over and has not."""

    @property
    def is_late(self) -> bool:
        """Whether somebody is missing who must be there."""
        return self.shift.state == ShiftState.NOT_TAKEN.value


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a shift."""

    kind: str
    at: datetime
    who: str
    said: str


@dataclass(frozen=True, slots=True)
class View:
    """One shift with all that those on it need."""

    row: Row
    steps: tuple[Step, ...]
    checks: tuple[tuple[SpotCheck, str], ...]
    """With the names of who was checked."""
    acts: tuple[ShiftOrder, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The shifts of now, of the days before and of the days to come, with what is said of swaps."""

    rows: tuple[Row, ...]
    swaps: tuple[str, ...]


def board(work: Work, person: Person) -> Board:
    """Return the shifts that somebody may read, the running ones first, then those to come, then those before."""
    known = stored.since(work.session, work.now - BACK)
    mine = {one.number for one in stored.of_person(work.session, person.id or 0)}
    shown = [one for one in known if one.number in mine or _may_read(work, person, one)]
    shown.sort(key=lambda one: _place_in_list(one, utc(work.now)))
    regions = dict.fromkeys(one.region for one in shown)
    swaps = [one for region in regions for one in stored.swaps_in(work.session, region)]
    lines = swap_words.listed((one, _name(work, one.asked_by), _name(work, one.other)) for one in swaps)
    return Board(tuple(_row(work, one) for one in shown), tuple(lines.split("\n")) if swaps else ())


def _place_in_list(one: Shift, now: datetime) -> tuple[int, float]:
    """Return where a shift stands: those of now, those to come, the next one first, then those that are over."""
    begins = one.begins.timestamp()
    if one.ends <= now:
        return 2, -begins
    return (1, begins) if one.begins > now else (0, begins)


def view(work: Work, person: Person, number: str, rules: Rules) -> View:
    """Return one shift; raises UnknownCase, NotAllowed."""
    shift = stored.shift(work, number)
    is_on = any(post.person_id == person.id for post in stored.posts_on(work.session, shift))
    if not is_on and not _may_read(work, person, shift):
        raise NotAllowed(action=ShiftAction.SEE.value, role="staff")
    checks = [one for one in stored.checks_since(work.session, [shift.region], shift.begins) if one.shift == number]
    known = spotcheckwork.names(work, checks)
    return View(
        row=_row(work, shift),
        steps=tuple(_step(work, event) for event in work.events(number)),
        checks=tuple((one, known[one.person]) for one in checks),
        acts=tuple(_acts(work, person, shift, rules, is_on=is_on)),
    )


def act(work: Work, person: Person, order: ShiftOrder, said: str, rules: Rules) -> list[Outgoing]:
    """Do what a button of the page asks for, as the same words would in the chat."""
    ordered = Ordered(order, said)
    return ondutywork.done(ordered, person, work, rules) or [plain(wording.NO_SHIFT)]


def _acts(work: Work, person: Person, shift: Shift, rules: Rules, *, is_on: bool) -> list[ShiftOrder]:
    found: list[ShiftOrder] = []
    is_open = shift.state in turns.WAITING | turns.RUNNING
    if is_on and turns.can_take(shift, work.now, rules):
        found += [] if person.id in shift.came else [ShiftOrder.TAKE]
        found += [ShiftOrder.CONFIRM] if handoverwork.is_note_waiting(shift, work) else []
    if is_on and is_open and shift.begins <= utc(work.now):
        found += [ShiftOrder.NOTE, ShiftOrder.WEATHER, ShiftOrder.EQUIPMENT, ShiftOrder.DRAFT]
        found += [ShiftOrder.SIGN] if shift.note and handover.can_sign(shift, work.now, rules) else []
    is_running = shift.begins <= utc(work.now) < shift.ends
    if is_running and may(work.grants(person), ShiftAction.CHECK, shift.region):
        found.append(ShiftOrder.CHECK)
    return found


def _may_read(work: Work, person: Person, shift: Shift) -> bool:
    return may(work.grants(person), ShiftAction.SEE, shift.region)


def _row(work: Work, shift: Shift) -> Row:
    posts = stored.posts_on(work.session, shift)
    absent = work.people_by_id(turns.missing(shift, posts))
    return Row(shift, named(work, posts), tuple(one.name for one in absent))


def _step(work: Work, event: Event) -> Step:
    actor = event.actor.removeprefix("person/")
    said = event.fields.get("text", "")
    return Step(event.kind, utc(event.at), _name(work, int(actor)) if actor.isdigit() else "", said)


def _name(work: Work, person_id: int | None) -> str:
    return work.person_by_id(person_id).name if person_id is not None else ""
