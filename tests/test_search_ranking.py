"""Search over any part of a region tree equals the formula, worked out clause by clause over strings."""

from collections import Counter
from collections.abc import Callable
from itertools import groupby
from math import log1p

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import UnknownDocument
from assistant.search.entries import Entry
from assistant.search.fuse import NEARLY_THE_SAME, Weights
from assistant.search.keyword import K1, REPEATS, TITLE_WEIGHT, WORD_SHARE, B
from assistant.search.parts import make_part
from assistant.search.ranking import Ranker, assemble
from assistant.search.terms import grams, words
from tests.small_corpus import Letters

LETTERS = Letters()
TEXT = st.text("山火灾洪水演练组织群众的了。、", max_size=14)
CLAUSE = st.tuples(TEXT, TEXT, st.lists(TEXT, max_size=3))
DOCUMENT = st.tuples(st.sampled_from(["", "甲省", "甲省/乙县", "甲省/乙县/丙镇", "丁省"]), st.lists(CLAUSE, max_size=3))
Library = list[tuple[str, str, list[Entry]]]


def library(documents: list[tuple[str, list[tuple[str, str, list[str]]]]]) -> Library:
    made = [
        (f"d{number}", region, [Entry(f"d{number}/{at}", "章", *clause[:2], tuple(clause[2])) for at, clause in enumerate(clauses)])
        for number, (region, clauses) in enumerate(documents)
    ]  # fmt: skip
    return sorted(made, key=lambda document: document[1])


def ranker(documents: Library) -> Ranker:
    parts = [(region, make_part(entries, LETTERS)) for _, region, entries in documents]
    nodes = [[part for _, part in node] for _, node in groupby(parts, key=lambda pair: pair[0])]
    shelves = [(name, region, len(entries)) for name, region, entries in documents]
    units = [entry.unit for _, _, entries in documents for entry in entries]
    return Ranker(shelves, units, assemble(nodes, LETTERS.dimensions))


def bm25(question: str, rows: list[list[tuple[float, str]]]) -> list[float]:
    """The keyword share of each row, over all rows."""
    by_gram, by_word = share_of(grams, question, rows), share_of(words, question, rows)
    return [(1 - WORD_SHARE) * gram + WORD_SHARE * word for gram, word in zip(by_gram, by_word, strict=True)]


def share_of(terms: Callable[[str], list[str]], question: str, rows: list[list[tuple[float, str]]]) -> list[float]:
    counted = [Counter[str]() for _ in rows]
    for counts, (weight, text) in ((c, part) for c, row in zip(counted, rows, strict=True) for part in row):
        for term in terms(text):
            counts[term] += weight
    lengths = [counts.total() for counts in counted if counts]
    average = sum(lengths) / max(len(lengths), 1)
    asked = {term: min(times, REPEATS) for term, times in Counter(terms(question)).items()}
    holding = {term: sum(term in counts for counts in counted) for term in asked}
    idf = {term: log1p((len(lengths) - n + 0.5) / (n + 0.5)) for term, n in holding.items()}

    def score(counts: Counter[str]) -> float:
        longer = K1 * (1 - B + B * counts.total() / average) if counts else 1
        return sum(asked[t] * idf[t] * counts[t] * (K1 + 1) / (counts[t] + longer) for t in asked)

    reachable = sum(idf[term] * times for term, times in asked.items()) * (K1 + 1)
    return [score(counts) / reachable if reachable else 0.0 for counts in counted]


def nearest(question: str, rows: list[list[str]]) -> list[float]:
    vector = LETTERS.encode([question])[0]
    return [max((float(LETTERS.encode([text])[0] @ vector) for text in row), default=0.0) for row in rows]


def by_hand(question: str, documents: Library, asked: set[str]) -> dict[str, float]:
    entries = [entry for _, _, entries in documents for entry in entries]
    legs = zip(
        bm25(question, [[(1, e.context), (TITLE_WEIGHT, e.title), (1, e.body)] for e in entries]),
        bm25(question, [[(1, q) for q in e.questions] for e in entries]),
        nearest(question, [e.passages() for e in entries]),
        nearest(question, [list(e.questions) for e in entries]),
        strict=True,
    )
    w = Weights()
    scores = [
        w.keyword * k + w.question * q + w.vector * v
        + w.asked * min(max((a - NEARLY_THE_SAME) / (1 - NEARLY_THE_SAME), 0), 1)
        for k, q, v, a in legs
    ]  # fmt: skip
    return {e.unit: score for e, score in zip(entries, scores, strict=True) if e.unit.split("/")[0] in asked}


@settings(max_examples=60, deadline=None)
@given(st.lists(DOCUMENT, max_size=6), TEXT, st.data())
def test_search_over_any_documents_is_the_formula(documents: list, question: str, data: st.DataObject):
    made = library(documents)
    asked = data.draw(st.sets(st.sampled_from([name for name, _, _ in made]))) if made else set()
    expected = by_hand(question, made, asked)
    hits = ranker(made).rank(question, LETTERS, asked, 4, Weights())
    assert len(hits) == min(4, len(expected))
    # half-precision vectors move a cosine by 0.001, and near NEARLY_THE_SAME that is magnified
    assert [hit.score for hit in hits] == pytest.approx([expected[hit.unit] for hit in hits], abs=4e-3)
    assert [hit.score for hit in hits] == pytest.approx(sorted(expected.values(), reverse=True)[: len(hits)], abs=4e-3)


def test_hits_carry_every_leg():
    made = library([("", [("演练", "组织群众演练", ["谁来演练"])])])
    (hit,) = ranker(made).rank("谁来演练", LETTERS, {"d0"}, 3, Weights())
    assert hit.legs.keys() == {"keyword", "question", "vector", "asked"}
    assert hit.legs["asked"] == pytest.approx(1, abs=1e-3)


def test_documents_of_one_node_are_told_apart():
    made = library([("甲省", [("演练", "山火演练", [])]), ("甲省", [("演练", "山火演练", [])])])
    assert [hit.unit for hit in ranker(made).rank("山火", LETTERS, ["d1", "d1"], 9, Weights())] == ["d1/0"]


def test_an_unknown_document_is_an_error():
    with pytest.raises(UnknownDocument):
        ranker(library([])).rank("山火", LETTERS, {"nowhere"}, 3, Weights())


def test_without_documents_there_are_no_hits():
    scores = ranker(library([("", [("演练", "山火", [])])])).score("山火", LETTERS, [])[1]
    assert ranker(library([])).rank("山火", LETTERS, [], 3, Weights()) == []
    assert {name: leg.dtype for name, leg in scores.items()} == dict.fromkeys(scores, np.float32)
