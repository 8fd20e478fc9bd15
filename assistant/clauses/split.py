"""split(text) → outline; join(outline) is the text again, character by character."""

import re
from dataclasses import replace

from assistant.clauses.addresses import addresses
from assistant.clauses.inline import inline_items
from assistant.clauses.labels import Family, match_marks
from assistant.clauses.lines import SHORT_HEADING, scan
from assistant.clauses.numerals import to_int
from assistant.clauses.openings import Opening, Reader
from assistant.clauses.units import Kind, Outline, Unit

RUN_IN = re.compile(rf"([^。；！？\n|]{{1,{SHORT_HEADING}}})。")
HEADED = {Family.HAN, Family.HAN_BRACKET, Family.NUMBER, Family.NUMBER_BRACKET, Family.DECIMAL}
CLOSING_CLAUSES = 3
"""So many one-paragraph clauses make a further paragraph after the last one a closing paragraph."""


def split(text: str) -> Outline:
    """Split a text into units by its printed numbers (条款); any text is taken, and nothing of it is lost.

    Families understood together in one document: 编/章/节/条/款/项, 一、/（一）/1./（1）/①/一是, 1/1.1/1.1.1,
    附件/附表 with the rows of their tables, 目录, 前言, 落款.
    """
    openings = Reader(scan(text)).read()
    if not openings:
        return Outline(text, (_blank(text),) if text else ())
    openings[0].start = 0
    openings = _with_end(text, _with_inline_items(text, openings))
    ends = [opening.start for opening in openings[1:]] + [len(text)]
    rows = [
        _row_number(text[o.start : end]) if o.kind is Kind.ROW else None for o, end in zip(openings, ends, strict=True)
    ]
    named = addresses(openings, rows)
    units: list[Unit] = []
    for i, opening in enumerate(openings):
        parent = None if opening.parent is None else named[opening.parent]
        depth = 0 if opening.parent is None else units[opening.parent].depth + 1
        units.append(_unit(text, opening, ends[i], named[i], parent, depth))
    return Outline(text, tuple(units))


def join(outline: Outline) -> str:
    """Return the text of all units in order: the text that was split."""
    return "".join(outline.text[unit.start : unit.end] for unit in outline.units)


def _blank(text: str) -> Unit:
    return Unit("title", Kind.TITLE, None, (), "", "", 0, len(text), len(text), None, 0)


def _row_number(row: str) -> int | None:
    return to_int(row.strip().strip("|").split("|")[0].strip())


def _with_inline_items(text: str, openings: list[Opening]) -> list[Opening]:
    """Add the items of lists inside paragraphs below the unit that holds them."""
    ends = [opening.start for opening in openings[1:]] + [len(text)]
    result: list[Opening] = []
    moved: dict[int, int] = {}
    for i, opening in enumerate(openings):
        moved[i] = len(result)
        parent = None if opening.parent is None else moved[opening.parent]
        result.append(replace(opening, parent=parent))
        if opening.kind in (Kind.CLAUSE, Kind.SECTION, Kind.PARAGRAPH, Kind.ITEM, Kind.PREAMBLE):
            begin = opening.label.end if opening.label else opening.start
            for item in inline_items(text, begin, ends[i]):
                result.append(Opening(item.start, Kind.ITEM, item.label, moved[i]))
    return result


def _with_end(text: str, openings: list[Opening]) -> list[Opening]:
    """Part the closing paragraphs (各州、市要…) from the last （N） clause, where every other has one paragraph."""
    clauses = [
        (i, opening, openings[i + 1].start if i + 1 < len(openings) else len(text))
        for i, opening in enumerate(openings)
        if opening.kind is Kind.CLAUSE and opening.label is not None and opening.label.family is Family.HAN_BRACKET
    ]
    if len(clauses) <= CLOSING_CLAUSES:
        return openings
    bodies = {i: _paragraphs(text, _body(text, opening, end), end) for i, opening, end in clauses}
    last = clauses[-1][0]
    follows = openings[last + 1].kind if last + 1 < len(openings) else None
    if follows not in (None, Kind.IMPRINT, Kind.ANNEX) or len(bodies[last]) < 2:
        return openings
    if any(len(paragraphs) > 1 for i, paragraphs in bodies.items() if i != last):
        return openings
    shifted = [
        replace(o, parent=o.parent + 1 if o.parent is not None and o.parent > last else o.parent) for o in openings
    ]
    return [*shifted[: last + 1], Opening(bodies[last][1], Kind.END, None, None), *shifted[last + 1 :]]


def _paragraphs(text: str, start: int, end: int) -> list[int]:
    """Return where the paragraphs (lines that are not blank) of `text[start:end]` begin."""
    return [start + found.start() for found in re.finditer(r"[^\n]*\S[^\n]*", text[start:end])]


def _unit(text: str, opening: Opening, end: int, address: str, parent: str | None, depth: int) -> Unit:
    label = opening.label
    if label is None:
        title, body = _plain_title(text, opening, end)
        return Unit(address, opening.kind, None, (), "", title, opening.start, end, body, parent, depth)
    title, body = _title(text, opening, end)
    return Unit(
        address,
        opening.kind,
        label.family,
        label.numbers,
        label.printed,
        title,
        opening.start,
        end,
        body,
        parent,
        depth,
    )


def _plain_title(text: str, opening: Opening, end: int) -> tuple[str, int]:
    """Return the heading of a unit without a number, and where its body begins."""
    line = text[opening.start : end].split("\n", 1)[0]
    if opening.kind is Kind.TITLE:
        lines = [found for found in text[opening.start : end].split("\n") if found.strip()]
        return (lines[0][match_marks(lines[0]) :].strip() if lines else ""), opening.start
    if opening.kind is Kind.SECTION:
        return line[match_marks(line) :].strip(), opening.start + len(line)
    return "", opening.start


def _body(text: str, opening: Opening, end: int) -> int:
    return _title(text, opening, end)[1]


def _title(text: str, opening: Opening, end: int) -> tuple[str, int]:
    """Return the run-in title or heading after the number, and where the body begins."""
    label = opening.label
    if label is None:
        return "", opening.start
    line_end = text.find("\n", label.end, end)
    line_end = end if line_end < 0 else line_end
    line = text[label.end : line_end]
    if opening.kind is Kind.ANNEX and not line.strip():
        return _next_line_title(text, line_end, end)
    is_heading = "#" in text[opening.start : label.end]
    if label.family in HEADED and opening.kind is not Kind.ITEM or is_heading:
        run_in = RUN_IN.match(line)
        # an item of a list may follow in the same line: （一）强化责任。一是…
        if run_in and (
            is_heading
            or text[label.end + run_in.end() : end].strip()
            or text[end - 1 : end] != "\n"
            and end < len(text)
        ):
            return run_in.group(1).strip(), label.end + run_in.end()
    if (
        is_heading
        or opening.kind in (Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.ANNEX)
        or _is_heading_line(line, label.family)
    ):
        if len(line) <= SHORT_HEADING and not line.rstrip().endswith("。"):
            return line.strip(" \t　：:"), line_end
    return "", label.end


def _next_line_title(text: str, start: int, end: int) -> tuple[str, int]:
    """附件1 stands alone in its line: the title is the next line, if that looks like one."""
    following = next((line for line in scan(text[start:end]) if not line.is_blank), None)
    if following is None or not following.looks_like_heading or following.label is not None:
        return "", start
    return following.content, start + following.content_start + len(following.content)


def _is_heading_line(line: str, family: Family) -> bool:
    return family in HEADED and bool(line.strip()) and not re.search(r"[。；！？：:，]", line)
