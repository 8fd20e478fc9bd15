"""The place where a unit begins, and which kind of unit a printed number opens there."""

from dataclasses import dataclass

from assistant.clauses.labels import Family, Label
from assistant.clauses.units import Kind

KIND_OF = {
    Family.PART: Kind.PART,
    Family.CHAPTER: Kind.CHAPTER,
    Family.DIVISION: Kind.SECTION,
    Family.HAN: Kind.SECTION,
    Family.ARTICLE: Kind.CLAUSE,
    Family.HAN_BRACKET: Kind.CLAUSE,
    Family.DECIMAL: Kind.CLAUSE,
    Family.ANNEX: Kind.ANNEX,
}
INSIDE = {Kind.CLAUSE, Kind.ITEM, Kind.PARAGRAPH}


@dataclass(slots=True)
class Opening:
    """The place where a unit begins."""

    start: int
    kind: Kind
    label: Label | None
    parent: int | None
    """Place of the unit above in the list of openings."""

    @property
    def family(self) -> Family | None:
        """Return the family of the printed number."""
        return None if self.label is None else self.label.family


def kind_below(above: Opening | None, label: Label | None) -> Kind:
    """Return the kind of a numbered unit, or of a heading without a number, below another unit.

    Whatever begins inside a clause is an item of it; only decimal clauses hold clauses (3 above 3.1).
    """
    kind = Kind.SECTION if label is None else KIND_OF.get(label.family, Kind.ITEM)
    if above is None or above.kind not in INSIDE:
        return kind
    both_decimal = above.family is Family.DECIMAL and label is not None and label.family is Family.DECIMAL
    return Kind.CLAUSE if both_decimal and above.kind is Kind.CLAUSE else Kind.ITEM
