"""The text of a document written as text.md: # title, ## sections, ### clauses with their run-in title."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.clauses.labels import Family, Label
from assistant.ingest.printed import label_of
from assistant.ingest.segments import RUN_IN, run_in_title

DEEPEST = 6
MOSTLY = 0.6
"""Share of the （N） of a document that must have a run-in title before any is set as a heading."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One heading or one text of the finished document, with its printed number."""

    opening: str
    text: str
    heading: bool
    hashes: int = 0

    @property
    def label(self) -> Label | None:
        """The printed number."""
        return label_of(self.opening + self.text) if self.opening else None


def render(title: str, dateline: str, entries: Sequence[Entry]) -> str:
    """Return the document as Markdown, one paragraph a line, a blank line between blocks."""
    writer = _Writer(entries)
    blocks = [f"# {title}"] if title else []
    blocks += [dateline] if dateline else []
    for i, entry in enumerate(entries):
        blocks += writer.blocks(i, entry)
    return _with_tables(blocks)


class _Writer:
    """Knows the depth of every heading from the ones above it."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.labels = [entry.label for entry in entries]
        self.annexed = 0
        self.depth = 1
        self.inside_article = False
        self.has_parts = any(label is not None and label.family is Family.PART for label in self.labels)
        self.run_in = {family: self._is_run_in(entries, family) for family in RUN_IN}

    def blocks(self, i: int, entry: Entry) -> list[str]:
        """Return the Markdown blocks of one entry."""
        label = self.labels[i]
        if label is not None and label.family is Family.ARTICLE:
            self.inside_article = True
        if entry.heading:
            self.inside_article = False
            depth = self._heading_depth(label, entry.hashes)
            if label is None or label.family is not Family.HAN_BRACKET:
                self.depth = depth
            return [f"{'#' * depth} {entry.opening}{entry.text}"]
        cut = self._title_end(label, entry)
        if not cut:
            return (entry.opening + entry.text).split("\n")
        depth = self._clause_depth(label)
        rest = entry.text[cut:].lstrip("\n")
        return [f"{'#' * depth} {entry.opening}{entry.text[:cut]}", *(rest.split("\n") if rest else [])]

    def _is_run_in(self, entries: Sequence[Entry], family: Family) -> bool:
        same = [
            e
            for e, label in zip(entries, self.labels, strict=True)
            if label and label.family is family and not e.heading
        ]
        titled = sum(bool(e.hashes) or 0 < run_in_title(e.text) < len(e.text) for e in same)
        return bool(same) and titled >= MOSTLY * len(same)

    def _title_end(self, label: Label | None, entry: Entry) -> int:
        """Return the length of the run-in title; 0 for entries set as plain paragraphs."""
        if label is None or label.family not in RUN_IN or self.inside_article or not self.run_in[label.family]:
            return 0
        return run_in_title(entry.text)

    def _heading_depth(self, label: Label | None, hashes: int) -> int:
        if label is None:
            return min(max(2, hashes), DEEPEST)
        if label.family is Family.ANNEX:
            self.annexed = 1
            return 2
        depths = {
            Family.PART: 2,
            Family.CHAPTER: 2 + self.has_parts,
            Family.DIVISION: 3 + self.has_parts,
            Family.HAN: 2,
            Family.NUMBER: 2,
            Family.DECIMAL: 1 + len(label.numbers),
            Family.HAN_BRACKET: self._below(),
        }
        return min(depths[label.family] + (self.annexed if label.family is not Family.HAN_BRACKET else 0), DEEPEST)

    def _clause_depth(self, label: Label | None) -> int:
        if label is not None and label.family is Family.HAN:
            self.depth = 2 + self.annexed
            return self.depth
        return self._below()

    def _below(self) -> int:
        """One below the heading above; headings （一）, （二） of one row are level with each other."""
        return min(max(3, self.depth + 1), DEEPEST)


def _with_tables(blocks: Sequence[str]) -> str:
    """Join blocks by a blank line, rows of one table by a line break."""
    joints = [
        "\n" if before.startswith("|") and block.startswith("|") else "\n\n"
        for before, block in zip(blocks, blocks[1:], strict=False)
    ]
    return "".join(block + joint for block, joint in zip(blocks, [*joints, "\n"], strict=True)) or "\n"
