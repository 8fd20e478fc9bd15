"""Printed numbers at the head of a line (编号): which family, which number, where the text after it begins."""

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.clauses.numerals import to_int


class Family(StrEnum):
    """A numbering family; the comment shows one member as printed."""

    PART = "part"  # 第一编
    CHAPTER = "chapter"  # 第一章
    DIVISION = "division"  # 第一节
    ARTICLE = "article"  # 第一条, 第十条之一
    ANNEX = "annex"  # 附件1, 附表二, 附：
    HAN = "han"  # 一、
    HAN_BRACKET = "han_bracket"  # （一）
    DECIMAL = "decimal"  # 1.1, 3.2.1
    NUMBER = "number"  # 1. 1、 1 总则 1总则
    NUMBER_BRACKET = "number_bracket"  # （1） 1）
    CIRCLED = "circled"  # ①
    FIRSTLY = "firstly"  # 一是


@dataclass(frozen=True, slots=True)
class Label:
    """One printed number: `numbers` is (3, 2, 1) for 3.2.1, (10, 1) for 第十条之一, else one value."""

    family: Family
    numbers: tuple[int, ...]
    printed: str
    end: int
    """Offset in the line where the text after the number begins (blanks skipped)."""
    spaced: bool
    """A blank or a full stop separates number and text: 3 总则, not 3总则."""

    @property
    def number(self) -> int:
        """The last number: 1 of 3.2.1."""
        return self.numbers[-1]


HAN = "[〇○零一二两三四五六七八九十百千]"
ANY = rf"(?:{HAN}{{1,9}}|[0-9０-９]{{1,4}})"
MARKS = re.compile(r"[ \t　>*_-]*(?:#{1,6}[ \t　]*)?[*_]*[ \t　]*")
"""Blanks, list dashes and Markdown marks before the number."""
# The comment of each pattern: what matches · a near miss.
PATTERNS: tuple[tuple[Family, re.Pattern[str]], ...] = (
    # 第三编 合同 · 第三编辑室
    (Family.PART, re.compile(rf"第({ANY})(?:分)?编(?![辑制写排队号译])")),
    # 第三章 防洪 · 第三章程
    (Family.CHAPTER, re.compile(rf"第({ANY})章(?!程)")),
    # 第二节 · 第二节课
    (Family.DIVISION, re.compile(rf"第({ANY})节(?!课|点|车)")),
    # 第一千零一条 第十条之一 · 第三条款
    (Family.ARTICLE, re.compile(rf"第({ANY})条(?:之({HAN}{{1,3}}))?(?!款|例|件)")),
    # 附件1 附表二： 附录A is left alone · 附件所列
    (
        Family.ANNEX,
        re.compile(
            rf"附(?:件|表|录)[ 　]?({ANY})?(?:[-—－][0-9]+)?(?=[ \t　:：.．、《]|$|(?<=[0-9０-９一二三四五六七八九十])(?![0-9０-９章条]))"
        ),
    ),
    # 3.2.1 响应 3.2.1响应 · 3.5米 3.2% 2025.3.26
    (
        Family.DECIMAL,
        re.compile(
            r"([0-9０-９]{1,2}(?:[.．][0-9０-９]{1,2}){1,4})[.．]?(?![0-9０-９.．%％]|米|公里|万|亿|元|吨|级以|度|倍|毫|厘|平|千|公顷|小时|分钟|天|月|日|人)"
        ),
    ),
    # 一、总则 · 一、二、三级
    (Family.HAN, re.compile(rf"({HAN}{{1,4}})[、.．](?!{HAN}[、级])")),
    # （一）总则 (一)总则 · （一年）
    (Family.HAN_BRACKET, re.compile(rf"[（(]({HAN}{{1,4}})[）)][、.．]?")),
    # （1）人员 1）人员 · （2025年）
    (Family.NUMBER_BRACKET, re.compile(r"(?:[（(]([0-9０-９]{1,3})[）)]|([0-9０-９]{1,2})[）)])[、.．]?")),
    # ①人员
    (Family.CIRCLED, re.compile(r"([①-⑳])")),
    # 一是加强 · 一是一
    (Family.FIRSTLY, re.compile(rf"([一二三四五六七八九十])是(?!{HAN}|否|非)")),
    # 1.总则 1、总则 1 总则 1总则 · 15人 2025年 119指挥
    (Family.NUMBER, re.compile(r"([0-9０-９]{1,2})(?:[.．、](?![0-9０-９])|(?=[ \t　]+\S)|(?=[\u4e00-\u9fff]))")),
)
# A glued number (2组织体系) is a heading only where no measure word follows: 15人, 24小时, 6月1日, 3个.
MEASURE = re.compile(
    r"人(?!员)|组(?!织|成)|分(?!级|工|类|析)|部(?!门|署)|岗(?!位)|县(?!级)|乡(?!镇)|镇(?!级)|村(?!级)"
    r"|[个年月日号时秒点天周次名户座条项件类支台辆套公米千百万亿元吨份家所亩里岁种只张栋间届例宗批轮倍至到多余以小]"
)


def match_label(line: str) -> Label | None:
    """Return the printed number at the head of `line`, after blanks and Markdown marks, or None."""
    begin = match_marks(line)
    for family, pattern in PATTERNS:
        if found := pattern.match(line, begin):
            label = _label(family, found, line)
            if label is not None:
                return label
    return None


def match_marks(line: str) -> int:
    """Return how many characters of blanks and Markdown marks stand before the text of `line`."""
    found = MARKS.match(line)
    return found.end() if found else 0


def _label(family: Family, found: re.Match[str], line: str) -> Label | None:
    numbers = _numbers(family, found)
    if numbers is None or (family in (Family.DECIMAL, Family.NUMBER) and 0 in numbers[:1]):
        return None
    end = found.end()
    spaced = end < len(line) and line[end] in " \t　" or found.group()[-1] in ".．、"
    if family is Family.NUMBER and not spaced and MEASURE.match(line, end):
        return None
    while end < len(line) and line[end] in " \t　":
        end += 1
    return Label(family, numbers, found.group().rstrip("、.．:： \t　"), end, spaced)


def _numbers(family: Family, found: re.Match[str]) -> tuple[int, ...] | None:
    if family is Family.DECIMAL:
        return tuple(int(part) for part in re.split("[.．]", found.group(1)))
    values = [to_int(group) for group in found.groups() if group]
    if family is Family.ANNEX and not values:
        return (0,)
    numbers = tuple(value for value in values if value is not None)
    return numbers if numbers and len(numbers) == len(values) else None
