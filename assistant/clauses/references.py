"""References to clauses in prose (引用): 第十三条第二款, 第（十七）条, 3.2.1, 附件2第三条, 第六部分（三）."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.clauses.labels import UNIT
from assistant.clauses.numerals import to_int

HAN = "[〇零一二两三四五六七八九十百千]"
ANY = rf"(?:{HAN}{{1,9}}|[0-9０-９]{{1,4}})"
SMALL = rf"(?:{HAN}{{1,4}}|[0-9０-９]{{1,2}})"
# Each pattern: what matches · a near miss.
# 第二款第（三）项 的第3行 · 二款车型
INNER = (
    rf"(?:[，,、的]?第?(?P<paragraph>{ANY})款(?![车型机]))?"
    rf"(?:[，,、的]?第?[（(]?(?P<item>{ANY})[）)]?[项行](?![目工])|[（(](?P<bracketed>%s)[）)])?"
)
INSERTED = rf"(?:之(?P<inserted>{HAN}{{1,3}}))?"
# 第十三条第二款第（三）项 第(17)条 第十条之一 · 第三条道路
ARTICLE = re.compile(
    rf"第[（(]?(?P<article>{ANY})[）)]?条(?!裂|道路|路|线|沟|船|狗|街|腿|命|龙|生产线){INSERTED}{INNER % SMALL}"
)
# 云南意见17条 十七条说啥 · 三条路 一共有17条
SHORT_ARTICLE = re.compile(
    rf"(?<![第有共这那哪几前后头加增分提列0-9０-９〇零一二两三四五六七八九十百千])(?P<article>{ANY})条"
    rf"(?=[，,。？?的说讲写是规怎啥咋什内原全里之第 ]|{SMALL}[款项]|$){INSERTED}{INNER % SMALL}"
)
# （十七） （十七）第二项 （十七）（2） · （2025年） 附件（一）
BRACKETED = re.compile(rf"[（(](?P<article>{SMALL})[）)](?!班|组|栋|幢){INNER % '[0-9０-９]{1,2}'}")
# 3.2.1 3.2.1（2） · 3.5米 0.5 2025.3.26 6.5级
DECIMAL = re.compile(
    rf"(?<![0-9.A-Za-z])(?P<decimal>[1-9][0-9]?(?:\.[0-9]{{1,2}}){{1,4}})(?![0-9.]|\s?(?:{UNIT}|级|岁|户|℃)){INNER % SMALL}"
)
# 附件2 附表1第3行 · 附件所列
ANNEX = re.compile(rf"附(?P<name>[件表录])\s?(?P<annex>{ANY}){INNER % SMALL}")
# 第六部分 第三章 第一节 二、（三） · 第二节课
SECTION = re.compile(rf"第(?P<section>{ANY})(?P<kind>部分|章|节)(?![课车点程])|(?P<han>{HAN}{{1,3}})、(?=[（(])")
WHOLE = re.compile(r"(?<!安)全文(?![化明])|原文全部|整份|整篇")  # 第十七条全文 · 安全文化
KINDS = {"部分": "section", "章": "chapter", "节": "division", None: "section"}
INSIDE = re.compile(r"[的中里内\s]{0,2}")
"""What may stand between 附件2 or 第六部分 and the clause in it."""
FEWEST = {"一", "两", "1", "１"}
"""一条, 两条 count things; no one means clause 1 so without 第."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference to a clause by its number; `kind` is article, decimal, annex, section, chapter or division."""

    kind: str
    numbers: tuple[int, ...]
    """(13,) for 第十三条, (10, 1) for 第十条之一, (3, 2, 1) for 3.2.1."""
    paragraph: int | None
    item: int | None
    """项, or a row (行) of a table."""
    printed: str
    bracketed: bool = False
    """Written as （十七）, the way opinions print it."""
    inside: "Reference | None" = None
    """The annex, section or chapter named just before: 附件2第三条, 第六部分（三）, 第三章第一节."""


def find_references(text: str) -> list[Reference]:
    """Return the references in the order in which they stand; a measure such as 一条裂缝 is none."""
    found: list[tuple[int, int, Reference]] = []
    for pattern, read in READERS:
        for match in pattern.finditer(text):
            start, end = match.span()
            reference = read(match)
            if reference is not None and all(end <= first or last <= start for first, last, _ in found):
                found.append((start, end, reference))
    return _combined(sorted(found, key=lambda place: place[0]), text)


def _combined(found: list[tuple[int, int, Reference]], text: str) -> list[Reference]:
    """Join 附件2 and 第三条 to one reference where they stand side by side."""
    references: list[Reference] = []
    begin = before = 0
    for start, end, reference in found:
        last = references[-1] if references else None
        if last is not None and INSIDE.fullmatch(text, before, start) and _holds(last, reference):
            references[-1] = replace(reference, inside=last, printed=text[begin:end])
        else:
            references.append(reference)
            begin = start
        before = end
    return references


def _holds(outer: Reference, inner: Reference) -> bool:
    if outer.item is not None or outer.paragraph is not None:
        return False
    if outer.kind == "annex":
        return inner.kind != "annex"
    return (
        outer.kind in ("section", "chapter", "division")
        and inner.kind == "article"
        or (outer.kind == "chapter" and inner.kind == "division")
    )


def _article(found: re.Match[str]) -> Reference:
    numbers = tuple(_number(found[name]) for name in ("article", "inserted") if found[name])
    return _reference("article", numbers, found)


def _short_article(found: re.Match[str]) -> Reference | None:
    return None if found["article"] in FEWEST else _article(found)


def _bracketed(found: re.Match[str]) -> Reference:
    return replace(_reference("article", (_number(found["article"]),), found), bracketed=True)


def _decimal(found: re.Match[str]) -> Reference:
    return _reference("decimal", tuple(int(part) for part in found["decimal"].split(".")), found)


def _annex(found: re.Match[str]) -> Reference:
    return _reference("annex", (_number(found["annex"]),), found)


def _section(found: re.Match[str]) -> Reference:
    number = _number(found["section"] or found["han"])
    return Reference(KINDS[found["kind"]], (number,), None, None, found.group().rstrip("、"))


def _reference(kind: str, numbers: tuple[int, ...], found: re.Match[str]) -> Reference:
    item = found["item"] or found["bracketed"]
    paragraph = found["paragraph"]
    return Reference(
        kind, numbers, _number(paragraph) if paragraph else None, _number(item) if item else None, found.group()
    )


def _number(text: str) -> int:
    value = to_int(text)
    if value is None:
        raise ValueError(text)
    return value


READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Reference | None]], ...] = (
    (ARTICLE, _article),
    (DECIMAL, _decimal),
    (ANNEX, _annex),
    (SECTION, _section),
    (SHORT_ARTICLE, _short_article),
    (BRACKETED, _bracketed),
)
