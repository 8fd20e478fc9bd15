"""A question for a number is answered by a number with that unit, or the answer says that there is none."""

from datetime import date

import pytest

from assistant.answers import Answer, Asker, Decision, Reason, Request, answer
from assistant.answers.amounts import AMOUNTS, amount_asked, amounts_in, levels_in, numbers_in
from assistant.search import Index
from assistant.wording import answer_text

BY_NAME = {amount.name: amount for amount in AMOUNTS}
TOWN = "云南省/示例州/示例县/示例镇"


def ask(index: Index, question: str, region: str = "云南省", asker: Asker = Asker.TRAINER) -> Answer:
    return answer(Request(question, region, asker, date(2026, 7, 1)), index)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("乡镇救援队要几个人", "people"),
        ("那几个人来查我仓库", None),  # points at people
        ("家里进水几个人家都搬了", None),  # households, told
        ("一年演练几回", "times"),
        ("说了好几回没动静", None),  # tells, does not ask
        ("前几次预警都没下雨", None),
        ("多久检查一次", "time"),
        ("过几天再来行不", "time"),  # asks for no rule, and the decision knows
        ("报隐患奖多少钱", "money"),
        ("值班电话是多少", "telephone"),
        ("卫星电话哪个节点检查", None),
        ("演练怎么组织", None),
    ],
)
def test_what_kind_of_amount_is_asked(question: str, kind: str | None) -> None:
    asked = amount_asked(question)
    assert (asked.name if asked else None) == kind


@pytest.mark.parametrize(
    ("kind", "text", "given"),
    [
        ("people", "组建一支不少于15人的队伍，群众不进", {"15人"}),
        ("people", "党和人民的人员密集场所", set()),
        ("times", "每年至少组织１次，分两次讲评", {"１次", "两次"}),
        ("time", "每3年完成1次", {"3年"}),
        ("money", "奖励200至500元，其中10万元由县拨付", {"500元", "10万元"}),
        ("telephone", "拨打12345或119", {"12345", "119"}),
        ("length", "撤离到500米以外", {"500米"}),
    ],
)
def test_which_amounts_a_text_gives(kind: str, text: str, given: set[str]) -> None:
    assert numbers_in(text, BY_NAME[kind]) == given


def test_words_of_time_are_amounts_but_no_numbers() -> None:
    assert amounts_in("应当立即报告", BY_NAME["time"]) == {"立即"}
    assert numbers_in("应当立即报告", BY_NAME["time"]) == frozenset()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("乡上要几个人", {"township"}),
        ("县（市、区）不少于50人", {"county"}),
        ("村（社区）每年1次", {"village"}),
        ("镇静一点", set()),  # calm down
        ("全村村民", {"village"}),
    ],
)
def test_which_levels_a_text_speaks_of(text: str, found: set[str]) -> None:
    assert levels_in(text) == found


@pytest.mark.parametrize(
    ("question", "unit"), [("乡上救援队要几个人", "yunnan-2025/11"), ("县里救援队要几个人", "yunnan-2025/10")]
)
def test_the_number_of_the_level_asked_for_comes_first(index: Index, question: str, unit: str) -> None:
    answered = ask(index, question)
    assert answered.passages[0].unit == unit
    assert answered.reason is None


def test_without_a_level_both_numbers_are_shown_with_a_remark(index: Index) -> None:
    answered = ask(index, "综合应急救援队伍不少于多少人")
    quoted = "".join(citation.quote for passage in answered.passages for citation in passage.citations)
    assert "15人" in quoted and "50人" in quoted
    assert answered.decision is Decision.ANSWER and answered.reason is Reason.AMOUNTS_DIFFER
    assert answer_text(answered).startswith("不同级别的数字不一样")


def test_a_number_that_the_nearest_clause_does_not_hold_is_said_to_be_missing(index: Index) -> None:
    answered = ask(index, "报告隐患奖励多少钱")
    assert answered.decision is Decision.NEAREST and answered.reason is Reason.NO_AMOUNT
    assert "没有写这个具体数字" in answer_text(answered)


@pytest.mark.parametrize("question", ["灾害信息员一个月补多少钱", "应急广播的功率要覆盖多少公里", "明天猪肉多少钱一斤"])
def test_a_number_that_no_clause_holds_is_never_answered(index: Index, question: str) -> None:
    assert ask(index, question).decision is not Decision.ANSWER


@pytest.mark.parametrize("region", ["云南省", "北京市", "", TOWN])
@pytest.mark.parametrize(
    "question",
    ["队伍要多少人", "一年演练几次", "多久巡查一次", "补贴多少钱", "几天内要报", "每次多少人参加", "罚多少钱"],
)
def test_an_answer_to_how_many_always_quotes_an_amount(index: Index, question: str, region: str) -> None:
    answered = ask(index, question, region)
    amount = amount_asked(question)
    quoted = "".join(citation.quote for passage in answered.passages for citation in passage.citations)
    assert amount is not None
    assert answered.decision is not Decision.ANSWER or amounts_in(quoted, amount) or "|" in quoted
