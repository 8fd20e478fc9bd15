"""Collation (校勘): one or several cleaned copies of a document → one text, every doubtful place listed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.clauses.labels import Family
from assistant.clauses.numerals import to_chinese
from assistant.errors import NoTitle
from assistant.ingest.blocks import Cleaned, Dropped, Reason
from assistant.ingest.merging import Draft, merge
from assistant.ingest.printed import label_of
from assistant.ingest.rendering import Entry, render
from assistant.ingest.segments import Segment, segment
from assistant.ingest.sequence import repaired
from assistant.ingest.titles import SENTENCE
from assistant.ingest.variants import CONTEXT, Ground, Variant, variants_markdown

__all__ = ["Collation", "Ground", "Variant", "collate", "variants_markdown"]

LONGEST_TITLE = 40
NUMBERED_HEADINGS = (Family.HAN, Family.CHAPTER)


@dataclass(frozen=True, slots=True)
class Collation:
    """The text in the format of text.md, and what a reviewer must know about it."""

    text: str
    variants: tuple[Variant, ...]
    dropped: tuple[Dropped, ...]
    """Everything left out of every copy, furniture and other articles included, by copy and line."""
    title: str
    dateline: str
    lacking: Mapping[str, tuple[str, ...]]
    """By copy: the numbers of clauses and headings that it does not have at all; empty for a single copy."""


def collate(copies: Sequence[Cleaned], related: Sequence[str] = ()) -> Collation:
    """Return the one text of `copies`; `related` are the texts of documents that quote from it.

    Raises:
        NoTitle: no copy has a title.
    """
    if len(copies) == 1:
        copies = [_titled(copies[0])]
    if not any(copy.title for copy in copies):
        raise NoTitle(copies="、".join(copy.name for copy in copies))
    draft = merge(copies, related) if len(copies) > 1 else _alone(copies[0])
    entries, repairs = _renumbered(draft.entries, copies[0].name if len(copies) == 1 else "")
    order = {copy.name: k for k, copy in enumerate(copies)}
    dropped = [*(item for copy in copies for item in copy.dropped), *draft.dropped]
    dropped.sort(key=lambda item: (order[item.copy], item.first_line))
    return Collation(
        text=render(draft.title, draft.dateline, entries),
        variants=(*draft.variants, *repairs),
        dropped=tuple(dropped),
        title=draft.title,
        dateline=draft.dateline,
        lacking={name: tuple(places) for name, places in draft.lacking.items()},
    )


def _titled(copy: Cleaned) -> Cleaned:
    """Take the first line of an untitled copy for its title, if it is short, without number and no sentence."""
    first = copy.blocks[0] if copy.blocks else None
    if copy.title or first is None or first.foreign or len(first.text) > LONGEST_TITLE or label_of(first.text):
        return copy
    if SENTENCE.search(first.text) or first.text.startswith(("|", "- ")):
        return copy
    return replace(copy, title=first.text, blocks=copy.blocks[1:])


def _alone(copy: Cleaned) -> Draft:
    segments = segment(copy.blocks)
    entries = [Entry(part.opening, part.text, part.heading, part.hashes) for part in segments if not part.foreign]
    dropped = [_dropped(part, copy.name) for part in segments if part.foreign]
    return Draft(copy.title, copy.dateline, entries, dropped=dropped)


def _dropped(part: Segment, name: str) -> Dropped:
    blocks = [fragment.block for fragment in part.fragments]
    return Dropped("\n".join(b.text for b in blocks), Reason.FOREIGN, blocks[0].first_line, blocks[-1].last_line, name)


def _renumbered(entries: Sequence[Entry], name: str) -> tuple[list[Entry], list[Variant]]:
    """Set headings right whose number contradicts the ones around it."""
    result, variants = list(entries), []
    labels = [entry.label if entry.heading else None for entry in entries]
    for family in NUMBERED_HEADINGS:
        numbered = [(i, label.number) for i, label in enumerate(labels) if label is not None and label.family is family]
        for (i, old), new in zip(numbered, repaired([number for _, number in numbered]), strict=True):
            if old != new:
                entry = entries[i]
                opening = entry.opening.replace(to_chinese(old), to_chinese(new), 1)
                printed, settled = entry.opening.strip(), opening.strip()
                variants.append(Variant(settled, {name: printed}, settled, Ground.SEQUENCE, after=entry.text[:CONTEXT]))
                result[i] = replace(entry, opening=opening)
    return result, variants
