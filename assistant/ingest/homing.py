"""Homes (归属): the clause in which other copies print a paragraph."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from rapidfuzz import fuzz

from assistant.ingest.alignment import grams
from assistant.ingest.rows import Row

AT_HOME = 60
"""Partial ratio below which a paragraph is not part of the clause it stands in."""
FOUND = 80
"""Partial ratio from which a paragraph belongs to a clause it does not stand in."""
SHORTEST = 12
"""Characters; a shorter scrap is not moved."""
LIKELY = 3
"""Clauses that are looked at closely."""
RARE = 300
"""Holders; letters that more clauses have find nothing."""
CELLS = 4_000_000
"""Pairs of characters; longer texts are compared by their letters alone."""
LONGEST = 2_000
"""Characters of a paragraph that are looked for."""


class Homes:
    """Finds clauses by their letters; what is added to a clause later is found as well."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.holders: dict[str, set[tuple[int, int]]] = defaultdict(set)
        for i, row in enumerate(rows):
            for copy, part in row.segments.items():
                self.add(i, copy, part.text)

    def add(self, row: int, copy: int, text: str) -> None:
        """Note that a copy has `text` in a clause."""
        for gram in grams(text):
            self.holders[gram].add((row, copy))

    def find(self, copy: int, text: str) -> int | None:
        """Return the index of the clause in which other copies print `text`, or None."""
        if len(text) < SHORTEST:
            return None
        held = (self.holders.get(gram, ()) for gram in grams(text))
        rare = (holders for holders in held if len(holders) <= RARE)
        shared = Counter(row for holders in rare for row in {holder for holder, other in holders if other != copy})
        likely = sorted(shared, key=lambda row: (-shared[row], row))[:LIKELY]
        found = [
            (max((partial(text, other) for other in self.rows[i].texts(but=copy)), default=0.0), i) for i in likely
        ]
        best, place = max(found, default=(0.0, 0))
        return place if best >= FOUND else None


def is_at_home(row: Row, copy: int, text: str) -> bool:
    """Say whether another copy prints `text` in this clause."""
    return any(partial(text, other) >= AT_HOME for other in row.texts(but=copy))


def is_in_head(row: Row, copy: int, text: str) -> bool:
    """Say whether another copy prints `text` in the first paragraph of a numbered clause, where no article can be."""
    heads = [part.fragments[0].text for other, part in row.segments.items() if other != copy and part.fragments]
    return row.label is not None and any(partial(text, head) >= FOUND for head in heads)


def partial(text: str, other: str) -> float:
    """Return 0…100: how much of `text` is in `other`; a much shorter `other` is compared as a whole."""
    text = text[:LONGEST]
    if len(text) * len(other) > CELLS:
        own = grams(text)
        return 100 * len(own & grams(other)) / max(1, len(own))
    if len(other) < 0.5 * len(text):
        return fuzz.ratio(text, other)
    return fuzz.partial_ratio(text, other)
