"""The alignment agrees with what a reader of the documents has labelled (README.md here): make bench prints the figures."""

import json
from collections import defaultdict
from pathlib import Path

import pytest

from assistant.search import Index

HERE = Path(__file__).parent
Labels = dict[tuple[str, str], int]
# Set → (file, the two documents): precision, recall and F1 for a counterpart of any grade, then for grade 2 alone.
# Raised when the figures rise, never lowered to let a change pass.
FLOORS = {
    ("aligned-pairs.jsonl", "central-2024", "yunnan-2025"): (0.95, 0.75, 0.84, 0.83, 0.93, 0.88),
    ("aligned-pairs.jsonl", "central-2024", "beijing-2025"): (0.92, 0.76, 0.84, 0.83, 0.88, 0.86),
    ("aligned-pairs.jsonl", "yunnan-2025", "beijing-2025"): (0.93, 0.66, 0.78, 0.83, 0.86, 0.86),
}


def labelled(file: str, document: str, other: str) -> Labels:
    """Return the grade of each pair (clause of `document`, clause of `other`) that has one."""
    lines = [json.loads(line) for line in (HERE / file).read_text(encoding="utf-8").splitlines()]
    return {
        (line["unit"], line["other"]): line["grade"]
        for line in lines
        if line["grade"] and line["unit"].startswith(f"{document}/") and line["other"].startswith(f"{other}/")
    }


def claimed(index: Index, document: str, other: str) -> set[tuple[str, str]]:
    """Return the pairs that the index claims."""
    units = [f"{document}/{unit.address}" for unit in index.outlines[document].clauses()]
    return {(u, c.unit) for u in units for c in index.aligned(u) if c.unit.startswith(f"{other}/")}


def scores(pairs: set[tuple[str, str]], labels: Labels, grade: int) -> tuple[float, float, float]:
    """Return precision, recall and F1 against the pairs of at least this grade."""
    true = {pair for pair, own in labels.items() if own >= grade}
    precision, recall = len(pairs & true) / len(pairs), len(pairs & true) / len(true)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


@pytest.mark.parametrize("of", FLOORS)
def test_counterparts_are_those_that_a_reader_names(index: Index, of: tuple[str, str, str]) -> None:
    file, document, other = of
    labels, pairs = labelled(*of), claimed(index, document, other)
    figures = scores(pairs, labels, 1) + scores(pairs, labels, 2)
    print(f"{document} ↔ {other}: {len(pairs)} of {len(labels)}", " ".join(f"{figure:.2f}" for figure in figures))
    assert all(figure >= floor for figure, floor in zip(figures, FLOORS[of], strict=True))


@pytest.mark.parametrize("of", FLOORS)
def test_the_best_counterpart_is_one_that_a_reader_names(index: Index, of: tuple[str, str, str]) -> None:
    labels = labelled(*of)
    best = defaultdict(list)
    for pair in claimed(index, *of[1:]):
        score = next(c.score for c in index.aligned(pair[0]) if c.unit == pair[1])
        best[pair[0]].append((score, pair in labels))
    hits = [max(found)[1] for found in best.values()]
    print(f"{of[1]} → {of[2]}: best of {len(hits)} clauses right {sum(hits) / len(hits):.2f}")
    assert sum(hits) / len(hits) >= 0.95


@pytest.mark.parametrize("file", sorted({of[0] for of in FLOORS}))
def test_labels_name_clauses_that_exist(index: Index, file: str) -> None:
    lines = [json.loads(line) for line in (HERE / file).read_text(encoding="utf-8").splitlines()]
    named = {unit for line in lines for unit in (line["unit"], line["other"]) if "/" in unit}
    known = {f"{d}/{unit.address}" for d, outline in index.outlines.items() for unit in outline.clauses()}
    assert named <= known
