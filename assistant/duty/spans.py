"""Several days in a row as people name them (国庆, 下周, 这周末, 本月, 10月3号到5号), by the calendar of China."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from assistant.duty.calendar import Calendar, Holiday
from assistant.duty.days import DIGITS, when_in

# 五一 十一 · near miss: 十一月, 二十一号, 十五一
ALIASES = {
    r"(?<!十)五一": "劳动节",
    r"(?<![\d二三])十一(?![月号日点时个人])": "国庆节",
    "过年": "春节",
    "新年": "元旦",
}
WHICH = {"上": -1, "": 0, "这": 0, "本": 0, "下": 1}
# 下周 这个星期 · near miss: 下周三, 这周末
WEEK = re.compile(rf"(?P<which>上|这|本|下)(?:个|一)?(?:周|星期|礼拜)(?![{DIGITS[:6]}日天末1-7])(?:内|里)?")
WEEKEND = re.compile(r"(?P<which>上|这|本|下|)(?:个)?(?:周末|星期末)")
MONTH = re.compile(r"(?P<which>上|这|本|下)(?:个)?月(?:份|内|里)?")
COUNT = rf"\d{{1,2}}|[{DIGITS}]{{1,3}}"
# 10月3号到5号 25—27日 · near miss: 3到5人
TO = re.compile(
    rf"(?P<month>(?:{COUNT})月份?)?(?P<first>{COUNT})[号日]?(?:到|至|—|-|~)(?P<until>(?:{COUNT})月份?)?(?P<last>{COUNT})[号日]"
)
REST = r"(?:节)?(?:假期|放假|长假|期间|那几天|这几天|那几日|那天|当天|[一二三四五六七八3-8]天)?"


@dataclass(frozen=True, slots=True)
class Span:
    """Days in a row, both included."""

    first: date
    last: date
    words: str
    """As they were said."""

    @property
    def days(self) -> list[date]:
        """Every day, in order."""
        return [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]


def span_in(text: str, now: datetime, calendar: Calendar) -> Span | None:
    """Return the first span that a text names, None where it names none or a single day.

    now: local time. A holiday is the next one that is not over.
    """
    for read in (_dates, _weekend, _week, _month):
        found = read(text, now)
        if found is not None:
            return found
    return _holiday(text, now.date(), calendar)


def _dates(text: str, now: datetime) -> Span | None:
    """10月3号到5号: the last day is of the month of the first, or of the next one."""
    found = TO.search(text)
    if found is None:
        return None
    first = when_in(f"{found['month'] or ''}{found['first']}号", now)
    if first is None:
        return None
    begins = datetime.combine(first.day, now.time(), now.tzinfo)
    last = when_in(f"{found['until'] or ''}{found['last']}号", begins)
    return Span(first.day, last.day, found[0]) if last is not None and last.day >= first.day else None


def _week(text: str, now: datetime) -> Span | None:
    found = WEEK.search(text)
    monday = now.date() - timedelta(days=now.weekday())
    return _weeks(found, monday, 6)


def _weekend(text: str, now: datetime) -> Span | None:
    found = WEEKEND.search(text)
    saturday = now.date() - timedelta(days=now.weekday()) + timedelta(days=5)
    return _weeks(found, saturday, 1)


def _weeks(found: re.Match[str] | None, first: date, more: int) -> Span | None:
    if found is None:
        return None
    first += timedelta(weeks=WHICH[found["which"]])
    return Span(first, first + timedelta(days=more), found[0])


def _month(text: str, now: datetime) -> Span | None:
    found = MONTH.search(text)
    if found is None:
        return None
    first = now.date().replace(day=1)
    step: dict[int, Callable[[date], date]] = {-1: _before, 0: lambda day: day, 1: _after}
    first = step[WHICH[found["which"]]](first)
    return Span(first, _after(first) - timedelta(days=1), found[0])


def _before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


def _after(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def _holiday(text: str, today: date, calendar: Calendar) -> Span | None:
    for holiday in calendar.ahead(today):
        for name in _names(holiday):
            found = re.search(name + REST, text)
            if found is not None:
                return Span(holiday.first, holiday.last, found[0])
    return None


def _names(holiday: Holiday) -> list[str]:
    """国庆节、中秋节 → 国庆节, 国庆, 十一, 中秋节, 中秋; 春 alone is none."""
    full = holiday.name.split("、")
    short = [name.removesuffix("节") for name in full if len(name) > len("春节")]
    return [*full, *short, *(alias for alias, name in ALIASES.items() if name in full)]
