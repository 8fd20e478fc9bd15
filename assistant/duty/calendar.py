"""The calendar of offices (放假调休): working days, weekends and holidays, as data with its source; a year without data is said."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

from assistant.errors import UnknownHolidays

SHIPPED = Path(__file__).with_name("holidays.toml")
SATURDAY = 5


class DayKind(StrEnum):
    """What a day is for an office."""

    WORKDAY = "workday"  # 工作日，调休上班的周末也是
    WEEKEND = "weekend"  # 周末
    HOLIDAY = "holiday"  # 法定节假日，连同调休放假的日子


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days off in a row, first and last day included."""

    name: str
    first: date
    last: date


class Calendar:
    """The years that are known."""

    def __init__(self, holidays: Mapping[int, Iterable[Holiday]], working: Iterable[date]) -> None:
        """holidays: year → its days off. working: days of weekends on which offices work."""
        self._holidays = {year: tuple(listed) for year, listed in holidays.items()}
        self._working = frozenset(working)

    def knows(self, year: int) -> bool:
        """Say whether the holidays of a year are known."""
        return year in self._holidays

    def holiday(self, day: date) -> Holiday | None:
        """Return the holiday of a day, None for an ordinary one; raises UnknownHolidays."""
        if not self.knows(day.year):
            raise UnknownHolidays(year=day.year)
        return next((one for one in self._holidays[day.year] if one.first <= day <= one.last), None)

    def ahead(self, day: date) -> list[Holiday]:
        """Return the holidays that are known and not over, the next one first."""
        known = [one for listed in self._holidays.values() for one in listed if one.last >= day]
        return sorted(known, key=lambda one: one.first)

    def kind(self, day: date) -> DayKind:
        """Return what a day is; raises UnknownHolidays."""
        if self.holiday(day) is not None:
            return DayKind.HOLIDAY
        if day in self._working or day.weekday() < SATURDAY:
            return DayKind.WORKDAY
        return DayKind.WEEKEND


@cache
def load_calendar(path: Path = SHIPPED) -> Calendar:
    """Read the calendar."""
    years = tomllib.loads(path.read_text(encoding="utf-8"))["year"]
    holidays = {one["year"]: [Holiday(**entry) for entry in one["holidays"]] for one in years}
    return Calendar(holidays, (day for one in years for day in one["working"]))
