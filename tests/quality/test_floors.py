"""The answers to questions held apart stay at least as good as the floors say: make bench prints the figures."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from assistant.evaluation import answer_all, figures, read_questions
from assistant.search import Index

HERE = Path(__file__).parent
FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))
BATCHES = sorted(FLOORS)
Table = dict[str, dict[str, float]]


@pytest.fixture(scope="module")
def tables(index: Index) -> dict[str, Table]:
    """The figures of each batch of questions held apart."""
    return {batch: measured(index, HERE / f"held-apart-{batch}.jsonl") for batch in BATCHES}


def measured(index: Index, path: Path) -> Table:
    questions = read_questions(path)
    predictions = {p.id: p for p in answer_all(questions, index, date(2026, 7, 1))}
    return figures(questions, predictions, index.catalogue)


@pytest.mark.parametrize("batch", BATCHES)
@pytest.mark.parametrize("group", ["all", "villager", "cadre", "trainer"])
def test_no_figure_falls_below_its_floor(tables: dict[str, Table], batch: str, group: str) -> None:
    table = tables[batch][group]
    print(batch, group, table)
    below = {name: table[name] for name, floor in FLOORS[batch][group].items() if table[name] < floor}
    assert not below


@pytest.mark.parametrize("batch", BATCHES)
def test_no_figure_rises_above_its_ceiling(tables: dict[str, Table], batch: str) -> None:
    table, ceilings = tables[batch]["all"], FLOORS[batch]["ceilings"]
    assert not {name: table[name] for name, ceiling in ceilings.items() if table[name] > ceiling}


def test_every_batch_held_apart_has_floors() -> None:
    assert [path.stem for path in sorted(HERE.glob("held-apart-*.jsonl"))] == [f"held-apart-{b}" for b in BATCHES]


@pytest.mark.parametrize("batch", BATCHES)
def test_no_question_held_apart_is_in_a_bank(batch: str) -> None:
    corpus = HERE.parents[1] / "corpus"
    known = "".join(path.read_text(encoding="utf-8") for path in corpus.rglob("*.jsonl"))
    asked = read_questions(HERE / f"held-apart-{batch}.jsonl")
    assert [one.id for one in asked if f'"{one.question}"' in known] == []
