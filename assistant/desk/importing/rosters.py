"""Importing rosters (导入值班表): tables and calendar files become posts, with a line for every row of the file."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from assistant.desk.importing.rows import Importer
from assistant.duty import LOCAL, Origin, Slot, shift
from assistant.duty.entries import Entry, Fate, Fault, Imported, Line, Problem, Reading
from assistant.duty.ical import read_shifts
from assistant.duty.names import Named
from assistant.duty.tables import read_roster
from assistant.errors import BadPlace, MissingFile, NoRoster, SeveralPersons, UnknownPerson, UnknownPlace
from assistant.ingest.sheets import SheetRow, read_sheets
from assistant.people import Person
from assistant.permissions import PeopleAction, may
from assistant.rules import Rules, covers
from assistant.store import Work
from assistant.store.duty import keep_table, known_or_new
from assistant.store.people import known_place, places
from assistant.store.settling import Office

BACK, AHEAD = timedelta(days=31), timedelta(days=366)
"""How much of a calendar file is taken: repetitions have no end of their own."""


SETTLEMENTS = ("村", "社区", "组", "乡", "镇")
"""How a name ends that is a place and no office."""


@dataclass(slots=True)
class _Taking:
    """One import under way."""

    work: Work
    importer: Importer
    rules: Rules
    office: Office
    known: list[str]
    slots: dict[Office, list[Slot]] = field(default_factory=lambda: defaultdict(list))
    rooms: dict[Office, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    people: dict[tuple[str, str, str], Person | None] = field(default_factory=dict)


def import_roster(path: Path, work: Work, importer: Importer, rules: Rules, unit: str = "") -> Imported:
    """Take a roster into the ledger; each day that it names replaces what was there, others stay.

    Raises: NoRoster, DamagedCalendar, and what `read_sheets` raises.
    """
    is_calendar = path.suffix.lower() == ".ics"
    taking = _Taking(work, importer, rules, Office(importer.home, unit), [one.path for one in places(work.session)])
    reading = _of_calendar(path, taking) if is_calendar else _of_sheets(path, taking)
    for entry in reading.entries:
        _take(entry, taking)
    for office, slots in taking.slots.items():
        room = taking.rooms.get(office) or reading.room_phone
        keep_table(work, replace(office, room_phone=room), slots, importer.actor.name)
    held = [slot for slots in taking.slots.values() for slot in slots]
    days = tuple(sorted({slot.day for slot in held}))
    return Imported(reading.lines, reading.entries, tuple(dict.fromkeys(taking.problems)), days, len(held))


def _of_sheets(path: Path, taking: _Taking) -> Reading:
    today = taking.work.now.astimezone(LOCAL).date()
    readings = []
    for rows in read_sheets(path):
        reading = read_roster([(row.number, row.cells) for row in rows], today, path.stem)
        if reading is not None:
            readings.append(_with_formulas(reading, rows))
            hidden = {row.number for row in rows if row.is_hidden}
            taken = [line.row for line in reading.lines if line.fate is Fate.TAKEN and line.row in hidden]
            taking.problems += [Problem(row, Fault.HIDDEN) for row in taken]
    if not readings:
        raise NoRoster(path=path)
    return Reading(
        tuple(entry for one in readings for entry in one.entries),
        tuple(line for one in readings for line in one.lines),
        next((one.room_phone for one in readings if one.room_phone), ""),
    )


def _with_formulas(reading: Reading, rows: Sequence[SheetRow]) -> Reading:
    """Say of a refused row that a formula is the reason: Excel shows the date, the file does not hold it."""
    with_formula = {row.number for row in rows if row.formulas}
    lines = [
        Line(one.row, one.fate, one.text, Fault.FORMULA, one.unused)
        if one.row in with_formula and one.fate is Fate.REFUSED
        else one
        for one in reading.lines
    ]
    return Reading(reading.entries, tuple(lines), reading.room_phone)


def _of_calendar(path: Path, taking: _Taking) -> Reading:
    today = taking.work.now.astimezone(LOCAL).date()
    try:
        data = path.read_bytes()
    except OSError as error:
        raise MissingFile(path=path) from error
    entries, lines = [], []
    for number, one in enumerate(read_shifts(data, today - BACK, today + AHEAD, path), 1):
        if not one.people:
            lines.append(Line(number, Fate.REFUSED, one.summary, Fault.NOBODY))
            continue
        lines.append(Line(number, Fate.TAKEN))
        span = None if one.is_all_day else (one.starts_at, one.ends_at)
        days = _days_of(one.day, one.ends_at.astimezone(LOCAL).date()) if one.is_all_day else (one.day,)
        entries.append(Entry(number, days, one.kind, one.people, span=span))
    if not lines:
        raise NoRoster(path=path)
    return Reading(tuple(entries), tuple(lines))


def _days_of(first: date, end: date) -> tuple[date, ...]:
    """Return the days of an event without hours; the last one is not its own (RFC 5545)."""
    return tuple(first + timedelta(days=number) for number in range(max((end - first).days, 1)))


def _take(entry: Entry, taking: _Taking) -> None:
    """Turn one entry into slots; what cannot be taken of it becomes a problem."""
    office = _office(entry, taking)
    if office is None:
        return
    people = [(named, _person(entry, named, office, taking)) for named in entry.people]
    for day in entry.days:
        span = entry.span or (entry.turn.on(day) if entry.turn else shift(day, office.region, taking.rules))
        taking.slots[office] += [
            Slot(day, named.kind or entry.kind, person.id or 0, *span, Origin.TABLE)
            for named, person in people
            if person is not None
        ]


def _office(entry: Entry, taking: _Taking) -> Office | None:
    """Return whose roster an entry belongs to: a village that its row names, else an office of the own place."""
    region, unit = taking.office.region, entry.unit or taking.office.unit
    if entry.unit:
        place = _place(entry, taking)
        if place and covers(region, place):
            region, unit = place, taking.office.unit
    grants = taking.importer.grants
    if grants is not None and not may(grants, PeopleAction.ROSTER, region):
        taking.problems.append(Problem(entry.row, Fault.NOT_YOURS, region))
        return None
    office = Office(region, unit)
    if entry.room_phone:
        taking.rooms[office] = entry.room_phone
    return office


def _place(entry: Entry, taking: _Taking) -> str:
    """Return the place that a row names, empty where it names an office."""
    try:
        return known_place(entry.unit, taking.known, taking.office.region)
    except BadPlace:
        return ""
    except UnknownPlace as error:
        if entry.unit.endswith(SETTLEMENTS):
            taking.problems.append(Problem(entry.row, Fault.UNKNOWN_PLACE, entry.unit, error.details["near"]))
        return ""


def _person(entry: Entry, named: Named, office: Office, taking: _Taking) -> Person | None:
    key = (named.name, named.phone, office.region)
    if key not in taking.people:
        taking.people[key] = _looked_up(entry, named, office, taking)
    elif taking.people[key] is None:
        taking.problems.append(Problem(entry.row, Fault.UNKNOWN_PERSON, named.name))
    return taking.people[key]


def _looked_up(entry: Entry, named: Named, office: Office, taking: _Taking) -> Person | None:
    try:
        person = known_or_new(taking.work, named.name, named.phone, office)
    except UnknownPerson:
        taking.problems.append(Problem(entry.row, Fault.UNKNOWN_PERSON, named.name))
        return None
    except SeveralPersons as error:
        taking.problems.append(Problem(entry.row, Fault.SEVERAL_PERSONS, named.name, error.details["listed"]))
        return None
    if named.phone and not person.phone:
        person.phone = named.phone
        taking.work.session.add(person)
    elif named.phone and person.phone != named.phone:
        taking.problems.append(Problem(entry.row, Fault.OTHER_PHONE, named.name))
    return person
