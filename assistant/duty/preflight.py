"""The pre-flight (值班表检查): what would leave a call unanswered, found before the shift instead of in it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from assistant.duty.calendar import Calendar
from assistant.duty.planning import Span, gaps
from assistant.duty.post import PostKind
from assistant.duty.slot import CHINA, Slot

WITHOUT_LEADER = re.compile(r"(?:村|社区|居委会|村委会|组|网格|队)$")
"""Below the township nobody leads a shift."""
FREE_DAYS = timedelta(days=1)


class FindingKind(StrEnum):
    """What is wrong with a roster, the worst first."""

    GAP = "gap"  # 没有人值班
    NO_LEADER = "no_leader"  # 没有带班领导
    HOLIDAY_NO_LEADER = "holiday_no_leader"  # 节假日没有带班领导
    NO_CHANNEL = "no_channel"  # 联系不上
    UNVERIFIED = "unverified"  # 渠道没有核对
    GONE = "gone"  # 已经停用的人还在表上
    DOUBLE = "double"  # 同一时间排了两处
    SAME_PHONE = "same_phone"  # 两个人同一个电话
    NO_DEPUTY = "no_deputy"  # 村里没有B角
    NOBODY = "nobody"  # 村里没有网格员
    TOO_LONG = "too_long"  # 连着值班太久
    TOO_OFTEN = "too_often"  # 一个月值班太多
    NO_CALENDAR = "no_calendar"  # 节假日没有录入


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong; fields that do not belong to it are empty."""

    kind: FindingKind
    where: str = ""
    """Office or path of the place."""
    people: tuple[int, ...] = ()
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    count: int = 0
    """Days on which the same hours are empty, shifts in a month, or the year."""
    named: str = ""
    """Name of the holiday."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody on a roster, as far as the check needs it."""

    person: int
    phone: str = ""
    has_channel: bool = True
    is_verified: bool = True
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Village:
    """A village with the number of those who have its grid, and of their deputies (B角)."""

    path: str
    workers: int
    deputies: int


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is too much. Source: rules.toml, duty.row.most and duty.month.most."""

    row: timedelta
    month: int


@dataclass(frozen=True, slots=True)
class Rosters:
    """All that is looked at."""

    offices: Mapping[str, Sequence[Slot]]
    """Office or path of the place → who is on."""
    contacts: Mapping[int, Contact]
    villages: Sequence[Village]
    calendar: Calendar
    limits: Limits


def check(rosters: Rosters, starts_at: datetime, ends_at: datetime) -> list[Finding]:
    """Return what is wrong between two moments, the worst first."""
    found: list[Finding] = []
    for where, slots in rosters.offices.items():
        ahead = [slot for slot in slots if slot.ends_at > starts_at and slot.starts_at < ends_at]
        found += _grouped(where, gaps(ahead, starts_at, ends_at))
        found += _unled(where, ahead, rosters.calendar, (starts_at, ends_at))
    everything = [slot for slots in rosters.offices.values() for slot in slots]
    ahead = [slot for slot in everything if slot.ends_at > starts_at and slot.starts_at < ends_at]
    found += [*_unreachable(ahead, rosters.contacts), *_double(ahead), *_same_phone(rosters.contacts.values())]
    found += [*_villages(rosters.villages), *_too_much(everything, rosters.limits, starts_at)]
    found += _unknown_years(rosters.calendar, starts_at, ends_at)
    order = list(FindingKind)
    return sorted(found, key=lambda one: order.index(one.kind))


def _grouped(where: str, spans: Iterable[Span]) -> list[Finding]:
    """Return gaps, the same hours of many days as one."""
    groups: dict[tuple[time, time] | datetime, list[Span]] = defaultdict(list)
    for begins, ends in spans:
        hours = (begins.astimezone(CHINA).time(), ends.astimezone(CHINA).time())
        groups[hours if ends - begins < FREE_DAYS else begins].append((begins, ends))
    return [
        Finding(FindingKind.GAP, where, starts_at=group[0][0], ends_at=group[0][1], count=len(group))
        for group in groups.values()
    ]


def _unled(where: str, slots: Sequence[Slot], calendar: Calendar, span: Span) -> list[Finding]:
    """Return the days on which somebody is on, but nobody leads: each holiday apart, other days together."""
    if WITHOUT_LEADER.search(where):
        return []
    led = [slot for slot in slots if slot.kind is PostKind.LEADER]
    alone = [
        slot
        for slot in slots
        if slot.kind is not PostKind.LEADER and gaps(led, max(slot.starts_at, span[0]), min(slot.ends_at, span[1]))
    ]
    by_name: dict[str, list[Slot]] = defaultdict(list)
    for slot in alone:
        by_name[_holiday(calendar, slot.day)].append(slot)
    return [_of_unled(where, name, held) for name, held in by_name.items()]


def _of_unled(where: str, name: str, slots: Sequence[Slot]) -> Finding:
    kind = FindingKind.HOLIDAY_NO_LEADER if name else FindingKind.NO_LEADER
    days = len({slot.day for slot in slots})
    begins, ends = min(slot.starts_at for slot in slots), max(slot.ends_at for slot in slots)
    return Finding(kind, where, starts_at=begins, ends_at=ends, count=days, named=name)


def _holiday(calendar: Calendar, day: date) -> str:
    holiday = calendar.holiday(day) if calendar.knows(day.year) else None
    return holiday.name if holiday else ""


def _unreachable(slots: Iterable[Slot], contacts: Mapping[int, Contact]) -> list[Finding]:
    first: dict[int, datetime] = {}
    for slot in sorted(slots, key=lambda slot: slot.starts_at):
        first.setdefault(slot.person, slot.starts_at)
    found = []
    for person, starts_at in first.items():
        kind = _contact_kind(contacts[person])
        if kind is not None:
            found.append(Finding(kind, people=(person,), starts_at=starts_at))
    return found


def _contact_kind(contact: Contact) -> FindingKind | None:
    if not contact.is_active:
        return FindingKind.GONE
    if not contact.has_channel:
        return FindingKind.NO_CHANNEL
    return None if contact.is_verified else FindingKind.UNVERIFIED


def _double(slots: Iterable[Slot]) -> list[Finding]:
    """Return the first time that somebody is on twice at once, here and there or as leader and staff."""
    found = []
    for person, held in _by_person(slots).items():
        until, times = held[0].ends_at, []
        for slot in held[1:]:
            if slot.starts_at < until:
                times.append((slot.starts_at, min(slot.ends_at, until)))
            until = max(until, slot.ends_at)
        if times:
            begins, ends = times[0]
            found.append(
                Finding(FindingKind.DOUBLE, people=(person,), starts_at=begins, ends_at=ends, count=len(times))
            )
    return found


def _same_phone(contacts: Iterable[Contact]) -> list[Finding]:
    holders: dict[str, list[int]] = defaultdict(list)
    for contact in contacts:
        if contact.phone and contact.is_active:
            holders[contact.phone].append(contact.person)
    return [Finding(FindingKind.SAME_PHONE, people=tuple(held)) for held in holders.values() if len(held) > 1]


def _villages(villages: Iterable[Village]) -> list[Finding]:
    return [
        Finding(FindingKind.NO_DEPUTY if village.workers else FindingKind.NOBODY, village.path)
        for village in villages
        if not village.deputies
    ]


def _too_much(slots: Iterable[Slot], limits: Limits, now: datetime) -> list[Finding]:
    found = []
    for person, held in _by_person(slots).items():
        found += [one for one in (_longest(person, held, limits.row, now),) if one is not None]
        months: dict[tuple[int, int], set[datetime]] = defaultdict(set)
        for slot in held:
            months[slot.day.year, slot.day.month].add(slot.starts_at)
        found += [
            Finding(FindingKind.TOO_OFTEN, people=(person,), starts_at=min(starts), count=len(starts))
            for starts in months.values()
            if len(starts) > limits.month and max(starts) > now
        ]
    return found


def _longest(person: int, held: Sequence[Slot], most: timedelta, now: datetime) -> Finding | None:
    """Return the first time that somebody is on for too long without a break."""
    begins, until = held[0].starts_at, held[0].ends_at
    for slot in [*held[1:], None]:
        if slot is not None and slot.starts_at <= until:
            until = max(until, slot.ends_at)
            continue
        if until - begins > most and until > now:
            return Finding(FindingKind.TOO_LONG, people=(person,), starts_at=begins, ends_at=until)
        if slot is not None:
            begins, until = slot.starts_at, slot.ends_at
    return None


def _by_person(slots: Iterable[Slot]) -> dict[int, list[Slot]]:
    held: dict[int, list[Slot]] = defaultdict(list)
    for slot in sorted(slots, key=lambda slot: (slot.starts_at, slot.ends_at)):
        held[slot.person].append(slot)
    return held


def _unknown_years(calendar: Calendar, starts_at: datetime, ends_at: datetime) -> list[Finding]:
    years = {starts_at.astimezone(CHINA).year, ends_at.astimezone(CHINA).year}
    return [Finding(FindingKind.NO_CALENDAR, count=year) for year in sorted(years) if not calendar.knows(year)]
