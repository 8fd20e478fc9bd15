"""Lists inside a paragraph: 一是…；二是…, （1）…；（2）…, ①…②…"""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.clauses.labels import Family, Label, match_label
from assistant.clauses.openings import Opening
from assistant.clauses.units import Kind

STARTS = re.compile(
    r"[①-⑳]|(?:(?<=[。；：，、:;,])|(?<=\A))"
    r"(?=[一二三四五六七八九十]是|（[0-9]{1,2}）|\([0-9]{1,2}\)|（[一二三四五六七八九十]{1,2}）)"
)
LISTED = (Family.FIRSTLY, Family.NUMBER_BRACKET, Family.CIRCLED, Family.HAN_BRACKET)
LONGEST_LABEL = 12
"""Characters; enough to read a number and to see that it is no cross-reference."""
HOLDERS = {Kind.CLAUSE, Kind.SECTION, Kind.PARAGRAPH, Kind.ITEM, Kind.PREAMBLE}


def with_inline_items(text: str, openings: Sequence[Opening]) -> list[Opening]:
    """Add the items of lists inside paragraphs below the unit that holds them, or beside the item that begins the list."""
    ends = [opening.start for opening in openings[1:]] + [len(text)]
    result: list[Opening] = []
    moved: list[int] = []
    for i, opening in enumerate(openings):
        parent = None if opening.parent is None else moved[opening.parent]
        moved.append(len(result))
        result.append(replace(opening, parent=parent))
        if opening.kind not in HOLDERS:
            continue
        after = openings[i + 1] if i + 1 < len(openings) else None
        beside = _items_beside(text, opening, ends[i], after)
        items = beside or inline_items(text, opening.label.end if opening.label else opening.start, ends[i])
        result += [Opening(start, Kind.ITEM, label, parent if beside else moved[i]) for start, label in items]
        if beside:
            # what follows hangs below the last item of the line
            moved[i] = len(result) - 1
    return result


def _items_beside(text: str, opening: Opening, end: int, after: Opening | None) -> list[tuple[int, Label]]:
    """Return the items that continue the list of an item in its own line: 一是…；二是…"""
    label = opening.label
    if opening.kind is not Kind.ITEM or label is None or label.family not in LISTED:
        return []
    if after is not None and after.family is label.family and after.label and after.label.number == label.number + 1:
        return []
    return _counting(_candidates(text, label.end, end), label.family, label.number + 1)


def inline_items(text: str, start: int, end: int) -> list[tuple[int, Label]]:
    """Return the items (place in the text, number) of the first list that counts 1, 2, … inside `text[start:end]`.

    Fewer than two are no list.
    """
    candidates = _candidates(text, start, end)
    lists = (_counting(candidates, family, 1) for family in LISTED)
    return next((items for items in lists if len(items) >= 2), [])


def _candidates(text: str, start: int, end: int) -> list[tuple[int, Label]]:
    candidates = []
    for found in STARTS.finditer(text[start:end]):
        begin = start + found.start()
        label = match_label(text[begin : min(begin + LONGEST_LABEL, end)])
        if label is not None and label.family in LISTED:
            candidates.append((begin, replace(label, end=begin + label.end)))
    return candidates


def _counting(candidates: Sequence[tuple[int, Label]], family: Family, first: int) -> list[tuple[int, Label]]:
    counted: list[tuple[int, Label]] = []
    for begin, label in candidates:
        if label.family is family and label.number == first + len(counted):
            counted.append((begin, label))
    return counted
