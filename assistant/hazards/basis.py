"""The clause behind a case (依据): what obliges someone to act; `basis.toml` is the table."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.rules import covers

SHIPPED = Path(__file__).with_name("basis.toml")


@dataclass(frozen=True, slots=True)
class Basis:
    """A clause and the cases that it speaks of."""

    unit: str
    """Unit id in the corpus."""
    label: str
    """How a message cites it."""
    region: str
    """Path of the place whose document it is; empty for the whole country."""
    categories: frozenset[str]
    """Empty for all."""


@cache
def bases() -> tuple[Basis, ...]:
    """Read the table."""
    entries = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["basis"]
    return tuple(Basis(e["unit"], e["label"], e["region"], frozenset(e.get("categories", ()))) for e in entries)


def clause(region: str, category: str) -> str:
    """Return the clause of the nearest place, there the one about that very class; empty where there is none."""
    fits = [one for one in bases() if covers(one.region, region) and (not one.categories or category in one.categories)]
    best = max(fits, key=lambda one: (len(one.region), bool(one.categories)), default=None)
    return best.unit if best else ""


def cited(unit: str) -> str:
    """Return how a message cites a clause of the table; empty for any other."""
    return next((one.label for one in bases() if one.unit == unit), "")
