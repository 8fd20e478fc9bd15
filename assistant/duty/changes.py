"""What the keeper of a roster orders in words (排班改动): who comes, who goes, on which days; a question is none."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from assistant.clauses.numerals import to_int
from assistant.duty.calendar import Calendar
from assistant.duty.days import when_in
from assistant.duty.names import kind_in
from assistant.duty.order import OrderKind
from assistant.duty.post import PostKind
from assistant.duty.spans import Span, span_in
from assistant.script import simplified

NAME = r"[\u4e00-\u9fff]{2,4}?"
POST = r"(?:带班领导|带班|值班领导|副班|备班|值班员|值班人员|值班)"
TO = r"(?:改成|改为|改由|换成|换为|调成|调整为|由)"
STAND = r"(?:顶班|替班|代班|顶替|顶|替|代|接)(?:一下|上)?"
AWAY = r"(?:请假|休假|休息|出差|开会|学习|生病|病了|有事|来不了|不在)"
END = r"(?:值班|带班|来值|来带|来)?[了吧。！!]*"
ORDER = re.compile(r"^(?:排班|调班|调整值班|改值班表|值班表)[：:，, ]*")
LENGTH = re.compile(r"(?<![\d号日])(?P<count>\d{1,2}|[一二两三四五六七八九十]{1,2})天")
CUT = r"[，,、的从在把将起到]*"
PATTERNS: tuple[tuple[OrderKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        # 带班改成李示例 值班员由李示例顶 · 带班由谁安排
        (OrderKind.REPLACE, rf"{CUT}(?P<post>{POST})(?:的)?(?:领导|人员?)?{TO}(?P<by>{NAME})(?:{STAND})?{END}"),
        # 王示例请假由赵示例顶 王示例出差，赵示例替
        (
            OrderKind.REPLACE,
            rf"{CUT}(?P<who>{NAME}){CUT}{AWAY}{CUT}(?:由|让|请|换|叫)?(?P<by>{NAME})(?:{STAND}|值班|值|带班|上){END}",
        ),
        # 王示例的班换成赵示例 把王示例换成赵示例
        (OrderKind.REPLACE, rf"{CUT}(?P<who>{NAME})(?:的)?(?:班)?{TO}(?P<by>{NAME}){END}"),
        # 让赵示例替王示例 由赵示例顶王示例的班
        (OrderKind.REPLACE, rf"{CUT}(?:由|让|请|叫)?(?P<by>{NAME}){STAND}(?P<who>{NAME})(?:的)?(?:班)?{END}"),
        # 副班加上赵示例 值班加赵示例
        (OrderKind.ADD, rf"{CUT}(?P<post>{POST})(?:再)?(?:加上?|增加|添上?|加派)(?P<by>{NAME}){END}"),
        # 王示例不值班了 去掉王示例
        (OrderKind.REMOVE, rf"{CUT}(?:去掉|撤下|拿掉)(?P<who>{NAME}){END}"),
        (OrderKind.REMOVE, rf"{CUT}(?P<who>{NAME})不(?:值班|带班|排)了?{END}"),
        # 王示例请假: somebody has still to be named
        (OrderKind.REPLACE, rf"{CUT}(?P<who>{NAME}){CUT}{AWAY}{END}"),
    )
)
ASKED = re.compile(r"[谁哪几吗？?么啥]|什么|怎么|多少|多久|可以|能不能|要不要|应该|规定|制度")
# 撤销第12号排班 撤销排班安排12
REVOKE = re.compile(
    r"(?:撤销|取消|作废)(?:第)?(?P<number>\d{1,6})?(?:号)?(?:排班安排|排班|改班)(?:第)?(?P<last>\d{1,6})?(?:号)?[。！!]*"
)
REVOKE_LAST = re.compile(r"(?:撤销|撤回|取消|改回去|改错了)[了。！!]*")
LIST = re.compile(r"(?:看看?|查)?(?:排班安排|排班记录|排班改动|改班记录)[。？?]*")


@dataclass(frozen=True, slots=True)
class Change:
    """One order in words."""

    kind: OrderKind
    who: str = ""
    """Who goes; empty where only the post is named."""
    by: str = ""
    """Who comes; empty where nobody was named."""
    post: PostKind | None = None
    days: Span | None = None
    is_marked: bool = False
    """The message began with 排班."""


def read_change(text: str, now: datetime, calendar: Calendar) -> Change | None:
    """Return what is ordered, None where a message is no such order.

    now: local time. Raises nothing: names are looked up by the desk.
    """
    said = "".join(simplified(text).split())
    is_marked = ORDER.match(said) is not None
    said = ORDER.sub("", said)
    if ASKED.search(said) or len(said) > 40:
        return None
    days, rest = _days(said, now, calendar)
    for kind, pattern in PATTERNS:
        found = pattern.fullmatch(rest)
        if found is not None:
            given = found.groupdict()
            post = kind_in(given["post"]) if given.get("post") else None
            return Change(kind, given.get("who") or "", given.get("by") or "", post, days, is_marked)
    return None


def _days(said: str, now: datetime, calendar: Calendar) -> tuple[Span | None, str]:
    """Return the days and what is left; 3天 alone begins today, 明天起3天 tomorrow."""
    span = span_in(said, now, calendar)
    if span is not None:
        return span, said.replace(span.words, "", 1)
    when = when_in(said, now)
    if when is not None and not when.words:
        when = None
    rest = said.replace(when.words, "", 1) if when else said
    length = LENGTH.search(rest)
    if when is None and length is None:
        return None, rest
    first = when.day if when else now.date()
    count = (to_int(length["count"]) or 1) if length else 1
    last = first + timedelta(days=count - 1)
    return Span(first, last, ""), rest.replace(length[0], "", 1) if length else rest
