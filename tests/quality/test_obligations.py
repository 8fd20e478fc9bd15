"""Obligations are found as well as the floors say: python -m tests.quality.obligation_scores prints the figures."""

import tomllib
from pathlib import Path

import pytest

from tests.quality.obligation_scores import SENTENCES, Score, score_documents, score_sentences, total

FLOORS = tomllib.loads(Path(__file__).with_name("obligation-floors.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    return score_documents()


def figures(score: Score) -> dict[str, float]:
    fields = {name: score.share(name) for name in ("measure", "kind", "who")}
    return {"precision": score.precision, "recall": score.recall, **fields}


def below(score: Score, floors: dict[str, float]) -> dict[str, float]:
    reached = figures(score)
    return {name: reached[name] for name, floor in floors.items() if reached[name] < floor}


def test_the_whole_corpus_stays_above_its_floors(scores: dict[str, Score]) -> None:
    assert not below(total(scores.values()), FLOORS["corpus"])


def test_every_document_stays_above_its_floors_and_a_card_obliges_nobody(scores: dict[str, Score]) -> None:
    for name, score in scores.items():
        assert score.gold or not score.found, name
        assert not score.gold or not below(score, FLOORS["document"]), name


@pytest.mark.parametrize("name", SENTENCES)
def test_sentences_of_statutes_stay_above_their_floors(name: str) -> None:
    assert not below(score_sentences(name), FLOORS[name])
