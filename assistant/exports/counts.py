"""Counts of cases (统计): by place, class, trade and unit, each part with what it is a part of."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant.exports.entries import Entry
from assistant.hazards.steps import LIVE

BY: dict[str, Callable[[Entry], str]] = {
    "region": lambda entry: entry.region.rsplit("/", 1)[-1],
    "category": lambda entry: entry.category,
    "trade": lambda entry: entry.trade,
    "unit": lambda entry: entry.unit,
}


@dataclass(frozen=True, slots=True)
class Count:
    """How many cases of one name there are, how many are open, how many of those are late."""

    name: str
    total: int
    open: int
    late: int


def counts(found: Iterable[Entry], by: str) -> tuple[Count, ...]:
    """Count by region, category, trade or unit, the most open first."""
    groups: dict[str, list[Entry]] = {}
    for entry in found:
        groups.setdefault(BY[by](entry), []).append(entry)
    counted = (
        Count(name, len(group), sum(one.state in LIVE for one in group), sum(one.is_overdue for one in group))
        for name, group in groups.items()
    )
    return tuple(sorted(counted, key=lambda count: (-count.open, -count.total, count.name)))
