"""Lists inside a paragraph: 一是…；二是…, （1）…；（2）…, ①…②…"""

import re
from dataclasses import dataclass

from assistant.clauses.labels import Family, Label, match_label

STARTS = re.compile(
    r"(?:(?<=[。；：，、:;,])|(?<=\A))(?=[一二三四五六七八九十]是|（[0-9]{1,2}）|\([0-9]{1,2}\)|[①-⑳]|（[一二三四五六七八九十]{1,2}）)"
)


@dataclass(frozen=True, slots=True)
class InlineItem:
    """One item of a list inside a paragraph; offsets count in the text."""

    start: int
    label: Label


def inline_items(text: str, start: int, end: int) -> list[InlineItem]:
    """Return the items of the first list that counts 1, 2, … inside `text[start:end]`; fewer than two are no list."""
    candidates = []
    for found in STARTS.finditer(text[start:end]):
        label = match_label(text[start + found.start() : end])
        if label is not None and label.family in (
            Family.FIRSTLY,
            Family.NUMBER_BRACKET,
            Family.CIRCLED,
            Family.HAN_BRACKET,
        ):
            begin = start + found.start()
            moved = Label(label.family, label.numbers, label.printed, begin + label.end, label.spaced)
            candidates.append(InlineItem(begin, moved))
    for family in (Family.FIRSTLY, Family.NUMBER_BRACKET, Family.CIRCLED, Family.HAN_BRACKET):
        items = _counting([item for item in candidates if item.label.family is family])
        if len(items) >= 2:
            return items
    return []


def _counting(items: list[InlineItem]) -> list[InlineItem]:
    counted: list[InlineItem] = []
    for item in items:
        if item.label.number == len(counted) + 1:
            counted.append(item)
    return counted
