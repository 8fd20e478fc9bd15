"""Moments in a warning (时间): when it was issued, and when what it warns of is expected; pure, Asia/Shanghai."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from assistant.clauses.numerals import to_int
from assistant.events import utc

LOCAL = ZoneInfo("Asia/Shanghai")
NUMERAL = r"\d{1,2}|[一二三四五六七八九十两]{1,3}"
DAY = r"今[天日晚夜]|明[天日早晨晚夜]|后[天日]|(?:(?P<year>20\d\d)年)?(?P<month>\d{1,2})月(?P<date>\d{1,2})日"
PART = r"凌晨|早上|早晨|清晨|上午|中午|下午|傍晚|晚上|夜间|夜里|晚|夜"
# 20:00 · 20时30分 · 三点半; not 3小时, not 24时内
CLOCK = (
    rf"(?P<hour>{NUMERAL})(?:[:：](?P<minute>[0-5]\d)|[时点]整?(?:(?P<half>半)|(?P<minutes>\d{{1,2}})分)?(?!间|段|内))"
)
MOMENT = re.compile(rf"(?P<day>{DAY})?(?:的)?(?P<part>{PART})?{CLOCK}")
# 今天夜间 without an hour: forecasts count a night from 20:00 and a day from 08:00
STRETCH = re.compile(r"(?P<day>今天|今日|明天|明日|后天|后日|今|明)(?P<part>夜间|夜里|晚上|白天|晚|夜)(?!\d)")
STARTS = {"白": timedelta(hours=8), "夜": timedelta(hours=20), "晚": timedelta(hours=20)}
"""Source: GB/T 21984-2017, the spans of a short-range forecast (白天 08-20, 夜间 20-08)."""
DAYS = {"今": 0, "明": 1, "后": 2}
NOON = timedelta(hours=12)
EXPECTED = re.compile(r"(?:预计|将于|将在|可能|自|从|有效期)[^。；，,;\s]{0,6}$")
BEGINNING = re.compile(r"^\s*(?:起|开始|前后|左右|至|到|—|–|-|~|～)")


@dataclass(frozen=True, slots=True)
class Named:
    """A moment where it stands in the words."""

    start: int
    end: int
    at: datetime
    is_expected: bool
    """It is said of what will come, not of the warning itself."""


def moments(text: str, now: datetime) -> list[Named]:
    """Return the moments that are named, in order."""
    clocks = list(_clocks(text, now))
    taken = [(one.start, one.end) for one in clocks]
    return sorted([*clocks, *_stretches(text, now, taken)], key=lambda one: one.start)


def _clocks(text: str, now: datetime) -> Iterator[Named]:
    for found in MOMENT.finditer(text):
        span = _clock(found)
        if span is None:
            continue
        named = (found["day"] or "") + (found["part"] or "")
        around = EXPECTED.search(text[: found.start()]) or BEGINNING.match(text[found.end() :])
        day = _day(found, now)
        at = _next(span, now) if day is None and around else (day or _midnight(now)) + span
        is_expected = bool(around) or (bool(named) and at > utc(now))
        if not is_expected:
            at = at if at <= utc(now) or day else at - timedelta(days=1)
        yield Named(found.start(), found.end(), at, is_expected)


def _stretches(text: str, now: datetime, taken: list[tuple[int, int]]) -> Iterator[Named]:
    for found in STRETCH.finditer(text):
        if any(start < found.end() and found.start() < end for start, end in taken):
            continue
        at = _midnight(now) + timedelta(days=DAYS[found["day"][0]]) + STARTS[found["part"][0]]
        yield Named(found.start(), found.end(), at, is_expected=True)


def _clock(found: re.Match[str]) -> timedelta | None:
    hour, minute = _number(found["hour"]), int(found["minute"] or found["minutes"] or (30 if found["half"] else 0))
    if hour is None or hour > 24 or minute > 59:  # noqa: PLR2004 - hours of a day, minutes of an hour
        return None
    span = timedelta(hours=hour, minutes=minute)
    is_later = re.search(r"[晚夜]|下午|傍晚", (found["day"] or "") + (found["part"] or ""))
    return span + NOON if is_later and timedelta(0) < span < NOON else span


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() else to_int(text)


def _day(found: re.Match[str], now: datetime) -> datetime | None:
    """Return the midnight with which the named day begins, None where none is named or there is no such day."""
    said = found["day"]
    if not said:
        return None
    if said[0] in DAYS:
        return _midnight(now) + timedelta(days=DAYS[said[0]])
    today = _midnight(now)
    try:
        return today.replace(year=int(found["year"] or today.year), month=int(found["month"]), day=int(found["date"]))
    except ValueError:
        return None


def _next(span: timedelta, now: datetime) -> datetime:
    moment = _midnight(now) + span
    return moment if moment >= utc(now) else moment + timedelta(days=1)


def _midnight(now: datetime) -> datetime:
    return utc(now).astimezone(LOCAL).replace(hour=0, minute=0, second=0, microsecond=0)
