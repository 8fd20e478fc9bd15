"""Cleaning (清洗): one copy as received → title, date, paragraphs, and the list of what was left out."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.clauses.labels import Family, Label
from assistant.ingest.blocks import Block, Cleaned, Dropped, Reason, SourceLine
from assistant.ingest.characters import bare, fold
from assistant.ingest.copies import Copy
from assistant.ingest.furniture import strip_furniture
from assistant.ingest.news import LEAD, is_article_head, is_credit, trailing_credit
from assistant.ingest.paragraphs import ENDED, HEADING, is_heading, opening_label, unwrap
from assistant.ingest.titles import TitleMatter, find_title

__all__ = ["Block", "Cleaned", "Dropped", "Reason", "bare", "clean", "fold"]

REACH = 5
"""Numbers that may be lost between two clauses that still belong to one document."""


def clean(copy: Copy, title: str | None = None) -> Cleaned:
    """Return the text of one copy in paragraphs.

    `title` is the title as it should be printed; without it the best-looking group of lines is taken. Blocks that
    look like another article are marked `foreign`; collation takes them back where another copy has them too.
    """
    lines, dropped = strip_furniture(copy.lines)
    matter = find_title(lines, title)
    dropped += _above(lines, matter)
    body = [line for i, line in enumerate(lines) if i in matter.numbers or i >= matter.begin and i not in matter.used]
    blocks, credit = _without_credits(_mark_foreign(unwrap(body)))
    dropped += credit
    named = sorted((replace(item, copy=copy.name) for item in dropped), key=lambda item: item.first_line)
    return Cleaned(matter.title, matter.dateline, tuple(blocks), tuple(named), copy.name)


def _above(lines: Sequence[SourceLine], matter: TitleMatter) -> list[Dropped]:
    """What stands above the title: mastheads, and whole articles with their headlines."""
    places = [i for i in range(matter.begin) if i not in matter.numbers]
    groups: list[list[SourceLine]] = []
    for i in places:
        if lines[i].after_gap or not groups:
            groups.append([])
        groups[-1].append(lines[i])
    foreign = [any("。" in line.text for line in group) for group in groups]
    for i, bad in enumerate(list(foreign)):
        for above in (i - 1, i - 2) if bad else ():
            if above < 0 or not all(_is_headline(line.text) for line in groups[above]):
                break
            foreign[above] = True
    return [
        _dropped(group, Reason.FOREIGN if bad else Reason.MASTHEAD) for group, bad in zip(groups, foreign, strict=True)
    ]


def _is_headline(text: str) -> bool:
    return len(text) <= HEADING and not re.search(r"(?:日报|晚报|早报|时报|周报|快报|新闻网|发布)$", text)


def _dropped(group: Sequence[SourceLine], reason: Reason) -> Dropped:
    return Dropped("\n".join(line.text for line in group), reason, group[0].number, group[-1].number)


def _mark_foreign(blocks: Sequence[Block]) -> list[Block]:
    """Mark what looks like another article: from its headline, or from the credit line, until the numbers go on."""
    marked: list[Block] = []
    numbers: dict[Family, tuple[int, ...]] = {}
    begin: int | None = None
    for i, block in enumerate(blocks):
        label = None if block.weak else opening_label(block.text)
        if begin is not None and label is not None and _goes_on(numbers, label, block):
            marked[begin:] = _give_back(marked[:begin], marked[begin:])
            begin = None
        ends = begin is None and is_credit(block.text)
        if begin is None and not ends and is_article_head([other.text for other in blocks[i : i + 4]]):
            begin = i
        elif begin is None and label is not None:
            numbers[label.family] = label.numbers
        marked.append(replace(block, foreign=begin is not None))
        begin = i + 1 if ends else begin
    return marked


def _goes_on(numbers: dict[Family, tuple[int, ...]], label: Label, block: Block) -> bool:
    """Say whether a number can be the next of the document, some lost ones allowed for."""
    if label.family not in (Family.HAN, Family.HAN_BRACKET, Family.ARTICLE, Family.CHAPTER, Family.DECIMAL):
        return False
    if label.family in (Family.HAN, Family.CHAPTER) and not is_heading(block.text, block.hashes):
        return False
    last = numbers.get(label.family)
    if last is None:
        return not numbers and label.numbers[-1] <= REACH
    if label.family is Family.DECIMAL:
        return last < label.numbers and label.numbers[0] - last[0] <= 1
    return 0 < label.numbers[0] - last[0] <= REACH


def _give_back(before: Sequence[Block], article: Sequence[Block]) -> list[Block]:
    """A clause that broke off before the article goes on in the paragraph after it."""
    texts = [block for block in before if not block.foreign]
    broken = bool(texts) and not ENDED.search(texts[-1].text) and not is_heading(texts[-1].text, texts[-1].hashes)
    if not broken or len(article) < 2 or LEAD.match(article[-1].text) or not ENDED.search(article[-2].text):
        return list(article)
    return [*article[:-1], replace(article[-1], foreign=False, weak=True)]


def _without_credits(blocks: Sequence[Block]) -> tuple[list[Block], list[Dropped]]:
    """Take the credit line off, also where it ends the last paragraph."""
    own = [i for i, block in enumerate(blocks) if not block.foreign]
    kept: list[Block] = []
    dropped: list[Dropped] = []
    for i, block in enumerate(blocks):
        cut = trailing_credit(block.text) if own and i == own[-1] else len(block.text)
        cut = 0 if not block.foreign and is_credit(block.text) else cut
        if cut < len(block.text):
            dropped.append(Dropped(block.text[cut:], Reason.CREDIT, block.first_line, block.last_line))
        if cut:
            kept.append(replace(block, text=block.text[:cut]))
    return kept, dropped
