"""Titles of units (条标): run-in titles, headings, and where the body after them begins."""

import re

from assistant.clauses.labels import Family, match_marks
from assistant.clauses.lines import SHORT_HEADING, following, scan
from assistant.clauses.openings import Opening
from assistant.clauses.units import Kind

RUN_IN = re.compile(rf"([^。；！？\n|]{{1,{SHORT_HEADING}}})。")
HEADED = {Family.HAN, Family.HAN_BRACKET, Family.NUMBER, Family.NUMBER_BRACKET, Family.DECIMAL}
HEADINGS = {Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.ANNEX}
TITLE_SPAN = 400
"""Characters after 附件1 in which its title stands."""


def title_of(text: str, opening: Opening, end: int) -> tuple[str, int]:
    """Return the title of the unit that ends at `end`, and the offset where its body begins.

    The title comes without number, marks and closing 。; it is empty where the unit has none.
    """
    if opening.label is None:
        return _unnumbered(text, opening, end)
    start = opening.label.end
    line = text[start:end].split("\n", 1)[0]
    if opening.kind is Kind.ANNEX and not line.strip(" \t\r　：:"):
        return _next_line(text, start + len(line), end)
    is_heading = "#" in text[opening.start : start]
    if is_heading or opening.family in HEADED and opening.kind is not Kind.ITEM:
        run_in = RUN_IN.match(line)
        if run_in and (is_heading or _goes_on(text, start + run_in.end(), end)):
            return run_in.group(1).strip(), start + run_in.end()
    is_title = is_heading or opening.kind in HEADINGS or _reads_as_title(line, opening.family)
    if is_title and len(line.strip()) <= SHORT_HEADING and not line.rstrip().endswith("。"):
        return line.strip().strip("：: \t　"), start + len(line)
    return "", start


def _unnumbered(text: str, opening: Opening, end: int) -> tuple[str, int]:
    line = text[opening.start : end].lstrip("\n").split("\n", 1)[0]
    heading = line[match_marks(line) :].strip()
    if opening.kind is Kind.TITLE:
        return heading, opening.start
    if "#" in line[: match_marks(line)] and opening.kind in (Kind.SECTION, Kind.ITEM):
        return heading, opening.start + len(line)
    return "", opening.start


def _goes_on(text: str, start: int, end: int) -> bool:
    """Say whether text follows the run-in title, in the unit itself or (一是…) as an item in the same line."""
    return bool(text[start:end].strip()) or text[end - 1 : end] != "\n" and end < len(text)


def _next_line(text: str, start: int, end: int) -> tuple[str, int]:
    """附件1 stands alone in its line: the title is the next line, if that looks like one."""
    after = following(scan(text[start : min(end, start + TITLE_SPAN)]), -1)
    if after is None or not after.looks_like_heading or after.label is not None:
        return "", start
    return after.content, start + after.content_start + len(after.content)


def _reads_as_title(line: str, family: Family | None) -> bool:
    return family in HEADED and bool(line.strip()) and not re.search(r"[。；！？：:，]", line)
