"""Training rounds (轮训): who was trained when, and whether that still counts in the round of the place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Field, SQLModel, UniqueConstraint

from assistant.errors import UnknownRule
from assistant.rules import Rule, Rules

TOWNSHIP, VILLAGE = "training.round.township", "training.round.village"
AHEAD = "training.round.ahead"


class Attendance(SQLModel, table=True):
    """One person at one training; rows are only ever added."""

    __tablename__ = "training_attendance"
    __table_args__ = (UniqueConstraint("person_id", "on", "subject"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    on: str = Field(max_length=10, index=True)
    """Day of China, 2026-05-10."""
    subject: str = Field(default="", max_length=200)
    item: str = Field(default="", max_length=32, index=True)
    """Number of the due item to which it belongs; empty for a row of a table."""
    source: str = ""
    """Name of the file, or the words by which it was told."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place and those of its people who have a role in it."""

    region: str
    is_village: bool
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """How far the round of one place has come."""

    place: Place
    rule: Rule | None
    """How many years a round lasts; None where no document of the place says it."""
    trained: tuple[int, ...]
    """Person ids, trained within the round that ends today."""
    untrained: tuple[int, ...]
    expiring: tuple[int, ...]
    """Of the trained: their turn comes within the days of `training.round.ahead`."""
    last: str
    """Day of the last training of anybody there, 2026-05-10; empty for none."""


def rule_of(place: Place, rules: Rules, on: date) -> Rule | None:
    """Return how long a round lasts in a place; None where nothing is written."""
    try:
        return rules.find(VILLAGE if place.is_village else TOWNSHIP, place.region, on)
    except UnknownRule:
        return None


def round_of(place: Place, last: Mapping[int, str], rules: Rules, on: date) -> Round:
    """Return the round of a place; last: the latest training of each person, by person id."""
    rule = rule_of(place, rules, on)
    ahead = rules.find(AHEAD, place.region, on).duration
    ends = {one: _until(last[one], rule) for one in place.people if one in last}
    trained = tuple(one for one in place.people if one in ends and ends[one] >= on)
    return Round(
        place,
        rule,
        trained,
        tuple(one for one in place.people if one not in trained),
        tuple(one for one in trained if ends[one] <= on + ahead),
        max((last[one] for one in place.people if one in last), default=""),
    )


def latest(rows: Iterable[Attendance]) -> dict[int, str]:
    """Return the day of each person's last training."""
    found: dict[int, str] = {}
    for row in rows:
        found[row.person_id] = max(row.on, found.get(row.person_id, ""))
    return found


def _until(day: str, rule: Rule | None) -> date:
    """Return the last day on which a training counts; without a rule it counts for ever."""
    if rule is None:
        return date.max
    held = date.fromisoformat(day)
    years = int(rule.value)
    last = 28 if (held.month, held.day) == (2, 29) else held.day
    return held.replace(year=held.year + years, day=last)
