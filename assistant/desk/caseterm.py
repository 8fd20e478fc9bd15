"""The day that somebody names for a deadline (到周五, 再给三天, 月底), as a moment in China."""

import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta

from assistant.clauses.numerals import to_int
from assistant.hazards.moments import LOCAL, utc

END_OF_DAY = time(18, 0)
"""Until a day means until the end of office hours on it."""
NUMERAL = r"[一二两三四五六七八九十\d]+"
WEEKDAYS = {sign: n for n, signs in enumerate(("一", "二", "三", "四", "五", "六", "日天")) for sign in signs}
NEAR = {"今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3}
# 周五 下周三 这个星期天 · 一周
WEEKDAY = re.compile(r"(?P<which>下下|下|本|这)?个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])(?!次|期)")
# 7月15日 下个月3号 15号之前 二十号 · 15号楼
DAY = re.compile(rf"(?:(?P<month>{NUMERAL})月|(?P<next>下个?月))?(?P<day>{NUMERAL})[号日](?!楼|桥|院|线|门|井)")
# 再给三天 延期两周 宽限10天 · 三天前
SPAN = re.compile(rf"(?<!第)(?P<count>{NUMERAL}|几)(?P<unit>天|周|个?星期|个?礼拜|个月)(?!前|以前|[一二三四五六日])")
MONTH_END = re.compile(r"(?P<next>下个?)?月底")
FEW = 3
"""几天 is taken as three."""


def term(text: str, now: datetime, due: datetime | None = None) -> datetime | None:
    """Return the moment that a message names; a span (三天) counts from the running deadline, or from now."""
    today = utc(now).astimezone(LOCAL).date()
    named = _near(text, today) or _weekday(text, today) or _day(text, today) or _month_end(text, today)
    if named is None:
        start = utc(due).astimezone(LOCAL).date() if due is not None and utc(due) > utc(now) else today
        named = _after(text, start)
    return datetime.combine(named, END_OF_DAY, LOCAL) if named else None


def _near(text: str, today: date) -> date | None:
    held = [days for word, days in sorted(NEAR.items(), key=lambda pair: -len(pair[0])) if word in text]
    return today + timedelta(days=held[0]) if held else None


def _weekday(text: str, today: date) -> date | None:
    found = WEEKDAY.search(text)
    if not found:
        return None
    monday = today - timedelta(days=today.weekday())
    weeks = {"下": 1, "下下": 2}.get(found["which"] or "", 0)
    day = monday + timedelta(days=WEEKDAYS[found["day"]], weeks=weeks)
    return day + timedelta(weeks=1) if day < today else day


def _day(text: str, today: date) -> date | None:
    found = DAY.search(text)
    if not found:
        return None
    day = to_int(found["day"])
    month = to_int(found["month"]) if found["month"] else today.month + bool(found["next"])
    if day is None or month is None:
        return None
    for year, month_of in ((today.year, month), (today.year, month + 1), (today.year + 1, month)):
        chosen = _valid(year + (month_of > 12), (month_of - 1) % 12 + 1, day)
        if chosen and chosen >= today and (not found["month"] or month_of == month):
            return chosen
    return None


def _valid(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


def _month_end(text: str, today: date) -> date | None:
    found = MONTH_END.search(text)
    if not found:
        return None
    month = today.month + bool(found["next"])
    year, month = (today.year + 1, 1) if month > 12 else (today.year, month)
    return date(year, month, monthrange(year, month)[1])


def _after(text: str, start: date) -> date | None:
    found = SPAN.search(text)
    if not found:
        return None
    count = FEW if found["count"] == "几" else to_int(found["count"]) or FEW
    days = {"天": 1, "个月": 30}.get(found["unit"], 7)
    return start + timedelta(days=count * days)
