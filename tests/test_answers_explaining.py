"""Which explanation stands beside an answer: the right people, the right place, the right matter."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.answers import Answer, Asker, Decision, Request, answer
from assistant.answers.explaining import explained, explained_clause, explanations_of
from assistant.search import Index

TODAY = date(2026, 11, 22)
TOWN = "云南省/示例州/示例县/示例镇"
REWARD = "我报了后山的隐患，有没有奖励"


def asked(question: str, region: str = "云南省", asker: Asker = Asker.VILLAGER, on: date = TODAY) -> Request:
    return Request(question, region, asker, on)


def ids(answered: Answer) -> list[str]:
    return [entry.id for entry in answered.explanations]


def test_a_villager_gets_the_explanation_of_the_first_clause(index: Index) -> None:
    answered = answer(asked(REWARD), index)
    assert answered.passages[0].unit == "yunnan-2025/6"
    assert ids(answered) == ["reward-for-reports"]


@pytest.mark.parametrize("asker", [Asker.CADRE, Asker.TRAINER])
def test_others_get_it_only_on_request(index: Index, asker: Asker) -> None:
    assert ids(answer(asked(REWARD, asker=asker), index)) == []


@pytest.mark.parametrize(
    ("question", "region"),
    [
        ("街乡吹哨部门报到是怎么回事", "云南省"),  # another matter of the clause that rewards reports
        ("北京报隐患打什么电话", "云南省"),  # another province's clause, because it is named
        ("云南意见第六条", "云南省"),  # a number asks for the clause, not for a matter
        ("明天猪肉多少钱一斤", "云南省"),
    ],
)
def test_no_explanation_is_better_than_a_wrong_one(index: Index, question: str, region: str) -> None:
    assert ids(answer(asked(question, region), index)) == []


def test_only_a_plain_answer_is_explained(index: Index) -> None:
    request = asked(REWARD)
    plain = replace(answer(request, index), explanations=())
    assert ids(explained(plain, request, index)) == ["reward-for-reports"]
    for decision in (Decision.NEAREST, Decision.REFUSED):
        assert ids(explained(replace(plain, decision=decision), request, index)) == []


def test_what_a_nearer_place_rules_on_the_same_is_not_explained_away(index: Index) -> None:
    """The centre's clause stands first, but the asker's own province has one too: which of them holds is not ours to say."""
    request = asked("村里一年要演练几回")
    province, centre = answer(request, index).passages
    centre_first = Answer(request.question, Decision.ANSWER, (replace(centre, is_basis=False), province), ())
    assert ids(explained(centre_first, request, index)) == []
    assert ids(explained(replace(centre_first, passages=(centre,)), request, index)) == ["yearly-drill"]


def test_the_sentences_that_it_rests_on_are_among_the_quotes(index: Index) -> None:
    """A long clause: the extract for the question alone would leave the 12345 line out."""
    request = asked("商场一边开门一边装修可以吗", "北京市")
    answered = answer(request, index)
    bare = Answer(request.question, Decision.ANSWER, tuple(answered.passages), ())
    shown = explained(bare, request, index)
    assert ids(shown) == ["beijing-works-in-open-shops"]
    quotes = "".join(citation.quote for citation in shown.passages[0].citations)
    for words in shown.explanations[0].rests_on["beijing-2025/5"]:
        assert words in quotes
    assert shown.passages[0].is_shortened


def test_a_row_comes_with_the_head_of_its_table(index: Index) -> None:
    answered = explained_clause("sample-town-flood-2025/a4", asked("", TOWN), index)
    quotes = "".join(citation.quote for citation in answered.passages[0].citations)
    assert quotes.startswith("| 序号 | 含义 |") and "连续急敲" in quotes


@pytest.mark.parametrize(
    ("unit", "region", "on", "count"),
    [
        ("yunnan-2025/6", "云南省", TODAY, 2),
        ("yunnan-2025/6", TOWN, TODAY, 2),  # a rule of the province holds in its towns
        ("yunnan-2025/6", "北京市", TODAY, 0),
        ("yunnan-2025/6", "", TODAY, 0),
        ("central-2024/6", "", TODAY, 2),
        ("sample-town-flood-2025/4.6", TOWN, TODAY, 2),
        ("sample-town-flood-2025/4.6", "云南省", TODAY, 0),
        ("sample-town-flood-2025/4.6", TOWN, date(2025, 5, 31), 0),  # not yet in force
        ("yunnan-2025/14", "云南省", TODAY, 0),  # nobody has written one
    ],
)
def test_a_clause_is_explained_where_it_rules_and_while_it_holds(
    index: Index, unit: str, region: str, on: date, count: int
) -> None:
    assert len(explanations_of(unit, asked("", region, on=on), index)) == count


def test_an_explanation_adds_no_citation_of_another_clause(index: Index) -> None:
    answered = answer(asked(REWARD), index)
    plain = answer(asked(REWARD, asker=Asker.CADRE), index)
    assert [passage.unit for passage in answered.passages][0] == [passage.unit for passage in plain.passages][0]
    assert {citation.unit for citation in answered.passages[0].citations} == {"yunnan-2025/6"}
    assert answered.ranked == plain.ranked
