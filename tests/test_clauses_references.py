"""References to clauses in what people type, and measures that only look like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.clauses.references import WHOLE, Reference, find_references

ONE = [
    # text, kind, numbers, 款, 项
    ("第十三条", "article", (13,), None, None),
    ("第13条怎么说", "article", (13,), None, None),
    ("第１３条", "article", (13,), None, None),
    ("第(17)条", "article", (17,), None, None),
    ("第（十七）条", "article", (17,), None, None),
    ("云南意见17条", "article", (17,), None, None),  # without 第
    ("十七条说啥", "article", (17,), None, None),
    ("中央意见（十七）", "article", (17,), None, None),
    ("第一千零一条", "article", (1001,), None, None),
    ("第十条之一", "article", (10, 1), None, None),
    ("第十三条第二款", "article", (13,), 2, None),
    ("十三条第二款", "article", (13,), 2, None),
    ("第十三条第二款第（三）项", "article", (13,), 2, 3),
    ("第十三条第三项", "article", (13,), None, 3),
    ("第十三条（三）", "article", (13,), None, 3),  # 项 left out
    ("第十三条的第2款", "article", (13,), 2, None),
    ("（十七）第1项", "article", (17,), None, 1),  # how an answer prints it
    ("（十七）（2）", "article", (17,), None, 2),
    ("第十条消防车通道怎么规定", "article", (10,), None, None),  # 消 after 条 is no 消息
    ("第八条信息报告", "article", (8,), None, None),
    ("3.2.1讲什么", "decimal", (3, 2, 1), None, None),
    ("3.2分级响应", "decimal", (3, 2), None, None),  # 分级 is no 分
    ("3.1人员", "decimal", (3, 1), None, None),
    ("2.1.2（1）", "decimal", (2, 1, 2), None, 1),
    ("附件2", "annex", (2,), None, None),
    ("附表二", "annex", (2,), None, None),
    ("附件1第3行", "annex", (1,), None, 3),
    ("第六部分", "section", (6,), None, None),
    ("第三章", "chapter", (3,), None, None),
    ("第一节讲什么", "division", (1,), None, None),
    ("国务院令第708号第十二条", "article", (12,), None, None),  # the number of the decree is none
]
NONE = [
    "",
    "一条裂缝怎么办",
    "墙上有三条裂缝",
    "第三条道路",
    "两条狗",
    "村里有3条沟",
    "一共有24条",
    "前三条",
    "第几条",
    "上一条",
    "水深3.5米",
    "3.5 公里外",
    "6.5级地震",
    "1.5倍",
    "0.5",
    "2025.3.26印发",
    "123-0000-0100",
    "192.168.1.1",
    "V2.1",
    "（2025年）",
    "（3）班",
    "附件所列",
    "第二节课",
    "第二款车型",
    "24小时值班",
    "119",
]
COMBINED = [
    ("附件2第三条", "附件2", (3,)),
    ("附件2的第三条", "附件2", (3,)),
    ("第六部分（三）", "第六部分", (3,)),
    ("二、（三）", "二", (3,)),  # as the document prints it
    ("第三章第一节", "第三章", (1,)),
    ("附件1（二）", None, (1,)),  # the annex itself, with an item
]


@pytest.mark.parametrize(("text", "kind", "numbers", "paragraph", "item"), ONE)
def test_a_reference_is_understood(
    text: str, kind: str, numbers: tuple[int, ...], paragraph: int | None, item: int | None
) -> None:
    (found,) = find_references(text)
    assert (found.kind, found.numbers, found.paragraph, found.item) == (kind, numbers, paragraph, item)
    assert found.printed in text


@pytest.mark.parametrize("text", NONE)
def test_a_measure_is_no_reference(text: str) -> None:
    assert find_references(text) == []


@pytest.mark.parametrize(("text", "outer", "numbers"), COMBINED)
def test_a_number_inside_another_one_is_one_reference(text: str, outer: str | None, numbers: tuple[int, ...]) -> None:
    (found,) = find_references(text)
    assert found.numbers == numbers and found.printed == text
    assert (found.inside.printed if found.inside else None) == outer


def test_several_references_keep_their_order() -> None:
    found = find_references("第十四条、3.2.1和第六部分，还有（二）")
    assert [(r.kind, r.numbers[0]) for r in found] == [("article", 14), ("decimal", 3), ("section", 6), ("article", 2)]


def test_two_neighbours_of_one_kind_stay_two() -> None:
    assert [r.numbers for r in find_references("第三章和第五章，附件1、附件2")] == [(3,), (5,), (1,), (2,)]


def test_brackets_are_remembered() -> None:
    assert [r.bracketed for r in find_references("（十七），第十七条")] == [True, False]


@pytest.mark.parametrize(
    ("text", "whole"), [("第十七条全文", True), ("全文", True), ("整份文件", True), ("安全文化", False)]
)
def test_the_wish_for_the_whole_text(text: str, whole: bool) -> None:
    assert bool(WHOLE.search(text)) is whole


@given(st.text("第一十百千条款项章节（）()附件部分之3.2、的 0９", max_size=24))
def test_any_jumble_of_numbers_is_read_without_an_error(text: str) -> None:
    for found in find_references(text):
        assert isinstance(found, Reference) and found.printed in text and all(n >= 0 for n in found.numbers)
