"""Dated, sourced numbers and deadlines (规则): `rules.toml` is the only place where one stands."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from assistant.errors import UnknownRule

SHIPPED = Path(__file__).with_name("rules.toml")
UNITS = {"minutes": timedelta(minutes=1), "hours": timedelta(hours=1), "days": timedelta(days=1)}


@dataclass(frozen=True, slots=True)
class Rule:
    """One number of one jurisdiction, from one day on."""

    id: str
    value: float
    unit: str
    """minutes, hours or days for a duration; else what is counted (yuan, metres, persons)."""
    region: str
    """Path of the place where it holds with all below it; empty for the whole country."""
    since: date
    source: str
    """Title and article, or unit id of a clause in the corpus."""
    is_verified: bool
    """Somebody has compared it with the source's own text; an unverified one is never asserted as law."""
    note: str = ""

    @property
    def duration(self) -> timedelta:
        """The value as a span of time; raises KeyError for what is none."""
        return self.value * UNITS[self.unit]


class Rules:
    """All rules; the one that holds for a place on a day."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple(rules)
        self._named: dict[str, list[Rule]] = {}
        for rule in self._rules:
            self._named.setdefault(rule.id, []).append(rule)

    def find(self, rule_id: str, region: str, on: date) -> Rule:
        """Return the rule of the nearest place above `region`, the latest that is in force on the day.

        Raises: UnknownRule.
        """
        named = self._named.get(rule_id, [])
        held = [rule for rule in named if rule.since <= on and covers(rule.region, region)]
        if not held:
            raise UnknownRule(rule=rule_id, region=region, on=on.isoformat())
        return max(held, key=lambda rule: (len(rule.region), rule.since))

    def all(self) -> tuple[Rule, ...]:
        """Return every rule, in the order of the file."""
        return self._rules


def covers(above: str, region: str) -> bool:
    """Say whether a place is `above` or below it; the empty path is the whole country."""
    return not above or region == above or region.startswith(f"{above}/")


@cache
def load_rules(path: Path = SHIPPED) -> Rules:
    """Read the rules, once in the life of the program."""
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["rule"]
    return Rules(
        Rule(
            id=entry["id"],
            value=entry["value"],
            unit=entry["unit"],
            region=entry.get("region", ""),
            since=entry["since"],
            source=entry["source"],
            is_verified=entry["verified"],
            note=entry.get("note", ""),
        )
        for entry in entries
    )
