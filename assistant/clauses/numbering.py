"""What is odd in the printed numbers of a text: missing, repeated, jumping back (编号检查)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from assistant.clauses.addresses import annex_mark
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
    """Return the findings in the order of the text.

    Numbers run on within each list; articles, annexes and （一） that runs through all sections count through their
    whole part, chapters through their 编.
    """
    lists: dict[tuple[str, Family], list[Unit]] = {}
    for unit in outline.units:
        if unit.family is not None and unit.numbers != (0,):
            lists.setdefault((_list_of(outline, unit), unit.family), []).append(unit)
    findings = [finding for (_, family), units in lists.items() for finding in _check(units, family)]
    place = {unit.address: i for i, unit in enumerate(outline.units)}
    return sorted(findings, key=lambda finding: place[finding.address])


def _list_of(outline: Outline, unit: Unit) -> str:
    """Name the list that a number counts in."""
    if unit.family is Family.ANNEX:
        return annex_mark(unit.label)
    part = _part(outline, unit)
    if unit.family is Family.DECIMAL:
        return f"{part}:{'.'.join(map(str, unit.numbers[:-1]))}"
    if unit.family is Family.CHAPTER:
        return _book(outline, unit) or part
    runs_on = unit.family is Family.HAN_BRACKET and unit.address == f"{part}{unit.numbers[0]}"
    if unit.family is Family.ARTICLE or unit.kind is Kind.CLAUSE and runs_on:
        return part
    return f"{unit.parent}{'分' if unit.label.endswith('分编') else ''}"


def _part(outline: Outline, unit: Unit) -> str:
    """Return the address of the annex above with a slash, empty in the main part."""
    while unit.parent is not None:
        unit = outline[unit.parent]
    return f"{unit.address}/" if unit.kind is Kind.ANNEX else ""


def _book(outline: Outline, unit: Unit) -> str:
    """Return the address of the 编 above, empty where there is none; a 分编 does not restart its chapters."""
    while unit.parent is not None:
        unit = outline[unit.parent]
        if unit.kind is Kind.PART and not unit.label.endswith("分编"):
            return unit.address
    return ""


def _check(units: Iterable[Unit], family: Family) -> list[NumberFinding]:
    findings: list[NumberFinding] = []
    before = 0
    for unit in units:
        # only the main number counts up: 第十条之一 follows 第十条; of a decimal number the last part
        number = unit.numbers[-1] if family is Family.DECIMAL else unit.numbers[0]
        inserted = family is not Family.DECIMAL and len(unit.numbers) > 1
        if number == before and not inserted:
            findings.append(NumberFinding(unit.address, Oddity.REPEATED, family, (number,)))
        elif number < before:
            findings.append(NumberFinding(unit.address, Oddity.BACKWARDS, family, (number,)))
        elif number > before + 1:
            missing = tuple(range(before + 1, number))
            findings.append(NumberFinding(unit.address, Oddity.MISSING, family, missing))
        before = number
    return findings
