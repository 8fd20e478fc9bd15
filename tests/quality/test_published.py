"""The parts of the READMEs that commands write have the shape that these write; their figures are not checked."""

import re

import numpy as np
import pytest

from tests.quality import apart_documents, bench_intake, bench_peers, learning_curve, risk_coverage
from tests.quality.corpora import ASKERS, ROOT
from tests.quality.publishing import END, READMES, part, replaced, table, tables

FIGURE = re.compile(r"–|-?\d[\d.,]*(?:/-?\d[\d.]*)?(?: (?:ms|MB|s|×))?%?")
"""0.94 · 0.89/0.96 · 1,644 · 2.1 ms · 6.0 × · 100% · near misses: n/a, nan, 1.2.ms"""

each_readme = pytest.mark.parametrize("file", READMES)


def published(file: str, name: str) -> list[list[list[str]]]:
    """The tables between the marks of a README."""
    return tables(part((ROOT / file).read_text(encoding="utf-8"), name))


def check(written: list[list[str]], heads: tuple[str, ...], names: list[tuple[str, ...]]) -> None:
    """Heads and first columns are those of the command, everything else is a figure."""
    first, *rows = written
    width = len(names[0])
    assert first == list(heads)
    assert [tuple(row[:width]) for row in rows] == names
    assert [cell for row in rows for cell in row[width:] if not FIGURE.fullmatch(cell)] == []
    assert {len(row) for row in rows} == {len(heads)}


@each_readme
def test_the_reporters(file: str):
    (written,) = published(file, "intake")
    check(written, bench_intake.HEADS[file], [(bench_intake.NAMES[file][load],) for load in bench_intake.LOADS])


@each_readme
def test_the_peers(file: str):
    right, cost = published(file, "peers")
    names = bench_peers.NAMES[file]
    unfiltered = {names[peer] + bench_peers.UNFILTERED[file]: names[peer] for peer in ("bm25s", "langchain")}
    both = [(name,) for filtered in names.values() for name in (*_keys(unfiltered, filtered), filtered)]
    check(right, bench_peers.QUALITY[file], both)
    check(cost, bench_peers.COST[file], [(name,) for name in names.values()])


def _keys(found: dict[str, str], value: str) -> list[str]:
    return [key for key, each in found.items() if each == value]


@each_readme
def test_the_learning_curve(file: str):
    (curve,) = published(file, "learning-curve")
    check(curve, learning_curve.HEADS[file], [(name,) for name in learning_curve.SHARES])


@each_readme
def test_risk_over_coverage(file: str):
    (points,) = published(file, "risk-coverage")
    tenths = [(f"{coverage:.0%}",) for coverage in risk_coverage.COVERAGES]
    check(points, risk_coverage.HEADS[file], [*((name,) for name in risk_coverage.POINTS[file]), *tenths])


@each_readme
@pytest.mark.parametrize("kind", ["documents", "statutes"])
def test_documents_held_apart(file: str, kind: str):
    (held,) = published(file, f"apart-{kind}")
    who, where = apart_documents.WHO[file], apart_documents.WHERE[kind][file]
    assert len(who) == len(ASKERS) + 1
    names = [(asker, place) for asker in who for place in where]
    check(held, apart_documents.HEADS[file], names)


def test_only_what_stands_between_its_marks_is_replaced():
    readme = f"a\n<!-- x -->\nold\n{END}\nb\n<!-- y -->\n{END}\n"
    written = replaced(readme, "x", table(["h"], [["1"]]))
    assert written == f"a\n<!-- x -->\n| h |\n| --- |\n| 1 |\n{END}\nb\n<!-- y -->\n{END}\n"
    assert tables(part(written, "x")) == [[["h"], ["1"]]]


def test_folds_are_even_and_hold_every_document_once():
    counts = {"a": 9, "b": 5, "c": 4, "d": 1}
    assert apart_documents.folds(counts, 2) == [{"a", "d"}, {"b", "c"}]
    assert apart_documents.folds({"a": 1}, 5) == [{"a"}]


def test_auroc_counts_pairs_and_equals_half():
    positive = np.array([True, False, True, False])
    assert risk_coverage.auroc([0.9, 0.1, 0.5, 0.5], positive) == (1 + 1 + 1 + 0.5) / 4


def test_risk_grows_with_each_wrong_answer():
    rows = [(0.9, False, False, True), (0.5, True, False, True), (0.1, True, True, False)]
    assert risk_coverage.curve(rows).tolist() == [0, 1 / 2, 2 / 3]


def test_parts_of_the_bank_lie_inside_each_other():
    for by in ("question", "batch"):
        parts = [questions for _, questions in learning_curve.parts(by, 0)]
        assert parts[0] == set() and len(parts) > 4
        assert all(small < large for small, large in zip(parts, parts[1:], strict=False))
