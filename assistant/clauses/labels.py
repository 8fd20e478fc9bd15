"""Printed numbers at the head of a line (编号): which family, which number, where the text after it begins."""

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.clauses.numerals import to_int


class Family(StrEnum):
    """A numbering family; the comment shows one member as printed."""

    PART = "part"  # 第一编, 第一分编
    CHAPTER = "chapter"  # 第一章
    DIVISION = "division"  # 第一节
    ARTICLE = "article"  # 第一条, 第十条之一
    ANNEX = "annex"  # 附件1, 附表二, 附录A, 附：
    HAN = "han"  # 一、
    HAN_BRACKET = "han_bracket"  # （一）
    DECIMAL = "decimal"  # 1.1, 3.2.1
    NUMBER = "number"  # 1. 1、 1 总则 1总则
    NUMBER_BRACKET = "number_bracket"  # （1） 1）
    CIRCLED = "circled"  # ①
    FIRSTLY = "firstly"  # 一是


@dataclass(frozen=True, slots=True)
class Label:
    """One printed number: `numbers` is (3, 2, 1) for 3.2.1, (10, 1) for 第十条之一, else one value; 0 for a bare 附件."""

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
UNIT = (
    "米|公里|公顷|公斤|千[米克瓦伏人]|万(?!无|众|家)|亿|元(?!旦)|吨|级以|度(?!汛)|倍|毫[米升克]|厘米|平方|小时|分钟"
    "|天(?!气|然)|月(?!度)|日(?!常)|人(?!员|民|群|力|才)|个(?!人|体)|%|％|(?:mm|cm|km|m|kg|t|MW|GB)(?![a-zA-Z])"
)
"""Units after a decimal number: 3.5米 is a measure, not clause 3.5."""
REFERRED = "规定|所[称列述指规]|的|第|以及|、第|至第|和第|或者?第"
"""What follows a number that is only referred to: 第三条规定的…"""
MARKS = re.compile(r"[ \t　\ufeff>*_-]*(?:#{1,6}[ \t　]*)?[*_]*[ \t　]*")
"""Blanks, list dashes, Markdown marks and a byte order mark before the number."""
# The comment of each pattern: what matches · a near miss.
PATTERNS: tuple[tuple[Family, re.Pattern[str]], ...] = (
    # 第三编 合同 第一分编 通则 · 第三编辑室
    (Family.PART, re.compile(rf"第({ANY})(?:分)?编(?![辑制写排队号译]|{REFERRED})")),
    # 第三章 防洪 · 第三章程 第三章规定的
    (Family.CHAPTER, re.compile(rf"第({ANY})章(?!程|{REFERRED})")),
    # 第二节 · 第二节课
    (Family.DIVISION, re.compile(rf"第({ANY})节(?!课|点|车|{REFERRED})")),
    # 第一千零一条 第十条之一 · 第三条款 第三条规定的
    (Family.ARTICLE, re.compile(rf"第({ANY})条(?:之({HAN}{{1,3}}))?(?!款|例|件|{REFERRED})")),
    # 附件1 附件1-2 附表二： 附录A 附： · 附件所列 附件一览表 附件1所列
    (
        Family.ANNEX,
        re.compile(
            rf"附(?:[ 　]*[件表录][ 　]?(?:({ANY}|[A-Z])(?:[-—－]([0-9]{{1,2}}))?)?"
            r"(?=[ \t　:：.．《]|、(?!附)|$|(?<=[0-9０-９一二三四五六七八九十A-Z])"
            r"(?![0-9０-９A-Z章条览般定律起并些样、]|所[列示附]|的|规定|要求|执行|和附|至附|及附))|(?=[ 　]*[:：]))"
        ),
    ),
    # 3.2.1 响应 3.2.1响应 · 3.5米 3.2% 2025.3.26
    (
        Family.DECIMAL,
        re.compile(
            rf"([0-9０-９]{{1,2}}(?:[.．][0-9０-９]{{1,2}}){{1,4}})[.．]?(?![0-9０-９.．]|[ \t　]?(?:{UNIT}))",
        ),
    ),
    # 一、总则 · 一、二、三级
    (Family.HAN, re.compile(rf"({HAN}{{1,4}})[、.．](?!{HAN}[、级])")),
    # （一）总则 (一)总则 · （一年） （一）项规定的 （一）至（三）
    (
        Family.HAN_BRACKET,
        re.compile(rf"[（(]({HAN}{{1,4}})[）)](?!项(?!目)|款(?!项|待|物)|[至、和或][（(])[、.．]?"),
    ),
    # （1）人员 1）人员 · （2025年） （1）项规定的
    (
        Family.NUMBER_BRACKET,
        re.compile(r"(?:[（(]([0-9０-９]{1,3})[）)]|([0-9０-９]{1,2})[）)])(?!项(?!目)|[至、和或][（(])[、.．]?"),
    ),
    # ①人员
    (Family.CIRCLED, re.compile(r"([①-⑳])")),
    # 一是加强 · 一是一
    (Family.FIRSTLY, re.compile(rf"([一二三四五六七八九十])是(?!{HAN}|否|非)")),
    # 1.总则 1、总则 1 总则 1总则 · 15人 2025年 119指挥
    (Family.NUMBER, re.compile(r"([0-9０-９]{1,2})(?:[.．、](?![0-9０-９])|(?=[ \t　]+\S)|(?=[\u4e00-\u9fff]))")),
)
# A glued number (2组织体系) is a heading only where no measure word follows: 15人, 24小时, 6月1日, 3个.
MEASURE = re.compile(
    r"人(?!员)|组(?!织|成|长)|分(?!级|工|类|析)|部(?!门|署)|岗(?!位)|县(?!级)|乡(?!镇)|镇(?!级)|村(?!级)"
    r"|日(?!常)|时(?!限|效)|点(?!位)|条(?!件)|项(?!目)|家(?!庭)|种(?!植)|里(?!程)|类(?!别)|公(?!安|共|开|示|众|布)"
    r"|以(?!工)|小(?!型|组)|名(?!称|单)|年(?!度)|月(?!度)|周(?!边|期)|天(?!气)|台(?!账|风)|所(?!需|有|属)"
    r"|[个号秒户次座支辆套米千百万亿元吨份亩岁只张栋间届例宗批轮倍至到多余]"
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
    groups = [group for group in found.groups() if group]
    if family is Family.ANNEX:
        groups = [str(ord(group) - ord("A") + 1) if group.isascii() and group.isalpha() else group for group in groups]
        if not groups:
            return (0,)
    values = [to_int(group) for group in groups]
    numbers = tuple(value for value in values if value is not None)
    return numbers if numbers and len(numbers) == len(values) else None
