"""Headings of a roster (表头): what each column of a list holds, in one row or two, side by side or once."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.duty.names import kind_in, people_in, turn_in
from assistant.duty.post import PostKind
from assistant.duty.slot import Turn

LOOKED_AT = 20
COUNTED = re.compile(r"序号|^编号$")
"""Numbers of rows say nothing."""


class Column(StrEnum):
    """What a column of a list holds."""

    DATE = "date"
    WEEKDAY = "weekday"
    UNIT = "unit"
    TURN = "turn"
    KIND = "kind"
    PEOPLE = "people"
    PHONE = "phone"
    ROOM = "room"
    NOTE = "note"


# 日期 值班时间 · near miss: 班次时间
MEANT: tuple[tuple[Column, re.Pattern[str]], ...] = (
    (Column.ROOM, re.compile(r"值班室?电话|固定电话|座机|值班热线")),
    (Column.PHONE, re.compile(r"电话|手机|联系方式|号码")),
    (Column.NOTE, re.compile(r"备注|说明|签[字名到]|值班情况|序号|^编号$|^性别$")),
    (Column.DATE, re.compile(r"日期|^(?:值班)?时间$|^年?月日$|^日$|^日子$")),
    (Column.WEEKDAY, re.compile(r"星期|周[次几]|^周$|^礼拜$")),
    (Column.TURN, re.compile(r"班次|班别|时段|起止")),
    (Column.KIND, re.compile(r"岗位|类别|角色|职责|^职务$|值班类型|^类型$")),
    (Column.PEOPLE, re.compile(r"姓名|名单|值班安排|人员安排|安排|值班人")),
    (Column.UNIT, re.compile(r"单位|^村|社区|部门|科室|乡镇|站所")),
)


@dataclass(frozen=True, slots=True)
class Heading:
    """One column."""

    at: int
    """From 0."""
    holds: Column
    kind: PostKind | None = None
    turn: Turn | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Columns that belong together: a date and who is on."""

    columns: tuple[Heading, ...]

    def of(self, holds: Column) -> list[Heading]:
        """Return the columns that hold something."""
        return [one for one in self.columns if one.holds is holds]

    def people_left_of(self, at: int) -> Heading | None:
        """Return the column with names that is nearest to the left: its telephones stand beside it."""
        return next((one for one in reversed(self.of(Column.PEOPLE)) if one.at < at), None)


@dataclass(frozen=True, slots=True)
class Headings:
    """Where the headings stand, and what the columns below hold."""

    last: int
    """Index of the last row with headings, from 0."""
    rows: int
    blocks: tuple[Block, ...]
    unused: dict[int, str] = field(default_factory=dict)
    """Columns that nothing is taken from, with what stands over them."""


def find_headings(rows: Sequence[Sequence[str]], *, with_weekdays: bool) -> Headings | None:
    """Return the headings of a list, None where no row has a date and somebody on duty.

    with_weekdays: the days of the week are enough, for the title says of which week.
    """
    for at, cells in enumerate(rows[:LOOKED_AT]):
        below = rows[at + 1] if at + 1 < len(rows) else ()
        for joined, used in ((_joined(cells, below), 2), (list(cells), 1)):
            headings = _read(joined, at + used - 1, used, with_weekdays=with_weekdays)
            if headings is not None:
                return headings
    return None


def heads_anew(cells: Sequence[str]) -> bool:
    """Say whether a row below a list is the headings of another one."""
    return _read(list(cells), 0, 1, with_weekdays=False) is not None


def _joined(cells: Sequence[str], below: Sequence[str]) -> list[str]:
    """Return two rows of headings as one; none where the first is empty or a title, or the second is no heading."""
    if len({cell for cell in cells if cell}) < 2 or not below or any(_is_filled(cell) for cell in below):
        return []
    width = max(len(cells), len(below))
    upper = [*cells, *[""] * (width - len(cells))]
    lower = [*below, *[""] * (width - len(below))]
    return [one if one == other else one + other for one, other in zip(upper, lower, strict=True)]


def _is_filled(cell: str) -> bool:
    """Say whether a cell holds what belongs below headings: a digit, or somebody's name."""
    return bool(re.search(r"\d", cell)) or (_column(0, cell) is None and bool(people_in(cell).people))


def _read(cells: Sequence[str], last: int, rows: int, *, with_weekdays: bool) -> Headings | None:
    columns, unused = [], {}
    for at, cell in enumerate(cells):
        column = _column(at, cell)
        if column is not None and column.holds is not Column.NOTE:
            columns.append(column)
        elif cell and not COUNTED.search(cell):
            unused[at] = cell
    starts = Column.DATE if any(one.holds is Column.DATE for one in columns) else Column.WEEKDAY
    if starts is Column.WEEKDAY and not with_weekdays:
        return None
    blocks = [block for block in _blocks(columns, starts) if block.of(starts) and block.of(Column.PEOPLE)]
    return Headings(last, rows, tuple(blocks), unused) if blocks else None


def _blocks(columns: list[Heading], starts: Column) -> list[Block]:
    """Cut the columns before each date but the first; what stands before the first date belongs to it."""
    cuts = [number for number, one in enumerate(columns) if one.holds is starts][1:]
    ends = [0, *cuts, len(columns)]
    return [Block(tuple(columns[begin:end])) for begin, end in zip(ends, ends[1:], strict=False)]


def _column(at: int, cell: str) -> Heading | None:
    plain = re.sub(r"[\s*:]", "", unicodedata.normalize("NFKC", cell))
    if not plain or len(plain) > 24 or re.search(r"20\d\d", plain):
        return None
    kind, turn = kind_in(plain), turn_in(cell)
    bare = re.sub(r"\([^)]*\)", "", plain)
    holds = next((column for column, pattern in MEANT if pattern.search(bare)), None)
    if holds is not None and not (holds in (Column.PEOPLE, Column.UNIT) and kind):
        return Heading(at, holds, kind, turn)
    return Heading(at, Column.PEOPLE, kind, turn) if kind else None
