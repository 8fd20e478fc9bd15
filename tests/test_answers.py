"""question → Answer, on the shipped corpus."""

import random
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.answers import Answer, Asker, Decision, Request, answer
from assistant.citations import verify
from assistant.errors import BadQuestion
from assistant.search import Index
from assistant.wording import MESSAGE_BYTES, answer_text, in_parts

DAY = date(2026, 7, 1)
TOWN = "云南省/示例州/示例县/示例镇"


def ask(index: Index, question: str, region: str = "云南省", asker: Asker = Asker.CADRE, on: date = DAY) -> Answer:
    return answer(Request(question, region, asker, on), index)


def check(index: Index, answered: Answer) -> None:
    """What holds for every answer whatever was asked."""
    assert len(answered.ranked) <= 10 and len(set(answered.ranked)) == len(answered.ranked)
    for passage in answered.passages:
        for citation in passage.citations:
            verify(citation, index.catalogue, index.outlines)
    assert all(len(part.encode()) <= MESSAGE_BYTES for part in in_parts(answer_text(answered)))


@pytest.mark.parametrize(
    ("question", "region", "units"),
    [
        ("乡镇综合应急救援队最少多少人", "云南省", {"yunnan-2025/11"}),
        ("县里的综合应急救援队要多少人", "云南省", {"yunnan-2025/10"}),
        ("村干部几年轮训一次", "北京市", {"beijing-2025/6"}),
        ("应急管理的第一责任人是谁", "", {"central-2024/4"}),
        ("村里知道险情后多久要报到镇上", TOWN, {"sample-town-duty-2025/22", "sample-town-flood-2025/5.1"}),
        ("山上着火小孩能不能去打火", TOWN, {"sample-town-forest-fire-2025/s6/4", "sample-card-forest-fire-2025/s3"}),
    ],
)
def test_plain_questions_find_their_clause(index: Index, question: str, region: str, units: set[str]) -> None:
    assert units & set(ask(index, question, region).ranked[:3])


def test_only_the_ladder_is_searched(index: Index) -> None:
    for question in ("一年演练几次", "值班电话是多少", "轮训多久一次"):
        for region, allowed in (
            ("", {"central"}),
            ("云南省", {"central", "yunnan"}),
            ("北京市", {"central", "beijing"}),
        ):
            assert {unit.split("-")[0] for unit in ask(index, question, region).ranked} <= allowed


def test_the_basis_is_of_a_higher_level_and_stands_last(index: Index) -> None:
    answered = ask(index, "村里一年要演练几回")
    marks = [passage.is_basis for passage in answered.passages]
    assert marks == sorted(marks) and marks[-1]
    assert answered.passages[-1].unit.startswith("central-2024/")


def test_trainers_see_one_clause_and_villagers_up_to_three(index: Index) -> None:
    for asker, most in ((Asker.TRAINER, 1), (Asker.CADRE, 2), (Asker.VILLAGER, 3)):
        own = [p for p in ask(index, "汛期下雨要多久巡查一次隐患点", TOWN, asker).passages if not p.is_basis]
        assert 1 <= len(own) <= most


def test_a_section_number_gives_the_clauses_of_the_section(index: Index) -> None:
    assert ask(index, "中央意见第五部分").ranked == tuple(f"central-2024/{n}" for n in range(17, 22))


def test_of_a_long_section_the_further_clauses_are_named(index: Index) -> None:
    answered = ask(index, "云南意见第六部分")
    text = answer_text(answered)
    assert [len(passage.citations) > 0 for passage in answered.passages] == [True, True, True, False, False]
    assert "（二十三）加强物资储备" in text and "（二十四）推进标准化建设" in text


def test_a_missing_clause_is_named(index: Index) -> None:
    answered = ask(index, "北京意见第三十条")
    assert answered.decision is Decision.REFUSED
    assert answered.missing == (("北京实施意见", "第三十条"),)
    assert answered.ranked


@pytest.mark.parametrize("question", ["", "  \n", "？！。", "a" * 1001])
def test_no_question_is_refused_with_the_limit(index: Index, question: str) -> None:
    with pytest.raises(BadQuestion):
        ask(index, question)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(max_size=60), region=st.sampled_from(["", "云南省", TOWN, "月球"]), asker=st.sampled_from(list(Asker))
)
def test_any_text_gets_verified_quotes_or_a_clear_no(index: Index, text: str, region: str, asker: Asker) -> None:
    try:
        answered = ask(index, text, region, asker)
    except BadQuestion:
        return
    check(index, answered)


PIECES = "云南 北京 中央 意见 第 条 款 项 （十七） 3.2.1 附件 部分 章 上一条 全文 多少 几 演练 《 》 ' \" ; -- < > & \x00 \u202e 𠀀 ⼯ １２ %s {0} \\ 预警 第九百九十九条 第〇条 第零条".split(
    " "
)


@pytest.mark.slow
def test_twelve_thousand_odd_questions(index: Index) -> None:
    chance = random.Random(7)
    for _ in range(12_000):
        text = "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 12)))
        try:
            check(index, ask(index, text, chance.choice(["", "云南省", TOWN])))
        except BadQuestion:
            continue
