"""answer, nearest or refused, and why."""

from dataclasses import replace

import pytest

from assistant.answers import Decision, Reason
from assistant.answers.decision import SAME_QUESTION, Against, Calibration, Signals, confidence, decide

WEAK = Signals(
    keyword=0.02, asked=0.3, vector=0.2, familiarity=0.3, margin=0.1, agreement=0.33,
    other_law=0.0, other_place=0.0, scope=-0.6,
)  # fmt: skip
STRONG = replace(WEAK, keyword=0.3, asked=0.85, vector=0.7, scope=0.8, agreement=1.0)
C = Calibration()


def test_strong_signals_answer_and_weak_ones_refuse() -> None:
    assert decide(confidence(STRONG, C), Against(), C) == (Decision.ANSWER, None)
    assert decide(confidence(WEAK, C), Against(), C) == (Decision.REFUSED, Reason.NOTHING_NEAR)


@pytest.mark.parametrize("name", ["keyword", "asked", "vector", "scope"])
def test_more_of_what_speaks_for_a_clause_never_lowers_the_confidence(name: str) -> None:
    assert confidence(replace(STRONG, **{name: 0.9}), C) >= confidence(replace(STRONG, **{name: 0.1}), C)


@pytest.mark.parametrize("name", ["other_law", "other_place"])
def test_what_speaks_against_it_lowers_the_confidence(name: str) -> None:
    assert confidence(replace(STRONG, **{name: 1.0}), C) < confidence(STRONG, C)


def test_a_question_that_was_reviewed_in_nearly_the_same_words_is_answered() -> None:
    known = replace(WEAK, asked=SAME_QUESTION)
    assert decide(confidence(known, C), Against(), C)[0] is Decision.ANSWER
    assert decide(confidence(replace(known, other_place=1.0), C), Against(place="四川"), C)[0] is not Decision.ANSWER


@pytest.mark.parametrize(
    ("against", "reason"),
    [
        (Against(law="消防法"), Reason.OTHER_LAW),
        (Against(place="四川", law="消防法", no_amount=True), Reason.OTHER_PLACE),  # the first thing to be told
    ],
)
def test_the_reason_says_what_speaks_against_an_answer(against: Against, reason: Reason) -> None:
    assert decide(0.0, against, C) == (Decision.REFUSED, reason)
    assert decide(C.nearest_from, against, C) == (Decision.NEAREST, reason)


def test_without_the_amount_asked_for_nothing_is_an_answer() -> None:
    assert decide(1.0, Against(no_amount=True), C) == (Decision.NEAREST, Reason.NO_AMOUNT)
    assert decide(0.0, Against(no_amount=True), C) == (Decision.REFUSED, Reason.NOTHING_NEAR)


def test_between_the_borders_it_is_the_nearest() -> None:
    assert decide(C.nearest_from, Against(), C) == (Decision.NEAREST, Reason.UNSURE)
    assert decide(C.answer_from, Against(), C) == (Decision.ANSWER, None)
