"""The clause tree of one document: units in order, each owning one stretch of the text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from assistant.clauses.labels import Family, match_marks
from assistant.errors import UnknownUnit


class Kind(StrEnum):
    """What a unit is; the comment shows one as printed."""

    TITLE = "title"  # 标题、文号、日期
    TOC = "toc"  # 目录
    PREAMBLE = "preamble"  # 前言, the text before the first number
    PART = "part"  # 第一编
    CHAPTER = "chapter"  # 第一章
    SECTION = "section"  # 第一节, 一、
    CLAUSE = "clause"  # （一）, 第一条, 3.2.1
    PARAGRAPH = "paragraph"  # 第二款
    ITEM = "item"  # （1）, 1., 一是
    ANNEX = "annex"  # 附件1
    ROW = "row"  # a line of a table
    END = "end"  # closing paragraphs
    IMPRINT = "imprint"  # 落款、印发日期、附件目录


HEADINGS = {Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.CLAUSE, Kind.ANNEX}
SUBORDINATE = {Kind.PARAGRAPH, Kind.ITEM, Kind.ROW}


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit; `text[start:end]` is its own text, that of its sub-units follows directly."""

    address: str
    kind: Kind
    family: Family | None
    numbers: tuple[int, ...]
    label: str
    """The number as printed: （十三）, 第十三条, 3.2.1; empty where there is none."""
    title: str
    """Run-in title or heading text, without number, marks and closing 。"""
    start: int
    end: int
    body: int
    """Offset where the text after number and title begins."""
    parent: str | None
    depth: int


@dataclass(frozen=True)
class Outline:
    """A text and its units in document order; together they are the whole text, nothing twice."""

    text: str
    units: tuple[Unit, ...]
    _index: dict[str, int] = field(init=False, repr=False, compare=False)
    _children: dict[str | None, list[int]] = field(init=False, repr=False, compare=False)
    _strays: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        children: dict[str | None, list[int]] = {None: []}
        for i, unit in enumerate(self.units):
            children.setdefault(unit.parent, []).append(i)
        object.__setattr__(self, "_index", {unit.address: i for i, unit in enumerate(self.units)})
        object.__setattr__(self, "_children", children)
        object.__setattr__(self, "_strays", frozenset(_strays(self.units)))

    def __getitem__(self, address: str) -> Unit:
        try:
            return self.units[self._index[address]]
        except KeyError:
            raise UnknownUnit(unit=address) from None

    def __contains__(self, address: object) -> bool:
        return address in self._index

    def __iter__(self) -> Iterator[Unit]:
        return iter(self.units)

    def children(self, address: str | None) -> tuple[Unit, ...]:
        """Return the units directly below, in order; None asks for the topmost."""
        return tuple(self.units[i] for i in self._children.get(address, []))

    def numbered(self, numbers: tuple[int, ...]) -> tuple[Unit, ...]:
        """Return the units of every family that print these numbers, in order: (13,) for 第十三条 and （十三）."""
        return tuple(self._by_numbers.get(numbers, ()))

    @cached_property
    def _by_numbers(self) -> dict[tuple[int, ...], list[Unit]]:
        found: dict[tuple[int, ...], list[Unit]] = {}
        for unit in self.units:
            if unit.numbers:
                found.setdefault(unit.numbers, []).append(unit)
        return found

    def full_span(self, address: str) -> tuple[int, int]:
        """Return start and end of a unit with everything below it."""
        first = self[address]
        last = first
        for unit in self._below(address):
            last = unit
        return first.start, last.end

    def _below(self, address: str) -> Iterator[Unit]:
        """Yield everything below a unit, in order."""
        first = self._index[address]
        for i in range(first + 1, len(self.units)):
            if self.units[i].depth <= self.units[first].depth:
                return
            yield self.units[i]

    def clauses(self) -> tuple[Unit, ...]:
        """Return the units that an answer ranks and cites: those with text of their own, without sub-items."""
        return tuple(unit for unit in self.units if self.is_clause(unit))

    def is_clause(self, unit: Unit) -> bool:
        """Say whether `unit` is cited by itself: it has text (or items, or rows) under its heading, or is a line of its own."""
        if unit.kind in (Kind.PREAMBLE, Kind.END):
            return True
        if unit.kind in SUBORDINATE:
            return unit.address in self._strays
        if unit.kind not in HEADINGS:
            return False
        below = self._children.get(unit.address, [])
        if self.own_text(unit) or self.runs_in(unit) or unit.kind is Kind.CLAUSE and not below:
            return True
        return any(self.units[i].kind in SUBORDINATE for i in below)

    def clause_of(self, address: str) -> Unit:
        """Return the clause that holds the unit at `address`: itself, or the nearest one above."""
        unit = self[address]
        while not self.is_clause(unit) and unit.parent is not None:
            unit = self[unit.parent]
        return unit

    def clause_span(self, address: str) -> tuple[int, int]:
        """Return start and end of a clause with its sub-items, without the clauses below it."""
        first = self[address]
        end = first.end
        for unit in self._below(address):
            if unit.kind not in SUBORDINATE:
                break
            end = unit.end
        return first.start, end

    def text_start(self, address: str) -> int:
        """Return where the text below the title begins; at the title itself for an item, or where nothing follows it."""
        unit = self[address]
        _, end = self.clause_span(address)
        is_all = unit.kind is Kind.ITEM or not self.text[unit.body : end].strip()
        return self.text.rindex(unit.title, unit.start, unit.body) if unit.title and is_all else unit.body

    def path(self, address: str) -> tuple[str, ...]:
        """Return the headings above a unit, outermost first, as printed."""
        parent = self[address].parent
        return () if parent is None else (*self.path(parent), self.heading(self[parent]))

    def heading(self, unit: Unit) -> str:
        """Return number and title of a unit as one line."""
        gap = "" if not unit.label or unit.label.endswith(("）", ")")) else "、" if unit.family is Family.HAN else " "
        return f"{unit.label}{gap if unit.title else ''}{unit.title}"

    def own_text(self, unit: Unit) -> str:
        """Return the text under a unit's heading, without marks and outer blanks."""
        return plain(self.text[unit.body : unit.end])

    def plain(self, address: str) -> str:
        """Return title sentence and body with all sub-items, without the unit's number and Markdown marks."""
        unit = self[address]
        _, end = self.clause_span(address)
        if self.runs_in(unit):
            return f"{unit.title}。{plain(self.text[unit.body : end])}"
        return plain(self.text[self.text_start(address) : end])

    def runs_in(self, unit: Unit) -> bool:
        """Say whether the title is a sentence of the clause (（一）加强领导。在…), not a heading above it."""
        return bool(unit.title) and self.text[unit.start : unit.body].rstrip().endswith("。")


def _strays(units: Iterable[Unit]) -> Iterator[str]:
    """Yield the sub-items that no clause holds: nothing is above them, or another clause stands between."""
    ended: set[str | None] = {None}
    for unit in units:
        if unit.kind not in SUBORDINATE:
            ended.add(unit.parent)
        elif unit.parent in ended:
            yield unit.address


def plain(text: str) -> str:
    """Return the lines of `text` without Markdown marks, rules of tables and empty lines."""
    lines = (line[match_marks(line) :].rstrip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line and not re.fullmatch(r"[|:\-\s]+", line))
