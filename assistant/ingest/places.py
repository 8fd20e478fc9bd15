"""Places of variation (异文处): the stretches of a clause where the copies that have it print different things."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.ingest.matching import BREAK
from assistant.ingest.matrix import SILENT, Column, Witness, columns

ENDS = set("。！？；：”’》）|")
NEAR = 2
"""Columns; two places so near in which the same copies disagree are one."""


@dataclass(frozen=True, slots=True)
class Place:
    """Columns `begin` to `end`, and what every copy with a vote has there."""

    begin: int
    end: int
    readings: Mapping[int, str]

    @property
    def groups(self) -> dict[str, tuple[int, ...]]:
        """The copies by reading."""
        return {
            text: tuple(c for c, own in self.readings.items() if own == text)
            for text in dict.fromkeys(self.readings.values())
        }

    @property
    def majority(self) -> str | None:
        """The reading of more than half of three or more copies."""
        text, votes = Counter(self.readings.values()).most_common(1)[0]
        return text if len(self.readings) >= 3 and 2 * votes > len(self.readings) else None


class Table:
    """One clause, character by character: a column holds for every copy its character, "" for none, None for no vote."""

    def __init__(self, witnesses: Sequence[Witness], copies: int) -> None:
        found = _with_breaks_decided(columns(witnesses), witnesses) if witnesses else []
        self.columns = [_by_copy(column, witnesses, copies) for column in found]
        self.places = self._places()

    def text(self, copy: int, begin: int, end: int) -> str:
        """Return what a copy has in these columns."""
        return "".join(column[copy] or "" for column in self.columns[begin:end])

    def whole(self, copy: int) -> str:
        """Return what a copy has of the clause."""
        return self.text(copy, 0, len(self.columns))

    def agreed(self, begin: int, end: int) -> str:
        """Return what the copies agree on in these columns; where they do not, the first one's."""
        return "".join(next((char for char in column if char), "") for column in self.columns[begin:end])

    def voted(self, copy: int) -> int:
        """Return how many columns the copy has a vote in, beside another copy."""
        return sum(
            column[copy] is not SILENT and sum(char is not SILENT for char in column) >= 2 for column in self.columns
        )

    def _places(self) -> list[Place]:
        spans: list[tuple[int, int]] = []
        for i, column in enumerate(self.columns):
            if len({char for char in column if char is not SILENT}) < 2:
                continue
            if spans and self._are_one(*spans[-1], i):
                spans[-1] = (spans[-1][0], i + 1)
            else:
                spans.append((i, i + 1))
        return [Place(begin, end, {c: self.text(c, begin, end) for c in self._voters(begin)}) for begin, end in spans]

    def _are_one(self, begin: int, end: int, i: int) -> bool:
        if any(self._voters(k) != self._voters(begin) for k in range(end, i + 1)):
            return False
        return end == i or i - end <= NEAR and self._parties(begin, end) == self._parties(i, i + 1)

    def _parties(self, begin: int, end: int) -> set[frozenset[int]]:
        """The copies that agree with each other, without the readings."""
        groups: dict[str, set[int]] = {}
        for copy in self._voters(begin):
            groups.setdefault(self.text(copy, begin, end), set()).add(copy)
        return {frozenset(group) for group in groups.values()}

    def _voters(self, i: int) -> tuple[int, ...]:
        return tuple(copy for copy, char in enumerate(self.columns[i]) if char is not SILENT)


def _by_copy(column: Column, witnesses: Sequence[Witness], copies: int) -> Column:
    """One cell a copy: of several pieces the one that has a character here."""
    cells: list[str | None] = [SILENT] * copies
    for witness, char in zip(witnesses, column, strict=True):
        if char is not SILENT and not cells[witness.copy]:
            cells[witness.copy] = char
    return tuple(cells)


def _with_breaks_decided(table: Sequence[Column], witnesses: Sequence[Witness]) -> list[Column]:
    """Keep a paragraph break where more witnesses have one than have none; a break is no reading."""
    result: list[Column] = []
    read = [0] * len(witnesses)
    for column in table:
        if BREAK in column:
            if _is_break(
                [_break_vote(witness, char, at) for witness, char, at in zip(witnesses, column, read, strict=True)]
            ):
                result.append(tuple(char if char is SILENT else BREAK for char in column))
            rest = tuple("" if char == BREAK else char for char in column)
            if any(rest):
                result.append(rest)
        else:
            result.append(column)
        read = [at + len(char or "") for at, char in zip(read, column, strict=True)]
    return result


def _break_vote(witness: Witness, char: str | None, at: int) -> str:
    """A line that ends without a full stop may only have been broken off; at a seam nothing is known."""
    if char == BREAK:
        return "yes" if witness.text[at - 1 : at] in ENDS else "perhaps"
    return "" if char is SILENT or at in witness.seams else "no"


def _is_break(votes: Sequence[str]) -> bool:
    firm, against = votes.count("yes"), votes.count("no")
    return firm > against or against == 0 and "perhaps" in votes
