"""Numbers with their units in a sentence (数量): what they count, for whom, and in which direction they bind."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.answers.model import Measure

DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"两": 2, "半": 0.5}
NUMBER = r"[0-9０-９]+(?:\.[0-9]+)?|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九]"
LEAST = "不少于|至少|不低于|最少"
MOST = "最迟不超过|不超过|不得超过|最多|最迟"
DAYS = {
    "年": 365.0,
    "学期": 182.0,
    "季度": 91.0,
    "季": 91.0,
    "月": 30.0,
    "周": 7.0,
    "日": 1.0,
    "天": 1.0,
    "小时": 1 / 24,
}
MINUTES = {"分钟": 1.0, "小时": 60.0, "天": 1440.0, "日": 1440.0, "个工作日": 1440.0, "个月": 43200.0, "年": 525600.0}
RATE = re.compile(
    rf"(?P<early>{LEAST})?每(?P<count>{NUMBER}|半)?个?(?P<period>年|学期|季度|季|月|周|日|天|小时)"
    rf"(?P<between>[^，。；;]{{0,20}}?)(?P<times>{NUMBER})次"
)
"""每年至少组织1次, 每5年完成1次 · near miss: 每年4月30日前"""
AMOUNT = re.compile(
    rf"(?P<bound>{LEAST}|{MOST})?(?P<low>{NUMBER})(?:(?:至|—|-|～)(?P<high>{NUMBER}))?"
    r"(?P<unit>人|名|万元|元|分钟|小时|天|日|个工作日|个月|年)(?P<after>以内|内|以上|以下)?"
)
"""不少于15人, 10分钟内, 至少三天 · near miss: 2025年, 5月31日"""
DATE = re.compile(r"[0-9]{4}年(?:[0-9]+月)?|[0-9]+月(?:[0-9]+日)?|[0-9]+时[0-9]*分?")
LEVELS = (
    ("省", re.compile("省级?(?!略)")),
    ("市", re.compile("州（市）|市县两级|市区两级|州|市级|(?<![城])市(?![场县区、）民])")),
    ("县", re.compile("县（市、区）|市县两级|市区两级|各区|县")),
    ("乡", re.compile("乡镇（街道）|乡镇|街道|镇|乡(?!村)")),
    ("村", re.compile("村（社区）|社区|村")),
)
STOP = re.compile("[，。；;：！？\n|]")
WEAK_VERB = re.compile(f"(?:{LEAST}|{MOST}|各|组织|开展|完成|进行|集中)+")


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of a sentence; offsets count in the sentence."""

    start: int
    end: int
    printed: str
    measure: Measure
    value: float
    """People; minutes; yuan; times a day."""
    bound: int
    """1: at least, -1: at most, 0: exactly."""
    subject: str
    """What is counted: 综合应急救援队伍; empty where that is not clear."""
    levels: frozenset[str]
    """For whom: 乡, 村."""


def find_quantities(sentence: str) -> list[Quantity]:
    """Return the numbers of a sentence that count people, time, money or how often, in order; ranges are left out."""
    dates = [found.span() for found in DATE.finditer(sentence)]
    rates = [_rate(sentence, found) for found in RATE.finditer(sentence)]
    taken = [*dates, *((rate.start, rate.end) for rate in rates)]
    amounts = (
        _amount(sentence, found) for found in AMOUNT.finditer(sentence) if not _touches(found.span("low"), taken)
    )
    return sorted([*rates, *(amount for amount in amounts if amount)], key=lambda quantity: quantity.start)


def number(text: str) -> float:
    """Return the value of a number as printed.

    >>> number("十五"), number("３"), number("半")
    (15.0, 3.0, 0.5)
    """
    if text[0] in DIGITS or text[0] == "十":
        tens, ten, ones = text.rpartition("十")
        return float((DIGITS[tens] if tens else 1) * 10 + (DIGITS[ones] if ones else 0)) if ten else float(DIGITS[text])
    return float(text)


def segment(sentence: str, quantity: Quantity) -> tuple[int, int]:
    """Return where the part of a sentence between two commas begins and ends that holds the number."""
    begins = [found.end() for found in STOP.finditer(sentence, 0, quantity.start)]
    ends = STOP.search(sentence, quantity.end)
    return (begins[-1] if begins else 0), (ends.start() if ends else len(sentence))


def _touches(span: tuple[int, int], taken: Iterable[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in taken)


def _rate(sentence: str, found: re.Match[str]) -> Quantity:
    days = DAYS[found["period"]] * (number(found["count"]) if found["count"] else 1)
    words = (found["early"] or "") + found["between"]
    subject = _after(sentence, found.end()) or WEAK_VERB.sub("", DATE.sub("", found["between"])).strip("前内、")
    value, bound = number(found["times"]) / days, _bound(words)
    return Quantity(
        *found.span(), found.group(), Measure.RATE, value, bound, subject, _levels(sentence, found.start(), subject)
    )


def _amount(sentence: str, found: re.Match[str]) -> Quantity | None:
    unit, bound = found["unit"], _bound((found["bound"] or "") + (found["after"] or ""))
    if unit == "年" and not bound or unit == "日" and not bound or found["high"]:
        return None
    if found["low"][0] in "一两" and not found["bound"]:
        return None  # 一人、两天 of common speech
    measure, factor = _unit(unit)
    subject = _after(sentence, found.end())
    value = number(found["low"]) * factor
    return Quantity(
        *found.span(), found.group(), measure, value, bound, subject, _levels(sentence, found.start(), subject)
    )


def _unit(unit: str) -> tuple[Measure, float]:
    if unit in MINUTES:
        return Measure.TIME, MINUTES[unit]
    return (Measure.PEOPLE, 1.0) if unit in "人名" else (Measure.MONEY, 10_000.0 if unit == "万元" else 1.0)


def _bound(words: str) -> int:
    if re.search(f"{LEAST}|以上", words):
        return 1
    return -1 if re.search(f"{MOST}|以内|内|以下", words) else 0


def _after(sentence: str, end: int) -> str:
    """Return what stands behind the number: the noun at the end of its part of the sentence."""
    stop = STOP.search(sentence, end)
    return sentence[end : stop.start() if stop else len(sentence)].rpartition("的")[2].strip()


def _levels(sentence: str, start: int, subject: str) -> frozenset[str]:
    """Return the levels named before the number in its sentence, or in what it counts."""
    said = re.split("[；;]", sentence[:start])[-1] + subject
    return frozenset(level for level, pattern in LEVELS if pattern.search(said))
