"""Headings (标题) of several copies: a vote of their own, for copies lose, misplace and misnumber them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from assistant.clauses.labels import Family
from assistant.ingest.alignment import align_between, anchors
from assistant.ingest.rows import Row
from assistant.ingest.segments import Segment

SAME = 0.55
SAME_NUMBER = 0.15
COUNTED = (Family.HAN, Family.CHAPTER)
STEP = 1.2
"""Votes that a number is worth that follows the one before."""


@dataclass(slots=True)
class HeadingRow:
    """One heading of the document."""

    segments: dict[int, Segment] = field(default_factory=dict)
    """By copy."""
    spans: dict[int, tuple[int, int]] = field(default_factory=dict)
    """By copy: it stands after clause `begin` and before clause `end`; between them the copy has none."""
    place: int = 0
    """It goes before the clause of this index."""


def gather_headings(
    copies: Sequence[Sequence[Segment]], rows: Sequence[Row], rates: Mapping[int, float]
) -> list[HeadingRow]:
    """Return the headings in order with their places among the clauses."""
    index = {id(part): i for i, row in enumerate(rows) for part in row.segments.values()}
    result: list[HeadingRow] = []
    for copy in sorted(range(len(copies)), key=lambda c: -sum(part.heading for part in copies[c])):
        result = _joined(result, _heading_rows(copy, copies[copy], index, len(rows)))
    last = 0
    for heading in result:
        heading.place = last = _placed(heading, last, len(rows), rates)
    return result


def _heading_rows(copy: int, segments: Sequence[Segment], index: Mapping[int, int], end: int) -> list[HeadingRow]:
    found = []
    for k, part in enumerate(segments):
        if not part.heading or part.foreign:
            continue
        before = [index[id(other)] for other in segments[:k] if id(other) in index]
        after = [index[id(other)] for other in segments[k:] if id(other) in index]
        found.append(HeadingRow({copy: part}, {copy: (max(before, default=-1), min(after, default=end))}))
    return found


def _joined(rows: list[HeadingRow], new: Sequence[HeadingRow]) -> list[HeadingRow]:
    def score(i: int, j: int) -> float:
        one, other = _any(rows[i]), _any(new[j])
        same = one.label is not None and other.label is not None and one.label.numbers == other.label.numbers
        return fuzz.ratio(one.text, other.text) / 100 + SAME_NUMBER * same

    result: list[HeadingRow] = []
    i = j = 0
    end = (len(rows), len(new))
    for a, b in [*align_between(end, _same(rows, new), score, SAME), end]:
        result += sorted([*rows[i:a], *new[j:b]], key=_order)
        if a < len(rows):
            rows[a].segments |= new[b].segments
            rows[a].spans |= new[b].spans
            result.append(rows[a])
        i, j = a + 1, b + 1
    return result


def _same(rows: Sequence[HeadingRow], new: Sequence[HeadingRow]) -> list[tuple[int, int]]:
    first, second = ([_any(row) for row in side] for side in (rows, new))
    return anchors([part.opening + part.text for part in first], [part.opening + part.text for part in second])


def _any(row: HeadingRow) -> Segment:
    return next(iter(row.segments.values()))


def _order(row: HeadingRow) -> int:
    return min(end for _, end in row.spans.values())


def _placed(heading: HeadingRow, first: int, end: int, rates: Mapping[int, float]) -> int:
    """Before the clause that most copies agree on; a tie goes to the cleaner copy, then close to the clause that follows."""
    votes = Counter(place for begin, stop in heading.spans.values() for place in range(begin + 1, stop + 1))
    possible = [place for place in range(first, end + 1) if votes[place]] or [first]
    most = max(votes[place] for place in possible)
    tied = [place for place in possible if votes[place] == most]
    for copy in sorted(heading.spans, key=lambda c: rates[c]):
        begin, stop = heading.spans[copy]
        agreeing = [place for place in tied if begin < place <= stop]
        if agreeing:
            return agreeing[-1]
    return tied[-1]


def numbers(headings: Sequence[HeadingRow]) -> list[int | None]:
    """Return for every heading the number to print: what most copies have, as far as the numbers rise one by one.

    One path through the printed numbers is chosen for each family; None where a heading has no number.
    """
    chosen: list[int | None] = [None] * len(headings)
    votes = [Counter(part.label.number for part in row.segments.values() if part.label is not None) for row in headings]
    families = [next((part.label.family for part in row.segments.values() if part.label), None) for row in headings]
    for family in COUNTED:
        places = [i for i, own in enumerate(families) if own is family]
        for i, number in zip(places, _best_path([votes[i] for i in places]), strict=True):
            chosen[i] = number
    return chosen


def _best_path(votes: Sequence[Counter[int]]) -> list[int]:
    """Viterbi: votes, and STEP for every number that follows the one before; a fall costs as much as a vote."""
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for counted in votes:
        possible = {*counted, *(before + 1 for before in best)}
        best = {
            number: max(
                (score + counted[number] + _step(before, number), [*path, number])
                for before, (score, path) in best.items()
            )
            for number in possible
        }
    return max(best.values())[1]


def _step(before: int, number: int) -> float:
    return STEP if number == before + 1 or number == 1 else 0.0 if number > before else -1.0
