"""Rows (条): each clause of the document with what every copy has of it, also what stands in a wrong place."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.clauses.labels import Label
from assistant.ingest.alignment import GRAM, align_between, anchors, grams, likenesses
from assistant.ingest.matrix import Witness
from assistant.ingest.segments import Fragment, Segment, joined

SAME = 0.45
"""Least likeness of two segments that are one clause; the number counts as much as SAME_NUMBER."""
SAME_NUMBER = 0.25
OTHER_NUMBER = -0.1
ENOUGH = 20
"""Characters of a first paragraph that tell a clause."""


@dataclass(slots=True)
class Row:
    """One clause."""

    segments: dict[int, Segment] = field(default_factory=dict)
    """By copy."""
    strays: list[tuple[int, Fragment]] = field(default_factory=list)
    """Pieces of this clause that a copy prints elsewhere."""

    @property
    def grams(self) -> set[str]:
        """The letters of the fullest copy, and of every first paragraph, for copies read it differently."""
        fullest = max((grams(part.text) for part in self.segments.values()), key=len, default=set())
        return fullest.union(*(grams(_head(part)) for part in self.segments.values() if part.fragments))

    @property
    def head(self) -> str:
        """The fullest first paragraph, which no other article can have come into."""
        return max((_head(part) for part in self.segments.values() if part.fragments), key=len, default="")

    @property
    def label(self) -> Label | None:
        """A number that some copy prints."""
        return next((part.label for part in self.segments.values() if part.label is not None), None)

    @property
    def copies(self) -> set[int]:
        """The copies that have anything of the clause."""
        return set(self.segments) | {copy for copy, _ in self.strays}

    def texts(self, but: int | None = None) -> list[str]:
        """What the copies have of it, without copy `but`."""
        whole = [part.text for copy, part in self.segments.items() if copy != but and part.text]
        return whole + [stray.text for copy, stray in self.strays if copy != but]

    def witnesses(self) -> list[Witness]:
        """The pieces to compare, in the order of the copies."""
        pieces = [_witness(copy, part.fragments) for copy, part in sorted(self.segments.items()) if part.text]
        for copy in sorted({copy for copy, _ in self.strays}):
            own = [stray for other, stray in self.strays if other == copy]
            if copy not in self.segments and len(own) > 1:
                pieces.append(_witness(copy, own))
            else:
                pieces += [Witness(copy, stray.text, whole=False) for stray in own]
        return pieces


def gather(copies: Sequence[Sequence[Segment]]) -> list[Row]:
    """Return the clauses in order; headings and suspected articles are left aside.

    The copy with the most numbered clauses is laid out first; the others are aligned with it one by one.
    """
    texts = [[part for part in segments if not part.heading and not part.foreign] for segments in copies]
    order = sorted(range(len(copies)), key=lambda c: -sum(part.label is not None for part in texts[c]))
    rows: list[Row] = []
    for copy in order:
        rows = _joined(rows, copy, texts[copy])
    return rows


def _joined(rows: Sequence[Row], copy: int, segments: Sequence[Segment]) -> list[Row]:
    """Add one copy: to the clauses that are there already, or as new ones between them."""
    heads = [_head(part) for part in segments]
    like = likenesses([row.grams for row in rows], [grams(head) for head in heads])
    whole = likenesses([grams(row.head) for row in rows], [grams(part.text) for part in segments])
    labels = [row.label for row in rows]

    def score(i: int, j: int) -> float:
        value = max(like.get((i, j), 0.0), whole.get((i, j), 0.0))
        if not value:
            return 0.0
        same = _number_score(labels[i], segments[j].label)
        return max(value + same, SAME) if same > 0 and len(heads[j]) < ENOUGH else value + same

    result: list[Row] = []
    i = j = 0
    fixed = anchors([row.head for row in rows], heads)
    end = (len(rows), len(segments))
    for a, b in [*align_between(end, fixed, score, SAME), end]:
        result += _merged(rows[i:a], [Row({copy: part}) for part in segments[j:b]])
        if a < len(rows):
            rows[a].segments[copy] = segments[b]
            result.append(rows[a])
        i, j = a + 1, b + 1
    return result


def _witness(copy: int, fragments: Sequence[Fragment]) -> Witness:
    seams = [len(joined(fragments[:k])) for k in range(1, len(fragments)) if not fragments[k].joint]
    return Witness(copy, joined(fragments), seams=frozenset(seams))


def _head(part: Segment) -> str:
    """The first paragraph tells which clause it is; what follows may have come there by a lost heading or a column break."""
    first = part.fragments[0].text
    return first if part.label is not None and len(first) >= GRAM or len(first) >= ENOUGH else part.text


def _number_score(one: Label | None, other: Label | None) -> float:
    if one is None and other is None:
        return 0.0
    if one is None or other is None:
        return OTHER_NUMBER
    if one.family is not other.family:
        return 0.0
    return SAME_NUMBER if one.numbers == other.numbers else OTHER_NUMBER


def _merged(rows: Sequence[Row], new: Sequence[Row]) -> list[Row]:
    """Two rows of clauses that stand in one gap: each in its own order, the lower number of one family first."""
    merged: list[Row] = []
    old, added = list(rows), list(new)
    while old and added:
        merged.append(added.pop(0) if _is_before(added[0], old[0]) else old.pop(0))
    return [*merged, *old, *added]


def _is_before(one: Row, other: Row) -> bool:
    a, b = one.label, other.label
    return a is not None and b is not None and a.family is b.family and a.numbers < b.numbers
