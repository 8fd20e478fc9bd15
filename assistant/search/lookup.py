"""Where the number of a reference (条款号) stands in one document: 第十三条第二款 → 13/p2."""

from assistant.clauses import Family, Kind, Outline, Unit
from assistant.clauses.addresses import annex_mark
from assistant.clauses.references import Reference

MARKS = ("a", "t", "x")


def find_addresses(reference: Reference, outline: Outline) -> tuple[str, ...]:
    """Return the addresses that a reference means; several where a number comes several times, none where it is missing.

    A number that the main part lacks is looked for in the annexes.
    """
    scopes = [None] if reference.inside is None else [outline[a] for a in find_addresses(reference.inside, outline)]
    found = [unit for scope in scopes for unit in _numbered(reference, outline, scope)]
    if reference.paragraph is None and reference.item is None:
        return tuple(unit.address for unit in found)
    return tuple(address for unit in found for address in _inside(reference, outline, unit))


def _numbered(reference: Reference, outline: Outline, scope: Unit | None) -> list[Unit]:
    if reference.kind == "annex":
        return _annexes(reference, outline)
    start, end = outline.full_span(scope.address) if scope else (0, len(outline.text))
    within = (unit for unit in outline.numbered(reference.numbers) if start <= unit.start < end and unit is not scope)
    units = [unit for unit in within if _is_meant(outline, unit, reference)]
    return [unit for unit in units if scope or _is_main(outline, unit)] or units


def _is_main(outline: Outline, unit: Unit) -> bool:
    while unit.parent is not None:
        unit = outline[unit.parent]
    return unit.kind is not Kind.ANNEX


def _is_meant(outline: Outline, unit: Unit, reference: Reference) -> bool:
    """Say whether a unit of this number is of the family that is asked for."""
    if reference.kind == "decimal":
        return unit.family is Family.DECIMAL
    if reference.kind == "article":
        return unit.kind is Kind.CLAUSE and unit.family in (Family.ARTICLE, Family.HAN_BRACKET, Family.DECIMAL)
    if reference.kind == "division":
        return unit.family is Family.DIVISION
    # people call every top number a 部分 or 章: 第三章 of a plan is its 3
    above = outline[unit.parent] if unit.parent else None
    is_top = above is None or above.kind is Kind.ANNEX or unit.family is Family.CHAPTER
    return is_top and unit.family in (Family.CHAPTER, Family.HAN, Family.DECIMAL) and unit.kind is not Kind.ITEM


def _annexes(reference: Reference, outline: Outline) -> list[Unit]:
    own = annex_mark(reference.printed)
    number = "-".join(map(str, reference.numbers))
    marks = [own, *(mark for mark in MARKS if mark != own)]
    return [outline[f"{mark}{number}"] for mark in marks if f"{mark}{number}" in outline][:1]


def _inside(reference: Reference, outline: Outline, unit: Unit) -> list[str]:
    """Return the 款 of a unit, or the 项 or row of it; a 项 without its 款 is looked for in every 款."""
    places = [unit.address]
    if reference.paragraph is not None and reference.paragraph > 1:
        places = [f"{unit.address}/p{reference.paragraph}"]
    elif reference.paragraph is None:
        places += [child.address for child in outline.children(unit.address) if child.kind is Kind.PARAGRAPH]
    if reference.item is None:
        return [place for place in places[:1] if place in outline]
    items = (f"{place}/{mark}{reference.item}" for place in places for mark in ("", "r"))
    return [item for item in items if item in outline][:1]
