"""Which printed number opens a unit, and below which other one (several numbering families in one document)."""

from dataclasses import dataclass, field

from assistant.clauses.decimals import FARTHEST_JUMP
from assistant.clauses.labels import MEASURE, Family, Label
from assistant.clauses.lines import TextLine

RANK = {family: float(rank) for rank, family in enumerate(Family)}
RANK[Family.ANNEX] = -1
UNNUMBERED = -0.5
"""Rank of a heading without a number: only headings and annexes close it."""
SUBPART = 0.5
"""Rank of 第一分编, between 编 and 章."""
TITLED = {Family.PART, Family.CHAPTER, Family.DIVISION}
SENTENCE_LISTS = {Family.HAN_BRACKET, Family.NUMBER, Family.NUMBER_BRACKET, Family.CIRCLED, Family.FIRSTLY}
"""一、 never stands inside one of these."""


@dataclass(slots=True)
class Level:
    """One open level: its rank, its last numbers, the unit's place in the list of openings, its Markdown depth."""

    rank: float
    numbers: tuple[int, ...]
    opening: int
    hashes: int


@dataclass(slots=True)
class Nesting:
    """The open levels while one part of a text is read from top to bottom."""

    levels: list[Level] = field(default_factory=list)
    last_decimal: tuple[int, ...] = ()

    def accepts(self, label: Label, line: TextLine, *, after_sentence: bool) -> bool:
        """Say whether the number opens a unit; a cross-reference at the start of a wrapped line does not."""
        if line.hashes:
            return True
        if label.family in TITLED:
            return line.looks_like_heading
        if label.family is Family.DECIMAL:
            return self._accepts_decimal(label, line, after_sentence=after_sentence)
        if label.family is Family.ARTICLE:
            return label.spaced and after_sentence or self._is_expected(label) and (after_sentence or label.spaced)
        return after_sentence or self._is_expected(label)

    def _is_expected(self, label: Label) -> bool:
        rank = rank_of(label)
        last = next((level.numbers for level in reversed(self.levels) if level.rank == rank), None)
        if last is None:
            return label.numbers[0] == 1
        return label.numbers[0] == last[0] + 1 or label.numbers[0] == last[0] and len(label.numbers) > 1

    def _accepts_decimal(self, label: Label, line: TextLine, *, after_sentence: bool) -> bool:
        """A decimal number that does not follow on (lost or repeated ones) must look like a heading."""
        if self._follows_on(label.numbers):
            return after_sentence or line.looks_like_heading or label.spaced and self._is_next(label.numbers)
        near = not self.last_decimal or abs(label.numbers[0] - self.last_decimal[0]) <= FARTHEST_JUMP
        return near and after_sentence and line.looks_like_heading and not MEASURE.match(line.rest)

    def _follows_on(self, numbers: tuple[int, ...]) -> bool:
        last = self.last_decimal
        if not last:
            return numbers[-1] == 1 or len(numbers) == 1
        shared = _shared(last, numbers)
        if shared == len(numbers):  # a repeated or an outer number: 3.2 after 3.2.1
            return numbers == last
        step = numbers[shared] - (last[shared] if shared < len(last) else 0)
        return 0 < step <= FARTHEST_JUMP and all(n == 1 for n in numbers[shared + 1 :])

    def _is_next(self, numbers: tuple[int, ...]) -> bool:
        return numbers[:-1] == self.last_decimal[: len(numbers) - 1] and numbers[-1] == self.last_decimal[-1] + 1

    def open(self, label: Label, opening: int, *, hashes: int = 0) -> int | None:
        """Close what `label` ends, open it, and return the place of the unit above it (None: nothing above)."""
        if hashes:
            self._close_unnumbered(hashes)
        open_level = self._level_of(label)
        if label.family is Family.DECIMAL:
            self._close_decimals(label.numbers)
            self.last_decimal = label.numbers
        elif open_level is not None:
            del self.levels[open_level:]
        elif not self._begins_inside(label):
            self._close_inner(label)
        return self._push(rank_of(label), label.numbers, opening, hashes)

    def open_unnumbered(self, opening: int, *, hashes: int) -> int | None:
        """Open a heading without a number below the headings of smaller Markdown depth; return the unit above it."""
        self.levels = [level for level in self.levels if level.rank == RANK[Family.ANNEX] or 0 < level.hashes < hashes]
        return self._push(UNNUMBERED, (0,), opening, hashes)

    def close_part(self) -> None:
        """Close everything but the annex."""
        self.levels = [level for level in self.levels if level.rank == RANK[Family.ANNEX]]

    def place_of(self, family: Family) -> int | None:
        """Return the place of the outermost open level of a family."""
        return next((i for i, level in enumerate(self.levels) if level.rank == RANK[family]), None)

    def _push(self, rank: float, numbers: tuple[int, ...], opening: int, hashes: int) -> int | None:
        parent = self.levels[-1].opening if self.levels else None
        self.levels.append(Level(rank, numbers, opening, hashes))
        return parent

    def _close_unnumbered(self, hashes: int) -> None:
        """A numbered heading ends the unnumbered ones of its own depth and deeper ones, with all that they hold."""
        for i, level in enumerate(self.levels):
            if level.rank == UNNUMBERED and level.hashes >= hashes:
                del self.levels[i:]
                return

    def _level_of(self, label: Label) -> int | None:
        """Return the level that `label` continues: the innermost of its family that it follows, else the innermost."""
        same = [i for i, level in enumerate(self.levels) if level.rank == rank_of(label)]
        # 一、 inside an article of a text that has 一、 as sections is a list of that article
        if not same or label.family is Family.HAN and label.numbers == (1,) and self._is_in(Family.ARTICLE):
            return None
        follows = [i for i in same if self.levels[i].numbers[0] + 1 == label.numbers[0]]
        return (follows or same)[-1]

    def _is_in(self, family: Family) -> bool:
        return self.levels[-1].rank == RANK[family]

    def _begins_inside(self, label: Label) -> bool:
        """A list that begins at one stands inside what is open; chapters never stand inside clauses."""
        if label.family is Family.ARTICLE:
            return bool(self.levels) and self._is_in(Family.HAN)
        if label.family is Family.HAN and any(self.levels and self._is_in(family) for family in SENTENCE_LISTS):
            return False
        return label.numbers[0] == 1 and label.family not in TITLED

    def _close_inner(self, label: Label) -> None:
        """Close what is inner to `label`; a list whose first items are lost stays inside a decimal clause."""
        is_titled = label.family in TITLED
        stays = RANK[Family.ANNEX] if is_titled or label.family is Family.ARTICLE else RANK[Family.DECIMAL]
        while self.levels and self.levels[-1].rank != stays:
            if self.levels[-1].rank <= rank_of(label) and not (is_titled and self.levels[-1].rank == UNNUMBERED):
                return
            self.levels.pop()

    def _close_decimals(self, numbers: tuple[int, ...]) -> None:
        """Leave open only the decimal numbers that `numbers` extends, and what stands above them."""
        first = self.place_of(Family.DECIMAL)
        if first is None:
            while numbers[-1] != 1 and self.levels and self.levels[-1].rank > RANK[Family.DECIMAL]:
                self.levels.pop()
            return
        kept = first
        while kept < len(self.levels) and self._extends(self.levels[kept], numbers):
            kept += 1
        del self.levels[kept:]

    def _extends(self, level: Level, numbers: tuple[int, ...]) -> bool:
        is_shorter = len(level.numbers) < len(numbers)
        return level.rank == RANK[Family.DECIMAL] and is_shorter and numbers[: len(level.numbers)] == level.numbers


def rank_of(label: Label) -> float:
    """Return how far inside a number's family stands: the outer the smaller."""
    return SUBPART if label.printed.endswith("分编") else RANK[label.family]


def _shared(last: tuple[int, ...], numbers: tuple[int, ...]) -> int:
    """Return how many first parts two decimal numbers share."""
    pairs = zip(last, numbers, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(last), len(numbers)))
