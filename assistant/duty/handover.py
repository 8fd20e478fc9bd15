"""The hand-over (交接班): a note from the live state, signed by who goes, confirmed by who comes; a gap is told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from assistant.duty.turns import EARLY, HAND_OVER, LAPSE, RUNNING, Shift, ShiftState, span
from assistant.events import Event, Fact, utc
from assistant.hazards import Hazard
from assistant.incidents import Incident
from assistant.rules import Rules

UNSIGNED, UNCONFIRMED, NO_SUCCESSOR = "unsigned", "unconfirmed", "no_successor"
"""What can be missing in a hand-over."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody typed during the shift (记一下)."""

    sequence: int
    at: datetime
    actor: str
    text: str


@dataclass(frozen=True, slots=True)
class Running:
    """A live warning, with the names of who has not answered."""

    number: str
    title: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """A drill, round or other item that is overdue, or is planned or due before the next shift has ended."""

    number: str
    region: str
    name: str
    due_on: date
    planned_on: date | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Equipment:
    """Gear and supplies as somebody wrote them down last."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Matters:
    """What a hand-over note tells of."""

    incidents: tuple[Incident, ...]
    hazards: tuple[Hazard, ...]
    """Overdue or urgent."""
    warnings: tuple[Running, ...]
    items: tuple[Due, ...]
    """Overdue ones first."""
    equipment: Equipment | None
    remarks: tuple[Remark, ...]
    weather: str


def remarks(events: Iterable[Event]) -> tuple[Remark, ...]:
    """Return what was typed during a shift and not struck out, in order."""
    known = list(events)
    struck = {event.fields["sequence"] for event in known if event.kind == "struck"}
    return tuple(
        Remark(event.sequence, utc(event.at), event.actor, event.fields["text"])
        for event in known
        if event.kind == "noted" and event.sequence not in struck
    )


def note(text: str) -> Fact:
    """Record what somebody typed."""
    return Fact("noted", {"set": {}, "text": text})


def strike(remark: Remark) -> Fact:
    """Record that something typed does not count; it stays in the log."""
    return Fact("struck", {"set": {}, "sequence": remark.sequence, "text": remark.text})


def tell_weather(text: str) -> Fact:
    """Record the weather line of the hand-over."""
    return Fact("weather", {"set": {"weather": text}})


def tell_equipment(text: str, now: datetime) -> Fact:
    """Record what gear and supplies there are; it holds for later shifts until somebody writes it anew."""
    changed = {"equipment": text, "equipment_at": utc(now).isoformat()}
    return Fact("equipment", {"set": changed, "text": text})


def draft(text: str, now: datetime) -> Fact:
    """Record the note as it was shown to who goes."""
    return Fact("drafted", {"set": {"note": text, "drafted_at": utc(now).isoformat()}})


def can_sign(shift: Shift, now: datetime, rules: Rules) -> bool:
    """Say whether the end is near enough, or past, for the note to be signed."""
    return shift.ends - span(EARLY, shift, rules) <= utc(now)


def sign(shift: Shift, person: int, now: datetime) -> Fact:
    """Record that who goes stands for the note as it was drafted."""
    changed = {
        "state": ShiftState.HANDED_OVER.value,
        "handed_over_by": person,
        "handed_over_at": utc(now).isoformat(),
        "climb_at": None,
    }
    return Fact("handed_over", {"set": changed, "note": shift.note})


def confirm(person: int, now: datetime) -> Fact:
    """Record that the successor has read the note and has taken everything over."""
    changed = {"state": ShiftState.CLOSED.value, "confirmed_by": person, "confirmed_at": utc(now).isoformat()}
    return Fact("confirmed", {"set": changed})


def begin(by: str) -> Fact:
    """Record that a shift stands on its own: the one before (`by`) is confirmed."""
    return Fact("began", {"set": {"state": ShiftState.ON_DUTY.value}, "after": by})


def gap(shift: Shift, successor: Shift | None, now: datetime, rules: Rules) -> str:
    """Return what is missing in the hand-over of a shift and was not told yet, empty for nothing."""
    if utc(now) < shift.ends + span(HAND_OVER, shift, rules):
        return ""
    found = ""
    if shift.state in RUNNING and shift.taken_at is not None:
        found = UNSIGNED if successor is not None else NO_SUCCESSOR
    elif shift.state == ShiftState.HANDED_OVER.value:
        found = _unconfirmed(shift, successor, now, rules)
    return "" if found in shift.gaps.split(",") else found


def _unconfirmed(shift: Shift, successor: Shift | None, now: datetime, rules: Rules) -> str:
    """A successor who has not come at all is told by the clock of the take-over."""
    if successor is None:
        return NO_SUCCESSOR
    since = max(successor.begins, utc(shift.handed_over_at or now))
    is_late = since + span(HAND_OVER, shift, rules) <= utc(now)
    return UNCONFIRMED if is_late and successor.taken_at is not None else ""


def page(shift: Shift, found: str) -> Fact:
    """Record that the leader is told what is missing."""
    gaps = ",".join(filter(None, (shift.gaps, found)))
    return Fact("gap", {"set": {"gaps": gaps}, "missing": found}, HAND_OVER)


def is_over(shift: Shift, now: datetime, rules: Rules) -> bool:
    """Say whether a shift has ended so long ago that no hand-over of it is expected any more."""
    return shift.state != ShiftState.CLOSED.value and shift.ends + span(LAPSE, shift, rules) <= utc(now)
