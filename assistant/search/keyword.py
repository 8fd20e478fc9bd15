"""BM25 (Robertson & Zaragoza 2009) over grams and words, scored when the index is built.

A posting holds what its term adds to the score of its clause, so a question only gathers and adds. Postings are
grouped by region node: a question touches the nodes of its jurisdiction and nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.search.bags import Bag, Counts, count_question
from assistant.search.terms import Codes

Scores = npt.NDArray[np.float32]

K1 = 1.6
B = 0.8
TITLE_WEIGHT = 3
REPEATS = 2
"""A term that a question repeats more often counts no more than twice."""
MOST_TERMS = 256
"""Only so many terms of a question are looked up, the rarest: pasted pages cost no more than questions."""
WORD_SHARE = 0.05
"""Share of jieba words in the score, the rest is grams (measured: see fuse.Weights)."""


@dataclass(frozen=True, slots=True)
class Query:
    """The terms of one question and what each of them counts."""

    codes: Codes
    weights: Scores


@dataclass(frozen=True, slots=True)
class Postings:
    """Scored postings of one field of all clauses."""

    lexicon: Codes
    """int64[V]: every term of the corpus, ascending."""
    idf: Scores
    """float32[V]: how rare it is in the whole corpus, not in one node."""
    population: npt.NDArray[np.int64]
    """int64[2]: clauses that have grams, clauses that have words."""
    nodes: npt.NDArray[np.int64]
    """int64[nodes + 1]: where the terms of each node begin."""
    terms: Codes
    """int64[T]: terms of the first node ascending, then of the second, and so on."""
    starts: npt.NDArray[np.int64]
    """int64[T + 1]: where the postings of each term begin."""
    units: npt.NDArray[np.int32]
    """int32[P]: number of the clause inside its node, ascending per term."""
    impacts: Scores
    """float32[P]: idf times saturated frequency."""

    def query(self, text: str) -> Query:
        """Return the terms of a question, weighted so that no clause can reach more than 1."""
        codes, counts = count_question(text)
        idf, is_known = self._rarity(codes)
        counts = np.minimum(counts, REPEATS)
        weights = np.zeros(len(codes), np.float32)
        for is_namespace, share in ((codes >= 0, 1 - WORD_SHARE), (codes < 0, WORD_SHARE)):
            reachable = float((idf * counts)[is_namespace].sum()) * (K1 + 1)
            if reachable:
                weights[is_namespace] = share / reachable * counts[is_namespace]
        kept = np.flatnonzero(is_known)
        if len(kept) > MOST_TERMS:
            kept = kept[np.argsort(-idf[kept], kind="stable")[:MOST_TERMS]]
        return Query(codes[kept], weights[kept])

    def familiarity(self, text: str) -> float:
        """Return the share (0 to 1, weighted by idf) of a question's grams that the corpus knows."""
        codes, _ = count_question(text)
        grams = codes[codes >= 0]
        idf, is_known = self._rarity(grams)
        total = float(idf.sum())
        return float(idf[is_known].sum()) / total if total else 0.0

    def spread(self, code: int) -> float:
        """Return in how many clauses a term stands."""
        place = int(np.searchsorted(self.lexicon, code))
        if place == len(self.lexicon) or self.lexicon[place] != code:
            return 0.0
        population = int(self.population[1 if code < 0 else 0])
        # the idf, solved for the frequency
        return round((population + 1) / float(np.exp(self.idf[place])) - 0.5)

    def _rarity(self, codes: Codes) -> tuple[Scores, npt.NDArray[np.bool_]]:
        """Return the idf of each code, the highest possible where the corpus does not know it, and which it knows."""
        unknown = np.log1p((self.population + 0.5) / 0.5)
        idf = np.where(codes < 0, unknown[1], unknown[0]).astype(np.float32)
        places, is_known = locate(self.lexicon, codes)
        idf[is_known] = self.idf[places[is_known]]
        return idf, is_known

    def score(self, node: int, size: int, query: Query) -> Scores:
        """Return float32[size]: the scores of all clauses of a node, in their order."""
        begin, end = self.nodes[node], self.nodes[node + 1]
        places, is_known = locate(self.terms[begin:end], query.codes)
        places = places[is_known] + begin
        firsts = self.starts[places]
        lengths = self.starts[places + 1] - firsts
        # The postings of all terms in one gather: offsets within each term's stretch, added to its beginning.
        ends = np.cumsum(lengths)
        total = int(ends[-1]) if len(ends) else 0
        gathered = np.arange(total) + np.repeat(firsts - (ends - lengths), lengths)
        added = self.impacts[gathered] * np.repeat(query.weights[is_known], lengths)
        return np.bincount(self.units[gathered], weights=added, minlength=size).astype(np.float32)


def locate(ascending: Codes, codes: Codes) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Return the place of each code in an ascending array, and whether it is there."""
    places = np.searchsorted(ascending, codes)
    inside = places < len(ascending)
    is_there = np.zeros(len(codes), np.bool_)
    is_there[inside] = ascending[places[inside]] == codes[inside]
    return places, is_there


def postings(nodes: Sequence[Bag], sizes: Sequence[int]) -> Postings:
    """Score the terms of all clauses; `nodes[i]` holds the terms of the `sizes[i]` clauses of one region node."""
    lexicon, frequencies = _frequencies(nodes)
    lengths = [_lengths(node, size) for node, size in zip(nodes, sizes, strict=True)]
    everything = np.concatenate(lengths, axis=1) if lengths else np.zeros((2, 0), np.float32)
    population = (everything > 0).sum(axis=1)
    average = everything.sum(axis=1) / np.maximum(population, 1)
    size_of = np.where(lexicon < 0, population[1], population[0])
    idf = np.log1p((size_of - frequencies + 0.5) / (frequencies + 0.5)).astype(np.float32)
    scored = [
        _scored(node, length / np.maximum(average, 1e-9)[:, None]) for node, length in zip(nodes, lengths, strict=True)
    ]
    terms, starts, units, impacts = _joined(scored)
    # every term of a node is in the lexicon, so its idf can be multiplied in at the end
    impacts *= np.repeat(idf[np.searchsorted(lexicon, terms)], np.diff(starts))
    firsts = np.cumsum([0, *(len(part[0]) for part in scored)], dtype=np.int64)
    return Postings(lexicon, idf, population.astype(np.int64), firsts, terms, starts, units, impacts)


def _frequencies(nodes: Sequence[Bag]) -> tuple[Codes, npt.NDArray[np.int64]]:
    """Return all terms, ascending, and in how many clauses each occurs."""
    counted = [np.unique(node.codes, return_counts=True) for node in nodes]
    if not counted:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    lexicon, places = np.unique(np.concatenate([codes for codes, _ in counted]), return_inverse=True)
    frequencies = np.zeros(len(lexicon), np.int64)
    np.add.at(frequencies, places, np.concatenate([counts for _, counts in counted]))
    return lexicon, frequencies


def _lengths(node: Bag, size: int) -> Counts:
    """Return float32[2, size]: how many grams and how many words each clause has."""
    is_word = node.codes < 0
    parts = (node.slice(~is_word), node.slice(is_word))
    return np.array([np.bincount(p.rows, weights=p.counts, minlength=size) for p in parts], np.float32)


def _scored(node: Bag, relative: Counts) -> tuple[Codes, npt.NDArray[np.int64], npt.NDArray[np.int32], Scores]:
    """Return terms, starts, units and saturated frequencies of one node; `relative` is length by average length."""
    order = np.argsort(node.codes, kind="stable")
    codes, units, counts = node.codes[order], node.rows[order], node.counts[order]
    length = relative[(codes < 0).astype(np.int8), units]
    impacts = counts * (K1 + 1) / (counts + K1 * (1 - B + B * length))
    terms, starts = np.unique(codes, return_index=True)
    return terms, starts.astype(np.int64), units, impacts.astype(np.float32)


def _joined(
    scored: Sequence[tuple[Codes, npt.NDArray[np.int64], npt.NDArray[np.int32], Scores]],
) -> tuple[Codes, npt.NDArray[np.int64], npt.NDArray[np.int32], Scores]:
    offsets = np.cumsum([0, *(len(part[2]) for part in scored)], dtype=np.int64)
    starts = [part[1] + offset for part, offset in zip(scored, offsets, strict=False)]
    return (
        np.concatenate([np.empty(0, np.int64), *(part[0] for part in scored)]),
        np.concatenate([*starts, offsets[-1:]]),
        np.concatenate([np.empty(0, np.int32), *(part[2] for part in scored)]),
        np.concatenate([np.empty(0, np.float32), *(part[3] for part in scored)]),
    )
