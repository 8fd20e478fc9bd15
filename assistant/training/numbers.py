"""Numbers in a clause (数字): what can be blanked out, and other numbers of the same kind that are wrong."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from assistant.clauses import to_chinese, to_int

N = r"(?:\d{1,4}|[一二三四五六七八九十两]{1,3})"
UNIT = r"(?:分钟|小时|个工作日|个月|日|天|年|周|人|名|支|次|周岁|米)"
# 不少于15人 至少三天 不超过10分钟 60周岁以上
BOUND = re.compile(
    rf"(?:不得?少于|至少(?:安排|组织|储备|派)?|不低于|不得?超过|提前)(?P<n>{N})(?P<unit>{UNIT})(?![至到—~-])"
)
# 10分钟内 15个工作日内 · near miss: 国内
WITHIN = re.compile(rf"(?<![至到—~\d.-])(?P<n>{N})(?P<unit>分钟|小时|个工作日|日|天|个月)(?=(?:之|以)?内)")
# 每2小时 每5年 · near miss: 每1次
EVERY = re.compile(rf"(?<=每)(?P<n>{N})(?P<unit>分钟|小时|年|个月|日|天)")
AGE = re.compile(r"(?P<n>\d\d)(?P<unit>周岁)(?=以上)")
KEPT = re.compile(rf"(?:保存|保留|储备)(?:不少于)?(?P<n>{N})(?P<unit>年|个月|天)")
COUNTED = re.compile(rf"(?:安排|派|配备|组建|由)(?:不少于)?(?P<n>{N})(?P<unit>名|人|支)(?!次)")
AFTERWARDS = re.compile(r"(?:最低|至少|不少于)?[^，。；次]{0,8}?(?P<n>[2-9二三四五六])(?P<unit>次)(?=[，。；）]|$)")
PATTERNS = (BOUND, WITHIN, EVERY, AGE, KEPT, COUNTED, AFTERWARDS)
PERIOD = re.compile(
    r"每(?P<n>半年|季度|年|月|周|日)(?:各|都|集中|由\w{2,6})?(?:至少|不少于)?[^，。；\d]{0,8}?(?:\d|一)次"
)
DEADLINE = re.compile(r"(?P<n>(?:1[0-2]|[1-9])月(?:[12]\d|3[01]|[1-9])日)(?=前|之前|以前)")
DAY_OF_MONTH = re.compile(r"(?<=[每次当下]月)(?P<n>[12]?\d|3[01])(?P<unit>日)(?=前|之前|以前)")
PERIODS = ("日", "周", "月", "季度", "半年", "年")
DEADLINES = (
    "3月31日",
    "4月15日",
    "4月30日",
    "5月15日",
    "5月31日",
    "6月15日",
    "6月30日",
    "9月30日",
    "10月31日",
    "11月30日",
    "12月31日",
)
LADDERS: dict[str, tuple[int, ...]] = {
    "分钟": (3, 5, 10, 15, 20, 30, 40, 60, 90),
    "小时": (1, 2, 4, 6, 8, 12, 24, 36, 48),
    "日": (1, 2, 3, 5, 7, 10, 15, 20, 30),
    "天": (1, 2, 3, 5, 7, 10, 15, 20, 30),
    "周": (1, 2, 3, 4, 6, 8),
    "个工作日": (1, 3, 5, 10, 15, 20, 30),
    "个月": (1, 2, 3, 6, 9, 12, 18),
    "年": (1, 2, 3, 4, 5, 6, 8, 10),
    "人": (2, 3, 5, 6, 8, 10, 12, 15, 20, 25, 30, 50, 80, 100),
    "名": (1, 2, 3, 4, 5, 6, 8, 10),
    "支": (1, 2, 3, 4, 5),
    "次": (1, 2, 3, 4, 5, 6),
    "周岁": (45, 50, 55, 60, 65, 70, 75),
    "米": (1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 300, 500),
    "月日": (5, 10, 15, 20, 25, 28, 30),
}
PLAIN = ((24, "小时"), (1, "次"), (1, "支"))
"""What everybody would guess: 24小时值班, 至少1次."""
MANY = 2
SIZE = 4
"""Choices of a question."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: what is blanked out, and its ladder of others; offsets count in the text."""

    start: int
    end: int
    printed: str
    ladder: tuple[str, ...]
    """Ascending, the printed one among them."""


def find_numbers(text: str) -> list[Number]:
    """Return the numbers of which a rule consists, in order; those of statistics and telephones are none."""
    found = {one.start: one for one in (*_amounts(text), *_periods(text), *_deadlines(text))}
    return [one for _, one in sorted(found.items()) if text.count(one.printed) == 1 and not _is_one_of_many(one, text)]


def _is_one_of_many(number: Number, text: str) -> bool:
    """Say whether so many others of its kind stand beside it that they tell it (1小时内…，2小时内…，3小时内…)."""
    unit = number.printed.lstrip("0123456789")
    return unit in LADDERS and len(re.findall(rf"\d{re.escape(unit)}", text)) > MANY


def window(number: Number, random: Random, size: int = SIZE) -> tuple[str, ...]:
    """Return neighbouring numbers, ascending, the right one at any place among them."""
    at = number.ladder.index(number.printed)
    first = random.randint(max(0, at - size + 1), min(at, len(number.ladder) - size))
    return number.ladder[first : first + size]


def _amounts(text: str) -> Iterator[Number]:
    for pattern in PATTERNS:
        for found in pattern.finditer(text):
            value = to_int(found["n"])
            if value is not None and (value, found["unit"]) not in PLAIN:
                printed = f"{found['n']}{found['unit']}"
                yield Number(found.start("n"), found.end("unit"), printed, _ladder(value, found["n"], found["unit"]))
    for found in DAY_OF_MONTH.finditer(text):
        values = sorted({int(found["n"]), *LADDERS["月日"]})
        yield Number(found.start("n"), found.end("unit"), f"{found['n']}日", tuple(f"{one}日" for one in values))


def _periods(text: str) -> Iterator[Number]:
    for found in PERIOD.finditer(text):
        yield Number(found.start(), found.end("n"), f"每{found['n']}", tuple(f"每{one}" for one in PERIODS))


def _deadlines(text: str) -> Iterator[Number]:
    for found in DEADLINE.finditer(text):
        days = sorted({found["n"], *DEADLINES}, key=_in_year)
        yield Number(found.start("n"), found.end("n"), found["n"], tuple(days))


def _in_year(day: str) -> tuple[int, int]:
    month, _, rest = day.partition("月")
    return int(month), int(rest.removesuffix("日"))


def _ladder(value: int, printed: str, unit: str) -> tuple[str, ...]:
    """Return other amounts of the same unit, in the same numerals."""
    values = sorted({value, *LADDERS[unit]})
    if printed.isdigit():
        return tuple(f"{one}{unit}" for one in values)
    return tuple(f"{printed if one == value else _spoken(one, unit)}{unit}" for one in values)


def _spoken(value: int, unit: str) -> str:
    return "两" if value == 2 and unit != "月" else to_chinese(value)
