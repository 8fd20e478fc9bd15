"""Report clocks (报告时限): what has to be reported by when, under which rule, and when it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from assistant.errors import UnknownRule
from assistant.events import Event, utc
from assistant.incidents.case import Incident
from assistant.rules import Rule, Rules

LOCAL = ZoneInfo("Asia/Shanghai")
ACCIDENTS = frozenset(
    "fire gas building traffic mine chemical limited_space electricity public_facility water_safety".split()
)
"""Classes that may be accidents in production or business; whether one is, a person decides."""
DISASTERS = frozenset({"geological", "flood", "forest_fire", "weather"})
ROAD_OR_FIRE = frozenset({"traffic", "fire"})
UPWARDS = ("phoned", "wrote")
ENDINGS = ("handled", "final", "exempted", "withdrawn")
CHAIN = ("phoned", "wrote", "followed_up")


class Whose(StrEnum):
    """Who has to keep the time."""

    OURS = "ours"  # the township's duty desk
    UNIT = "unit"  # the unit in which the accident happened
    ABOVE = "above"  # county and above
    WINDOW = "window"  # no deadline: for so long changes are to be reported


@dataclass(frozen=True, slots=True)
class Step:
    """One report that a rule asks for."""

    name: str
    rule: str
    starts: tuple[str, ...]
    """Kinds of events that start the clock: the first of them, or the last where it starts again."""
    done: tuple[str, ...]
    """Kinds of events that fulfil it."""
    whose: Whose = Whose.OURS
    categories: frozenset[str] | None = None
    """None for all."""
    again: bool = False
    """Each report starts it anew until the handling has ended."""


STEPS = (
    Step("phone", "incident.phone", ("known",), UPWARDS),
    Step("written", "incident.written", ("known",), ("wrote",)),
    Step("township", "disaster.township", ("known",), UPWARDS, categories=DISASTERS),
    Step("follow_up", "incident.follow_up", CHAIN, ("followed_up",), again=True),
    Step("zero", "disaster.zero", CHAIN, ("followed_up",), categories=DISASTERS, again=True),
    Step("final", "incident.final", ("handled",), ("final",)),
    Step("head", "accident.head", ("known",), UPWARDS, Whose.UNIT, ACCIDENTS),
    Step("level", "accident.level", UPWARDS, (), Whose.ABOVE, ACCIDENTS),
    Step("county", "disaster.county", ("known",), (), Whose.ABOVE, DISASTERS),
    Step("changes", "accident.changes", ("known",), (), Whose.WINDOW, ACCIDENTS - ROAD_OR_FIRE),
    Step("changes", "accident.changes.road_fire", ("known",), (), Whose.WINDOW, ROAD_OR_FIRE),
)


@dataclass(frozen=True, slots=True)
class Clock:
    """One step of one incident, with its rule and the event that started it."""

    step: str
    whose: Whose
    rule: Rule
    started_by: int
    """Sequence of the event."""
    started_at: datetime
    due_at: datetime
    done_at: datetime | None
    """The true time at which it was done, however late."""

    def left(self, now: datetime) -> timedelta:
        """Return how long there is left; negative once it is late."""
        return self.due_at - (self.done_at or utc(now))

    def is_late(self, now: datetime) -> bool:
        """Say whether it was done too late, or is not done and late."""
        return self.left(now) < timedelta(0)


def clocks(incident: Incident, events: Sequence[Event], rules: Rules, now: datetime) -> tuple[Clock, ...]:
    """Return each step that the rules of the incident's place ask for, those of the township first.

    A step for which the place has no rule is left out. Late steps keep their true time.
    """
    on = utc(incident.registered_at or now).astimezone(LOCAL).date()
    found = [_clock(step, incident, events, rules, on) for step in STEPS]
    return tuple(clock for clock in found if clock is not None)


def _clock(step: Step, incident: Incident, events: Sequence[Event], rules: Rules, on: date) -> Clock | None:
    if step.categories is not None and incident.category not in step.categories:
        return None
    starts = [event for event in events if event.kind in step.starts]
    ended = [event for event in events if event.kind in ENDINGS]
    if not starts or (step.again and ended):
        return None
    rule = _rule(step.rule, incident, rules, on)
    if rule is None:
        return None
    start = starts[-1] if step.again else starts[0]
    done = [happened(e) for e in events if e.kind in step.done and e.sequence > start.sequence]
    begun = happened(start)
    return Clock(step.name, step.whose, rule, start.sequence, begun, begun + rule.duration, min(done, default=None))


def _rule(name: str, incident: Incident, rules: Rules, on: date) -> Rule | None:
    try:
        return rules.find(name, incident.region, on)
    except UnknownRule:
        return None


def happened(event: Event) -> datetime:
    """Return when something truly happened: as the person said, else when the server heard of it."""
    said = event.fields.get("at")
    return utc(datetime.fromisoformat(said)) if said else utc(event.at)


GRADES = ("extremely_serious", "serious", "large")


def grade(deaths: int | None, injured: int | None, region: str, rules: Rules, on: date) -> str:
    """Return the grade of an accident by the numbers that are known: one of GRADES, `ordinary`, or empty if none is."""
    if deaths is None and injured is None:
        return ""
    for name in GRADES:
        least = [(deaths, f"grade.{name}.deaths"), (injured, f"grade.{name}.injured")]
        if any(count is not None and count >= rules.find(rule, region, on).value for count, rule in least):
            return name
    return "ordinary"
