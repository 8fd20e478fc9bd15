"""Ranking (排序): all clauses of the documents asked for, by the weighted sum of the legs."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from assistant.errors import UnknownDocument
from assistant.ports import Embedder
from assistant.search.bags import Bag
from assistant.search.borrowing import question_bags
from assistant.search.fuse import Hit, Scores, Weights, best, fuse
from assistant.search.keyword import Postings, postings
from assistant.search.parts import Block, Part
from assistant.search.vectors import Vectors

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Legs:
    """What clauses are scored by; each is grouped by region node."""

    keyword: Postings
    """Headings, title and body."""
    question: Postings
    """All bank questions of a clause as one text, those of clauses like it where it has few."""
    vector: Vectors
    """Sentences with their titles."""
    asked: Vectors
    """Bank questions, one by one."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the clauses of one document stand: `begin` to `end` inside its region node."""

    node: int
    begin: int
    end: int


class Ranker:
    """Ranks clauses; holds no text."""

    def __init__(self, documents: Sequence[tuple[str, str, int]], units: Sequence[str], legs: Legs) -> None:
        """Take (document id, region, number of clauses) in the order of `units`, grouped by region."""
        self._units = units
        self._legs = legs
        self._shelves: dict[str, Shelf] = {}
        self._sizes: list[int] = []
        last_region: str | None = None
        for document, region, count in documents:
            if region != last_region:
                self._sizes.append(0)
                last_region = region
            self._shelves[document] = Shelf(len(self._sizes) - 1, self._sizes[-1], self._sizes[-1] + count)
            self._sizes[-1] += count
        self._firsts = np.cumsum([0, *self._sizes])
        # people of one place ask of the same documents, a thousand of them where there are many statutes
        self._chosen = lru_cache(maxsize=64)(self._choose)

    def rank(
        self, question: str, embedder: Embedder, documents: Collection[str], limit: int, weights: Weights
    ) -> list[Hit]:
        """Return the best clauses of `documents`, best first; equal ones in the order of the corpus.

        Raises: UnknownDocument.
        """
        places, legs = self.score(question, embedder, documents)
        total = fuse(legs, weights)
        return [
            Hit(self._units[places[at]], float(total[at]), {name: float(leg[at]) for name, leg in legs.items()})
            for at in best(total, limit)
        ]

    def score(self, question: str, embedder: Embedder, documents: Collection[str]) -> tuple[Places, dict[str, Scores]]:
        """Return the numbers of all clauses of `documents`, ascending, and what each leg says about them.

        Raises: UnknownDocument.
        """
        chosen = self._chosen(frozenset(documents))
        places = [self._firsts[node] + own for node, own in chosen.items()]
        return np.concatenate([np.empty(0, np.int64), *places]), self._legs_of(question, embedder, chosen)

    def _choose(self, documents: frozenset[str]) -> dict[int, Places]:
        """Return for each node that is touched the places of the clauses asked for."""
        shelves = sorted((self._shelf(document) for document in documents), key=lambda s: (s.node, s.begin))
        chosen: dict[int, list[Places]] = {}
        for shelf in shelves:
            chosen.setdefault(shelf.node, []).append(np.arange(shelf.begin, shelf.end))
        return {node: np.concatenate(places) for node, places in chosen.items()}

    def _shelf(self, document: str) -> Shelf:
        try:
            return self._shelves[document]
        except KeyError as error:
            raise UnknownDocument(document=document) from error

    def _legs_of(self, question: str, embedder: Embedder, chosen: dict[int, Places]) -> dict[str, Scores]:
        legs = self._legs
        vector = embedder.encode([question])[0]
        keyword, question_terms = legs.keyword.query(question), legs.question.query(question)
        return {
            "keyword": self._over(chosen, lambda node, size: legs.keyword.score(node, size, keyword)),
            "question": self._over(chosen, lambda node, size: legs.question.score(node, size, question_terms)),
            "vector": self._over(chosen, lambda node, size: legs.vector.score(node, size, vector)),
            "asked": self._over(chosen, lambda node, size: legs.asked.score(node, size, vector)),
        }

    def _over(self, chosen: dict[int, Places], score: Callable[[int, int], Scores]) -> Scores:
        scores = [score(node, self._sizes[node])[own] for node, own in chosen.items()]
        return np.concatenate([np.empty(0, np.float32), *scores])


def assemble(nodes: Sequence[Sequence[Part]], dimensions: int) -> Legs:
    """Join the parts of documents, grouped by region node, into what a search reads."""
    sizes = [sum(len(part.units) for part in node) for node in nodes]
    bags = iter(question_bags([part for node in nodes for part in node]))
    asked = [[next(bags) for _ in node] for node in nodes]
    return Legs(
        keyword=postings([_joined_bag(node, [part.keyword for part in node]) for node in nodes], sizes),
        question=postings([_joined_bag(node, own) for node, own in zip(nodes, asked, strict=True)], sizes),
        vector=_joined_vectors([(node, [part.vector for part in node]) for node in nodes], dimensions),
        asked=_joined_vectors([(node, [part.asked for part in node]) for node in nodes], dimensions),
    )


def _offsets(parts: Sequence[Part]) -> list[int]:
    """Return where the clauses of each document begin inside the node."""
    return [0, *np.cumsum([len(part.units) for part in parts]).tolist()]


def _joined_bag(parts: Sequence[Part], bags: Sequence[Bag]) -> Bag:
    rows = [bag.rows + np.int32(offset) for bag, offset in zip(bags, _offsets(parts), strict=False)]
    return Bag(
        np.concatenate(rows), np.concatenate([bag.codes for bag in bags]), np.concatenate([bag.counts for bag in bags])
    )


def _joined_vectors(nodes: Sequence[tuple[Sequence[Part], Sequence[Block]]], dimensions: int) -> Vectors:
    rows: list[npt.NDArray[np.float16]] = [np.empty((0, dimensions), np.float16)]
    owners: list[npt.NDArray[np.int32]] = [np.empty(0, np.int32)]
    ends = [0]
    for parts, blocks in nodes:
        rows += [block.rows for block in blocks]
        owners += [block.owners + np.int32(offset) for block, offset in zip(blocks, _offsets(parts), strict=False)]
        ends.append(ends[-1] + sum(len(block.rows) for block in blocks))
    return Vectors(np.concatenate(rows), np.concatenate(owners), np.array(ends, np.int64))
