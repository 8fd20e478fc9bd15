"""Rosters as lists (一天一行): a column of dates, columns of names; what stands beside them is read along."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from assistant.duty.dates import Around, Days, days_in, weekday_in
from assistant.duty.entries import Entry, Fate, Fault, Line, Row, text_of
from assistant.duty.headings import Block, Column, Heading, Headings
from assistant.duty.names import DITTO, Cell, Named, is_landline, kind_in, people_in, phones_in, turn_in
from assistant.duty.post import PostKind

WHOLE_DAY = ("全天", "24", "昼夜", "整天")


@dataclass(slots=True)
class _Above:
    """What the row above has said, for cells that are left empty or say 同上."""

    days: Days = field(default_factory=lambda: Days(()))
    cells: dict[int, str] = field(default_factory=dict)


def read_list(rows: Sequence[Row], headings: Headings, known: Around) -> tuple[list[Entry], list[Line]]:
    """Return who is on by the rows below the headings, and what became of each of them."""
    headings = replace(headings, blocks=tuple(_with_persons_phones(block, rows) for block in headings.blocks))
    above = {number: _Above() for number in range(len(headings.blocks))}
    entries: list[Entry] = []
    lines: list[Line] = []
    for row in rows:
        results = [_of_block(row, block, above[number], known) for number, block in enumerate(headings.blocks)]
        found = [entry for taken, _ in results for entry in taken]
        entries += found
        lines.append(_line(row, found, [line for _, line in results], headings))
    return entries, lines


def _with_persons_phones(block: Block, rows: Sequence[Row]) -> Block:
    """Take 值班电话 for the persons' own where it holds several mobile numbers; a duty room has one."""
    columns = []
    for one in block.columns:
        said = "、".join(cells[one.at] for _, cells in rows if one.at < len(cells))
        mobiles = {phone for phone in phones_in(said) if not is_landline(phone)}
        is_own = one.holds is Column.ROOM and len(mobiles) > 1
        columns.append(replace(one, holds=Column.PHONE) if is_own else one)
    return Block(tuple(columns))


def _of_block(row: Row, block: Block, above: _Above, known: Around) -> tuple[list[Entry], Line]:
    number, cells = row
    held = {one.at: cells[one.at] if one.at < len(cells) else "" for one in block.columns}
    if not any(held.values()):
        return [], Line(number, Fate.TITLE)
    days, said = _days(block, held, above, known)
    people, unused = _people(block, held, above)
    if not days.days:
        is_foot = not people or (said and not any(sign.isdigit() for sign in said))
        fault = Fault.NO_MONTH if said.rstrip("日号").isdigit() else Fault.NO_DAY
        return [], Line(number, Fate.TITLE if is_foot else Fate.REFUSED, text_of(cells), None if is_foot else fault)
    wrong = _contradiction(days, block, held)
    if wrong or not people:
        return [], Line(number, Fate.REFUSED, text_of(cells), wrong or Fault.NOBODY, tuple(unused))
    above.days = days
    return [_entry(number, days.days, one, people[one], block, held) for one in people], Line(
        number, Fate.TAKEN, unused=tuple(unused)
    )


def _days(block: Block, held: dict[int, str], above: _Above, known: Around) -> tuple[Days, str]:
    """Return the days of a row and what its date says; those of the row above where it says nothing."""
    dates = block.of(Column.DATE)
    said = next((held[one.at] for one in dates if held[one.at]), "")
    if dates:
        return (days_in(said, known) if said and said not in DITTO else above.days), "".join(said.split())
    said = next((held[one.at] for one in block.of(Column.WEEKDAY) if held[one.at]), "")
    weekday = weekday_in(said)
    return (above.days if not said else Days(day_of_week(weekday, known))), said


def day_of_week(weekday: int | None, known: Around) -> tuple[date, ...]:
    """Return the day of the week that a title names; none where it names none, or more than one week."""
    if weekday is None or known.first is None or known.last is None or (known.last - known.first).days > 6:
        return ()
    days = (known.first + timedelta(days=number) for number in range((known.last - known.first).days + 1))
    return tuple(day for day in days if day.weekday() == weekday)


def _contradiction(days: Days, block: Block, held: dict[int, str]) -> Fault | None:
    """Say whether the day of the week belongs to another date: whoever filled in last month's table again."""
    weekdays = [weekday_in(held[one.at]) for one in block.of(Column.WEEKDAY)] + [days.weekday]
    said = next((one for one in weekdays if one is not None), None)
    is_one = len(days.days) == 1
    return Fault.WEEKDAY if is_one and said is not None and days.days[0].weekday() != said else None


def _people(block: Block, held: dict[int, str], above: _Above) -> tuple[dict[Heading, tuple[Named, ...]], list[str]]:
    """Return who stands in each column of names, with telephones from beside it, and what was not understood."""
    found: dict[Heading, Cell] = {}
    for one in block.of(Column.PEOPLE):
        cell = above.cells.get(one.at, "") if held[one.at].strip() in DITTO else held[one.at]
        above.cells[one.at] = cell
        found[one] = people_in(cell)
    unused = [word for cell in found.values() for word in cell.unused]
    people = {one: cell.people for one, cell in found.items() if cell.people}
    for phone in block.of(Column.PHONE):
        unused += _give_phones(phone, phones_in(held[phone.at]), people, block)
    unused += [held[one.at] for one in block.of(Column.KIND) if held[one.at] and kind_in(held[one.at]) is None]
    unused += [held[one.at] for one in block.of(Column.TURN) if held[one.at] and not _is_turn(held[one.at])]
    return people, unused


def _is_turn(said: str) -> bool:
    return turn_in(said) is not None or any(word in said for word in WHOLE_DAY)


def _give_phones(
    column: Heading, phones: tuple[str, ...], people: dict[Heading, tuple[Named, ...]], block: Block
) -> list[str]:
    """Give telephones to the names beside them; return those whose owner is not clear."""
    if not phones:
        return []
    same_kind = next((one for one in people if column.kind is not None and one.kind is column.kind), None)
    beside = same_kind or block.people_left_of(column.at)
    if beside in people and len(people[beside]) == len(phones):
        people[beside] = _with_phones(people[beside], phones)
        return []
    everybody = [(one, number) for one in people for number in range(len(people[one]))]
    if len(everybody) != len(phones):
        return list(phones)
    for (one, number), phone in zip(everybody, phones, strict=True):
        named = people[one][number]
        people[one] = (*people[one][:number], replace(named, phone=named.phone or phone), *people[one][number + 1 :])
    return []


def _with_phones(people: tuple[Named, ...], phones: tuple[str, ...]) -> tuple[Named, ...]:
    return tuple(replace(one, phone=one.phone or phone) for one, phone in zip(people, phones, strict=True))


def _entry(
    number: int, days: tuple[date, ...], column: Heading, people: tuple[Named, ...], block: Block, held: dict[int, str]
) -> Entry:
    said_kind = next((kind_in(held[one.at]) for one in block.of(Column.KIND) if held[one.at]), None)
    turns = [turn_in(held[one.at]) for one in block.of(Column.TURN)] + [column.turn]
    unit = next((held[one.at] for one in block.of(Column.UNIT) if held[one.at]), "")
    rooms = [phone for one in block.of(Column.ROOM) for phone in phones_in(held[one.at])]
    return Entry(
        number,
        days,
        column.kind or said_kind or PostKind.STAFF,
        people,
        next((turn for turn in turns if turn is not None), None),
        unit,
        rooms[0] if rooms else "",
    )


def _line(row: Row, found: list[Entry], lines: list[Line], headings: Headings) -> Line:
    """Return what became of a row, of all blocks side by side; what stands in columns of no use is told."""
    number, cells = row
    refused = next((line for line in lines if line.fate is Fate.REFUSED), None)
    if not found and refused is None:
        return Line(number, Fate.TITLE, text_of(cells))
    others = [f"{headings.unused[at]}：{cells[at]}" for at in headings.unused if at < len(cells) and cells[at]]
    unused = tuple(dict.fromkeys([*(word for line in lines for word in line.unused), *others]))
    if refused is not None:
        return Line(number, Fate.REFUSED, text_of(cells), refused.fault, unused)
    return Line(number, Fate.TAKEN, unused=unused)
