"""Addresses of units, from their printed numbers and never from their place: 13, 13/1, s6, 10-1, 3.2.1, a1/2."""

from collections import Counter
from collections.abc import Sequence

from assistant.clauses.labels import Family
from assistant.clauses.openings import Opening
from assistant.clauses.units import Kind

NAMED = {Kind.TITLE: "title", Kind.TOC: "toc", Kind.PREAMBLE: "preamble", Kind.END: "end", Kind.IMPRINT: "imprint"}
LETTER = {Family.PART: "b", Family.CHAPTER: "c", Family.DIVISION: "j", Family.HAN: "s"}


def addresses(openings: Sequence[Opening], row_numbers: Sequence[int | None]) -> list[str]:
    """Return one address per opening, all different.

    row_numbers: the 序号 printed in a table row, None elsewhere and where a row has none.
    """
    given: list[str] = []
    taken: set[str] = set()
    counts: Counter[tuple[int | None, str]] = Counter()
    running = _running_parts(openings)
    for opening, row_number in zip(openings, row_numbers, strict=True):
        address = _address(opening, openings, given, counts, running, row_number)
        address = _unique(address, opening, given, taken)
        given.append(address)
        taken.add(address)
    return given


def _unique(address: str, opening: Opening, given: list[str], taken: set[str]) -> str:
    """Numbers that are printed twice get the parent in front, or at last a repeat mark (r2)."""
    if address in taken and opening.parent is not None:
        address = f"{given[opening.parent]}/{address.rsplit('/', 1)[-1]}"
    repeat, unique = 2, address
    while unique in taken:
        unique = f"{address}r{repeat}"
        repeat += 1
    return unique


def _address(
    opening: Opening,
    openings: Sequence[Opening],
    given: list[str],
    counts: Counter[tuple[int | None, str]],
    running: dict[int | None, bool],
    row_number: int | None,
) -> str:
    above = given[opening.parent] + "/" if opening.parent is not None else ""
    if opening.label is None:
        return above + _unnumbered(opening, counts, row_number)
    family, numbers = opening.label.family, opening.label.numbers
    root = _root(opening, openings)
    inside = given[root] + "/" if root is not None else ""
    if family is Family.ANNEX:
        mark = {"表": "t", "录": "x"}.get(opening.label.printed[1:2], "a")
        return f"{mark}{numbers[0] or 1}"
    if family is Family.DECIMAL:
        return inside + ".".join(map(str, numbers))
    if family is Family.ARTICLE:
        return inside + "-".join(map(str, numbers))
    if family is Family.HAN_BRACKET and opening.kind is Kind.CLAUSE and running[root]:
        return f"{inside}{numbers[0]}"
    if family in LETTER and opening.kind is not Kind.ITEM:
        return f"{above}{LETTER[family]}{numbers[0]}"
    return f"{above}{opening.label.number}"


def _unnumbered(opening: Opening, counts: Counter[tuple[int | None, str]], row_number: int | None) -> str:
    if opening.kind in NAMED:
        return NAMED[opening.kind]
    mark = {Kind.ROW: "r", Kind.PARAGRAPH: "p"}.get(opening.kind, "u")
    counts[opening.parent, mark] += 1
    if row_number is not None:
        return str(row_number)
    # the first paragraph (第一款) is the article's own text
    return f"{mark}{counts[opening.parent, mark] + (opening.kind is Kind.PARAGRAPH)}"


def _root(opening: Opening, openings: Sequence[Opening]) -> int | None:
    """Return the annex that holds the opening, None in the main part."""
    parent = opening.parent
    while parent is not None and openings[parent].kind is not Kind.ANNEX:
        parent = openings[parent].parent
    return parent


def _running_parts(openings: Sequence[Opening]) -> dict[int | None, bool]:
    """Say for the main part and each annex whether （一） runs through all sections, or starts anew in each."""
    ones: Counter[int | None] = Counter()
    running: dict[int | None, bool] = {}
    for opening in openings:
        root = _root(opening, openings)
        label = opening.label
        if label is not None and label.family is Family.HAN_BRACKET and opening.kind is Kind.CLAUSE:
            ones[root] += label.number == 1
        running[root] = ones[root] <= 1
    return running
