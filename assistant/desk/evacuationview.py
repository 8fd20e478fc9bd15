"""The evacuation for those who may see it (看转移台账): sums by village and wave, who is not safe, one household."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.desk import callnotices as notices
from assistant.desk import evacuationcards as cards
from assistant.desk import evacuationorders as orders
from assistant.desk.acting import called, staff
from assistant.desk.evacuationrows import Rows, by_village, steps_unsafe, today, with_homes
from assistant.errors import MissingReason, NotAllowed, UnknownCase
from assistant.evacuation import Household, ShelterCount, Sum, Transfer, Wave, applying, sum_of
from assistant.evacuation.applying import Saying
from assistant.evacuation.phrases import Kind
from assistant.evacuation.telling import Claim
from assistant.events import Event, utc
from assistant.masking import mask
from assistant.people import Person
from assistant.permissions import EvacuationAction, PeopleAction, may
from assistant.rules import Rules
from assistant.store import Work
from assistant.store import evacuation as stored
from assistant.wording import evacuation as wording

TELLING = (Kind.KNOCKED, Kind.LEFT, Kind.ARRIVED, Kind.REFUSED, Kind.AWAY, Kind.HOME, Kind.NOT_MOVED)
"""What a page has buttons for."""


@dataclass(frozen=True, slots=True)
class Row:
    """One household on the move."""

    transfer: Transfer
    home: Household
    helper: str


@dataclass(frozen=True, slots=True)
class Listing:
    """All that somebody may see of what goes on."""

    whole: Sum
    by_village: tuple[tuple[str, Sum], ...]
    by_wave: tuple[tuple[Wave, Sum], ...]
    unsafe: tuple[Row, ...]
    safe: tuple[Row, ...]
    counts: tuple[ShelterCount, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a household."""

    at: datetime
    kind: str
    who: str
    said: str


@dataclass(frozen=True, slots=True)
class View:
    """One household: its card, where it is, and what happened."""

    row: Row
    card: tuple[tuple[str, str], ...]
    phone: str
    """Whole for the helper and for duty, masked for all others."""
    steps: tuple[Step, ...]
    may_tell: bool


def listing(work: Work, person: Person) -> Listing:
    """Return what somebody may see; raises NotAllowed for who may see none."""
    grants = work.grants(person)
    if not any(may([grant], EvacuationAction.SEE_TRANSFERS, grant.region) for grant in grants):
        raise NotAllowed(action=EvacuationAction.SEE_TRANSFERS.value, role="staff")
    known = with_homes(work, stored.open_transfers(work.session))
    seen = known.some(row for row in known.rows if may(grants, EvacuationAction.SEE_TRANSFERS, row.region))
    rows = [_row(work, row, home) for row, home in seen.pairs()]
    numbers = dict.fromkeys(row.warning for row in seen.rows)
    return Listing(
        whole=sum_of(seen.rows),
        by_village=tuple((place, sum_of(one.rows)) for place, one in by_village(seen).items()),
        by_wave=tuple((wave, sum_of(row for row in seen.rows if row.wave == wave.value)) for wave in Wave),
        unsafe=tuple(row for row in rows if steps_unsafe(row.transfer)),
        safe=tuple(row for row in rows if not steps_unsafe(row.transfer)),
        counts=tuple(one for number in numbers for one in stored.counts_of(work.session, number)),
    )


def view(work: Work, person: Person, number: str) -> View:
    """Return one household; raises UnknownCase, NotAllowed."""
    known = _found(work, person, number)
    ((row, home),) = known.pairs()
    grants = work.grants(person)
    is_open = person.id == row.helper or may(grants, PeopleAction.SEE_PHONES, row.region)
    return View(
        row=_row(work, row, home),
        card=cards.card(work, person, home).lines,
        phone=home.phone if is_open else mask(home.phone),
        steps=tuple(_step(work, event) for event in work.events(number)),
        may_tell=may(grants, EvacuationAction.TELL_TRANSFER, row.region),
    )


def act(work: Work, person: Person, number: str, kind: Kind, said: str, rules: Rules) -> str:
    """Record by a button what is said of a household; who refuses needs a witness, who is away a proof.

    Raises: UnknownCase, NotAllowed, MissingReason.
    """
    known = _found(work, person, number)
    ((row, home),) = known.pairs()
    if not may(work.grants(person), EvacuationAction.TELL_TRANSFER, row.region):
        raise NotAllowed(action=EvacuationAction.TELL_TRANSFER.value, role="staff")
    if kind in (Kind.REFUSED, Kind.AWAY) and not said:
        raise MissingReason(number=f"{home.head}家", action=wording.BUTTONS[kind])
    claim = Claim(row.household, kind, said, witness=said if kind is Kind.REFUSED else "", proof=said)
    visit = rules.find("evacuation.visit", row.region, today(work)).duration
    facts = applying.facts(row, Saying(claim, person.id, work.now, said, is_mistake=True), visit)
    for fact in facts:
        work.append(row, fact, staff(work, person))
    return wording.noted(home, facts[-1].kind, row) if facts else wording.KNOWN


def release(work: Work, person: Person, village: str, rules: Rules) -> str:
    """Let the households of a village go back; raises NotAllowed."""
    known = with_homes(work, stored.open_transfers(work.session))
    out = by_village(known.some(row for row in known.rows if row.is_locked)).get(village)
    if out is None:
        return wording.NOBODY_OUT.format(place=village)
    if not all(may(work.grants(person), EvacuationAction.RELEASE_TRANSFER, row.region) for row in out.rows):
        raise NotAllowed(action=EvacuationAction.RELEASE_TRANSFER.value, role="leader director")
    return orders.release(work, out, person, wording.RELEASED_ON_PAGE, rules)


def _found(work: Work, person: Person, number: str) -> Rows:
    rows = [row for row in stored.transfers_of(work.session, number.partition("/")[0]) if row.number == number]
    if not rows:
        raise UnknownCase(number=number)
    if not may(work.grants(person), EvacuationAction.SEE_TRANSFERS, rows[0].region):
        raise NotAllowed(action=EvacuationAction.SEE_TRANSFERS.value, role="staff")
    return with_homes(work, rows)


def _person(work: Work, person_id: int | None) -> Person | None:
    return work.person_by_id(person_id) if person_id is not None else None


def _row(work: Work, row: Transfer, home: Household) -> Row:
    helper = _person(work, row.helper)
    return Row(row, home, notices.name(helper) if helper is not None else "")


def _step(work: Work, event: Event) -> Step:
    by, _, rest = event.actor.partition("/")
    who = called(work, work.person_by_id(int(rest))) if by == "person" else wording.BY.get(by, by)
    return Step(utc(event.at), event.kind, who, mask(str(event.fields.get("message") or "")))


def villages(listed: Listing) -> Sequence[str]:
    """Return the villages of which somebody is out."""
    return [place for place, known in listed.by_village if known.moved.households > known.returned.households]
