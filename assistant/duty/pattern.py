"""The rotation (轮班): teams that take turns by days or shifts, with lines of their own for weekends and holidays."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from assistant.duty.calendar import Calendar, DayKind
from assistant.duty.post import PostKind
from assistant.duty.slot import Slot, Turn

Team = tuple[int, ...]
"""Ids of the persons who are on together."""


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of post, and who takes turns at it."""

    kind: PostKind
    teams: tuple[Team, ...]
    turns: tuple[Turn, ...] = (Turn(),)
    """Shifts of a day, in their order."""
    period: int = 1
    """Days, or shifts where `is_by_turn`, that a team stays on."""
    on: frozenset[DayKind] = frozenset()
    """Days for which the line is; empty for every day. Only these count for the rotation."""
    is_by_turn: bool = False
    """The next shift has the next team (四班两运转); else a team has all shifts of its day."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A rotation from one day on; the first team begins on that day."""

    starts_on: date
    lines: tuple[Line, ...]
    ends_on: date | None = None

    def covers(self, day: date) -> bool:
        """Say whether the rotation holds on a day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def slots_on(pattern: Pattern, day: date, calendar: Calendar) -> list[Slot]:
    """Return who is on in the shifts that begin on a day.

    Raises: UnknownHolidays, where a line depends on holidays that are not known.
    """
    if not pattern.covers(day):
        return []
    return [slot for line in pattern.lines for slot in _of_line(line, pattern.starts_on, day, calendar)]


def _of_line(line: Line, starts_on: date, day: date, calendar: Calendar) -> list[Slot]:
    if not line.teams or (line.on and calendar.kind(day) not in line.on):
        return []
    passed = _days_before(line, starts_on, day, calendar)
    slots = []
    for number, turn in enumerate(line.turns):
        step = passed * len(line.turns) + number if line.is_by_turn else passed
        starts_at, ends_at = turn.on(day)
        team = line.teams[step // line.period % len(line.teams)]
        slots += [Slot(day, line.kind, person, starts_at, ends_at) for person in team]
    return slots


def _days_before(line: Line, starts_on: date, day: date, calendar: Calendar) -> int:
    """Return how many days of a line have passed: a team that has had this holiday is not on at the next one."""
    count = (day - starts_on).days
    if not line.on:
        return count
    return sum(calendar.kind(starts_on + timedelta(days=passed)) in line.on for passed in range(count))


def as_data(pattern: Pattern) -> dict[str, Any]:
    """Return a rotation as JSON values."""
    return {
        "starts_on": pattern.starts_on.isoformat(),
        "ends_on": pattern.ends_on.isoformat() if pattern.ends_on else "",
        "lines": [
            {
                "kind": line.kind.value,
                "teams": [list(team) for team in line.teams],
                "turns": [[f"{turn.starts:%H:%M}", f"{turn.ends:%H:%M}"] for turn in line.turns],
                "period": line.period,
                "on": sorted(line.on),
                "is_by_turn": line.is_by_turn,
            }
            for line in pattern.lines
        ],
    }


def from_data(data: Mapping[str, Any]) -> Pattern:
    """Return the rotation of JSON values."""
    return Pattern(
        date.fromisoformat(data["starts_on"]),
        tuple(_line(one) for one in data["lines"]),
        date.fromisoformat(data["ends_on"]) if data["ends_on"] else None,
    )


def _line(data: Mapping[str, Any]) -> Line:
    return Line(
        PostKind(data["kind"]),
        tuple(tuple(team) for team in data["teams"]),
        tuple(Turn(time.fromisoformat(starts), time.fromisoformat(ends)) for starts, ends in data["turns"]),
        data["period"],
        frozenset(DayKind(one) for one in data["on"]),
        data["is_by_turn"],
    )
