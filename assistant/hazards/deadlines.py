"""Deadlines (时限): which rule sets one, when it is due, when to remind of it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from assistant.hazards.moments import day, text, utc
from assistant.rules import Rule, Rules

URGENCIES = ("emergency", "urgent", "routine")
REMIND = "hazard.remind"
"""Share of the span, in percent, that is left when the reminder comes."""
EXTENSION, ASSIGNED = "extension", "assigned"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment by which something must be done, and the rule that says so."""

    due: datetime
    remind: datetime
    rule: Rule | None = None
    origin: str = EXTENSION
    """What set it, where no rule did."""

    def fields(self) -> dict[str, Any]:
        """Return what the deadline sets in the case; whatever was overdue starts anew."""
        return {
            "due_at": text(self.due),
            "due_rule": self.rule.id if self.rule else self.origin,
            "remind_at": text(self.remind),
            "is_overdue": False,
            "climbs": 0,
            "climb_at": None,
            "supervisor": None,
        }

    def source(self) -> dict[str, Any]:
        """Return what the event keeps of the rule: it may read otherwise next year."""
        if self.rule is None:
            return {}
        return {
            "id": self.rule.id,
            "value": self.rule.value,
            "unit": self.rule.unit,
            "since": self.rule.since.isoformat(),
            "source": self.rule.source,
            "is_verified": self.rule.is_verified,
        }


NO_DEADLINE: dict[str, Any] = {
    "due_at": None,
    "due_rule": "",
    "remind_at": None,
    "is_overdue": False,
    "climbs": 0,
    "climb_at": None,
    "supervisor": None,
    "extension_until": None,
}


def deadline(step: str, urgency: str, region: str, now: datetime, rules: Rules) -> Deadline:
    """Return the deadline of a step (dispatch, sign, rectify, inspect); raises UnknownRule."""
    rule = by_urgency(f"hazard.{step}", urgency, region, now, rules)
    due = utc(now) + rule.duration
    return Deadline(due, _reminder(due, region, now, rules), rule)


def until(moment: datetime, region: str, now: datetime, rules: Rules) -> Deadline:
    """Return the deadline that an extension sets."""
    return Deadline(utc(moment), _reminder(moment, region, now, rules))


def rectifying(urgency: str, region: str, wanted: datetime | None, now: datetime, rules: Rules) -> Deadline:
    """Return by when a case has to be rectified: the rule's own deadline, or an earlier day that was asked for.

    Raises: UnknownRule.
    """
    ruled = deadline("rectify", urgency, region, now, rules)
    if wanted is None or not utc(now) < utc(wanted) < ruled.due:
        return ruled
    return replace(until(wanted, region, now, rules), origin=ASSIGNED)


def by_urgency(prefix: str, urgency: str, region: str, now: datetime, rules: Rules) -> Rule:
    """Return the rule for a case of that urgency; one of unknown urgency can wait."""
    known = urgency if urgency in URGENCIES else "routine"
    return rules.find(f"{prefix}.{known}", region, day(now))


def _reminder(due: datetime, region: str, now: datetime, rules: Rules) -> datetime:
    share = rules.find(REMIND, region, day(now)).value / 100
    return utc(due) - (utc(due) - utc(now)) * share
