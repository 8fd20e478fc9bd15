"""Whistle and report in (街乡吹哨、部门报到): several departments are called to one case; each says that it came, and what it did."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from assistant.events import Fact
from assistant.hazards.case import Hazard
from assistant.hazards.deadlines import by_urgency
from assistant.hazards.moments import text, utc
from assistant.hazards.steps import Action, By, require
from assistant.rules import Rules


@dataclass(frozen=True, slots=True)
class Called:
    """One department that was called; its contact where one is known."""

    unit: str
    person: int | None = None
    due: str = ""
    """By when it must have reported in, ISO."""
    reported: str = ""
    """When it did, ISO."""
    did: str = ""
    is_late: bool = False
    """It has been said that it is late: once."""


def called(hazard: Hazard) -> tuple[Called, ...]:
    """Return the departments that were called to a case, in order."""
    return tuple(Called(**entry) for entry in json.loads(hazard.called or "[]"))


def missing_departments(hazard: Hazard) -> tuple[Called, ...]:
    """Return the departments that have not reported in."""
    return tuple(one for one in called(hazard) if not one.reported)


def called_as(hazard: Hazard, by: By) -> Called | None:
    """Return the entry under which somebody was called, by name or by department."""
    fits = [one for one in called(hazard) if one.person == by.person if by.person is not None]
    fits = fits or [one for one in called(hazard) if by.unit and one.unit == by.unit]
    return fits[0] if fits else None


def whistle(hazard: Hazard, by: By, whom: Iterable[tuple[str, int | None]], now: datetime, rules: Rules) -> Fact:
    """Call departments (name, person if known) to a case; one that is there already is not called again.

    Raises: WrongState, NotAllowed, UnknownRule.
    """
    require(hazard, Action.WHISTLE, by)
    rule = by_urgency("hazard.whistle", hazard.urgency, hazard.region, now, rules)
    due = text(utc(now) + rule.duration)
    there = called(hazard)
    known = {one.unit for one in there}
    new = [Called(unit, person, due) for unit, person in dict(whom).items() if unit not in known]
    data = {"set": _kept((*there, *new)), "called": [one.unit for one in new], "until": due}
    return Fact(Action.WHISTLE.value, data, rule.id)


def report_in(hazard: Hazard, by: By, unit: str, did: str, now: datetime) -> Fact:
    """Record that a department is there, and what it did; a later word adds to the first.

    Raises: WrongState, NotAllowed.
    """
    own = called_as(hazard, by)
    require(hazard, Action.REPORT_IN, by, is_called=own is not None and own.unit == unit)
    changed = tuple(
        replace(one, reported=one.reported or text(now), did="；".join(filter(None, (one.did, did))))
        if one.unit == unit
        else one
        for one in called(hazard)
    )
    return Fact(Action.REPORT_IN.value, {"set": _kept(changed), "unit": unit, "did": did})


def late_department(hazard: Hazard, by: By, unit: str) -> Fact:
    """Record that a department has not come in time; raises WrongState, NotAllowed."""
    require(hazard, Action.LATE_DEPARTMENT, by)
    changed = tuple(replace(one, is_late=True) if one.unit == unit else one for one in called(hazard))
    return Fact(Action.LATE_DEPARTMENT.value, {"set": _kept(changed), "unit": unit})


def late(hazard: Hazard, now: datetime) -> tuple[Called, ...]:
    """Return the departments that are late, of whom that has not been said yet."""
    past = text(now)
    return tuple(one for one in missing_departments(hazard) if not one.is_late and one.due and one.due <= past)


def _kept(entries: Iterable[Called]) -> dict[str, str]:
    return {"called": json.dumps([asdict(one) for one in entries], ensure_ascii=False)}
