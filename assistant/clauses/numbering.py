"""What is odd in the printed numbers of a text: missing, repeated, jumping back (编号检查)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from assistant.clauses.labels import Family
from assistant.clauses.units import Kind, Outline, Unit


class Oddity(StrEnum):
    """What is odd about a number."""

    MISSING = "missing"
    REPEATED = "repeated"
    BACKWARDS = "backwards"


@dataclass(frozen=True, slots=True)
class NumberFinding:
    """One odd number: where, what, and the numbers that are missing (or the number itself)."""

    address: str
    oddity: Oddity
    family: Family
    numbers: tuple[int, ...]


def check_numbers(outline: Outline) -> list[NumberFinding]:
    """Return the findings in the order of the text; numbers run on within each list, chapters and articles through the whole part."""
    lists: dict[tuple[str, Family], list[Unit]] = {}
    for unit in outline.units:
        if unit.family is not None and unit.family is not Family.ANNEX and unit.numbers:
            lists.setdefault((_list_of(outline, unit), unit.family), []).append(unit)
    findings = [finding for units in lists.values() for finding in _check(units)]
    place = {unit.address: i for i, unit in enumerate(outline.units)}
    return sorted(findings, key=lambda finding: place[finding.address])


def _list_of(outline: Outline, unit: Unit) -> str:
    """Name the list that a number counts in: articles and running （一） count through their whole part."""
    if unit.family is Family.DECIMAL:
        return f"{_part(outline, unit)}:{'.'.join(map(str, unit.numbers[:-1]))}"
    if (
        unit.family in (Family.ARTICLE, Family.CHAPTER)
        or unit.kind is Kind.CLAUSE
        and unit.address.rsplit("/", 1)[-1] == unit.address
    ):
        return _part(outline, unit)
    return unit.parent or ""


def _part(outline: Outline, unit: Unit) -> str:
    while unit.parent is not None:
        unit = outline[unit.parent]
    return unit.address if unit.kind is Kind.ANNEX else ""


def _check(units: Iterable[Unit]) -> list[NumberFinding]:
    findings: list[NumberFinding] = []
    last: tuple[int, ...] = ()
    for unit in units:
        # only the main number counts up: 第十条之一 follows 第十条; of a decimal number the last part
        number = unit.numbers[-1] if unit.family is Family.DECIMAL else unit.numbers[0]
        before = last[0] if last else 0
        inserted = unit.family is not Family.DECIMAL and len(unit.numbers) > 1
        if number == before and not inserted:
            findings.append(NumberFinding(unit.address, Oddity.REPEATED, _family(unit), (number,)))
        elif number < before:
            findings.append(NumberFinding(unit.address, Oddity.BACKWARDS, _family(unit), (number,)))
        elif number > before + 1:
            missing = tuple(range(before + 1, number))
            findings.append(NumberFinding(unit.address, Oddity.MISSING, _family(unit), missing))
        last = (number,)
    return findings


def _family(unit: Unit) -> Family:
    if unit.family is None:
        raise ValueError(unit.address)
    return unit.family
