"""The answers to questions held apart stay at least as good as the floors say: make bench prints the figures."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from assistant.evaluation import answer_all, figures, read_questions
from assistant.search import Index

HERE = Path(__file__).parent
FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def table(index: Index) -> dict[str, dict[str, float]]:
    """The figures of the questions held apart."""
    questions = read_questions(HERE / "held-apart-c1.jsonl")
    predictions = {p.id: p for p in answer_all(questions, index, date(2026, 7, 1))}
    return figures(questions, predictions, index.catalogue)


@pytest.mark.parametrize("group", [group for group in FLOORS if group != "ceilings"])
def test_no_figure_falls_below_its_floor(table: dict[str, dict[str, float]], group: str) -> None:
    print(group, table[group])
    below = {name: table[group][name] for name, floor in FLOORS[group].items() if table[group][name] < floor}
    assert not below


def test_no_figure_rises_above_its_ceiling(table: dict[str, dict[str, float]]) -> None:
    above = {name: table["all"][name] for name, ceiling in FLOORS["ceilings"].items() if table["all"][name] > ceiling}
    assert not above


def test_no_question_held_apart_is_in_a_bank() -> None:
    corpus = HERE.parents[1] / "corpus"
    known = "".join(path.read_text(encoding="utf-8") for path in corpus.rglob("*.jsonl"))
    assert [asked.id for asked in read_questions(HERE / "held-apart-c1.jsonl") if f'"{asked.question}"' in known] == []
