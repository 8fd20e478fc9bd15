"""Quiz questions by rule: what can be asked, wrong answers that are right nowhere, the same quiz for the same seed."""

from dataclasses import replace

import pytest

from assistant.errors import QuoteMismatch
from assistant.search import Index
from assistant.training.making import Stock, about, draw, gather, verified
from assistant.training.numbers import find_numbers
from assistant.training.parties import find_parties, others
from assistant.training.question import BLANK, Question, QuestionKind, dump_questions, load_questions


@pytest.fixture(scope="module")
def stock(index: Index) -> Stock:
    documents = list(index.catalogue.values())
    asked: dict[str, tuple[str, ...]] = {}
    for document in documents:
        for one in index.bank.of(document.id):
            if one.asker == "trainer":
                asked[one.unit] = (*asked.get(one.unit, ()), one.question)
    return gather(documents, index.outlines, asked)


@pytest.fixture(scope="module")
def drawn(stock: Stock) -> tuple[Question, ...]:
    return draw(stock, 60, 7)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("因地制宜组建一支不少于15人的综合应急救援队伍", ["15人"]),
        ("镇接报后，20分钟内电话报县，40分钟内书面报县", ["20分钟", "40分钟"]),
        ("每5年完成1次乡镇（街道）干部轮训", ["5年"]),
        ("镇应急办每半年组织1次值班员培训", ["每半年"]),
        ("每年5月31日前全村演练1次", ["5月31日"]),
        ("镇应急办每月25日前编制下月值班表", ["25日"]),
        ("鼓励储备至少三天可自给自足的食品、药品", ["三天"]),
        ("值班电话123-0000-0100，不得设置呼叫转移", []),  # a telephone is no rule
        ("橙色、红色预警期间实行24小时值守", []),  # everybody guesses it
        ("全村8个村民小组，690户2480人", []),  # statistics
        ("各村组建8至10人的村应急小分队", []),  # a range has two ends
        ("1小时内全部运转，2小时内全部出动，3小时内全面展开", []),  # the others tell it
        ("应急广播每月试播1次，警报器每月检查1次", []),  # two blanks would read alike
        ("每学期至少组织1次地震逃生演练", []),  # trivial
    ],
)
def test_numbers_that_make_a_rule_are_found(text: str, found: list[str]):
    assert [one.printed for one in find_numbers(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("镇应急办每月25日前编制下月值班表", ["镇应急办"]),
        ("乡镇（街道）和村（社区）每年至少组织1次综合演练", ["乡镇（街道）和村（社区）"]),  # the whole doer
        ("由副班立即顶班", []),
        ("指挥长不在的，由带班领导审定", ["带班领导"]),
        ("由1名带班领导、1名值班员和1名副班组成", []),
        ("应急管理部门应当", ["应急管理部门"]),  # 应急 in it is no 应
        ("带班领导应急处置卡", []),
    ],
)
def test_doers_are_found_where_it_says_what_they_do(text: str, found: list[str]):
    assert [one.printed for one in find_parties(text)] == found


def test_no_wrong_doer_is_part_of_the_right_one_or_stands_in_the_sentence():
    known = ("乡镇（街道）和村（社区）", "乡镇（街道）", "各村", "值班员", "张示例")
    assert others("乡镇（街道）", known, "乡镇（街道）要求值班员到岗") == ["各村"]


def test_every_question_is_verified_and_its_answer_stands_in_the_quoted_clause(
    stock: Stock, drawn: tuple[Question, ...]
):
    assert len(drawn) == 60 and {one.kind for one in drawn} == set(QuestionKind)
    for question in drawn:
        verified(question, stock)
        quoted = "".join(one.quote for one in question.citations)
        if question.kind in (QuestionKind.NUMBER, QuestionKind.PARTY):
            assert question.text.count(BLANK) == 1 and len(question.choices) in (3, 4)
            assert question.choices[question.answer] in quoted
            filled = question.text.replace(BLANK, question.choices[question.answer])
            assert "".join(filled.split()).rstrip("。")[-10:] in "".join(quoted.split())
        if question.kind is QuestionKind.CLAIM and question.right:
            assert question.answer == 1 and question.right in quoted and question.text not in quoted
        assert len(set(question.choices)) == len(question.choices)


def test_a_quote_that_has_changed_is_never_asked(stock: Stock, drawn: tuple[Question, ...]):
    quoted = replace(drawn[0].citations[-1], quote=drawn[0].citations[-1].quote.replace("。", "！"))
    with pytest.raises(QuoteMismatch):
        verified(replace(drawn[0], citations=(quoted,)), stock)


def test_the_same_seed_makes_the_same_quiz_and_another_another(stock: Stock):
    first, again, other = draw(stock, 5, 3), draw(stock, 5, 3), draw(stock, 5, 4)
    assert first == again and first != other
    assert load_questions(dump_questions(first)) == first


def test_no_sentence_is_asked_twice_and_none_that_was_put_aside(stock: Stock):
    first = draw(stock, 10, 3)
    assert len({one.source for one in first}) == 10
    more = draw(stock, 10, 3, but=[one.source for one in first])
    assert not {one.source for one in first} & {one.source for one in more}


def test_the_right_answer_is_at_no_place_oftener_than_by_chance(stock: Stock, drawn: tuple[Question, ...]):
    four = [one.answer for one in drawn if len(one.choices) == 4]
    assert max(four.count(at) for at in range(4)) < len(four) * 0.6


def test_no_choice_tells_itself_by_its_length(drawn: tuple[Question, ...]):
    for question in drawn:
        if question.kind is QuestionKind.WHERE:
            lengths = sorted(len(one) for one in question.choices)
            assert len(question.choices[question.answer]) < lengths[-1] + 8


def test_only_the_topic_is_asked_for(stock: Stock):
    found = draw(about(stock, "演练"), 6, 1)
    assert found and all("演练" in f"{one.heading}{one.text}{''.join(one.choices)}" for one in found)
