"""Questions of the log that are asked alike stand together (归并)."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process

from assistant.missed.entry import MissedQuestion
from assistant.search.terms import fold

ALIKE = 65
"""Of 100: 喊我们走非走不可吗 has 73 to 喇叭喊我们走是不是非走不可, 避难所在哪里 has 50 to 避难所有多大."""


def alike(entries: Sequence[MissedQuestion]) -> list[list[MissedQuestion]]:
    """Return groups of entries, the group that was asked most often first, and so within each group."""
    waiting = {entry.number: entry for entry in sorted(entries, key=_rank)}
    folded = {number: fold(entry.question) for number, entry in waiting.items()}
    groups = []
    while folded:
        first = next(iter(folded))
        near = process.extract(folded[first], folded, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=None)
        members = sorted({first, *(number for _, _, number in near)}, key=lambda number: _rank(waiting[number]))
        groups.append([waiting[number] for number in members])
        for number in members:
            del folded[number]
    return sorted(groups, key=lambda group: -sum(entry.times for entry in group))


def _rank(entry: MissedQuestion) -> tuple[int, int, int]:
    return -entry.times, -entry.last_on.toordinal(), entry.number
