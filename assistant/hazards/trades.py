"""Trade and competent department (行业、主管部门) of a class of hazard; `trades.toml` is the table, by place."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.rules import covers

SHIPPED = Path(__file__).with_name("trades.toml")


@dataclass(frozen=True, slots=True)
class Trade:
    """What a class belongs to at a place."""

    name: str
    department: str
    source: str
    is_verified: bool
    """Somebody has compared it with the source's own text."""
    region: str = ""
    """Path of the place; empty for the whole country."""
    categories: frozenset[str] = frozenset()


NONE = Trade("", "", "", is_verified=False)


@cache
def trades() -> tuple[Trade, ...]:
    """Read the table."""
    entries = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["trade"]
    return tuple(
        Trade(
            name=entry["trade"],
            department=entry["department"],
            source=entry["source"],
            is_verified=entry["verified"],
            region=entry.get("region", ""),
            categories=frozenset(entry["categories"]),
        )
        for entry in entries
    )


def trade(region: str, category: str) -> Trade:
    """Return the trade of a class at a place, the nearest place's own line first; one without words where there is none."""
    fits = [one for one in trades() if category in one.categories and covers(one.region, region)]
    return max(fits, key=lambda one: len(one.region), default=NONE)
