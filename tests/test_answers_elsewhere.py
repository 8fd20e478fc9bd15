"""Other provinces and other laws are said not to be held."""

from datetime import date

import pytest

from assistant.answers import Answer, Asker, Decision, Reason, Request, answer
from assistant.answers.elsewhere import other_law, other_place
from assistant.search import Index
from assistant.wording import answer_text


def ask(index: Index, question: str, region: str = "云南省") -> Answer:
    return answer(Request(question, region, Asker.CADRE, date(2026, 7, 1)), index)


@pytest.mark.parametrize(
    ("question", "region", "place"),
    [
        ("四川省一年演练几次", "云南省", "四川"),
        ("河南那边乡镇应急站归哪个管", "", "河南"),
        ("四川人在这里打工归谁管", "云南省", ""),  # a person
        ("北京路路口的井盖", "云南省", ""),  # a street
        ("云南的怎么规定", "云南省", ""),  # his own
        ("北京的怎么规定", "云南省", ""),  # held
    ],
)
def test_a_province_without_documents_is_noticed(index: Index, question: str, region: str, place: str) -> None:
    assert other_place(question, index.catalogue, region) == place


@pytest.mark.parametrize(
    ("question", "law"),
    [
        ("按安全生产法怎么处罚", "安全生产法"),
        ("《消防法》里电动车怎么说", "消防法"),
        ("有没有办法让老人走", ""),
        ("违法的罚不罚", ""),
        ("这个想法对不对", ""),
        ("国家的突发事件应对法规定了什么", "突发事件应对法"),
        ("自然灾害救助条例多久报一次", "自然灾害救助条例"),
    ],
)
def test_a_law_is_noticed(question: str, law: str) -> None:
    assert other_law(question) == law


@pytest.mark.parametrize(
    ("question", "reason", "words"),
    [
        ("贵州省的综合演练一年几次", Reason.OTHER_PLACE, "没有贵州的文件"),
        ("消防法对电动车充电怎么罚", Reason.OTHER_LAW, "没有收录“消防法”"),
    ],
)
def test_the_reply_says_what_is_not_held(index: Index, question: str, reason: Reason, words: str) -> None:
    answered = ask(index, question)
    assert answered.decision is not Decision.ANSWER and answered.reason is reason
    assert words in answer_text(answered)


def test_a_question_that_names_another_place_is_answered_from_there_alone(index: Index) -> None:
    answered = ask(index, "北京对应急演练是怎么规定的")
    assert {unit.split("/")[0] for unit in answered.ranked} == {"beijing-2025"}
