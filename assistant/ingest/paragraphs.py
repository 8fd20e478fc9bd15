"""Hard line breaks (硬换行) taken out: lines of columns and pages joined to paragraphs, headings kept apart."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from statistics import median

from assistant.clauses.labels import Family, Label
from assistant.ingest.blocks import Block, SourceLine
from assistant.ingest.characters import glue
from assistant.ingest.news import is_article_head
from assistant.ingest.printed import label_of
from assistant.ingest.spacing import closed_text

HEADING = 45
"""Characters; a longer numbered line is a paragraph."""
PROSE = 25
"""Characters; an unfinished line with a comma is a broken sentence from that length, below it may be an entry of a list."""
NARROW = 12
"""Characters; the narrowest column that is told from a list of short lines."""
WIDEST = 80
SLACK = 2
"""Characters that a full line may be shorter than its column, for punctuation does not begin a line."""
KEPT = 150
"""Characters of the head and tail of a paragraph that decide how it goes on."""
FEW = 200
"""Lines; a longer block is no text, and its words need no blanks."""
INDENT = 2
"""Characters of indentation that a paragraph's first line has lost."""
NEIGHBOURS = 8
ENDED = re.compile(r"[。！？；：…!?;][”’》）】」]*$")
OPEN_END = re.compile(r"[，、（“‘《〔【—]$")
PART_OF_NUMBER = re.compile(r"[（(第附][一二三四五六七八九十百千0-9]{0,5}|第.{1,5}[条章节]|[（(].{1,4}[）)]")
CLOSING_START = re.compile(r"[，。、；：！？）”’》】]")
# 第三条规定编制的预案 · 第三条 规定
REFERENCE = re.compile(r"规定|的|所|第|、|和|至|或|，|以及|项|款|条|目")
HEADING_FAMILIES = {
    Family.PART, Family.CHAPTER, Family.DIVISION, Family.ANNEX, Family.HAN, Family.HAN_BRACKET, Family.DECIMAL, Family.NUMBER,
}  # fmt: skip
JUMP = 5
"""Numbers that may be missing before a clause that opens in the middle of a sentence."""


def unwrap(lines: Sequence[SourceLine]) -> list[Block]:
    """Return the paragraphs of `lines`; every character of the lines is in one of them, in order."""
    return _Unwrapping(lines).run()


def is_heading(text: str, hashes: int = 0) -> bool:
    """Say whether a block is a heading: marked, or numbered, short and without a sentence."""
    if hashes:
        return True
    label = label_of(text)
    short = len(text) <= HEADING and not re.search(r"[。；！？]", text) and not re.search(r"[，、：]$", text)
    return label is not None and label.family in HEADING_FAMILIES and short and _is_heading_number(label, text)


def opening_label(text: str) -> Label | None:
    """Return the number that opens a block: 3 总则 and 3. 总则, not 5逆转对手夺冠。"""
    label = label_of(text)
    glued = label is not None and label.family in (Family.NUMBER, Family.DECIMAL) and not label.spaced
    return None if glued and not is_heading(text) else label


def _is_heading_number(label: Label, text: str) -> bool:
    """1.总则 and 1 总则 may head a part; 1.备足沙袋， may not."""
    return label.family is not Family.NUMBER or "，" not in text


class _Unwrapping:
    """Goes once over the lines and keeps the paragraph that is open."""

    def __init__(self, lines: Sequence[SourceLine]) -> None:
        self.lines = lines
        self.widths = [line.width for line in lines]
        self.wrapped = _is_wrapped(lines, self.widths)
        indented = sum(line.indented for line in lines)
        self.indents = self.wrapped and 3 <= indented <= 0.6 * len(lines)
        self.run_in = set() if self.wrapped else _run_in_families(lines)
        self.numbers: dict[Family, tuple[int, ...]] = {}
        self.blocks: list[Block] = []
        self.parts: list[list[str]] = []
        """The lines of every block."""
        self.text = ""
        """Head and tail of the open paragraph, over all its blocks."""
        self.first = 0
        """Number of the first line of the open paragraph."""

    def run(self) -> list[Block]:
        for i, line in enumerate(self.lines):
            if not self._continues(i):
                self._open(i)
            elif (
                (line.after_gap or ENDED.search(self.text))
                and not self._in_heading()
                and not PART_OF_NUMBER.fullmatch(self.text)
            ):
                self._add(line, weak=True)
            else:
                self._append(line)
        texts = [reduce(glue, parts) if len(parts) < FEW else "".join(parts) for parts in self.parts]
        return [
            replace(block, text=closed_text(text, numbered=not block.weak))
            for block, text in zip(self.blocks, texts, strict=True)
        ]

    def _open(self, i: int) -> None:
        line = self.lines[i]
        label = label_of(line.text)
        if label is not None:
            self.numbers[label.family] = label.numbers
        plain = label is None and not line.hashes and not line.text.startswith(("|", "- "))
        plain = plain and bool(self.blocks) and not self._in_heading()
        weak = plain and self.wrapped and not line.indented and self._is_full(i - 1) and not self._heads_article(i)
        self.text, self.first = "", line.number
        self._add(line, weak=weak)

    def _add(self, line: SourceLine, *, weak: bool) -> None:
        self.blocks.append(Block("", line.number, line.number, line.hashes, weak))
        self.parts.append([line.text])
        self._grow(line.text)

    def _append(self, line: SourceLine) -> None:
        self.blocks[-1] = replace(self.blocks[-1], last_line=line.number)
        self.parts[-1].append(line.text)
        self._grow(line.text)

    def _grow(self, text: str) -> None:
        self.text = glue(self.text, text)
        if len(self.text) > 4 * KEPT:
            self.text = self.text[:KEPT] + self.text[-KEPT:]

    def _in_heading(self) -> bool:
        return is_heading(self.text, self.blocks[-1].hashes) and not self._breaks_in_title()

    def _breaks_in_title(self) -> bool:
        """（五）强化智能 is no heading where the other （N） go on with a sentence, and a number alone never is one."""
        label = label_of(self.text)
        if label is None or label.family is Family.ANNEX or self.blocks[-1].hashes:
            return False
        return label.end >= len(self.text) or label.family in self.run_in and is_heading(self.text)

    def _continues(self, i: int) -> bool:
        """Decide whether line `i` goes on with the open paragraph."""
        line = self.lines[i]
        if not self.blocks or line.hashes or line.is_row or self._heads_article(i):
            return False
        if self.text.startswith("|") or line.text.startswith("- ") or self.indents and line.indented:
            return False
        if CLOSING_START.match(line.text):
            return not self.blocks[-1].hashes
        if self._opens_number(i):
            return False
        if OPEN_END.search(self.text) or PART_OF_NUMBER.fullmatch(self.text) or self._breaks_in_title():
            return not self.blocks[-1].hashes
        if self._in_heading():
            return self._heading_goes_on(i)
        if ENDED.search(self.text):
            return (
                self.wrapped
                and not line.after_gap
                and not line.indented
                and self._is_full(i - 1)
                and self._column(i) <= WIDEST
            )
        return (self.wrapped and self._is_full(i - 1)) or _is_open_prose(self.text)

    def _heading_goes_on(self, i: int) -> bool:
        """In columns a heading may break: its second line ends the group and is no sentence."""
        line = self.lines[i]
        if not self.wrapped or self.blocks[-1].hashes or line.indented:
            return False
        if line.after_gap:
            # the column ended inside a run-in title; after 一、… stands the headline of another article
            label = label_of(self.text)
            return label is not None and label.family is Family.HAN_BRACKET and self._is_full(i - 1)
        if self._is_full(i - 1):
            return True
        last = i + 1 == len(self.lines) or self.lines[i + 1].after_gap or label_of(self.lines[i + 1].text) is not None
        return last and is_heading(glue(self.text, line.text))

    def _opens_number(self, i: int) -> bool:
        line = self.lines[i]
        label = opening_label(line.text)
        if label is None or label.family is Family.FIRSTLY or _is_reference(label, line.text):
            return False
        closed = bool(ENDED.search(self.text)) or self._in_heading()
        broken = _is_open_prose(self.text) or OPEN_END.search(self.text) or self.wrapped and self._is_full(i - 1)
        closed = closed or not broken
        return closed or self._follows(label, JUMP if line.after_gap else 1)

    def _follows(self, label: Label, jump: int) -> bool:
        """In the middle of a sentence only the next number opens a clause; after a blank line some may be lost."""
        last = self.numbers.get(label.family)
        if label.family is Family.NUMBER or last is None:
            return label.family in (Family.HAN, Family.HAN_BRACKET, Family.ARTICLE) and jump == JUMP
        ahead = label.numbers[-1] - last[-1] if label.numbers[:-1] == last[:-1] else 0
        return 0 < ahead <= jump or jump == JUMP and label.numbers[-1] == 1

    def _is_full(self, i: int) -> bool:
        first = INDENT if self.lines[i].number == self.first else 0
        return self.wrapped and self.widths[i] >= max(NARROW, self._column(i) - SLACK) - first

    def _column(self, i: int) -> float:
        """Width of the column around line `i`."""
        return max(self.widths[max(0, i - NEIGHBOURS) : i + NEIGHBOURS + 1])

    def _heads_article(self, i: int) -> bool:
        return self.lines[i].after_gap and is_article_head([line.text for line in self.lines[i : i + 4]])


def _is_wrapped(lines: Sequence[SourceLine], widths: Sequence[float]) -> bool:
    """Most lines break in the middle of a sentence, and they are about as long as each other."""
    long = [
        (line, width) for line, width in zip(lines, widths, strict=True) if width >= NARROW - SLACK and not line.is_row
    ]
    broken = [width for line, width in long if not ENDED.search(line.text)]
    if len(broken) < 4 or len(broken) < 0.5 * len(long):
        return False
    middle = median(broken)
    near = sum(abs(width - middle) <= max(3.0, 0.15 * middle) for width in broken)
    return middle <= WIDEST and near >= 0.6 * len(broken)


def _is_open_prose(text: str) -> bool:
    """A paragraph that has begun to be a text of sentences, and breaks off in one."""
    if ENDED.search(text) or text.startswith("|"):
        return False
    unbalanced = (
        text.count("（") > text.count("）") or text.count("“") > text.count("”") or text.count("《") > text.count("》")
    )
    return unbalanced or bool(re.search(r"[。；]", text)) or len(text) >= PROSE and "，" in text


def _run_in_families(lines: Sequence[SourceLine]) -> set[Family]:
    """Return the families whose title mostly stands at the head of its clause: （一）加强党的全面领导。在…"""
    headings: dict[Family, list[bool]] = {Family.HAN: [], Family.HAN_BRACKET: []}
    for line in lines:
        label = label_of(line.text)
        if label is not None and label.family in headings:
            headings[label.family].append(is_heading(line.text, line.hashes))
    return {family for family, found in headings.items() if found and 3 * sum(found) <= len(found)}


def _is_reference(label: Label, text: str) -> bool:
    """第三条规定的…, （三）项… refer to a clause; they do not open one."""
    if label.family in (Family.ARTICLE, Family.CHAPTER, Family.DIVISION, Family.PART):
        return not label.spaced and bool(REFERENCE.match(text, label.end))
    return label.family is Family.HAN_BRACKET and text[label.end : label.end + 1] in set("项款条目、和至")
