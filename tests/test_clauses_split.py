"""What holds for every text, whatever its numbers: nothing is lost, nothing stands twice, addresses are stable."""

import re
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.clauses import Kind, Outline, join, split, to_chinese
from assistant.clauses.numbering import check_numbers
from assistant.clauses.units import SUBORDINATE
from assistant.errors import UnknownUnit

LINES = (
    """目录
前言
# 标题
## 附则
### 说明
#### 细目
第一编　合同
第一分编　通则
第一章　总则
## 第二章 职责
第一节　一般
第一条　甲。
第二条　按照本办法
第二条　乙：
### 第三条 目的
第三条规定编制的预案，应当备案。
第十条之一　丁。
一、总则
二、任务
## 三、组织
（一）甲。乙。
（二）责任。一是压实；二是强化。
### （三）标题。
（三）短
（一）项规定的
1.山洪沟。
2.滑坡点。
3.成员
### 1. 甲
（1）上游。
（2）下游。
①甲
一是甲；二是乙。
三是丙。
1 总则
2组织体系
3 应急
1.1 目的
1.2依据
3.2.1 Ⅰ级响应
8 附则
3.5米以上
附件1 清单
附件2
附件：1.甲
2.乙清单
附：
附表1 表
附录A 联系
| 序号 | 任务 |
| --- | --- |
| 1 | 排查 |
| 甲 | 演练 |
某县人民政府
2025年5月20日
某办　2025年5月20日印发
这是一段普通的文字，没有编号。
没有句号的一行
各地要结合实际抓好落实。
24小时值班。
各县人民政府：
正文，（1）甲；（2）乙；①丙②丁。
<!-- INFO END -->""".split("\n")
    + ["", " ", "　"]
)
BREAKS = ["\n", "\n\n", "\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", " \n", ""]
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
PIECES = st.lists(st.tuples(st.sampled_from(LINES), st.sampled_from(BREAKS)), max_size=24)
NUMBERED = PIECES.map(lambda pieces: "".join(line + end for line, end in pieces))
MIXED = st.lists(st.one_of(st.sampled_from(LINES), ANY_TEXT), max_size=10).map("\n".join)
TEXTS = st.one_of(ANY_TEXT, NUMBERED, MIXED)


@given(TEXTS)
@example("\r\n\x0b\x85第一条\x0b甲。\r\n（一）\x85乙。")
def test_the_units_joined_are_the_text(text: str) -> None:
    assert join(split(text)) == text


@given(TEXTS)
def test_units_are_a_partition_in_order_with_addresses_of_their_own(text: str) -> None:
    outline = split(text)
    assert len({unit.address for unit in outline}) == len(outline.units)
    place = 0
    for unit in outline:
        assert place == unit.start <= unit.body <= unit.end
        assert "/" not in unit.address.strip("/") or unit.address in outline
        place = unit.end
    assert place == len(text)


@given(TEXTS)
def test_every_unit_stands_inside_the_unit_above(text: str) -> None:
    outline = split(text)
    for unit in outline:
        if unit.parent is None:
            assert unit.depth == 0
            continue
        start, end = outline.full_span(unit.parent)
        assert start <= unit.start and unit.end <= end
        assert unit.depth == outline[unit.parent].depth + 1
        assert unit in outline.children(unit.parent)


@given(TEXTS)
def test_clauses_do_not_overlap_and_hold_all_their_items(text: str) -> None:
    outline = split(text)
    spans = [outline.clause_span(unit.address) for unit in outline.clauses()]
    assert all(end <= start for (_, end), (start, _) in zip(spans, spans[1:], strict=False))
    for unit in outline:
        if unit.kind in SUBORDINATE:
            start, end = outline.clause_span(outline.clause_of(unit.address).address)
            assert start <= unit.start and unit.end <= end


@given(TEXTS)
def test_every_word_stands_in_a_clause_a_heading_or_the_matter_around(text: str) -> None:
    outline = split(text)
    inside = [outline.clause_span(unit.address) for unit in outline.clauses()]
    for unit in outline:
        if unit.kind in (Kind.TITLE, Kind.TOC, Kind.IMPRINT) or any(s <= unit.start < e for s, e in inside):
            continue
        assert not outline.own_text(unit)


@given(TEXTS)
def test_everything_can_be_asked_of_every_unit(text: str) -> None:
    outline = split(text)
    check_numbers(outline)
    for unit in outline:
        assert len(outline.path(unit.address)) == unit.depth
        assert outline.text_start(unit.address) >= unit.start
        assert isinstance(outline.plain(unit.address) + outline.heading(unit), str)
        assert outline.numbered(unit.numbers) or not unit.numbers


def an_opinion(clauses: int) -> str:
    sections = ["# 某意见", "", "为了救人，现提出如下意见。", ""]
    for number in range(1, clauses + 1):
        if number % 4 == 1:
            sections += [f"## {to_chinese(number // 4 + 1)}、任务", ""]
        sections += [
            f"### （{to_chinese(number)}）标题{number}。",
            "",
            f"正文{number}，要抓好落实。",
            "",
            "1.子项。",
            "",
        ]
    return "\n".join(sections)


def a_statute(articles: int) -> str:
    parts = ["# 某条例", ""]
    for number in range(1, articles + 1):
        if number % 5 == 1:
            parts += [f"## 第{to_chinese(number // 5 + 1)}章 甲", ""]
        parts += [
            f"第{to_chinese(number)}条　有下列情形：",
            "",
            "（一）子；",
            "",
            "（二）丑。",
            "",
            "第二款的文字。",
            "",
        ]
    return "\n".join(parts)


def a_plan(sections: int) -> str:
    parts = ["# 某预案", ""]
    for number in range(1, sections + 1):
        parts += [f"## {number} 章{number}", "", f"### {number}.1 甲", "", "正文甲。", "", f"### {number}.2 乙", "", "（1）子；", "", "（2）丑。", ""]  # fmt: skip
    return "\n".join([*parts, "## 附件1 联系表", "", "| 姓名 | 电话 |", "| --- | --- |", "| 杨示例 | 123 |", ""])


def addresses(outline: Outline) -> list[str]:
    return [unit.address for unit in outline]


@given(st.sampled_from([an_opinion, a_statute, a_plan]), st.integers(1, 30), st.data())
@settings(max_examples=60)
def test_a_sentence_more_in_one_clause_moves_no_address(
    make: Callable[[int], str], size: int, data: st.DataObject
) -> None:
    text = make(size)
    before = split(text)
    stops = [found.end() for found in re.finditer("。(?=\n)", text)]
    place = data.draw(st.sampled_from(stops))
    after = split(text[:place] + "新增一句，3天内报告，见附件1和（二）。" + text[place:])
    assert addresses(after) == addresses(before)


@given(st.sampled_from([an_opinion, a_statute, a_plan]), st.integers(2, 20), st.data())
@settings(max_examples=60)
def test_a_clause_less_moves_no_other_address(make: Callable[[int], str], size: int, data: st.DataObject) -> None:
    before = split(make(size))
    # the first （一） or 1 decides how a part counts
    gone = data.draw(
        st.sampled_from([unit for unit in before.clauses() if unit.kind is Kind.CLAUSE][2:] or [before.clauses()[-1]])
    )
    start, end = before.full_span(gone.address)
    left = addresses(split(before.text[:start] + before.text[end:]))
    assert left == [unit.address for unit in before if not start <= unit.start < end]


@pytest.mark.parametrize(("make", "size"), [(an_opinion, 24), (a_statute, 60), (a_plan, 9)])
def test_well_printed_numbers_have_no_findings(make: Callable[[int], str], size: int) -> None:
    assert check_numbers(split(make(size))) == []


def test_an_address_that_is_not_there_is_an_error_with_the_address() -> None:
    with pytest.raises(UnknownUnit, match="unit=99"):
        split(an_opinion(3))["99"]
