"""What an import (导入) did, row by row: values that the desk fills and wording tells."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """What became of a row."""

    ADDED = "added"  # 新增
    CHANGED = "changed"  # 有改动
    UNCHANGED = "unchanged"  # 没有变化
    REFUSED = "refused"  # 没有导入


class Reason(StrEnum):
    """Why a row is refused."""

    FORMULA = "formula"
    NO_NAME = "no_name"
    NOT_A_NAME = "not_a_name"
    NOT_A_PHONE = "not_a_phone"
    DUPLICATE_PHONE = "duplicate_phone"
    TWICE = "twice"
    SEVERAL_ALIKE = "several_alike"
    UNKNOWN_ROLE = "unknown_role"
    CUSTODIAN = "custodian"
    UNKNOWN_RANK = "unknown_rank"
    UNKNOWN_CATEGORY = "unknown_category"
    NO_PLACE = "no_place"
    UNKNOWN_PLACE = "unknown_place"
    NOT_A_PLACE = "not_a_place"
    NOT_A_POINT = "not_a_point"
    POINT_SWAPPED = "point_swapped"
    TOO_LONG = "too_long"
    NO_OWNER = "no_owner"
    UNKNOWN_PERSON = "unknown_person"
    SEVERAL_PERSONS = "several_persons"
    NOT_YOURS = "not_yours"
    NOT_A_COUNT = "not_a_count"
    UNKNOWN_WEAKNESS = "unknown_weakness"
    NOT_A_DAY = "not_a_day"


class Change(StrEnum):
    """What changed in a row that was known."""

    PHONE = "phone"
    UNIT = "unit"
    REGION = "region"
    ROLE = "role"
    RANK = "rank"
    CATEGORIES = "categories"
    POINT = "point"
    ALIAS = "alias"
    LANDMARK = "landmark"
    PARENTS = "parents"
    OWNER = "owner"
    BACKSTOP = "backstop"
    DETAIL = "detail"


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one row, and why."""

    row: int
    outcome: Outcome
    what: str = ""
    """Whom or what the row is about."""
    changes: tuple[tuple[Change, str], ...] = ()
    """What changed, and to which value where that is no secret."""
    reason: Reason | None = None
    about: tuple[tuple[str, Any], ...] = ()
    """Fields of the reason."""


@dataclass(frozen=True, slots=True)
class Report:
    """A whole import."""

    header: int
    """Number of the row with the headings."""
    unused: tuple[str, ...]
    """Headings that nothing was taken from."""
    lines: tuple[Line, ...]
    """One for each row below the headings that is not empty, in order."""
    is_trial: bool = False
    """Nothing was kept."""

    def counts(self) -> Counter[Outcome]:
        """Return how many rows had each outcome."""
        return Counter(line.outcome for line in self.lines)
