"""Where units begin: one pass over the lines of a text, from the title to the last annex."""

import re
from dataclasses import dataclass

from assistant.clauses.labels import Family, Label
from assistant.clauses.lines import SENTENCE_END, TERMINAL, TextLine, normal
from assistant.clauses.matter import annex_list, contents_page, imprint_lines, is_annex_heading, is_annex_list
from assistant.clauses.nesting import Nesting
from assistant.clauses.units import Kind

KIND_OF = {
    Family.PART: Kind.PART,
    Family.CHAPTER: Kind.CHAPTER,
    Family.DIVISION: Kind.SECTION,
    Family.HAN: Kind.SECTION,
    Family.ARTICLE: Kind.CLAUSE,
    Family.HAN_BRACKET: Kind.CLAUSE,
    Family.DECIMAL: Kind.CLAUSE,
    Family.ANNEX: Kind.ANNEX,
}
PREFACES = {"前言", "序言", "引言"}
SALUTATION = re.compile(r".{4,}[：:]$")
LEAD = 12
"""Characters; a shorter line before the first number is part of the title matter, not a preamble."""


@dataclass(slots=True)
class Opening:
    """The place where a unit begins."""

    start: int
    kind: Kind
    label: Label | None
    parent: int | None
    """Place of the unit above in the list of openings."""


class Reader:
    """Reads the lines of a text once and collects the openings."""

    def __init__(self, lines: list[TextLine]) -> None:
        self.lines = lines
        self.openings: list[Opening] = []
        self.contents = contents_page(lines)
        self.annexes = [i for i in range(len(lines)) if i not in self.contents and is_annex_heading(lines, i)]
        self.nesting = Nesting(self._decimal_heads(0))
        self.after_sentence = True
        self.imprint = imprint_lines(lines, self._first_number())

    def read(self) -> list[Opening]:
        """Return the openings in the order of the text."""
        i = 0
        while i < len(self.lines):
            i = self._step(i)
        return self.openings

    def _first_number(self) -> int:
        numbered = (i for i, line in enumerate(self.lines) if line.label is not None and i not in self.contents)
        return next(numbered, len(self.lines))

    def _decimal_heads(self, begin: int) -> frozenset[int]:
        end = next((i for i in self.annexes if i > begin), len(self.lines))
        labels = [line.label for line in self.lines[begin:end] if line.label is not None]
        return frozenset(label.numbers[0] for label in labels if label.family is Family.DECIMAL)

    def _step(self, i: int) -> int:
        line = self.lines[i]
        if i in self.contents:
            self._open(self.contents.start, Kind.TOC)
            self.after_sentence = True
            return self.contents.stop
        if line.is_blank:
            return i + 1
        if i in self.imprint:
            self._open_imprint(i)
        elif is_annex_list(self.lines, i):
            listed = annex_list(self.lines, i)
            self._open(i, Kind.IMPRINT)
            return listed.stop
        elif i in self.annexes:
            self._open_annex(i)
        elif line.is_row:
            self._open_row(i)
        elif not self._open_number(i):
            self._plain_line(i)
        return i + 1

    def _open(self, i: int, kind: Kind, label: Label | None = None, parent: int | None = None) -> None:
        self.openings.append(Opening(self.lines[i].start, kind, label, parent))

    def _open_imprint(self, i: int) -> None:
        if self.openings and self.openings[-1].kind is not Kind.IMPRINT:
            self._open(i, Kind.IMPRINT)
            self.nesting.levels = [level for level in self.nesting.levels if level.family is Family.ANNEX]
        self.after_sentence = True

    def _open_annex(self, i: int) -> None:
        label = self.lines[i].label
        self.nesting = Nesting(self._decimal_heads(i + 1))
        if label is not None:
            self.nesting.open(label, len(self.openings))
        self._open(i, Kind.ANNEX, label)
        self.after_sentence = True

    def _open_row(self, i: int) -> None:
        """A table's first line and the rule below it stay with the unit above."""
        line = self.lines[i]
        is_head = i + 1 < len(self.lines) and self.lines[i + 1].is_rule
        if not line.is_rule and not is_head and self.nesting.levels:
            self._open(i, Kind.ROW, None, self.nesting.levels[-1].opening)
        self.after_sentence = True

    def _open_number(self, i: int) -> bool:
        line = self.lines[i]
        label = self.nesting.reading(line)
        if label is None or not self.nesting.accepts(label, line, after_sentence=self.after_sentence):
            return False
        parent = self.nesting.open(label, len(self.openings))
        self._open(i, self._kind(label, parent), label, parent)
        heading = bool(line.hashes) or line.looks_like_heading and label.family is not Family.ARTICLE
        self.after_sentence = heading or bool(TERMINAL.search(line.content))
        return True

    def _kind(self, label: Label, parent: int | None) -> Kind:
        kind = KIND_OF.get(label.family, Kind.ITEM)
        above = self.openings[parent].kind if parent is not None else None
        inside = above in (Kind.CLAUSE, Kind.ITEM, Kind.PARAGRAPH) and label.family in (Family.HAN, Family.HAN_BRACKET)
        return Kind.ITEM if inside else kind

    def _plain_line(self, i: int) -> None:
        line = self.lines[i]
        if not self.openings:
            self._open(i, Kind.TITLE)
        elif self._begins_preamble(line):
            self._open(i, Kind.PREAMBLE)
        elif self._begins_paragraph(i):
            self._open_paragraph(i)
        elif line.hashes and self.nesting.levels:
            self._open_unnumbered(i)
        before_numbers = self.openings[-1].kind in (Kind.TITLE, Kind.TOC)
        self.after_sentence = before_numbers or bool(TERMINAL.search(line.content)) or bool(line.hashes)

    def _open_paragraph(self, i: int) -> None:
        """Open the next paragraph of an article; items that follow hang below it."""
        self.nesting.levels = self.nesting.levels[: self._article_level() + 1]
        article = self.nesting.levels[-1]
        above = self.openings[article.opening]
        parent = above.parent if above.kind is Kind.PARAGRAPH else article.opening
        article.opening = len(self.openings)
        self._open(i, Kind.PARAGRAPH, None, parent)

    def _open_unnumbered(self, i: int) -> None:
        """A heading without a number is a unit of its own beside the numbered ones: 附则 at the end."""
        self.nesting.levels = [level for level in self.nesting.levels if level.family is Family.ANNEX]
        parent = self.nesting.levels[-1].opening if self.nesting.levels else None
        self._open(i, Kind.SECTION, None, parent)

    def _begins_preamble(self, line: TextLine) -> bool:
        if self.openings[-1].kind not in (Kind.TITLE, Kind.TOC):
            return False
        sentence = SENTENCE_END.search(line.content) or SALUTATION.match(line.content)
        return normal(line.content) in PREFACES or bool(sentence) and len(line.content) >= LEAD and not line.hashes

    def _article_level(self) -> int:
        families = [level.family for level in self.nesting.levels]
        return families.index(Family.ARTICLE) if Family.ARTICLE in families else -1

    def _begins_paragraph(self, i: int) -> bool:
        """A plain line after a whole sentence of an article (条) is its next paragraph (款), or belongs to the item above."""
        return self.after_sentence and self._article_level() >= 0 and not self._list_goes_on(i)

    def _list_goes_on(self, i: int) -> bool:
        open_list = self.nesting.levels[-1]
        following = next((line.label for line in self.lines[i + 1 :] if line.label is not None), None)
        if following is None or open_list.family is Family.ARTICLE:
            return False
        return following.family is open_list.family and following.numbers[0] == open_list.numbers[0] + 1
