"""What time demands of an item (到点): reminders on the way to the last day, then one superior after another."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from assistant.drills.case import DutyItem
from assistant.events import Fact, utc
from assistant.rules import Rules

LOCAL = ZoneInfo("Asia/Shanghai")
LADDER = ("drill.remind.first", "drill.remind.second", "drill.remind.last")
CLIMB = "drill.climb"
HOUR = "drill.hour"
PROMPT = timedelta(days=1)
"""Before a planned day somebody is reminded of it, and after it asked what became of it."""


def schedule(item: DutyItem, now: datetime, rules: Rules) -> Fact:
    """Set when somebody is reminded first, and when it begins to climb: the day after the last one, or tomorrow."""
    due = max(date.fromisoformat(item.due_on), utc(now).astimezone(LOCAL).date())
    climb_at = _text(_at(due + timedelta(days=1), item.region, rules))
    changed = {"remind_at": _text(next_reminder(item, now, rules)), "climb_at": climb_at, "climbs": 0}
    return Fact("scheduled", {"set": changed}, CLIMB)


def replan(item: DutyItem, now: datetime, rules: Rules) -> Fact:
    """Set when somebody is reminded next, now that another day is planned; what climbs goes on climbing."""
    return Fact("scheduled", {"set": {"remind_at": _text(next_reminder(item, now, rules))}}, LADDER[0])


def next_reminder(item: DutyItem, now: datetime, rules: Rules) -> datetime | None:
    """Return when to remind next: on the steps of the ladder within the window, around the planned day; None for never."""
    if not item.is_undone:
        return None
    today, due = utc(now).astimezone(LOCAL).date(), date.fromisoformat(item.due_on)
    days = {due - rules.find(step, item.region, today).duration for step in LADDER}
    days = {day for day in days if item.opens_on <= day.isoformat()}
    if item.planned_on:
        planned = date.fromisoformat(item.planned_on)
        days = {day for day in days if day > planned} | {planned - PROMPT, planned + PROMPT}
    moments = sorted(_at(day, item.region, rules) for day in days if day <= due)
    return next((moment for moment in moments if moment > utc(now)), None)


def is_to_be_reminded(item: DutyItem, now: datetime) -> bool:
    """Say whether a reminder is due."""
    return item.is_undone and item.remind_at is not None and utc(item.remind_at) <= utc(now)


def is_to_climb(item: DutyItem, now: datetime) -> bool:
    """Say whether the window is over, or the item has stood still since a superior heard of it."""
    return item.is_undone and item.climb_at is not None and utc(item.climb_at) <= utc(now)


def remind(item: DutyItem, now: datetime, rules: Rules) -> Fact:
    """Record that somebody is reminded, and when next."""
    return Fact("reminded", {"set": {"remind_at": _text(next_reminder(item, now, rules))}}, LADDER[0])


def climb(item: DutyItem, superior: int | None, now: datetime, rules: Rules) -> Fact:
    """Record that it is overdue and which superior (person id) hears of it; without one it stops climbing."""
    wait = rules.find(CLIMB, item.region, utc(now).astimezone(LOCAL).date())
    changed: dict[str, Any] = {"remind_at": None, "climb_at": None}
    if superior is not None:
        changed["climb_at"] = _text(utc(now) + wait.duration)
        changed |= {"climbs": item.climbs + 1, "supervisor": superior}
    return Fact("climbed" if item.climbs else "overdue", {"set": changed, "superior": superior}, wait.id)


def _at(day: date, region: str, rules: Rules) -> datetime:
    """Return the hour of a day at which people are told of such things: never at night."""
    hour = int(rules.find(HOUR, region, day).value)
    return utc(datetime.combine(day, time(hour), LOCAL))


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else utc(moment).isoformat()
