"""A document as blocks for the page: headings, paragraphs and tables, with anchors and marked quotes.

Nothing here is HTML: the template writes (and escapes) it. Every visible character keeps its offset in
`Document.text`, so a quote is marked exactly where it was taken from.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from assistant.clauses import Outline, Unit
from assistant.clauses.units import HEADINGS
from bots.web.links import Span, anchor

HEADING_MARKS = re.compile(r"(#{1,6})[ \t\u3000]*")
# "### （一）" matches; "第#3" does not (match() looks at the beginning of the line).
TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)*")
# "| --- | :--: |" matches; "| -5 ℃ |" does not.
BAR = re.compile(r"(?<!\\)\|")
# "a | b" matches; "a \| b" does not.
LONGEST_FIGURE = 20
MOST_ENTRIES = 60
"""More make the contents longer than they help."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one line, marked throughout or not at all; `anchors` stand before it."""

    text: str
    marked: bool
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a table."""

    pieces: tuple[Piece, ...]
    is_figure: bool
    """A number, a date or a telephone number, which no line break should cut."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table."""

    anchors: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One heading (`level` 1 to 6), paragraph (`level` 0) or table (`rows` not empty; the first is its head)."""

    anchors: tuple[str, ...]
    kind: str
    """The kind of unit that it stands in: clause, item, imprint …"""
    level: int = 0
    pieces: tuple[Piece, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents."""

    anchor: str
    text: str
    depth: int
    """0 for the outermost headings that the contents show."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that shows something; its visible text is text[start:end], without Markdown marks."""

    start: int
    end: int
    level: int
    table: int
    """Number of the table that it is a row of, 0 for none."""
    kind: str
    units: tuple[Unit, ...]
    """Units that begin in it or in the empty lines before it, in order."""


def lay_out(outline: Outline, spans: Sequence[Span] = ()) -> list[Block]:
    """Return the blocks of a document in order, with the text within `spans` (ascending, apart) marked."""
    blocks: list[Block] = []
    for table, lines in groupby(_lines(outline), key=lambda line: line.table):
        if table:
            blocks.append(_table(outline.text, list(lines), spans))
        else:
            blocks.extend(_block(outline.text, line, spans) for line in lines)
    return blocks


def contents(outline: Outline) -> list[Entry]:
    """Return the headings of a document in order; of a long one without the deepest levels."""
    titled = [unit for unit in outline.units if unit.kind in HEADINGS and unit.title]
    depths = sorted({unit.depth for unit in titled})
    while len(depths) > 1 and sum(unit.depth <= depths[-1] for unit in titled) > MOST_ENTRIES:
        depths.pop()
    shown = [unit for unit in titled if unit.depth in depths]
    return [Entry(anchor(unit.address), outline.heading(unit), depths.index(unit.depth)) for unit in shown]


def _lines(outline: Outline) -> Iterator[_Line]:
    starts = [unit.start for unit in outline.units]
    taken = 0
    for offset, line, table in _visible(outline.text):
        marks = HEADING_MARKS.match(line)
        start, end = offset + (marks.end() if marks else 0), offset + len(line)
        last = bisect_right(starts, max(start, end - 1))
        kind = outline.units[max(0, bisect_right(starts, start) - 1)].kind if starts else ""
        yield _Line(start, end, len(marks[1]) if marks else 0, table, kind, outline.units[taken:last])
        taken = last


def _visible(text: str) -> Iterator[tuple[int, str, int]]:
    """Yield offset, line and number of its table for every line but empty ones and the rules of tables."""
    offset = tables = 0
    in_table = False
    for line in text.split("\n"):
        was_in_table, in_table = in_table, line.lstrip().startswith("|")
        tables += in_table and not was_in_table
        if line.strip() and not TABLE_RULE.fullmatch(line):
            yield offset, line, tables if in_table else 0
        offset += len(line) + 1


def _block(text: str, line: _Line, spans: Sequence[Span]) -> Block:
    before = tuple(anchor(unit.address) for unit in line.units if unit.start <= line.start)
    inside = {unit.start: anchor(unit.address) for unit in line.units if unit.start > line.start}
    return Block(before, line.kind, line.level, _pieces(text, (line.start, line.end), spans, inside))


def _table(text: str, lines: Sequence[_Line], spans: Sequence[Span]) -> Block:
    return Block((), lines[0].kind, rows=tuple(_row(text, line, spans) for line in lines))


def _row(text: str, line: _Line, spans: Sequence[Span]) -> Row:
    bars = [match.start() for match in BAR.finditer(text, line.start, line.end)]
    if text[bars[-1] + 1 : line.end].strip():
        bars.append(line.end)
    cells = [_stripped(text, left + 1, right) for left, right in pairwise(bars)]
    anchors = tuple(anchor(unit.address) for unit in line.units)
    return Row(anchors, tuple(_cell(text, cell, spans) for cell in cells))


def _cell(text: str, span: Span, spans: Sequence[Span]) -> Cell:
    pieces = (replace(piece, text=piece.text.replace("\\|", "|")) for piece in _pieces(text, span, spans, {}))
    return Cell(tuple(pieces), text[slice(*span)].isascii() and span[1] - span[0] <= LONGEST_FIGURE)


def _stripped(text: str, start: int, end: int) -> Span:
    shown = text[start:end]
    start += len(shown) - len(shown.lstrip())
    return start, max(start, end - len(shown) + len(shown.rstrip()))


def _pieces(text: str, span: Span, spans: Sequence[Span], inside: dict[int, str]) -> tuple[Piece, ...]:
    """Return text[span] cut wherever a mark begins or ends, or a unit begins (`inside`: offset → anchor)."""
    start, end = span
    marks = [(max(start, first), min(end, last)) for first, last in spans if first < end and last > start]
    cuts = sorted({start, end, *(edge for mark in marks for edge in mark), *inside})
    return tuple(
        Piece(
            text[first:last],
            any(mark[0] <= first and last <= mark[1] for mark in marks),
            (inside[first],) if first in inside else (),
        )
        for first, last in pairwise(cuts)
    )
