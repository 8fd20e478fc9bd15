"""Which sentences of a long clause are quoted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers.choosing import FIRST_BUDGET, choose
from assistant.citations import Sentence, sentences
from assistant.clauses import split

FILLER = "各单位要按照统一部署认真抓好落实，确保各项工作有序推进。"


def clause(*lines: str) -> list[Sentence]:
    """The sentences of one clause with these lines."""
    return sentences(split("\n".join(["# 标题", "（一）开展演练。", *lines])), "1")


def texts(chosen: list[Sentence]) -> list[str]:
    return [sentence.text for sentence in chosen]


def test_a_short_clause_is_quoted_whole() -> None:
    short = clause("村每年至少组织1次演练。", "镇每年组织2次。")
    assert choose(short, "和问题毫无关系") == short


def test_of_a_long_clause_the_sentence_that_answers_is_quoted() -> None:
    long = clause(FILLER * 12, "铜锣和口哨由村民小组长保管。", FILLER * 12)
    assert "铜锣和口哨由村民小组长保管。" in texts(choose(long, "铜锣谁保管"))


def test_a_question_for_a_number_prefers_the_sentence_with_one() -> None:
    general = "演练要结合实际组织演练，注重演练实效，开展演练评估。"
    long = clause(general * 12, "村（社区）每年至少组织1次。", FILLER * 4)
    assert "村（社区）每年至少组织1次。" in texts(choose(long, "一年演练几次", budget=60))


def test_the_order_of_the_clause_is_kept_and_the_budget_too() -> None:
    long = clause(*(f"{number}号点由第{number}组负责巡查。{FILLER}" for number in range(1, 20)))
    chosen = choose(long, "哪个点由哪个组巡查")
    assert [s.start for s in chosen] == sorted(s.start for s in chosen)
    assert sum(len(s.text) for s in chosen) <= FIRST_BUDGET


def test_the_best_sentence_comes_even_where_it_breaks_the_budget() -> None:
    monster = "铜锣" + "、".join(["村民小组长"] * 80) + "。"
    assert texts(choose(clause(FILLER * 9, monster), "铜锣", budget=20)) == [monster]


def test_an_item_brings_the_sentence_that_announces_its_list() -> None:
    long = clause(
        FILLER * 9, "发生下列情形之一的，立即转移：", "1.听到山沟有异常响声的；", "2.井水突然变浑的；", FILLER
    )
    chosen = texts(choose(long, "井水变浑", budget=8))
    assert "发生下列情形之一的，立即转移：" in chosen and "2.井水突然变浑的；" in chosen


def test_the_second_sentence_of_an_item_brings_it_too() -> None:
    long = clause(FILLER * 9, "村要做到：", "1.先喊人。铜锣连敲三遍。", FILLER)
    assert "村要做到：" in texts(choose(long, "铜锣敲几遍", budget=8))


def test_a_paragraph_after_a_list_does_not_bring_the_announcement() -> None:
    # the list ends above it: 如下： has nothing to do with it
    long = clause("任务如下：", "1.排查；", "2.治理。", FILLER * 9, "铜锣由组长保管。")
    assert "任务如下：" not in texts(choose(long, "铜锣谁保管", budget=8))


def test_a_row_brings_the_head_of_its_own_table() -> None:
    table = ["| 岗位 | 电话 |", "| --- | --- |", "| 值班室 | 123-0000-0100 |", "| 村医 | 123-0000-0222 |"]
    other = ["| 物资 | 数量 |", "| --- | --- |", "| 铜锣 | 38 |"]
    long = clause(*table, FILLER * 9, *other)
    assert texts(choose(long, "铜锣38", budget=12)) == ["| 物资 | 数量 |", "| 铜锣 | 38 |"]


@pytest.mark.parametrize("question", ["", "？", "的了吗", "x" * 1000, "\x00"])
def test_a_question_without_words_gets_the_beginning(question: str) -> None:
    long = clause(FILLER * 20)
    assert choose(long, question)[0] == long[0]


@given(st.lists(st.text("甲乙丙丁演练1：，", min_size=1, max_size=80), min_size=1, max_size=12), st.text(max_size=20))
def test_whatever_is_asked_whole_sentences_of_the_clause_are_quoted(lines: list[str], question: str) -> None:
    available = clause(*(line + "。" for line in lines))
    chosen = choose(available, question)
    assert chosen and set(chosen) <= set(available)


def test_nothing_is_chosen_from_nothing() -> None:
    assert choose([], "铜锣") == []
