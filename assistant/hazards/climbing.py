"""What time demands of a case (到点): reminders, overdue cases that climb to a named superior, supervision (督办)."""

from datetime import datetime

from assistant.events import Fact
from assistant.hazards.case import Hazard, HazardState
from assistant.hazards.deadlines import by_urgency
from assistant.hazards.moments import day, is_past, text, utc
from assistant.hazards.steps import AUTOMATIC, LIVE, Action, By, require
from assistant.rules import Rules

CALL_BACK = "hazard.call_back"


def is_to_be_reminded(hazard: Hazard, now: datetime) -> bool:
    """Say whether the deadline is near and nobody has been reminded of it."""
    return hazard.state in LIVE and is_past(hazard.remind_at, now) and not is_past(hazard.due_at, now)


def is_newly_overdue(hazard: Hazard, now: datetime) -> bool:
    """Say whether the deadline has passed and it has not been recorded."""
    return hazard.state in LIVE and is_past(hazard.due_at, now) and not hazard.is_overdue


def is_to_climb(hazard: Hazard, now: datetime) -> bool:
    """Say whether an overdue case has stood still so long that the next superior hears of it."""
    return hazard.state in LIVE and hazard.is_overdue and is_past(hazard.climb_at, now)


def asked_before(now: datetime, rules: Rules) -> datetime:
    """Return the moment since which nobody, anywhere, has been asked so long ago."""
    return utc(now) - min(rule.duration for rule in rules.all() if rule.id == CALL_BACK)


def is_unanswered(hazard: Hazard, now: datetime, rules: Rules) -> bool:
    """Say whether the reporter was asked long ago whether the repair is good, and never answered."""
    if hazard.state != HazardState.CLOSED or hazard.closed_at is None:
        return False
    wait = rules.find(CALL_BACK, hazard.region, day(now)).duration
    return is_past(utc(hazard.closed_at) + wait, now)


def remind(hazard: Hazard) -> Fact:
    """Record that the one in charge is reminded, once per deadline; raises WrongState."""
    require(hazard, Action.REMIND, AUTOMATIC)
    return Fact(Action.REMIND.value, {"set": {"remind_at": None}}, hazard.due_rule)


def overdue(hazard: Hazard, superior: int | None, now: datetime, rules: Rules) -> Fact:
    """Record that a deadline has passed, and which superior (person id) hears of it; raises WrongState, UnknownRule."""
    return _risen(hazard, Action.OVERDUE, superior, now, rules)


def climb(hazard: Hazard, superior: int | None, now: datetime, rules: Rules) -> Fact:
    """Record that a case is still overdue and goes one superior higher; without one it stops climbing.

    Raises: WrongState, UnknownRule.
    """
    return _risen(hazard, Action.CLIMB, superior, now, rules)


def _risen(hazard: Hazard, action: Action, superior: int | None, now: datetime, rules: Rules) -> Fact:
    require(hazard, action, AUTOMATIC)
    wait = by_urgency("hazard.climb", hazard.urgency, hazard.region, now, rules)
    changed = {
        "is_overdue": True,
        "remind_at": None,
        "climbs": hazard.climbs + (superior is not None),
        "climb_at": text(utc(now) + wait.duration) if superior is not None else None,
        "supervisor": superior if superior is not None else hazard.supervisor,
    }
    return Fact(action.value, {"set": changed, "superior": superior, "was_due": hazard.due_rule}, wait.id)


def supervise(hazard: Hazard, by: By, words: str) -> Fact:
    """Record that a superior presses for a case (督办) and is named on it; raises WrongState, NotAllowed."""
    require(hazard, Action.SUPERVISE, by)
    return Fact(Action.SUPERVISE.value, {"set": {"supervisor": by.person}, "words": words})
