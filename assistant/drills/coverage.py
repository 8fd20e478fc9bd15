"""Coverage (覆盖): for each place and kind how many of the year's items are done, of how many; overdue ones; the last day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from assistant.drills.case import DutyItem, ItemState
from assistant.drills.kinds import is_checked, is_drill

DONE = (ItemState.DONE.value, ItemState.CHECKED.value)


@dataclass(frozen=True, slots=True)
class Cell:
    """One place, one kind, one year."""

    region: str
    kind: str
    due: int
    """All that had or has to be done; the waived ones are no part of it."""
    done: int
    unchecked: int
    """Of the done ones: nobody else has looked at them yet."""
    overdue: int
    waived: int
    last: str
    """Day of the last one, 2026-05-12; empty for none."""


def year_of(item: DutyItem) -> int:
    """Return the year to which an item belongs: that of its last day."""
    return int(item.due_on[:4])


def matrix(items: Iterable[DutyItem], year: int, on: date) -> list[Cell]:
    """Return a cell for each place and kind of which the year has items, by place, then kind."""
    groups: dict[tuple[str, str], list[DutyItem]] = {}
    for item in items:
        if year_of(item) == year:
            groups.setdefault((item.region, item.kind), []).append(item)
    return [_cell(region, kind, groups[region, kind], on) for region, kind in sorted(groups)]


def total(cells: Iterable[Cell], kind: str) -> Cell:
    """Return the sum of one kind over all places."""
    found = [cell for cell in cells if cell.kind == kind]
    return Cell(
        "",
        kind,
        sum(cell.due for cell in found),
        sum(cell.done for cell in found),
        sum(cell.unchecked for cell in found),
        sum(cell.overdue for cell in found),
        sum(cell.waived for cell in found),
        max((cell.last for cell in found), default=""),
    )


def without_drill(items: Iterable[DutyItem], villages: Iterable[str], year: int) -> list[str]:
    """Return the villages that have held no drill of their own in a year."""
    held = {one.region for one in items if is_drill(one.kind) and one.state in DONE and one.done_on[:4] == str(year)}
    return [village for village in villages if not any(one == village or one.startswith(f"{village}/") for one in held)]


def _cell(region: str, kind: str, items: list[DutyItem], on: date) -> Cell:
    counted = [item for item in items if item.state != ItemState.WAIVED.value]
    done = [item for item in counted if item.state in DONE]
    return Cell(
        region,
        kind,
        len(counted),
        len(done),
        sum(item.state == ItemState.DONE.value for item in done) if is_checked(kind) else 0,
        sum(item.is_overdue(on) for item in counted),
        len(items) - len(counted),
        max((item.done_on for item in done), default=""),
    )
