"""One pass over the lines of a text, from the title to the last annex: where do units begin?"""

from bisect import bisect_left

from assistant.clauses.contents import contents_page
from assistant.clauses.decimals import decimal_heads
from assistant.clauses.labels import MEASURE, Family, Label
from assistant.clauses.lines import TERMINAL, TextLine, following, normal
from assistant.clauses.matter import annex_list, imprint_lines, is_annex_heading, is_annex_list
from assistant.clauses.nesting import RANK, UNNUMBERED, Nesting
from assistant.clauses.openings import Opening, kind_below
from assistant.clauses.units import Kind

PREFACES = {"前言", "序言", "引言"}


class Reader:
    """Reads the lines of a text once and collects the openings."""

    def __init__(self, lines: list[TextLine]) -> None:
        self.lines = lines
        self.openings: list[Opening] = []
        self.contents = contents_page(lines)
        self.annexes = [i for i in range(len(lines)) if i not in self.contents and is_annex_heading(lines, i)]
        self.imprint = imprint_lines(lines, self._first_number())
        self.next_labels = self._next_labels()
        self.after_sentence = True
        self.bare_heading = False
        """The last unit is a heading whose text has not begun."""
        self._begin_part(self.contents.stop)

    def read(self) -> list[Opening]:
        """Return the openings in the order of the text."""
        i = 0
        while i < len(self.lines):
            i = self._step(i)
        return self.openings

    def _first_number(self) -> int:
        """Return the first number of the main part, or its first line where it has none."""
        main = range(self.contents.stop, self.annexes[0] if self.annexes else len(self.lines))
        numbered = (i for i in main if self.lines[i].label is not None)
        return next(numbered, next((i for i, line in enumerate(self.lines) if not line.is_blank), 0))

    def _next_labels(self) -> list[Label | None]:
        """Return for each line the next printed number below it."""
        labels: list[Label | None] = []
        label = None
        for line in reversed(self.lines):
            labels.append(label)
            label = line.label or label
        return labels[::-1]

    def _begin_part(self, begin: int) -> None:
        """The main part and each annex have numbers of their own."""
        place = bisect_left(self.annexes, begin)
        end = self.annexes[place] if place < len(self.annexes) else len(self.lines)
        self.heads = decimal_heads(self.lines, begin, end)
        self.nesting = Nesting()

    def _step(self, i: int) -> int:
        line = self.lines[i]
        if i in self.contents:
            self._open_outside(i, Kind.TOC)
            return self.contents.stop
        if line.is_blank:
            return i + 1
        if is_annex_list(self.lines, i):
            self._open_outside(i, Kind.IMPRINT)
            return annex_list(self.lines, i).stop
        if i in self.imprint:
            self.nesting.levels.clear()
            self._open_outside(i, Kind.IMPRINT)
        elif self._is_annex(i):
            self._open_annex(i)
        elif line.is_row:
            self._open_row(i)
        elif not self._open_number(i):
            self._plain_line(i)
        return i + 1

    def _is_annex(self, i: int) -> bool:
        place = bisect_left(self.annexes, i)
        return place < len(self.annexes) and self.annexes[place] == i

    def _open(self, i: int, kind: Kind, label: Label | None = None, parent: int | None = None) -> None:
        self.openings.append(Opening(self.lines[i].start, kind, label, parent))
        self.bare_heading = False

    def _open_outside(self, i: int, kind: Kind) -> None:
        """Open a contents page or closing matter: it ends what is open, and goes on where it is open already."""
        if not self.openings or self.openings[-1].kind is not kind:
            self.nesting.close_part()
            self._open(i, kind, None, self._innermost())
        self.after_sentence = True

    def _innermost(self) -> int | None:
        return self.nesting.levels[-1].opening if self.nesting.levels else None

    def _open_annex(self, i: int) -> None:
        label = self.lines[i].label
        self._begin_part(i + 1)
        if label is not None:
            self.nesting.open(label, len(self.openings))
        self._open(i, Kind.ANNEX, label)
        self.after_sentence = True

    def _open_row(self, i: int) -> None:
        """A table's first line and the rule below it stay with the unit above."""
        line = self.lines[i]
        below = following(self.lines, i)
        is_head = below is not None and below.is_rule
        if not line.is_rule and not is_head and self.nesting.levels:
            self._open(i, Kind.ROW, None, self._innermost())
        self.after_sentence = True

    def _open_number(self, i: int) -> bool:
        line = self.lines[i]
        label = self._reading(i)
        if label is None or not self.nesting.accepts(label, line, after_sentence=self.after_sentence):
            return False
        parent = self.nesting.open(label, len(self.openings), hashes=line.hashes)
        above = None if parent is None else self.openings[parent]
        self._open(i, kind_below(above, label), label, parent)
        self.bare_heading = bool(line.hashes) and not TERMINAL.search(line.content)
        heading = bool(line.hashes) or line.looks_like_heading and label.family is not Family.ARTICLE
        self.after_sentence = heading or bool(TERMINAL.search(line.content))
        return True

    def _reading(self, i: int) -> Label | None:
        """Return the line's number as it counts here: 3 总则 is decimal where 3.1 exists; ## 3 个一律 has none."""
        line = self.lines[i]
        label = line.label
        if label is None or label.family is not Family.NUMBER:
            return label
        if i in self.heads:
            return Label(Family.DECIMAL, label.numbers, label.printed, label.end, label.spaced)
        is_heading = bool(line.hashes) and not MEASURE.match(line.rest)
        return label if line.is_pointed or is_heading else None

    def _plain_line(self, i: int) -> None:
        line = self.lines[i]
        is_heading = bool(line.hashes)
        if not self.openings:
            self._open(i, Kind.PREAMBLE if line.is_sentence else Kind.TITLE)
        elif self._begins_preamble(line):
            self._open(i, Kind.PREAMBLE, None, self._innermost())
        elif is_heading and self._heads_unit(line):
            self._open_unnumbered(i)
        elif self._begins_paragraph(i):
            self._open_paragraph(i)
        before_numbers = self.openings[-1].kind in (Kind.TITLE, Kind.TOC)
        self.after_sentence = before_numbers or is_heading or bool(TERMINAL.search(line.content))
        self.bare_heading = False

    def _begins_preamble(self, line: TextLine) -> bool:
        if self.openings[-1].kind not in (Kind.TITLE, Kind.TOC):
            return False
        return normal(line.content) in PREFACES or line.is_sentence

    def _heads_unit(self, line: TextLine) -> bool:
        """A further line of the title is no heading; neither is a second print of it, nor a date."""
        if self.openings[-1].kind is Kind.TITLE and (line.looks_like_imprint or line.content.startswith(("（", "("))):
            return False
        return line.hashes > 1 or bool(self.nesting.levels)

    def _open_unnumbered(self, i: int) -> None:
        """A heading without a number is a unit among the numbered ones: 附则 at the end."""
        parent = self.nesting.open_unnumbered(len(self.openings), hashes=self.lines[i].hashes)
        self._open(i, kind_below(None if parent is None else self.openings[parent], None), None, parent)

    def _begins_paragraph(self, i: int) -> bool:
        """A plain line after a whole sentence of an article is its next paragraph (款), or goes on with the item above."""
        if not self.after_sentence or self.bare_heading or self.nesting.place_of(Family.ARTICLE) is None:
            return False
        open_list, after = self.nesting.levels[-1], self.next_labels[i]
        if open_list.rank == UNNUMBERED:
            return False
        if after is None or open_list.rank == RANK[Family.ARTICLE]:
            return True
        return RANK[after.family] != open_list.rank or after.numbers[0] != open_list.numbers[0] + 1

    def _open_paragraph(self, i: int) -> None:
        """Open the next paragraph of an article; items that follow hang below it."""
        place = self.nesting.place_of(Family.ARTICLE)
        if place is None:
            return
        del self.nesting.levels[place + 1 :]
        article = self.nesting.levels[place]
        above = self.openings[article.opening]
        parent = above.parent if above.kind is Kind.PARAGRAPH else article.opening
        article.opening = len(self.openings)
        self._open(i, Kind.PARAGRAPH, None, parent)
