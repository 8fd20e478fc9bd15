"""Rosters as calendar files (.ics): what a telephone or an office calendar holds, and what it can be given.

Source: RFC 5545. Times without a zone are those of China.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import recurring_ical_events
from icalendar import Calendar as Ical
from icalendar import Event

from assistant.duty.names import Named, kind_in, people_in
from assistant.duty.post import PostKind
from assistant.duty.slot import CHINA
from assistant.errors import DamagedCalendar

BYTES, EVENTS, SHIFTS = 2_000_000, 5_000, 20_000
FIRST_YEAR = 2000
TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY", "HOURLY"})
WITHIN_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
MOST_WITHIN_A_DAY = 4
PRODUCT = "-//Yingda//duty roster//ZH"
DAMAGED = (ValueError, KeyError, TypeError, AttributeError, IndexError)
"""What the libraries raise for what is no calendar."""


@dataclass(frozen=True, slots=True)
class Shift:
    """One event of a calendar: who is on, from when to when."""

    people: tuple[Named, ...]
    kind: PostKind
    starts_at: datetime
    """UTC."""
    ends_at: datetime
    summary: str = ""
    is_all_day: bool = False
    """Without hours: the usual shift of its days."""

    @property
    def day(self) -> date:
        """The day in China on which it begins."""
        return self.starts_at.astimezone(CHINA).date()


@dataclass(frozen=True, slots=True)
class Entered:
    """One post for a calendar file."""

    uid: str
    summary: str
    """带班领导：张示例."""
    kind: PostKind
    name: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""


def read_shifts(data: bytes, first: date, last: date, path: object = "") -> list[Shift]:
    """Return the shifts that begin from `first` to `last`, repeated ones each time, in order.

    Raises: DamagedCalendar.
    """
    if len(data) > BYTES:
        raise DamagedCalendar(path=path)
    begins = datetime.combine(first, time(), CHINA)
    ends = datetime.combine(last + timedelta(days=1), time(), CHINA)
    try:
        calendar = Ical.from_ical(data)
        _refuse_excess(calendar, path)
        found = recurring_ical_events.of(calendar).between(begins, ends)
        shifts = [_shift(event) for event in found]
    except DAMAGED as error:
        raise DamagedCalendar(path=path) from error
    if len(shifts) > SHIFTS:
        raise DamagedCalendar(path=path)
    return sorted((one for one in shifts if first <= one.day <= last), key=lambda one: (one.starts_at, one.summary))


def write_shifts(entered: Iterable[Entered], title: str, now: datetime) -> bytes:
    """Return a calendar file; the same posts give the same file but for the time at which it was made."""
    calendar = Ical()
    for name, value in (("prodid", PRODUCT), ("version", "2.0"), ("method", "PUBLISH"), ("x-wr-calname", title)):
        calendar.add(name, value)
    for one in entered:
        event = Event()
        event.add("uid", one.uid)
        event.add("dtstamp", now.astimezone(UTC))
        event.add("dtstart", one.starts_at.astimezone(UTC))
        event.add("dtend", one.ends_at.astimezone(UTC))
        event.add("summary", one.summary)
        event.add("x-duty-kind", one.kind.value)
        event.add("x-duty-name", one.name)
        if one.place:
            event.add("location", one.place)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _refuse_excess(calendar: Any, path: object) -> None:
    """Raise DamagedCalendar for what repeats so often that reading it would not end."""
    events = calendar.walk("VEVENT")
    rules = [rule for event in events for rule in _rules(event)]
    is_too_old = any(event.start.year < FIRST_YEAR for event in events)
    if len(events) > EVENTS or is_too_old or any(map(_is_too_often, rules)):
        raise DamagedCalendar(path=path)


def _rules(event: Any) -> list[Any]:
    rules = event.get("RRULE", [])
    return rules if isinstance(rules, list) else [rules]


def _is_too_often(rule: Any) -> bool:
    within = [len(rule.get(name, [])) for name in WITHIN_A_DAY]
    is_often = any(str(one).upper() in TOO_OFTEN for one in rule.get("FREQ", []))
    return is_often or any(count > MOST_WITHIN_A_DAY for count in within)


def _shift(event: Any) -> Shift:
    summary = str(event.get("SUMMARY", "")).strip()
    said = str(event.get("X-DUTY-KIND", ""))
    people = (Named(str(event["X-DUTY-NAME"])),) if "X-DUTY-NAME" in event else _people(event, summary)
    kind = PostKind(said) if said in set(PostKind) else kind_in(summary) or PostKind.STAFF
    starts, ends = event.start, event.end
    is_all_day = not isinstance(starts, datetime)
    return Shift(people, kind, _moment(starts), _moment(ends), summary, is_all_day)


def _people(event: Any, summary: str) -> tuple[Named, ...]:
    """Return who is named in the title, else the guests of the event."""
    people = people_in(summary.replace("（", " （")).people
    if people:
        return people
    guests = event.get("ATTENDEE", [])
    listed = guests if isinstance(guests, list) else [guests]
    return tuple(named for guest in listed for named in people_in(str(guest.params.get("CN", ""))).people)


def _moment(value: date) -> datetime:
    if not isinstance(value, datetime):
        return datetime.combine(value, time(), CHINA).astimezone(UTC)
    return (value if value.tzinfo else value.replace(tzinfo=CHINA)).astimezone(UTC)
