"""The shipped explanations: short, dated, borne by the clauses' own words, and nobody else's questions."""

import json
import re
from collections import Counter

import pytest

from assistant.documents import ladder, load_catalogue
from assistant.search.explanations import Explanation, load_explanations, unfounded
from assistant.search.terms import fold
from tests.conftest import CORPUS

ENTRIES = load_explanations(CORPUS)
CATALOGUE = load_catalogue(CORPUS)
NUMBER = re.compile(
    r"\d+(?:[-.]\d+)*|[一二两三四五六七八九十百]+(?=天|次|小时|分钟|年|元|日|月|周|米|倍|项|个以上|个一律)"
)
"""50元, 123-0000-0100, 三天 · near miss: 第一责任人, 一户一户"""
DUTY = re.compile(r"必须|应当|有权|保证|一定会")

each_entry = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)


def test_every_explanation_stands_on_words_of_its_clauses() -> None:
    assert unfounded(ENTRIES, CATALOGUE) == ()


def test_there_are_forty_matters_and_many_for_each_place() -> None:
    assert len({entry.matter for entry in ENTRIES}) >= 40
    for place in ("云南省", "北京市", "云南省/示例州/示例县/示例镇"):
        places = set(ladder(place))
        own = [e for e in ENTRIES if e.region in places and any(region_of(unit) == place for unit in e.rests_on)]
        assert len(own) >= 15, place


def region_of(unit: str) -> str:
    return CATALOGUE[unit.split("/")[0]].region


@each_entry
def test_asks_are_eight_to_twelve_and_dates_are_in_order(entry: Explanation) -> None:
    assert 8 <= len(entry.asks) <= 12
    assert len(set(entry.asks)) == len(entry.asks)
    assert entry.written <= entry.reviewed
    assert entry.reviewed_by
    assert entry.text.endswith(("。", "”"))


@each_entry
def test_no_number_is_said_that_the_words_of_each_clause_do_not_hold(entry: Explanation) -> None:
    for unit, words in entry.rests_on.items():
        held = "\n".join(words)
        assert [number for number in NUMBER.findall(entry.text) if number not in held] == [], unit


@each_entry
def test_no_duty_or_right_is_added(entry: Explanation) -> None:
    held = "\n".join(word for words in entry.rests_on.values() for word in words)
    assert [word for word in DUTY.findall(entry.text.replace("没有说必须", "")) if word not in held] == []


def test_no_ask_is_a_question_of_the_bank_or_of_the_questions_held_apart() -> None:
    files = [*CORPUS.glob("*/questions.jsonl"), CORPUS.parent / "tests" / "quality" / "held-apart-c1.jsonl"]
    lines = (line for path in files for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    known = {fold(json.loads(line)["question"]) for line in lines}
    assert [ask for entry in ENTRIES for ask in entry.asks if fold(ask) in known] == []


def test_no_two_explanations_are_asked_for_in_the_same_words_at_the_same_place() -> None:
    asked = Counter((entry.region, fold(ask)) for entry in ENTRIES for ask in entry.asks)
    assert [ask for ask, count in asked.items() if count > 1] == []
