"""Alignment (对齐) of two rows of texts: which clause of one copy is which of the other, none moved past another."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from assistant.ingest.characters import is_han

GRAM = 3
CELLS = 2_000_000
"""Pairs that are weighed: 1,400 clauses by 1,400, or a band of longer rows."""
BAND = 100
HUGE = 20_000_000
"""Pairs; rows beyond that are left unaligned, for no document has 4,500 clauses without one that stands in both copies."""
COMMON = 60
"""Texts; what more of them have says little."""
LEAST = 4
"""Grams; shorter texts are compared as if they had that many."""


def grams(text: str) -> set[str]:
    """Return the runs of three letters of `text`, punctuation and line breaks left out; of a shorter text, itself."""
    letters = "".join(char for char in text if is_han(char) or char.isalnum())
    return {letters[i : i + GRAM] for i in range(len(letters) - GRAM + 1)} or ({letters} if letters else set())


def likeness(one: set[str], other: set[str]) -> float:
    """Return 0…1: how much of the shorter text the longer one holds, and a little how much alike they are in whole."""
    shared = len(one & other)
    if not shared:
        return 0.0
    shorter, longer = sorted((len(one), len(other)))
    return 0.7 * shared / max(shorter, LEAST if longer >= LEAST else shorter) + 0.3 * shared / longer


def likenesses(left: Sequence[set[str]], right: Sequence[set[str]]) -> Mapping[tuple[int, int], float]:
    """Return the likeness of every two texts that share anything; by what is in many texts only near ones are paired."""
    holders: dict[str, list[int]] = defaultdict(list)
    for i, one in enumerate(left):
        for gram in one:
            holders[gram].append(i)
    near: set[tuple[int, int]] = set()
    for j, other in enumerate(right):
        middle = j * len(left) // max(1, len(right))
        for gram in other:
            held = holders.get(gram, [])
            if len(held) > COMMON:
                held = held[bisect_left(held, middle - COMMON) : bisect_left(held, middle + COMMON)]
            near.update((i, j) for i in held)
    return {(i, j): likeness(left[i], right[j]) for i, j in near}


def align(count: int, other: int, score: Callable[[int, int], float], least: float) -> list[tuple[int, int]]:
    """Return pairs (i, j), rising in both, with the greatest sum of scores; only scores of `least` and more count.

    Of two long rows only pairs near the diagonal are weighed.
    """
    band = max(CELLS // max(1, count), BAND)
    best = [[0.0] * (other + 1) for _ in range(count + 1)]
    for i in range(count - 1, -1, -1):
        row, below = best[i], best[i + 1]
        middle = i * other // count
        for j in range(other - 1, -1, -1):
            row[j] = max(below[j], row[j + 1])
            value = score(i, j) if abs(j - middle) <= band else 0.0
            if value >= least:
                row[j] = max(row[j], below[j + 1] + value)
    return _traced(best, score, least)


def _traced(best: Sequence[Sequence[float]], score: Callable[[int, int], float], least: float) -> list[tuple[int, int]]:
    pairs, i, j = [], 0, 0
    while i + 1 < len(best) and j + 1 < len(best[0]):
        value = score(i, j)
        if value >= least and best[i][j] == best[i + 1][j + 1] + value:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def anchors(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """Return pairs (i, j), rising in both, of keys that stand once on each side; "" is no key."""
    places = {key: j for j, key in enumerate(right) if key}
    single = Counter(left), Counter(right)
    both = [(i, places[key]) for i, key in enumerate(left) if single[0][key] == 1 and single[1][key] == 1 and key]
    return _rising(both)


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest selection with rising second numbers (patience sorting)."""
    ends: list[int] = []
    tops: list[int] = []
    before: list[int | None] = []
    for k, (_, j) in enumerate(pairs):
        pile = bisect_left(ends, j)
        before.append(tops[pile - 1] if pile else None)
        ends[pile : pile + 1] = [j]
        tops[pile : pile + 1] = [k]
    chosen, at = [], tops[-1] if tops else None
    while at is not None:
        chosen.append(pairs[at])
        at = before[at]
    return chosen[::-1]


def align_between(
    size: tuple[int, int], fixed: Sequence[tuple[int, int]], score: Callable[[int, int], float], least: float
) -> list[tuple[int, int]]:
    """Return the pairs `fixed` and, in every gap between them, those of `align`; huge gaps stay unaligned."""
    result: list[tuple[int, int]] = []
    i = j = 0
    for a, b in [*fixed, size]:
        if 0 < (a - i) * (b - j) <= HUGE:
            result += [(i + k, j + m) for k, m in align(a - i, b - j, partial(_moved, score, i, j), least)]
        if (a, b) != size:
            result.append((a, b))
        i, j = a + 1, b + 1
    return result


def _moved(score: Callable[[int, int], float], i: int, j: int, k: int, m: int) -> float:
    return score(i + k, j + m)
