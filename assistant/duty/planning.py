"""Planning (排班): rotation and changes to who is on in each shift; a pure function of both, the calendar and the day."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from assistant.duty.calendar import Calendar
from assistant.duty.order import OrderKind, Override
from assistant.duty.pattern import Pattern, slots_on
from assistant.duty.post import Origin
from assistant.duty.slot import CHINA, Slot, Turn, within, without

Span = tuple[datetime, datetime]


def plan_day(patterns: Sequence[Pattern], overrides: Iterable[Override], calendar: Calendar, day: date) -> list[Slot]:
    """Return who is on in the shifts that begin on a day, in the order of the rotation's lines.

    patterns, overrides: in the order in which they were made; the last rotation that holds is changed by one after another.
    Raises: UnknownHolidays.
    """
    changes = [one for one in overrides if one.holds(day)]
    all_new = [number for number, one in enumerate(changes) if one.kind in (OrderKind.TABLE, OrderKind.TEMPORARY)]
    # what is replaced as a whole need not be worked out, and needs no calendar
    first = all_new[-1] if all_new else 0
    held = [one for one in patterns if one.covers(day)]
    slots = slots_on(held[-1], day, calendar) if held and not all_new else []
    for change in changes[first:]:
        slots = CHANGES[change.kind](slots, change, day, calendar)
    return _once(slots)


def plan(
    patterns: Sequence[Pattern], overrides: Sequence[Override], calendar: Calendar, first: date, last: date
) -> list[Slot]:
    """Return who is on in the shifts that begin from `first` to `last`; raises UnknownHolidays."""
    return [slot for day in _days(first, last) for slot in plan_day(patterns, overrides, calendar, day)]


def gaps(slots: Iterable[Slot], starts_at: datetime, ends_at: datetime) -> list[Span]:
    """Return the spans in which nobody is on, in order."""
    found, until = [], starts_at
    for slot in sorted(slots, key=lambda slot: slot.starts_at):
        if slot.starts_at >= ends_at:
            break
        if slot.starts_at > until:
            found.append((until, slot.starts_at))
        until = max(until, slot.ends_at)
    return [*found, (until, ends_at)] if until < ends_at else found


def _all_new(_slots: list[Slot], change: Override, day: date, calendar: Calendar) -> list[Slot]:
    if change.pattern is None:
        return [slot for slot in change.slots if slot.day == day]
    return [replace(slot, origin=Origin.OVERRIDE) for slot in slots_on(change.pattern, day, calendar)]


def _added(slots: list[Slot], change: Override, day: date, _calendar: Calendar) -> list[Slot]:
    if change.post is None or day < change.first:
        return slots
    hours = {change.hours.on(day)} if change.hours else {(one.starts_at, one.ends_at) for one in slots}
    spans = sorted(hours) or [Turn().on(day)]
    return slots + [Slot(day, change.post, change.person, *span, Origin.OVERRIDE) for span in spans]


def _replaced(slots: list[Slot], change: Override, _day: date, _calendar: Calendar) -> list[Slot]:
    changed: list[Slot] = []
    for slot in slots:
        kept, meant = _cut(slot, change)
        changed += [*kept, *(replace(part, person=change.by, origin=Origin.OVERRIDE) for part in meant)]
    return changed


def _removed(slots: list[Slot], change: Override, _day: date, _calendar: Calendar) -> list[Slot]:
    return [part for slot in slots for part in _cut(slot, change)[0]]


def _cut(slot: Slot, change: Override) -> tuple[list[Slot], list[Slot]]:
    """Return the parts of a slot that a change leaves alone, and those that it is about."""
    if slot.person != change.person or change.post not in (None, slot.kind):
        return [slot], []
    if change.hours is None:
        return [], [slot]
    kept, meant = [slot], []
    # 02:00-04:00 of a day belongs to the shift that began on the evening before
    for day in _days(max(slot.day, change.first), min(slot.ends_at.astimezone(CHINA).date(), change.last)):
        span = change.hours.on(day)
        meant += [part for one in kept if (part := within(one, *span)) is not None]
        kept = [left for one in kept for left in without(one, *span)]
    return kept, meant


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _once(slots: Iterable[Slot]) -> list[Slot]:
    """Return slots in order of time, else as they were written; who is put where they are already is there once."""
    known = {(slot.starts_at, slot.kind, slot.person, slot.ends_at): slot for slot in slots}
    return sorted(known.values(), key=lambda slot: slot.starts_at)


Change = Callable[[list[Slot], Override, date, Calendar], list[Slot]]
CHANGES: dict[OrderKind, Change] = {
    OrderKind.TABLE: _all_new,
    OrderKind.TEMPORARY: _all_new,
    OrderKind.ADD: _added,
    OrderKind.REPLACE: _replaced,
    OrderKind.REMOVE: _removed,
}
