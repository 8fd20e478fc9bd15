"""Whether a word stands in a document: looked for letter by letter."""

from datetime import date

import pytest

from assistant.answers import Asker, Decision, Reason, Request, answer
from assistant.search import Index
from assistant.wording import answer_text


def asked(question: str, index: Index, region: str = "云南省") -> tuple[Decision, Reason | None, str]:
    found = answer(Request(question, region, Asker.TRAINER, date(2026, 7, 1)), index)
    return found.decision, found.reason, answer_text(found)


@pytest.mark.parametrize(
    "question",
    [
        "中央意见里有没有“应急响应人”的说法",
        "中央那份里有没有这个“应急响应人”的说法",
        "中央意见提没提到“应急响应人”",
        "中央意见中有“应急响应人”这个词吗",
    ],
)
def test_a_word_that_is_not_used_is_said_not_to_be(index: Index, question: str) -> None:
    decision, reason, text = asked(question, index)
    assert (decision, reason) == (Decision.REFUSED, Reason.NO_SUCH_WORD)
    assert "《中央意见》里逐字查过，没有“应急响应人”" in text
    assert "《北京实施意见》" in text  # where it is used


def test_a_word_that_is_used_is_quoted_with_its_clause(index: Index) -> None:
    decision, _, text = asked("北京的意见有没有提到“双报到”", index)
    assert decision is Decision.ANSWER
    assert text.startswith("《北京实施意见》（一）") and "“双报到”" in text


def test_without_a_document_the_own_ones_are_looked_through(index: Index) -> None:
    assert "您所在地区适用的文件里逐字查过" in asked("有没有“应急响应人”这个提法", index)[2]
    assert asked("有没有“应急响应人”这个提法", index, "北京市")[0] is Decision.ANSWER


@pytest.mark.parametrize("question", ["“叫应”怎么做", "“双报到”的党员要做什么", "演练有没有要求"])
def test_a_quoted_matter_is_an_ordinary_question(index: Index, question: str) -> None:
    assert asked(question, index)[1] is not Reason.NO_SUCH_WORD
