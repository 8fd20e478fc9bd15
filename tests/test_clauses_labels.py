"""The printed number at the head of a line: which family, and what only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.clauses import Family, match_label

LABELS = [
    (Family.PART, (3,), "第三编　合同", "合同"),
    (Family.PART, (1,), "第一分编 通则", "通则"),
    (Family.CHAPTER, (3,), "第三章　总则", "总则"),
    (Family.CHAPTER, (3,), "## 第3章 总则", "总则"),  # a Markdown mark, a digit
    (Family.DIVISION, (2,), "第二节 预警", "预警"),
    (Family.ARTICLE, (13,), "第十三条　甲", "甲"),
    (Family.ARTICLE, (1001,), "第一千零一条　甲", "甲"),
    (Family.ARTICLE, (10, 1), "第十条之一　甲", "甲"),
    (Family.ARTICLE, (13,), "第１３条 甲", "甲"),
    (Family.ARTICLE, (3,), "第三条所有单位应当", "所有单位应当"),  # glued, and 所 is not 所称
    (Family.ANNEX, (1,), "附件1 联系表", "联系表"),
    (Family.ANNEX, (1,), "附件1联系表", "联系表"),
    (Family.ANNEX, (1, 2), "附件1-2 名单", "名单"),
    (Family.ANNEX, (2,), "附表二：名单", "：名单"),
    (Family.ANNEX, (1,), "附录A 名单", "名单"),
    (Family.ANNEX, (0,), "附件：名单", "：名单"),
    (Family.ANNEX, (0,), "附：名单", "：名单"),
    (Family.ANNEX, (0,), "附件", ""),
    (Family.HAN, (1,), "一、总则", "总则"),
    (Family.HAN, (12,), "十二、总则", "总则"),
    (Family.HAN_BRACKET, (13,), "（十三）开展演练", "开展演练"),
    (Family.HAN_BRACKET, (3,), "(三)开展演练", "开展演练"),
    (Family.HAN_BRACKET, (1,), "（一）项目管理", "项目管理"),  # 项目 is no 项
    (Family.DECIMAL, (3, 2, 1), "3.2.1 响应", "响应"),
    (Family.DECIMAL, (3, 2, 1), "3.2.1响应", "响应"),
    (Family.DECIMAL, (3, 2), "３．２ 响应", "响应"),
    (Family.DECIMAL, (3, 2), "3.2. 响应", "响应"),
    (Family.DECIMAL, (3, 2), "3.2人员转移", "人员转移"),  # 人员 is no 人
    (Family.DECIMAL, (3, 2), "3.2 日常管理", "日常管理"),
    (Family.DECIMAL, (3, 2), "3.2Ⅰ级响应", "Ⅰ级响应"),
    (Family.NUMBER, (1,), "1.总则", "总则"),
    (Family.NUMBER, (1,), "1、总则", "总则"),
    (Family.NUMBER, (1,), "1 总则", "总则"),
    (Family.NUMBER, (2,), "2组织体系", "组织体系"),
    (Family.NUMBER, (3,), "3人员保障", "人员保障"),
    (Family.NUMBER, (5,), "5分级响应", "分级响应"),
    (Family.NUMBER_BRACKET, (1,), "（1）上游", "上游"),
    (Family.NUMBER_BRACKET, (1,), "1）上游", "上游"),
    (Family.NUMBER_BRACKET, (1,), "(1)上游", "上游"),
    (Family.CIRCLED, (3,), "③喊人", "喊人"),
    (Family.FIRSTLY, (2,), "二是加强领导", "加强领导"),
    (Family.NUMBER, (1,), "- 1.总则", "总则"),  # a list dash
    (Family.HAN, (1,), "\ufeff　**一、总则", "总则"),  # a byte order mark, a blank, bold
]
NO_LABELS = [
    "",
    "总则",
    "第三编辑室",
    "第三章程",
    "第二节课",
    "第三条款",
    "第三条例",
    "第三条规定的预案",  # a cross-reference at the start of a line
    "第三条第二款",
    "第三章所称的",
    "第三条以及第四条",
    "附件所列物资",
    "附件一览表",
    "附件1所列物资",
    "附件1和附件2",
    "附则",
    "附近群众",
    "一、二级响应",
    "（一年）",
    "（一）项规定的",
    "（一）至（三）项",
    "（2025年）",
    "一是一，二是二",
    "3.5米",
    "3.5 米",
    "2.5公里",
    "3.2%",
    "2025.3.26",
    "0.5",
    "0总则",
    "15人",
    "24小时值班",
    "6月1日前",
    "119指挥中心",
    "2025年",
    "3名队员",
    "8户",
    "|1|",
    "第条",
    "（）",
    "十",
]


@pytest.mark.parametrize(("family", "numbers", "line", "rest"), LABELS)
def test_a_printed_number_is_read(family: Family, numbers: tuple[int, ...], line: str, rest: str) -> None:
    label = match_label(line)
    assert label is not None
    assert (label.family, label.numbers, line[label.end :]) == (family, numbers, rest)
    assert label.printed in line and label.number == numbers[-1]


@pytest.mark.parametrize("line", NO_LABELS)
def test_what_only_looks_like_a_number_is_none(line: str) -> None:
    assert match_label(line) is None


@pytest.mark.parametrize(
    ("line", "spaced"),
    [("3 总则", True), ("3.总则", True), ("3总则", False), ("第三条甲", False), ("第三条　甲", True)],
)
def test_a_blank_or_a_stop_behind_the_number_is_noticed(line: str, spaced: bool) -> None:
    label = match_label(line)
    assert label is not None and label.spaced is spaced


@given(st.text(max_size=60))
def test_a_label_of_any_line_stands_in_it(line: str) -> None:
    label = match_label(line)
    assert label is None or (
        label.printed in line and 0 < label.end <= len(line) and all(n >= 0 for n in label.numbers)
    )
