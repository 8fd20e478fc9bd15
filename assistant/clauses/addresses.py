"""Addresses of units, from their printed numbers and never from their place: 13, 13/1, s6, 10-1, 3.2.1, a1/2."""

from collections import Counter
from collections.abc import Sequence

from assistant.clauses.labels import Family, Label
from assistant.clauses.openings import Opening
from assistant.clauses.units import Kind

NAMED = {Kind.TITLE: "title", Kind.TOC: "toc", Kind.PREAMBLE: "preamble", Kind.END: "end", Kind.IMPRINT: "imprint"}
LETTER = {Family.PART: "b", Family.CHAPTER: "c", Family.DIVISION: "j", Family.HAN: "s"}
UNNUMBERED = {Kind.ROW: "r", Kind.PARAGRAPH: "p"}


def addresses(openings: Sequence[Opening], row_numbers: Sequence[int | None]) -> list[str]:
    """Return one address per opening, all different.

    row_numbers: the 序号 printed in a table row, None elsewhere and where a row has none.
    """
    return _Namer(openings).names(row_numbers)


def annex_mark(printed: str) -> str:
    """Return the letter of an annex by its name: a 附件, t 附表, x 附录."""
    return "t" if "表" in printed else "x" if "录" in printed else "a"


class _Namer:
    """Names the openings one after the other; the address of a unit builds on that of the unit above."""

    def __init__(self, openings: Sequence[Opening]) -> None:
        self.openings = openings
        self.roots = _roots(openings)
        self.running = _running_parts(openings, self.roots)
        self.given: list[str] = []
        self.taken: set[str] = set()
        self.repeats: Counter[str] = Counter()
        self.counts: Counter[tuple[int | None, str]] = Counter()

    def names(self, row_numbers: Sequence[int | None]) -> list[str]:
        for i, row_number in enumerate(row_numbers):
            address = self._unique(i, self._numbered(i) or self._unnumbered(i, row_number))
            self.given.append(address)
            self.taken.add(address)
        return self.given

    def _above(self, i: int) -> str:
        parent = self.openings[i].parent
        return "" if parent is None else self.given[parent] + "/"

    def _unique(self, i: int, address: str) -> str:
        """A number that is printed twice gets the unit above in front, or at last a repeat mark (r2)."""
        if address in self.taken:
            address = self._above(i) + address.rsplit("/", 1)[-1]
        unique = address
        while unique in self.taken:
            self.repeats[address] += 1
            unique = f"{address}r{self.repeats[address] + 1}"
        return unique

    def _numbered(self, i: int) -> str:
        """Return the address by the printed number, empty where there is none."""
        opening, label = self.openings[i], self.openings[i].label
        if label is None:
            return ""
        root = self.roots[i]
        inside = "" if root is None else self.given[root] + "/"
        if label.family is Family.ANNEX:
            return annex_mark(label.printed) + "-".join(map(str, (label.numbers[0] or 1, *label.numbers[1:])))
        if label.family in (Family.DECIMAL, Family.ARTICLE):
            return inside + _joined(label)
        if label.family is Family.HAN_BRACKET and opening.kind is Kind.CLAUSE and self.running[root]:
            return f"{inside}{label.number}"
        letter = "" if opening.kind is Kind.ITEM else LETTER.get(label.family, "")
        if label.printed.endswith("分编"):
            letter = "f"
        return f"{self._above(i)}{letter}{label.number}"

    def _unnumbered(self, i: int, row_number: int | None) -> str:
        opening = self.openings[i]
        if opening.kind in NAMED:
            return self._above(i) + NAMED[opening.kind]
        mark = UNNUMBERED.get(opening.kind, "u")
        self.counts[opening.parent, mark] += 1
        if row_number is not None:
            return f"{self._above(i)}{row_number}"
        # the first paragraph (第一款) is the article's own text
        return f"{self._above(i)}{mark}{self.counts[opening.parent, mark] + (opening.kind is Kind.PARAGRAPH)}"


def _joined(label: Label) -> str:
    return ("." if label.family is Family.DECIMAL else "-").join(map(str, label.numbers))


def _roots(openings: Sequence[Opening]) -> list[int | None]:
    """Return for each opening the annex that holds it, None in the main part."""
    roots: list[int | None] = []
    for opening in openings:
        if opening.parent is None:
            roots.append(None)
        else:
            is_annex = openings[opening.parent].kind is Kind.ANNEX
            roots.append(opening.parent if is_annex else roots[opening.parent])
    return roots


def _running_parts(openings: Sequence[Opening], roots: Sequence[int | None]) -> dict[int | None, bool]:
    """Say for the main part and each annex whether （一） runs through all sections, or starts anew in most of them."""
    firsts: dict[tuple[int | None, int | None], int] = {}
    for opening, root in zip(openings, roots, strict=True):
        if opening.kind is Kind.CLAUSE and opening.label is not None and opening.family is Family.HAN_BRACKET:
            firsts.setdefault((root, opening.parent), opening.label.number)
    running: dict[int | None, bool] = {}
    for root in set(roots):
        numbers = [number for (part, _), number in firsts.items() if part == root]
        running[root] = numbers.count(1) <= 1 or 2 * numbers.count(1) <= len(numbers)
    return running
