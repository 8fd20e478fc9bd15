"""Days in the cells of a roster (日期): 5月1日, 5.1, 2026/5/1, 五月一日, 1日至3日, 5月1日8时至2日8时, Excel's day numbers."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.clauses.numerals import to_int

CHINESE = "零〇○一二三四五六七八九十"
NUMERAL = re.compile(rf"[{CHINESE}]+(?=[年月日号、至到—-]|$)")
WEEKDAY = re.compile(r"[(（]?(?:星期|礼拜|周)([一二三四五六日天1-7])[)）]?")
BARE_WEEKDAY = re.compile(r"[一二三四五六日天]")
# 8:00 8时 20点30分 次日8:00 · near miss: 8日
CLOCK = re.compile(r"(?:次日|第二天|翌日)?(\d{1,2})(?:[:：](\d{2})|[时点](?:(\d{1,2})分|半|整)?)")
ONE = re.compile(r"(?:(?P<year>\d{4})[年/.\-])?(?:(?P<month>\d{1,2})(?P<mark>[月/.\-]))?(?P<day>\d{1,2})[日号]?")
ISO = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: ?\d{2}:\d{2}:\d{2})?")
COMPACT = re.compile(r"20\d{6}")
SERIAL = re.compile(r"[45]\d{4}")
TWO_NUMBERS = re.compile(r"(\d{1,2})-(\d{1,2})")
MONTH = re.compile(r"(?:(?P<year>20\d{2})年?[./-]?)?(?P<month>\d{1,2})月(?:份)?")
YEAR = re.compile(r"(20\d{2})年?")
# 10月1日国庆节 9月26日农历八月十六 · near miss: 国庆节
FEAST = re.compile(r"(?<=[\d日号])(?:农历|元旦|除夕|春节|清明|劳动节|五一|端午|中秋|国庆|正月|腊月|大年|重阳).*$")
FIRST_SERIAL = date(1899, 12, 30)
"""Day 0 of Excel, its leap-year error of 1900 included."""
LONGEST = 62
"""Days in one cell; more is a misreading."""
SEPARATORS, RANGE = re.compile(r"[、,，;；和及]"), re.compile(r"[—–―~～至到]+|--")
WEEKDAYS = {**{sign: number for number, sign in enumerate("一二三四五六日")}, "天": 6}
WEEKDAYS |= {str(number + 1): number for number in range(7)}


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of a date that a cell does not say."""

    today: date
    year: int | None = None
    month: int | None = None
    first: date | None = None
    """Where a title names a span (7月6日—12日): its days."""
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a cell, and the day of the week that stands with them."""

    days: tuple[date, ...]
    weekday: int | None = None


def around(titles: str, today: date) -> Around:
    """Return what the lines above a table say of year and month (示例镇2026年5月值班表)."""
    text = _digits(titles)
    month, year = MONTH.search(text), YEAR.search(text)
    known = Around(today, int(year[1]) if year else None, int(month["month"]) if month else None)
    span = re.search(
        rf"(?:\d{{4}}年)?\d{{1,2}}[月.]\d{{1,2}}日?\s*(?:{RANGE.pattern}|-)\s*(?:\d{{1,2}}[月.])?\d{{1,2}}日?", text
    )
    days = days_in(span[0], known).days if span else ()
    return Around(today, known.year, known.month, *((days[0], days[-1]) if days else (None, None)))


def days_in(cell: str, known: Around) -> Days:
    """Return the days that a cell names; none where it is no date."""
    plain = "".join(unicodedata.normalize("NFKC", cell).split())
    found = WEEKDAY.search(plain)
    weekday = WEEKDAYS[found[1]] if found else None
    text = _digits(re.sub(r"[(（].*?[)）]", "", WEEKDAY.sub("", plain)))
    text = FEAST.sub("", text)
    alone = _alone(text)
    if alone is not None:
        return Days((alone,), weekday)
    text, is_to_morning = _without_clock(text)
    days = _several(text, known)
    if is_to_morning and len(days) > 1:
        days = days[:-1]
    return Days(tuple(days), weekday) if len(days) <= LONGEST else Days(())


def weekday_in(cell: str) -> int | None:
    """Return the day of the week of a cell (五, 周五, 星期五), Monday 0; None for none."""
    plain = "".join(unicodedata.normalize("NFKC", cell).split())
    found = WEEKDAY.fullmatch(plain)
    if found is None and BARE_WEEKDAY.fullmatch(plain):
        return WEEKDAYS[plain]
    return WEEKDAYS[found[1]] if found else None


def _digits(text: str) -> str:
    """Return 2026年5月21日 for 二〇二六年五月二十一日."""
    return NUMERAL.sub(lambda found: str(to_int(found[0]) or found[0]), unicodedata.normalize("NFKC", text))


def _alone(text: str) -> date | None:
    if found := ISO.fullmatch(text):
        return _date(*map(int, found.groups()))
    if COMPACT.fullmatch(text):
        return _date(int(text[:4]), int(text[4:6]), int(text[6:]))
    return FIRST_SERIAL + timedelta(days=int(text)) if SERIAL.fullmatch(text) else None


def _without_clock(text: str) -> tuple[str, bool]:
    """Return a span without its hours, and whether it ends on the morning after the last shift began."""
    hours = [int(found[1]) for found in CLOCK.finditer(text)]
    is_to_morning = len(hours) == 2 and hours[1] <= hours[0]
    return CLOCK.sub("", text).strip("-—–~～至到"), is_to_morning


def _several(text: str, known: Around) -> list[date]:
    days: list[date] = []
    for part in filter(None, SEPARATORS.split(text)):
        ends = _ends(part, known)
        if not ends or len(ends) > 2:
            return []
        first = _one(ends[0], known, days[-1] if days else None)
        last = _one(ends[1], known, first) if len(ends) == 2 and first else first
        if first is None or last is None or last < first:
            return []
        days += [first + timedelta(days=number) for number in range(min((last - first).days, LONGEST) + 1)]
    return days


def _ends(part: str, known: Around) -> list[str]:
    """Return one date, or the two ends of a span; none where it can be read in two ways (5-7 in May)."""
    if RANGE.search(part):
        return RANGE.split(part)
    two = TWO_NUMBERS.fullmatch(part)
    if two:
        first, second = int(two[1]), int(two[2])
        if known.month is None:
            return [f"{first}月{second}日"] if first <= 12 else []
        if first != known.month:
            return [two[1], two[2]]
        return [f"{first}月{second}日"] if second < first else []
    head, _, tail = part.rpartition("-")
    return [head, tail] if head and re.search(r"[月日号./]", part) else [part]


def _one(text: str, known: Around, before: date | None) -> date | None:
    """Return one date; a month that is not said is that of the date before, else that of the title."""
    found = ONE.fullmatch(text)
    if found is None:
        return None
    day = int(found["day"])
    month = int(found["month"]) if found["month"] else before.month if before else known.month
    if month is None:
        return None
    if found["year"]:
        return _date(int(found["year"]), month, day)
    if before is not None:
        following = _date(before.year, month, day)
        return following if following and following >= before else _date(before.year + 1, month, day)
    if known.year is not None:
        # a table of December that goes on into January
        is_next = known.month is not None and known.month - month > 6
        return _date(known.year + is_next, month, day)
    near = [one for year in (-1, 0, 1) if (one := _date(known.today.year + year, month, day))]
    return min(near, key=lambda one: abs(one - known.today), default=None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
