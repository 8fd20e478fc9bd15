"""Rosters as grids (月历、横表): a calendar page, dates across with posts down, names down with marks across."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.duty.dates import Around, Days, days_in, weekday_in
from assistant.duty.entries import Entry, Fate, Fault, Line, Row, text_of
from assistant.duty.lists import day_of_week
from assistant.duty.names import DAY, NIGHT, Named, kind_in, people_in, turn_in
from assistant.duty.post import PostKind
from assistant.duty.slot import Turn

LEAST_DATES, LEAST_WEEKDAYS = 3, 5
LOOKED_AT = 20
# √ ● 白 夜 带 · near miss: 休 ×
MARK = re.compile(r"[√✓✔☑●○■★▲☆◆△Vv1]|[班值白夜早晚主带副备]|白班|夜班|值班|带班|副班|备班|日班|晚班|早班")
OFF = re.compile(r"[×✕xX休假/—-]|休息|公休|放假|请假|年休")
TURNS = {**dict.fromkeys("夜晚", NIGHT), **dict.fromkeys("白日早", DAY)}
# 17 17日 17（周五） · near miss: 17组
DAY_CELL = re.compile(r"\s*(?P<day>\d{1,2})\s*[日号]?(?:[(（][^)）]{1,8}[)）])?(?=$|[\s\n])(?P<rest>[\s\S]*)")


@dataclass(frozen=True, slots=True)
class Across:
    """A row of dates across, and what each column means."""

    at: int
    days: dict[int, date]
    """Column → day."""


def find_across(rows: Sequence[Row], known: Around) -> Across | None:
    """Return the row that has dates across, None where there is none."""
    for at, (_, cells) in enumerate(rows[:LOOKED_AT]):
        days = {column: one for column, cell in enumerate(cells) if (one := _one_day(cell, known)) is not None}
        distinct = list(dict.fromkeys(days.values()))
        if len(distinct) >= LEAST_DATES and distinct == sorted(distinct) and distinct == list(days.values()):
            return Across(at, days)
    for at, (_, cells) in enumerate(rows[:LOOKED_AT]):
        week = {column: day_of_week(weekday_in(cell), known) for column, cell in enumerate(cells)}
        named = {column: days[0] for column, days in week.items() if days}
        if len(named) >= LEAST_WEEKDAYS:
            return Across(at, named)
    return None


def _one_day(cell: str, known: Around) -> date | None:
    days = days_in(cell, known).days if cell and len(cell) <= 20 else ()
    return days[0] if len(days) == 1 else None


def read_across(rows: Sequence[Row], across: Across) -> tuple[list[Entry], list[Line]]:
    """Return who is on by a table with dates across: posts down, or names down with marks."""
    entries: list[Entry] = []
    lines: list[Line] = []
    first = min(across.days)
    for number, cells in rows:
        label = text_of(cells[:first])
        held = {column: cells[column] for column in across.days if column < len(cells) and cells[column]}
        found, unused = _marked(number, label, held, across)
        if not found:
            found, unused = _posted(number, label, held, across)
        entries += found
        beyond = [cell for at, cell in enumerate(cells) if at >= first and at not in across.days and cell]
        lines.append(_line(number, cells, found, unused + beyond))
    return entries, lines


def _line(number: int, cells: tuple[str, ...], found: list[Entry], unused: list[str]) -> Line:
    if found:
        return Line(number, Fate.TAKEN, unused=tuple(dict.fromkeys(unused)))
    is_weekdays = sum(weekday_in(cell) is not None for cell in cells) >= LEAST_DATES
    is_short = len([cell for cell in cells if cell]) <= LEAST_DATES
    fate = Fate.HEADING if is_weekdays else Fate.TITLE if is_short else Fate.REFUSED
    return Line(number, fate, text_of(cells), Fault.NOBODY if fate is Fate.REFUSED else None)


def _marked(number: int, label: str, held: dict[int, str], across: Across) -> tuple[list[Entry], list[str]]:
    """Return the marks of one person (√ on the 3rd), nothing where the row has none."""
    people = people_in(re.sub(r"^\d+\s", "", label)).people
    if len(people) != 1 or not any(MARK.fullmatch(cell) for cell in held.values()):
        return [], []
    kind = people[0].kind or kind_in(label.replace(people[0].name, ""))
    entries: list[Entry] = []
    unused: list[str] = []
    for column, cell in held.items():
        if MARK.fullmatch(cell):
            entries.append(_of_mark(number, cell, across.days[column], people[0], kind))
        elif not OFF.fullmatch(cell):
            unused.append(cell)
    return entries, unused


def _of_mark(number: int, mark: str, day: date, named: Named, kind: PostKind | None) -> Entry:
    said = kind_in(mark) if mark[0] in "带副备" else None
    return Entry(number, (day,), said or kind or PostKind.STAFF, (named,), TURNS.get(mark[0]))


def _posted(number: int, label: str, held: dict[int, str], across: Across) -> tuple[list[Entry], list[str]]:
    """Return the names that stand below each date, as what the label says (带班领导)."""
    entries: list[Entry] = []
    unused: list[str] = []
    kind, turn = kind_in(label) or PostKind.STAFF, turn_in(label)
    for column, cell in held.items():
        read = people_in(cell)
        unused += read.unused
        if read.people:
            entries.append(Entry(number, (across.days[column],), kind, read.people, turn))
    return (entries, unused) if entries else ([], [])


def find_calendar(rows: Sequence[Row]) -> int | None:
    """Return the index of the row with the days of the week of a calendar page, None where there is none."""
    for at, (_, cells) in enumerate(rows[:LOOKED_AT]):
        days = [weekday_in(cell) for cell in cells if cell]
        if len({day for day in days if day is not None}) >= LEAST_WEEKDAYS:
            return at
    return None


def read_calendar(rows: Sequence[Row], weekdays: Sequence[str], known: Around) -> tuple[list[Entry], list[Line]]:
    """Return who is on by a calendar page: numbers of days with names in the same cell or below."""
    columns = {at: day for at, cell in enumerate(weekdays) if (day := weekday_in(cell)) is not None}
    current: dict[int, Days] = {}
    entries: list[Entry] = []
    lines: list[Line] = []
    for number, cells in rows:
        label = text_of(tuple(cell for at, cell in enumerate(cells) if at not in columns))
        found: list[Entry] = []
        unused: list[str] = []
        fault: Fault | None = None
        for at, weekday in columns.items():
            cell = cells[at] if at < len(cells) else ""
            days, rest = _day_of(cell, known)
            if days is not None:
                current[at] = days
            if days is not None and days.days and days.days[0].weekday() != weekday:
                fault, current[at] = Fault.WEEKDAY, Days(())
                continue
            entry, words = _below(number, rest, current.get(at), label)
            found += entry
            unused += words
        entries += found
        lines.append(_calendar_line(number, cells, found, unused, fault))
    return entries, lines


def _day_of(cell: str, known: Around) -> tuple[Days | None, str]:
    """Return the day of a cell with what follows it; None where the cell begins with none."""
    first, _, rest = cell.partition("\n")
    days = days_in(first, known)
    if days.days:
        return days, rest
    found = DAY_CELL.fullmatch(cell)
    if found is None:
        return None, cell
    return days_in(found["day"], known), found["rest"]


def _below(number: int, text: str, days: Days | None, label: str) -> tuple[list[Entry], list[str]]:
    read = people_in(text)
    if not read.people or days is None or not days.days:
        return [], list(read.unused) or ([text] if text.strip() else [])
    kind = kind_in(label) or PostKind.STAFF
    turn: Turn | None = turn_in(label) or turn_in(text)
    return [Entry(number, days.days, kind, read.people, turn)], list(read.unused)


def _calendar_line(
    number: int, cells: tuple[str, ...], found: list[Entry], unused: list[str], fault: Fault | None
) -> Line:
    if fault is not None:
        return Line(number, Fate.REFUSED, text_of(cells), fault, tuple(dict.fromkeys(unused)))
    if found:
        return Line(number, Fate.TAKEN, unused=tuple(dict.fromkeys(unused)))
    is_days = not unused
    return Line(number, Fate.HEADING if is_days else Fate.TITLE, text_of(cells))
