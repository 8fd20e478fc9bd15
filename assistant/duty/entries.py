"""What is read from a roster's table: who is on which days, and what became of every row."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from assistant.duty.names import Named
from assistant.duty.post import PostKind
from assistant.duty.slot import Turn

Row = tuple[int, tuple[str, ...]]
"""The number of a row, as the program that made the table counts, and its cells."""


class Fate(StrEnum):
    """What became of a row."""

    TAKEN = "taken"  # 已读
    TITLE = "title"  # 标题、说明，不是值班
    HEADING = "heading"  # 表头
    REFUSED = "refused"  # 没有读


class Fault(StrEnum):
    """Why a row, or a part of it, is not taken."""

    NO_DAY = "no_day"  # 日期认不出
    NO_MONTH = "no_month"  # 只写了几号，不知道哪个月
    WEEKDAY = "weekday"  # 日期和星期对不上
    NOBODY = "nobody"  # 没有人名
    FORMULA = "formula"  # 公式
    UNKNOWN_PERSON = "unknown_person"
    SEVERAL_PERSONS = "several_persons"
    UNKNOWN_PLACE = "unknown_place"
    NOT_YOURS = "not_yours"
    HIDDEN = "hidden"  # 隐藏的行
    OTHER_PHONE = "other_phone"  # 电话和名册里的不一样


@dataclass(frozen=True, slots=True)
class Entry:
    """Who is on, on which days, in which shift."""

    row: int
    days: tuple[date, ...]
    kind: PostKind
    people: tuple[Named, ...]
    turn: Turn | None = None
    """None for the usual whole day."""
    unit: str = ""
    """Office or village, where a column names it."""
    room_phone: str = ""
    span: tuple[datetime, datetime] | None = None
    """Exact begin and end, UTC, where the file holds them."""


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one row."""

    row: int
    fate: Fate
    text: str = ""
    """What the row says, where it is none of the roster."""
    fault: Fault | None = None
    unused: tuple[str, ...] = ()
    """Words of the row that were not understood, nothing of them is left out here."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be taken of a row that was taken."""

    row: int
    fault: Fault
    what: str = ""
    """The name, place or telephone."""
    near: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import of a roster did."""

    lines: tuple[Line, ...]
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    days: tuple[date, ...] = ()
    """Days that have a roster now."""
    shifts: int = 0
    """Posts, one for each person and shift."""

    @property
    def is_clean(self) -> bool:
        """Whether every row was taken as it stands."""
        return not self.problems and all(line.fate is not Fate.REFUSED for line in self.lines)


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole table."""

    entries: tuple[Entry, ...]
    lines: tuple[Line, ...]
    """One for each row that is not empty, in order."""
    room_phone: str = ""
    """Telephone of the duty room, where title or foot name it."""


def text_of(cells: tuple[str, ...]) -> str:
    """Return what a row says, each cell once: merged cells hold the same."""
    return " ".join(dict.fromkeys(filter(None, (" ".join(cell.split()) for cell in cells))))
