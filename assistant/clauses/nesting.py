"""Which printed number opens a unit, and below which other one (several numbering families in one document)."""

from dataclasses import dataclass, field

from assistant.clauses.labels import Family, Label
from assistant.clauses.lines import TextLine

RANK = {family: rank for rank, family in enumerate(Family)}
RANK[Family.ANNEX] = -1
TITLED = {Family.PART, Family.CHAPTER, Family.DIVISION}
FARTHEST_JUMP = 5
"""A decimal number that jumps farther is a measure or a cross-reference, not a heading."""


@dataclass(slots=True)
class Level:
    """One open level: the family, its last numbers, and the unit's place in the list of openings."""

    family: Family
    numbers: tuple[int, ...]
    opening: int


@dataclass(slots=True)
class Nesting:
    """The open levels while a text is read from top to bottom."""

    decimal_heads: frozenset[int]
    """First parts of the decimal numbers in this part of the text: 3 of 3.2."""
    levels: list[Level] = field(default_factory=list)

    def reading(self, line: TextLine) -> Label | None:
        """Return the line's number as it counts here: 3 总则 is decimal where 3.1 exists; 3 个 is none."""
        label = line.label
        if label is None or label.family is not Family.NUMBER:
            return label
        if label.number in self.decimal_heads and line.looks_like_heading and self._next_head(label.number):
            return Label(Family.DECIMAL, label.numbers, label.printed, label.end, label.spaced)
        pointed = line.content[len(label.printed) : len(label.printed) + 1] in ("、", ".", "．")
        return label if pointed or line.hashes else None

    def _next_head(self, number: int) -> bool:
        last = self._last(Family.DECIMAL)
        return last is None or last[0] < number <= last[0] + FARTHEST_JUMP

    def accepts(self, label: Label, line: TextLine, *, after_sentence: bool) -> bool:
        """Say whether the number opens a unit; a cross-reference at the start of a wrapped line does not."""
        if label.family in TITLED:
            return line.looks_like_heading or bool(line.hashes)
        if label.family is Family.DECIMAL:
            return self._continues_decimal(label.numbers) and (after_sentence or line.looks_like_heading)
        if line.hashes:
            return True
        if label.family is Family.ARTICLE:
            return (
                after_sentence
                and (label.spaced or self._is_expected(label))
                or label.spaced
                and self._is_expected(label)
            )
        return after_sentence or self._is_expected(label) and label.spaced

    def _is_expected(self, label: Label) -> bool:
        last = self._last(label.family)
        if last is None:
            return label.numbers[0] == 1
        return label.numbers[0] == last[0] + 1 or label.numbers[0] == last[0] and len(label.numbers) > 1

    def _last(self, family: Family) -> tuple[int, ...] | None:
        return next((level.numbers for level in reversed(self.levels) if level.family is family), None)

    def _continues_decimal(self, numbers: tuple[int, ...]) -> bool:
        last = self._last(Family.DECIMAL)
        if last is None:
            return numbers[-1] == 1 or len(numbers) == 1
        shared = next(
            (i for i, (a, b) in enumerate(zip(last, numbers, strict=False)) if a != b), min(len(last), len(numbers))
        )
        if shared == len(numbers):  # a repeated or an outer number: 3.2 after 3.2.1
            return numbers == last
        step = numbers[shared] - (last[shared] if shared < len(last) else 0)
        return 0 < step <= FARTHEST_JUMP and all(n == 1 for n in numbers[shared + 1 :])

    def open(self, label: Label, opening: int) -> int | None:
        """Close what `label` ends, open it, and return the place of the unit above it (None: nothing above)."""
        if label.family is Family.DECIMAL:
            self._close_decimals(label.numbers)
        elif self._is_open(label):
            while self.levels.pop().family is not label.family:
                pass
        elif not self._begins_inside(label):
            while self.levels and RANK[self.levels[-1].family] > RANK[label.family]:
                self.levels.pop()
        parent = self.levels[-1].opening if self.levels else None
        self.levels.append(Level(label.family, label.numbers, opening))
        return parent

    def _is_open(self, label: Label) -> bool:
        families = [level.family for level in self.levels]
        if label.family not in families:
            return False
        # 一、 inside an article of a text that has 一、 as sections is a list of that article
        return not (label.family is Family.HAN and label.numbers == (1,) and families[-1] is Family.ARTICLE)

    def _begins_inside(self, label: Label) -> bool:
        """A list that begins at one stands inside what is open; chapters never stand inside clauses."""
        if label.family is Family.ARTICLE:
            return bool(self.levels) and self.levels[-1].family is Family.HAN
        return label.numbers[0] == 1 and label.family not in TITLED

    def _close_decimals(self, numbers: tuple[int, ...]) -> None:
        """Leave open only the decimal numbers that `numbers` extends, and what stands above them."""
        first = next((i for i, level in enumerate(self.levels) if level.family is Family.DECIMAL), None)
        if first is None:
            if numbers[-1] != 1:
                while self.levels and RANK[self.levels[-1].family] > RANK[Family.DECIMAL]:
                    self.levels.pop()
            return
        while len(self.levels) > first:
            level = self.levels[-1]
            if (
                level.family is Family.DECIMAL
                and len(level.numbers) < len(numbers)
                and numbers[: len(level.numbers)] == level.numbers
            ):
                return
            self.levels.pop()
