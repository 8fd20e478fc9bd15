"""Segments (段): the blocks of one copy grouped by printed numbers, the unit in which copies are compared."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.clauses.labels import Family, Label
from assistant.clauses.lines import scan
from assistant.clauses.matter import contents_page, is_annex_heading
from assistant.ingest.blocks import Block
from assistant.ingest.paragraphs import is_heading, opening_label

NO_HEADINGS = {Family.ARTICLE, Family.NUMBER_BRACKET, Family.CIRCLED, Family.FIRSTLY}
RUN_IN = {Family.HAN, Family.HAN_BRACKET}
"""Families whose title may stand in the first line of the clause: （一）加强党的全面领导。在…"""


@dataclass(frozen=True, slots=True)
class Fragment:
    """One paragraph of a segment, or what a column break left of it."""

    text: str
    block: Block
    joint: str = "\n"
    """What joins it to the fragment before: a line break, or nothing where the paragraph goes on."""


@dataclass(slots=True)
class Segment:
    """A heading, or a numbered clause with the paragraphs below it, or paragraphs without any number."""

    label: Label | None
    opening: str
    """The number as printed with its mark: 四、 （十三） 第一条　."""
    fragments: list[Fragment] = field(default_factory=list)
    heading: bool = False
    hashes: int = 0
    foreign: bool = False

    @property
    def text(self) -> str:
        """Title or body without the number; paragraphs are separated by line breaks."""
        return joined(self.fragments)


def joined(fragments: Sequence[Fragment]) -> str:
    """Return the text of the fragments."""
    return "".join((part.joint if i else "") + part.text for i, part in enumerate(fragments))


def segment(blocks: Sequence[Block]) -> list[Segment]:
    """Return the segments of one copy in its order; other articles are segments of their own."""
    grouping = _Grouping(blocks)
    for i in range(len(blocks)):
        grouping.add(i)
    return grouping.segments


class _Grouping:
    """Goes once over the blocks of a copy."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.lines = scan("\n".join(block.text for block in blocks))
        self.contents = contents_page(self.lines)
        self.labels = [None if block.weak else opening_label(block.text) for block in blocks]
        self.heading_families = _heading_families(blocks, self.labels)
        self.headings = [self._heads(i) for i in range(len(blocks))]
        self.segments: list[Segment] = []
        self.current: Segment | None = None

    def add(self, i: int) -> None:
        """Add block `i` to the open segment, or open one."""
        block, label = self.blocks[i], self.labels[i]
        if block.foreign:
            self._add_foreign(block)
        elif i in self.contents:
            self._add_plain(block, new=i == self.contents.start)
        elif self.headings[i] or label is not None and label.family is not Family.FIRSTLY:
            self._open(block, label, heading=self.headings[i])
        else:
            self._add_plain(block, new=self.current is None or self.current.heading)

    def _open(self, block: Block, label: Label | None, *, heading: bool) -> None:
        end = label.end if label is not None else 0
        self.current = Segment(label, block.text[:end], [Fragment(block.text[end:], block)], heading, block.hashes)
        self.segments.append(self.current)

    def _add_plain(self, block: Block, *, new: bool) -> None:
        if new or self.current is None:
            self._open(block, None, heading=False)
            return
        if self._follows_title():
            title = self.current.fragments[0]
            whole = replace(title.block, text=title.block.text + block.text, last_line=block.last_line)
            self.current.fragments[0] = Fragment(title.text + block.text, whole)
        else:
            self.current.fragments.append(Fragment(block.text, block, "" if block.weak else "\n"))

    def _follows_title(self) -> bool:
        """In text.md the run-in title is a heading line of its own."""
        if self.current is None or not self.current.hashes or len(self.current.fragments) != 1:
            return False
        title = self.current.fragments[0]
        return run_in_title(title.text) == len(title.text)

    def _add_foreign(self, block: Block) -> None:
        if self.segments and self.segments[-1].foreign:
            self.segments[-1].fragments.append(Fragment(block.text, block))
        else:
            self.segments.append(Segment(None, "", [Fragment(block.text, block)], foreign=True))

    def _heads(self, i: int) -> bool:
        block, label = self.blocks[i], self.labels[i]
        if i in self.contents or block.foreign or block.text.startswith(("|", "- ")):
            return False
        if label is None:
            return bool(block.hashes)
        if label.family in NO_HEADINGS:
            return False
        if label.family is Family.ANNEX:
            return is_annex_heading(self.lines, i)
        if block.hashes:
            return not (label.family in RUN_IN and block.text.endswith("。"))
        return label.family in self.heading_families and is_heading(block.text)


def _heading_families(blocks: Sequence[Block], labels: Sequence[Label | None]) -> set[Family]:
    """Return the families whose short lines are headings.

    A short line numbered （五） is a broken clause where the other （N） have text; 1 总则 heads decimal plans only.
    """
    found = {label.family for label in labels if label is not None}
    if Family.DECIMAL not in found:
        found.discard(Family.NUMBER)
    for family in RUN_IN & found:
        same = [b for b, label in zip(blocks, labels, strict=True) if label is not None and label.family is family]
        short = sum(is_heading(block.text) for block in same)
        if 2 * short < len(same):
            found.discard(family)
    return found


def run_in_title(text: str) -> int:
    """Return where the body begins after a title sentence at the head of a clause; 0 where there is none."""
    found = re.match(r"[^。；！？\n]{2,40}。", text)
    return found.end() if found and found.group().count("，") <= 1 else 0
