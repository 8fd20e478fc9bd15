"""Which single numbers head decimal ones: 3 应急响应 above 3.1, and 8 附则 that has none below it."""

from collections.abc import Sequence

from assistant.clauses.labels import MEASURE, Family
from assistant.clauses.lines import TextLine

FARTHEST_JUMP = 5
"""A number that jumps farther is a measure or a cross-reference, not the next heading."""
NO_ITEM = -1
OTHER_HEADINGS = {Family.PART, Family.CHAPTER, Family.DIVISION, Family.ARTICLE, Family.HAN, Family.HAN_BRACKET}
"""Where these stand, single numbers without decimals below them are list items."""


def decimal_heads(lines: Sequence[TextLine], begin: int, end: int) -> frozenset[int]:
    """Return the indices of the lines in `lines[begin:end]` whose single number is a decimal heading."""
    children = _first_children(lines, begin, end)
    parents = (_parent(lines, begin, child, number) for number, child in children.items())
    heads = {i for i in parents if i is not None}
    childless = _childless(lines, range(begin, end), heads, children)
    if not children:
        counts = [lines[i].label for i in sorted(childless)]
        numbers = [label.number for label in counts if label is not None]
        if len(numbers) < 2 or numbers[0] != 1 or _has_other_headings(lines, begin, end):
            return frozenset()
    return frozenset(heads | childless)


def _first_children(lines: Sequence[TextLine], begin: int, end: int) -> dict[int, int]:
    """Return for each first part of a decimal number (3 of 3.1) the index of the first line that has it."""
    children: dict[int, int] = {}
    for i in range(begin, end):
        label = lines[i].label
        if label is not None and label.family is Family.DECIMAL:
            children.setdefault(label.numbers[0], i)
    return children


def _parent(lines: Sequence[TextLine], begin: int, child: int, number: int) -> int | None:
    """Return the index of the single number above its first decimal one; only unnumbered lines stand between."""
    i = next((k for k in range(child - 1, begin - 1, -1) if lines[k].label is not None), None)
    if i is None:
        return None
    label = lines[i].label
    is_head = label is not None and label.family is Family.NUMBER and label.number == number
    return i if is_head and lines[i].looks_like_heading else None


def _childless(lines: Sequence[TextLine], part: range, heads: set[int], children: dict[int, int]) -> set[int]:
    """Return the headings without decimals below them, which only their place in the count betrays."""
    found: set[int] = set()
    pointed_style = bool(heads) and all(lines[i].is_pointed for i in heads)
    current, item = 0, NO_ITEM
    for i in part:
        number = _number(lines[i])
        if number is None:
            continue
        ahead = current < number <= current + FARTHEST_JUMP
        goes_on = pointed_style and number == current + 1 and number != item + 1
        if i in heads or _is_decimal(lines[i]) and (ahead or number == current):
            current, item = number, NO_ITEM
        elif ahead and number not in children and _heads_by_itself(lines[i], pointed=goes_on):
            found.add(i)
            current, item = number, NO_ITEM
        elif lines[i].is_pointed:
            item = number
    return found


def _number(line: TextLine) -> int | None:
    """Return the first number of a decimal or single number."""
    if line.label is None or line.label.family not in (Family.DECIMAL, Family.NUMBER):
        return None
    return line.label.numbers[0]


def _is_decimal(line: TextLine) -> bool:
    return line.label is not None and line.label.family is Family.DECIMAL


def _heads_by_itself(line: TextLine, *, pointed: bool) -> bool:
    """pointed: this text prints its headings as 3.总则, and no list counts up to this number."""
    if _is_decimal(line) or not line.looks_like_heading or MEASURE.match(line.rest):
        return False
    return pointed or not line.is_pointed


def _has_other_headings(lines: Sequence[TextLine], begin: int, end: int) -> bool:
    labels = (line.label for line in lines[begin:end])
    return any(label is not None and label.family in OTHER_HEADINGS for label in labels)
