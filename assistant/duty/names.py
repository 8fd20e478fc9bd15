"""Names in the cells of a roster (值班人): several in one cell, with telephones, titles and what they do."""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import time

from assistant.duty.dates import CLOCK
from assistant.duty.post import PostKind
from assistant.duty.slot import Turn

KINDS = {
    PostKind.DEPUTY: re.compile(r"副班|备班|副值|副带班|备勤|替班|[Bb]角|^副$|^备$"),
    PostKind.LEADER: re.compile(r"带班|值班领导|领导|带队|值班长|^带$"),
    PostKind.STAFF: re.compile(r"值班|值守|主班|白班|日班|早班|夜班|晚班|中班|当班|坐班|备勤|[Aa]角|^[值班主白夜]$"),
}
"""A deputy leads too, so it is looked for first."""
# 带班领导：张三 值班员: · near miss: 13812345678
LABEL = re.compile(r"(?P<label>[\u4e00-\u9fffA-Za-z]{1,8})[:：]")
PHONE = re.compile(r"(?<!\d)(?:(?:\+?86)?1\d{10}|0\d{2,3}-?\d{7,8}|\d{7,8})(?!\d)")
LANDLINE = re.compile(r"0\d{9,11}|\d{7,8}")
BRACKETS = re.compile(r"[(（\[【]([^)）\]】]*)[)）\]】]")
SPACED = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])[ \u3000]+([\u4e00-\u9fff])(?![\u4e00-\u9fff])")
SEPARATORS = re.compile(r"[、,，;；/\\\s|+]+|(?<=[\u4e00-\u9fff]{2})[和及与](?=[\u4e00-\u9fff]{2})")
TITLE = re.compile(
    r"(?:镇|乡|街道|村|社区|县|市|区)?(?:党工委|党委|党总支|党支部|政府|人大|纪委|武装|组织|宣传|综治|应急办|办公室|派出所|司法所)?"
    r"(?:第一|常务)?(?:副)?(?:书记|镇长|乡长|县长|主任|主席|委员|部长|所长|站长|支书|村长|局长|科长|队长|组长|同志)"
)
# 张三 示例甲 岩温·罕 · near miss: 全体干部 待定
NAME = re.compile(r"[\u3400-\u9fff〇]{2,4}|[\u3400-\u9fff〇]{1,8}·[\u3400-\u9fff〇·]{1,12}|[A-Za-z][A-Za-z.' ]{1,29}")
NOBODY = re.compile(
    r"待定|空缺|休息|放假|轮流|全体|人员|干部|职工|领导|值班|带班|值守|备注|电话|同上|无人|不值|办公室|村委|居委|政府|派出所|^无$|^班$|^休$"
)
DITTO = frozenset({"同上", "〃", '"', "″", "同前", "同左"})
DAY, NIGHT = Turn(time(8), time(20)), Turn(time(20), time(8))
"""What 白班 and 夜班 mean where no hours stand with them."""
HALVES = {"上午": Turn(time(8), time(12)), "下午": Turn(time(12), time(20))}
"""Together the day, so that morning, afternoon and night leave no gap."""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody in a cell."""

    name: str
    phone: str = ""
    kind: PostKind | None = None
    """What they do, where the cell says so."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell holds: persons, telephones of nobody in it, and words that were not used."""

    people: tuple[Named, ...] = ()
    phones: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()


def kind_in(text: str) -> PostKind | None:
    """Return which kind of post words mean (带班领导, 副班), None for none."""
    plain = "".join(text.split())
    return next((kind for kind, pattern in KINDS.items() if pattern.search(plain)), None)


def turn_in(text: str) -> Turn | None:
    """Return the hours of a shift (夜班20:00至次日8:00, 白班), None where it is the usual whole day."""
    plain = unicodedata.normalize("NFKC", text)
    clocks = [_clock(found) for found in CLOCK.finditer(plain)]
    known = [clock for clock in clocks if clock is not None]
    if len(clocks) == len(known) == 2:
        return Turn(*known)
    if re.search(r"夜|晚", plain):
        return NIGHT
    if re.search(r"白|日班|早班", plain):
        return DAY
    return next((turn for word, turn in HALVES.items() if word in plain), None)


def people_in(cell: str) -> Cell:
    """Return who is named in a cell."""
    text = SPACED.sub(r"\1\2", unicodedata.normalize("NFKC", cell))
    text = SPACED.sub(r"\1\2", text)
    kind: PostKind | None = None
    found = Cell()
    for label, part in _labelled(text):
        if label:
            kind = kind_in(label) or kind
            found = found if kind_in(label) else replace(found, unused=(*found.unused, label))
        found = _read(part, kind, found)
    return found


def phones_in(cell: str) -> tuple[str, ...]:
    """Return the telephone numbers of a cell, digits only."""
    text = re.sub(r"(?<=\d)[ \-](?=\d{3,})", "", unicodedata.normalize("NFKC", cell))
    return tuple(_number(found[0]) for found in PHONE.finditer(text))


def is_landline(phone: str) -> bool:
    """Say whether a number is one that rings in a room."""
    return LANDLINE.fullmatch(phone) is not None


def _labelled(text: str) -> list[tuple[str, str]]:
    """Return what stands after each label; what stands before the first has none."""
    marks = list(LABEL.finditer(text))
    ends = [*(mark.start() for mark in marks), len(text)]
    parts = [("", text[: ends[0]])]
    parts += [_part(mark["label"], text[mark.end() : end]) for mark, end in zip(marks, ends[1:], strict=True)]
    return [(label, part) for label, part in parts if label or part.strip()]


def _part(label: str, part: str) -> tuple[str, str]:
    """Return a label with what it stands for; 周示例：12300000005 is a name with its telephone."""
    is_name = kind_in(label) is None and NAME.fullmatch(label) is not None and PHONE.match(part.strip()) is not None
    return ("", f"{label} {part}") if is_name else (label, part)


def _read(part: str, kind: PostKind | None, found: Cell) -> Cell:
    spread = BRACKETS.sub(lambda one: f" ({one[1]}) ", part)
    spread = PHONE.sub(lambda one: f" {_number(one[0])} ", re.sub(r"(?<=\d)-(?=\d)", "", spread))
    for token in filter(None, SEPARATORS.split(spread)):
        found = _with_token(token.strip("()（）.。"), kind, found)
    return found


def _with_token(token: str, kind: PostKind | None, found: Cell) -> Cell:
    people, phones, unused = found.people, found.phones, found.unused
    last = people[-1] if people else None
    if not token:
        return found
    if token.isdigit() and PHONE.fullmatch(token):
        if last is None or last.phone or is_landline(token):
            return Cell(people, (*phones, token), unused)
        return Cell((*people[:-1], replace(last, phone=token)), phones, unused)
    if last is not None and kind_in(token) and len(token) <= 4:
        return Cell((*people[:-1], replace(last, kind=kind_in(token))), phones, unused)
    bare = TITLE.sub("", token) if len(token) > 3 else token
    if NAME.fullmatch(bare) and not NOBODY.search(bare) and not TITLE.fullmatch(token):
        return Cell((*people, Named(bare, kind=kind)), phones, unused)
    return Cell(people, phones, (*unused, token))


def _number(text: str) -> str:
    digits = re.sub(r"\D", "", text)
    return digits[2:] if len(digits) == 13 and digits.startswith("86") else digits


def _clock(found: re.Match[str]) -> time | None:
    hour, minute = int(found[1]), int(found[2] or found[3] or (30 if "半" in found[0] else 0))
    return time(hour % 24, minute) if hour <= 24 and minute < 60 else None
