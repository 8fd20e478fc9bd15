"""Training rounds (轮训): who was trained when, whose turn it is, and what of that has been said already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from assistant.errors import UnknownRule
from assistant.events import Case, Fact, utc
from assistant.rules import Rule, Rules

TOWNSHIP, VILLAGE = "training.round.township", "training.round.village"
AHEAD, CLIMB = "training.round.ahead", "training.round.climb"
SEPARATOR = ","


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


class TrainingRound(Case, table=True):
    """The round of one place, as far as people have been told of it."""

    __tablename__ = "training_round"

    region: str = Field(default="", max_length=255, index=True)
    reminded: str = ""
    """Whose turn was told to come (person id and last day, 12:2026-07-10), apart by commas."""
    overdue: str = ""
    """Whose turn was told to be over, in the same way."""
    climbs: int = 0
    """Superiors that have been told since somebody is overdue."""
    climb_at: datetime | None = Field(default=None, index=True)
    supervisor: int | None = None
    """Person id of the superior who is named."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place and those of its people who have a role in it."""

    region: str
    is_village: bool
    people: tuple[tuple[int, date], ...]
    """Person id, and the day from which they are known."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One person in the round of a place."""

    person: int
    last: str
    """Day of the last training, 2026-05-10; empty for none."""
    until: date
    """Until when the next one must have been; `date.max` where no document of the place says it."""
    is_trained: bool
    """The last training still counts."""


@dataclass(frozen=True, slots=True)
class Round:
    """How far the round of one place has come on one day."""

    place: Place
    rule: Rule | None
    """How many years a round lasts; None where no document of the place says it."""
    turns: tuple[Turn, ...]
    on: date
    ahead: int
    """Days."""

    @property
    def trained(self) -> tuple[Turn, ...]:
        """Those whose last training still counts."""
        return tuple(one for one in self.turns if one.is_trained)

    @property
    def untrained(self) -> tuple[Turn, ...]:
        """All others."""
        return tuple(one for one in self.turns if not one.is_trained)

    @property
    def overdue(self) -> tuple[Turn, ...]:
        """Those whose turn is over."""
        return tuple(one for one in self.turns if one.until < self.on)

    @property
    def coming(self) -> tuple[Turn, ...]:
        """Those whose turn comes soon."""
        return tuple(one for one in self.turns if one.until >= self.on and (one.until - self.on).days <= self.ahead)

    @property
    def last(self) -> str:
        """Day of the last training of anybody there; empty for none."""
        return max((one.last for one in self.turns), default="")


def rule_of(place: Place, rules: Rules, on: date) -> Rule | None:
    """Return how long a round lasts in a place; None where nothing is written."""
    try:
        return rules.find(VILLAGE if place.is_village else TOWNSHIP, place.region, on)
    except UnknownRule:
        return None


def round_of(place: Place, last: Mapping[int, str], rules: Rules, on: date) -> Round:
    """Return the round of a place; last: the latest training of each person, by person id."""
    rule = rule_of(place, rules, on)
    turns = tuple(_turn(person, since, last.get(person, ""), rule, on) for person, since in place.people)
    return Round(place, rule, turns, on, rules.find(AHEAD, place.region, on).duration.days)


def latest(rows: Iterable[Attendance]) -> dict[int, str]:
    """Return the day of each person's last training."""
    found: dict[int, str] = {}
    for row in rows:
        found[row.person_id] = max(row.on, found.get(row.person_id, ""))
    return found


def key_of(turn: Turn) -> str:
    """Return by which a turn is known that has been told of."""
    return f"{turn.person}:{turn.until.isoformat()}"


def new(turns: Iterable[Turn], told: str) -> list[Turn]:
    """Return the turns of which nobody has been told yet."""
    known = set(told.split(SEPARATOR))
    return [one for one in turns if key_of(one) not in known]


def opened(region: str) -> Fact:
    """Record that the round of a place is followed."""
    return Fact("opened", {"set": {"region": region}})


def remind(known: TrainingRound, turns: Iterable[Turn]) -> Fact:
    """Record whose turn is told to come."""
    return Fact("reminded", {"set": {"reminded": _more(known.reminded, turns)}}, AHEAD)


def climb(known: TrainingRound, turns: Iterable[Turn], superior: int | None, at: datetime | None) -> Fact:
    """Record whose turn is over, which superior (person id) hears of it, and when the next one does."""
    fields = {
        "overdue": _more(known.overdue, turns),
        "climbs": known.climbs + 1,
        "supervisor": superior,
        "climb_at": utc(at).isoformat() if at is not None else None,
    }
    return Fact("climbed" if known.climbs else "overdue", {"set": fields, "superior": superior}, CLIMB)


def settle() -> Fact:
    """Record that nobody is overdue any more."""
    return Fact("settled", {"set": {"climbs": 0, "climb_at": None, "supervisor": None}})


def _more(told: str, turns: Iterable[Turn]) -> str:
    return SEPARATOR.join(filter(None, (told, *map(key_of, turns))))


def _turn(person: int, since: date, last: str, rule: Rule | None, on: date) -> Turn:
    """Return somebody's turn; who was never trained has one round from the rule, or from when they came."""
    if rule is None:
        return Turn(person, last, date.max, bool(last))
    years = int(rule.value)
    if not last:
        return Turn(person, last, _later(max(since, rule.since), years), is_trained=False)
    until = _later(date.fromisoformat(last), years)
    return Turn(person, last, until, until >= on)


def _later(day: date, years: int) -> date:
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year + years, day=last)
