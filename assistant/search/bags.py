"""Counted terms of rows of text, as arrays: the input of BM25."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from assistant.search.terms import Codes, gram_codes, word_codes

Counts = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int32]
Weighted = tuple[float, str]
"""How often the text counts, and the text."""


@dataclass(frozen=True, slots=True)
class Bag:
    """The term `codes[i]` occurs `counts[i]` times in row `rows[i]`; rows ascend, no pair twice."""

    rows: Rows
    codes: Codes
    counts: Counts

    def slice(self, codes_are: npt.NDArray[np.bool_]) -> "Bag":
        """Return the part where the condition (bool[n]) holds."""
        return Bag(self.rows[codes_are], self.codes[codes_are], self.counts[codes_are])


def bag(rows: Iterable[Sequence[Weighted]]) -> Bag:
    """Count grams and words of rows; each row is several texts with the weight of their terms."""
    counted = [count(row) for row in rows]
    numbers = np.repeat(np.arange(len(counted), dtype=np.int32), [len(codes) for codes, _ in counted])
    codes = [codes for codes, _ in counted] or [np.empty(0, np.int64)]
    counts = [counts for _, counts in counted] or [np.empty(0, np.float32)]
    return Bag(numbers, np.concatenate(codes), np.concatenate(counts))


@lru_cache(maxsize=64)
def count_question(text: str) -> tuple[Codes, Counts]:
    """Return `count` of one text, read-only: several legs ask for the same question one after the other."""
    codes, counts = count([(1.0, text)])
    codes.flags.writeable = counts.flags.writeable = False
    return codes, counts


def count(texts: Sequence[Weighted]) -> tuple[Codes, Counts]:
    """Return the distinct terms of weighted texts (int64[n], ascending) and their weighted counts (float32[n])."""
    found = [np.concatenate([gram_codes(text), word_codes(text)]) for _, text in texts]
    if not found:
        return np.empty(0, np.int64), np.empty(0, np.float32)
    weights = np.repeat([weight for weight, _ in texts], [len(codes) for codes in found])
    codes, places = np.unique(np.concatenate(found), return_inverse=True)
    return codes, np.bincount(places, weights=weights, minlength=len(codes)).astype(np.float32)
