"""Which day a question about duty means (今晚, 后天, 这周五, 3号), by the calendar of China."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from assistant.clauses.numerals import to_int

RELATIVE = {"大前": -3, "前": -2, "昨": -1, "今": 0, "当": 0, "明": 1, "后": 2, "大后": 3}
WEEKS = {"上": -1, "下下": 2, "下": 1}
DIGITS = "一二三四五六七八九十"
WEEKDAY = {**{sign: number for number, sign in enumerate("一二三四五六")}, "日": 6, "天": 6, "末": 5}
WEEKDAY |= {str(number + 1): number for number in range(7)}
NAMED = re.compile(
    r"(?P<which>大前|大后|前|昨|今|当|明|后)(?:天|晚|夜|日|儿个?|朝|早)(?:个)?(?:晚上|夜里|夜间|晚|夜|早上|白天|上午|下午)?"
)
WEEK = re.compile(
    rf"(?P<week>上|这|本|下下|下)?(?:个)?(?:周|星期|礼拜)(?P<day>[{DIGITS[:6]}日天末1-7])(?:晚上|夜里|晚|夜)?"
)
DATE = re.compile(
    rf"(?:(?P<month>\d{{1,2}}|[{DIGITS}]{{1,2}})月份?)?(?P<day>\d{{1,2}}|[{DIGITS}]{{1,3}})[号日](?!楼|院|桥|线)"
)
NOW = re.compile(r"现在|这会儿?|这阵|目前|眼下|当前|此刻|这时候?|这个点|刻下|而家|今下")
NIGHT = re.compile(r"晚|夜")
BARE_NIGHT = re.compile(r"晚上|夜里|夜间|半夜|深夜|夜班")
MORNING = 6
"""Before this hour 今晚 is the night that is not over yet."""


@dataclass(frozen=True, slots=True)
class When:
    """The day that is meant."""

    day: date
    is_now: bool = False
    """This very moment is meant, whatever shift that is."""
    is_night: bool = False
    words: str = ""
    """As it was said; empty where nothing was said of a day."""


def when_in(text: str, now: datetime) -> When | None:
    """Return the first day that a text names, None where it names none.

    now: local time.
    """
    for read in (_named, _weekday, _date):
        found = read(text, now)
        if found is not None:
            return found
    spoken = NOW.search(text) or BARE_NIGHT.search(text)
    if spoken is None:
        return None
    is_night = NOW.search(text) is None
    return When(now.date(), not is_night or now.hour < MORNING, is_night, spoken[0])


def _named(text: str, now: datetime) -> When | None:
    found = NAMED.search(text)
    if found is None:
        return None
    shift = RELATIVE[found["which"]]
    is_night = NIGHT.search(found[0]) is not None
    is_now = shift == 0 and is_night and now.hour < MORNING
    return When(now.date() + timedelta(days=shift), is_now, is_night, found[0])


def _weekday(text: str, now: datetime) -> When | None:
    """A bare 周五 is the next one, 这周五 that of this week, be it past."""
    found = WEEK.search(text)
    if found is None:
        return None
    monday = now.date() - timedelta(days=now.weekday())
    day = monday + timedelta(days=WEEKDAY[found["day"]], weeks=WEEKS.get(found["week"] or "", 0))
    if found["week"] is None and day < now.date():
        day += timedelta(weeks=1)
    return When(day, is_night=NIGHT.search(found[0]) is not None, words=found[0])


def _date(text: str, now: datetime) -> When | None:
    """A bare 3号 that is past is that of the next month; a date without a year is the nearest one."""
    found = DATE.search(text)
    if found is None:
        return None
    day, month = _number(found["day"]), _number(found["month"]) if found["month"] else now.month
    months = [(now.year, month), (now.year + 1, month), (now.year - 1, month)]
    if not found["month"]:
        months = [(now.year, month), (now.year + month // 12, month % 12 + 1)]
    known = [one for year, number in months if (one := _day(year, number, day)) is not None]
    if not known:
        return None
    chosen = min(known, key=lambda one: abs(one - now.date()))
    if not found["month"]:
        chosen = next((one for one in known if one >= now.date()), known[0])
    return When(chosen, words=found[0])


def _number(said: str) -> int:
    return to_int(said) or 0


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
