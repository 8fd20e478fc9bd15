"""split(text) → outline; join(outline) is the text again, character by character."""

from collections.abc import Sequence

from assistant.clauses.addresses import addresses
from assistant.clauses.closing import with_end
from assistant.clauses.inline import with_inline_items
from assistant.clauses.lines import scan
from assistant.clauses.numerals import to_int
from assistant.clauses.openings import Opening
from assistant.clauses.reader import Reader
from assistant.clauses.titles import title_of
from assistant.clauses.units import Kind, Outline, Unit


def split(text: str) -> Outline:
    """Split a text into units by its printed numbers (条款); any text is taken, and nothing of it is lost.

    Families understood together in one document: 编/章/节/条/款/项, 一、/（一）/1./（1）/①/一是, 1/1.1/1.1.1,
    附件/附表 with the rows of their tables, 目录, 前言, 落款.
    """
    openings = Reader(scan(text)).read()
    if not openings:
        return Outline(text, (_blank(text),) if text else ())
    openings[0].start = 0
    openings = with_inline_items(text, with_end(text, openings))
    return Outline(text, tuple(_units(text, openings)))


def join(outline: Outline) -> str:
    """Return the text of all units in order: the text that was split."""
    return "".join(outline.text[unit.start : unit.end] for unit in outline.units)


def _units(text: str, openings: Sequence[Opening]) -> list[Unit]:
    ends = [opening.start for opening in openings[1:]] + [len(text)]
    rows = [_row_number(text, o, end) for o, end in zip(openings, ends, strict=True)]
    named = addresses(openings, rows)
    units: list[Unit] = []
    for opening, end, address in zip(openings, ends, named, strict=True):
        above = None if opening.parent is None else units[opening.parent]
        units.append(_unit(text, opening, end, address, above))
    return units


def _unit(text: str, opening: Opening, end: int, address: str, above: Unit | None) -> Unit:
    title, body = title_of(text, opening, end)
    label = opening.label
    return Unit(
        address=address,
        kind=opening.kind,
        family=opening.family,
        numbers=label.numbers if label else (),
        label=label.printed if label else "",
        title=title,
        start=opening.start,
        end=end,
        body=body,
        parent=above.address if above else None,
        depth=above.depth + 1 if above else 0,
    )


def _row_number(text: str, opening: Opening, end: int) -> int | None:
    """Return the 序号 printed in a table row."""
    if opening.kind is not Kind.ROW:
        return None
    return to_int(text[opening.start : end].strip().strip("|").split("|", 1)[0])


def _blank(text: str) -> Unit:
    return Unit("title", Kind.TITLE, None, (), "", "", 0, len(text), len(text), None, 0)
