"""Due windows (履职时段): from which day to which day of a year an obligation is to be done."""

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import cache

from assistant.errors import UnknownRule
from assistant.obligations.case import Obligation
from assistant.rules import Rules, load_rules

Window = tuple[date, date]
"""The first day and the last; both belong to it."""
MONTHS = {"year": 12, "half-year": 6, "quarter": 3, "month": 1}
YEARS = re.compile(r"(\d+) years")
DAY = re.compile(r"\d{2}")
MONTH_DAY = re.compile(r"(\d{2})-(\d{2})")
FULL_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# 主汛期每月核对1次, 汛期每月: due in those months alone · 汛前 非汛期每周
IN_SEASON = (
    ("main_flood", re.compile(r"主汛期(?:内|期间)?，?(?:每|按)")),
    ("flood", re.compile(r"(?<![主非])汛期(?:内|期间)?，?(?:每|按)")),
    ("high_fire", re.compile(r"高火险期(?:内|期间)?，?(?:每|按)")),
    ("fire", re.compile(r"防火期(?:内|期间)?，?(?:每|按)")),
)


def windows(obligation: Obligation, year: int, *, place: str = "", rules: Rules | None = None) -> list[Window]:
    """Return the windows of `year`, in order, one for each time that it is to be done; a term may end in the next.

    Empty for what no calendar holds: daily, weekly, hourly and standing duties, and deadlines after an event.
    Two times a year without a date are two equal windows: the clause does not say that they lie half a year apart.
    place: whose seasons count; that of the document where it is empty.
    """
    seasons = Seasons(place or obligation.region, rules or _rules())
    if YEARS.fullmatch(obligation.per):
        return _of_years(obligation, year)
    if obligation.per == "term":
        found = [seasons.window(name, year) for name in ("term_spring", "term_autumn")]
    elif obligation.per in ("year", "once", "") and obligation.before and not DAY.fullmatch(obligation.before):
        found = [_until(part, year, seasons) for part in obligation.before.split(",")]
        return sorted(window for window in found if window is not None)
    else:
        found = list(_periods(obligation, year, seasons))
    return sorted(window for window in found if window is not None for _ in range(obligation.count or 1))


class Seasons:
    """Flood season, fire season and school terms of a place, as rules.toml has them."""

    def __init__(self, region: str, rules: Rules) -> None:
        self._region, self._rules = region, rules

    def window(self, name: str, year: int) -> Window | None:
        """Return the season that begins in `year` (汛期, 防火期); None where no day is known for the place."""
        first, last = self._day(f"season.{name}.from", year), self._day(f"season.{name}.to", year)
        if first is None or last is None:
            return None
        return first, last if first <= last else last.replace(year=year + 1)

    def holds(self, name: str, day: date) -> bool:
        """Say whether a day is within a season; an unknown season is never over."""
        known = [self.window(name, year) for year in (day.year - 1, day.year)]
        return any(one is None or one[0] <= day <= one[1] for one in known)

    def _day(self, rule: str, year: int) -> date | None:
        try:
            found = self._rules.find(rule, self._region, date(year, 12, 31))
        except UnknownRule:
            return None  # this place has not said when its season is: no window, rather than a wrong one
        month, day = divmod(int(found.value), 100)
        return date(year, month, day)


def _until(before: str, year: int, seasons: Seasons) -> Window | None:
    """Return the window up to a day (5月31日前), a season (汛前), or within one (主汛期)."""
    if FULL_DAY.fullmatch(before):
        due = date.fromisoformat(before)
        return (date(year, 1, 1), due) if due.year == year else None
    if found := MONTH_DAY.fullmatch(before):
        return date(year, 1, 1), date(year, int(found[1]), int(found[2]))
    season = seasons.window(before, year)
    if season is None or before == "main_flood":
        return season
    return date(year, 1, 1), season[0] - timedelta(days=1)


def _of_years(obligation: Obligation, year: int) -> list[Window]:
    """Return the round that ends in `year`; rounds are counted from the year in which the document took effect."""
    found = YEARS.fullmatch(obligation.per)
    length = int(found[1]) if found else 1
    first = int(obligation.holds_from[:4]) if obligation.holds_from else None
    if not length or first is None or year < first or (year - first + 1) % length:
        return []
    return [(date(year - length + 1, 1, 1), date(year, 12, 31))] * (obligation.count or 1)


def _periods(obligation: Obligation, year: int, seasons: Seasons) -> list[Window]:
    day = int(obligation.before) if DAY.fullmatch(obligation.before) else None
    length = MONTHS.get(obligation.per or ("month" if day else ""))
    if length is None:
        return []
    found = [_period(year, month, length, day) for month in range(1, 13, length)]
    in_season = _seasonal(obligation.quote)
    return [one for one in found if in_season is None or seasons.holds(in_season, one[1])]


def _period(year: int, month: int, length: int, day: int | None) -> Window:
    last = month + length - 1
    days = monthrange(year, last)[1]
    return date(year, month, 1), date(year, last, min(day or days, days))


def _seasonal(quote: str) -> str | None:
    return next((name for name, words in IN_SEASON if words.search(quote)), None)


@cache
def _rules() -> Rules:
    return load_rules()
