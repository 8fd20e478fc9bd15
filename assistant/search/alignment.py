"""Clause ↔ clause alignment (条款对应) across levels: which clause of a related document carries the same matter.

Two clauses are alike where they share rare words and where the sentences of one of them lie near those of the other.
No bank is asked, so an office's new plan is aligned like any other document. Figures: tests/quality/test_alignment.py.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.documents import Document, Level, ladder
from assistant.search.keyword import Postings
from assistant.search.parts import Block, Part

Scores = npt.NDArray[np.floating[Any]]
Numbers = npt.NDArray[np.int64]

KINDS = frozenset({"opinion", "plan", "rule"})
"""Statutes and response cards are not aligned: what is right for them has not been labelled."""
MOST_RELATED = 32
"""Documents above, and documents beside, with which one is compared: the work grows with the corpus, not its square."""
BORDER = 1.0
"""A counterpart is claimed from this score on."""
CLOSE = 0.7
"""From this score on a counterpart is kept, to be named as the nearest where none is claimed."""
COPIED, RETOLD = 0.1, 0.07
"""What counts as BORDER: between two opinions, which copy each other's sentences, and where a plan retells them.

Chosen on the labelled opinions (flat from 0.09 to 0.12) and on the flood plan (flat from 0.07 to 0.1).
"""
TOGETHER = 32
"""Documents in one product of matrices: many small ones wake the threads of BLAS each time (measured: five times slower)."""
LEAD = 0.5
"""Share of the score that depends on how near it comes to the best of its row or column."""


class Relation(StrEnum):
    """Where a counterpart stands, seen from the clause that is asked for."""

    HIGHER = "higher"  # 依据
    LOWER = "lower"  # 落实
    BESIDE = "beside"  # 同级


@dataclass(frozen=True, slots=True)
class Alignment:
    """The counterparts of the clause number i: `others[starts[i]:starts[i + 1]]`, best first."""

    starts: Numbers
    """int64[clauses + 1]."""
    others: npt.NDArray[np.int32]
    scores: npt.NDArray[np.float32]


def relation(own: Document, other: Document) -> Relation | None:
    """Return how `other` stands to `own`: on one ladder, or opinions of sibling places; None for strangers."""
    if own.id == other.id or not {own.kind, other.kind} <= KINDS:
        return None
    if own.level is other.level:
        siblings = own.region != other.region and _parent(own.region) == _parent(other.region)
        return Relation.BESIDE if siblings and own.kind == other.kind == "opinion" else None
    levels = list(Level)
    if levels.index(other.level) < levels.index(own.level):
        return Relation.HIGHER if other.region in ladder(own.region) else None
    return Relation.LOWER if own.region in ladder(other.region) else None


def _parent(region: str) -> str:
    return region.rpartition("/")[0]


def related_pairs(documents: Sequence[Document]) -> dict[int, list[int]]:
    """Return for each document, by its place in `documents`, those with which it is compared, each pair once."""
    by_region: dict[str, list[int]] = defaultdict(list)
    siblings: dict[tuple[Level, str], list[int]] = defaultdict(list)
    # where there are more than can be compared, opinions go before plans and rules
    for i, document in sorted(enumerate(documents), key=lambda numbered: numbered[1].kind != "opinion"):
        if document.kind in KINDS:
            by_region[document.region].append(i)
        if document.kind == "opinion":
            siblings[document.level, _parent(document.region)].append(i)
    pairs: dict[int, list[int]] = defaultdict(list)
    for i, document in enumerate(documents):
        above = (k for place in ladder(document.region) for k in by_region[place])
        beside = (k for k in siblings[document.level, _parent(document.region)] if k < i)
        for kind, others in ((Relation.HIGHER, above), (Relation.BESIDE, beside)):
            for k in islice((k for k in others if relation(document, documents[k]) is kind), MOST_RELATED):
                pairs[k].append(i)
    return pairs


def align(documents: Sequence[Document], parts: Sequence[Part], postings: Postings) -> Alignment:
    """Return the counterparts of all clauses; `parts[i]` belongs to `documents[i]`, `postings` to all of them."""
    firsts = np.cumsum([0, *(len(part.units) for part in parts)])
    words = cache(lambda i: _words(parts[i], postings))
    columns = np.full(len(postings.lexicon), -1, np.int32)
    found: list[tuple[Numbers, Numbers, Scores]] = []
    for k, related in related_pairs(documents).items():
        others = [i for i in related if parts[i].units and parts[k].units]
        shared = _Shared(words(k), columns)
        nearness = _nearness([parts[i].vector for i in others], parts[k].vector)
        for i, near in zip(others, nearness, strict=True):
            scores = _scores(shared.with_other(words(i)), near, parts[i].units, parts[k].units)
            scores /= COPIED if documents[i].kind == documents[k].kind == "opinion" else RETOLD
            own, other = np.nonzero(scores >= CLOSE)
            found.append((own + firsts[i], other + firsts[k], scores[own, other]))
        shared.forget()
    return _both_ways(found, int(firsts[-1]))


def _both_ways(found: Sequence[tuple[Numbers, Numbers, Scores]], clauses: int) -> Alignment:
    own = np.concatenate([np.empty(0, np.int64), *(pair[k] for k in (0, 1) for pair in found)])
    other = np.concatenate([np.empty(0, np.int64), *(pair[k] for k in (1, 0) for pair in found)])
    scores = np.concatenate([np.empty(0, np.float32), *(pair[2] for _ in (0, 1) for pair in found)])
    order = np.lexsort((other, -scores, own))
    starts = np.searchsorted(own[order], np.arange(clauses + 1)).astype(np.int64)
    return Alignment(starts, other[order].astype(np.int32), scores[order])


def _scores(shared: Scores, nearness: Scores, own: Sequence[str], other: Sequence[str]) -> Scores:
    """Return float32[own clauses, other clauses]; preambles order nothing and have no counterpart."""
    scores = np.sqrt(shared * nearness)
    scores[[unit.endswith("/preamble") for unit in own]] = 0
    scores[:, [unit.endswith("/preamble") for unit in other]] = 0
    best = np.minimum(scores.max(axis=1, keepdims=True), scores.max(axis=0, keepdims=True))
    leading = scores / np.maximum(best, np.finfo(np.float32).tiny)
    weighed: Scores = scores * (1 - LEAD + LEAD * leading)
    return weighed


def _nearness(blocks: Sequence[Block], other: Block) -> Iterator[Scores]:
    """Yield how near the sentences of the clauses of each block lie to those of `other`: that of the better covered one.

    The mean cosine of two documents counts as zero, so that models whose cosines are all high compare.
    """
    other_rows = other.rows.astype(np.float32)
    for begin in range(0, len(blocks), TOGETHER):
        some = blocks[begin : begin + TOGETHER]
        rows = np.concatenate([block.rows for block in some]).astype(np.float32)
        ends = np.cumsum([len(block.rows) for block in some])
        for block, cosines in zip(some, np.split(rows @ other_rows.T, ends[:-1]), strict=True):
            background = float(cosines.mean())
            covered = np.maximum(_covered(cosines, block, other), _covered(cosines.T, other, block).T)
            yield np.maximum(covered - background, 0) / max(1 - background, 1e-6)


def _covered(cosines: Scores, own: Block, other: Block) -> Scores:
    """Return for each own clause the mean, over its sentences, of the nearest sentence of each other clause."""
    nearest = np.maximum.reduceat(cosines, _firsts(other.owners), axis=1)
    firsts = _firsts(own.owners)
    sizes = np.diff([*firsts, len(own.owners)]).astype(np.float32)
    mean: Scores = np.add.reduceat(nearest, firsts, axis=0) / sizes[:, None]
    return mean


def _firsts(owners: npt.NDArray[np.int32]) -> Numbers:
    """Return where the rows of each clause begin; every clause has one at least."""
    return np.flatnonzero(np.diff(owners, prepend=-1))


@dataclass(frozen=True, slots=True)
class _Words:
    """The terms of one document: place in the lexicon, clause, weight; the weights of a clause have length 1."""

    terms: Numbers
    rows: npt.NDArray[np.int32]
    weights: Scores
    clauses: int


def _words(part: Part, postings: Postings) -> _Words:
    terms = np.searchsorted(postings.lexicon, part.keyword.codes)
    # idf twice, once for each of the two clauses, and once more: rare words tell copied duties from common speech
    weights = np.log1p(part.keyword.counts) * np.square(postings.idf[terms])
    lengths = np.sqrt(np.bincount(part.keyword.rows, np.square(weights), len(part.units)))
    weights /= np.maximum(lengths, np.finfo(np.float32).tiny)[part.keyword.rows]
    return _Words(terms, part.keyword.rows, weights.astype(np.float32), len(part.units))


class _Shared:
    """One document laid out so that others are compared with it in one gather."""

    def __init__(self, words: _Words, columns: npt.NDArray[np.int32]) -> None:
        """columns: int32[V], all -1; borrowed until `forget`."""
        self._columns, self._terms = columns, np.unique(words.terms)
        columns[self._terms] = np.arange(len(self._terms), dtype=np.int32)
        self._weights = np.zeros((len(self._terms), words.clauses), np.float32)
        self._weights[columns[words.terms], words.rows] = words.weights

    def with_other(self, words: _Words) -> Scores:
        """Return the cosine of each clause of another document to each own clause: float32[other, own]."""
        columns = self._columns[words.terms]
        known = np.flatnonzero(columns >= 0)
        cosines = np.zeros((words.clauses, self._weights.shape[1]), np.float32)
        if len(known):
            rows = words.rows[known]
            firsts = np.flatnonzero(np.diff(rows, prepend=-1))
            shares = self._weights[columns[known]] * words.weights[known, None]
            cosines[rows[firsts]] = np.add.reduceat(shares, firsts, axis=0)
        return cosines

    def forget(self) -> None:
        """Give the columns back."""
        self._columns[self._terms] = -1
