"""What the one who reports can do (上报): register, supplement, correct, withdraw, confirm, reopen; and duplicates."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from assistant.errors import MissingReason
from assistant.events import Fact
from assistant.hazards.case import Hazard, HazardState
from assistant.hazards.deadlines import NO_DEADLINE, deadline
from assistant.hazards.moments import text as moment_text
from assistant.hazards.steps import Action, By, require
from assistant.rules import Rules

SAID = frozenset(
    {"category", "urgency", "region", "place", "lat", "lon", "text", "casualties", "is_anonymous", "wishes", "reporter"}
)
"""Fields of a hazard that come from the reporter."""
GRAVITY = ("", "routine", "urgent", "emergency")


def register(said: Mapping[str, Any], now: datetime, rules: Rules) -> Fact:
    """Decide that a report becomes a case; `said` holds fields out of SAID.

    The time by which it must be dispatched runs from now. Raises: UnknownRule.
    """
    term = deadline("dispatch", str(said.get("urgency", "")), str(said.get("region", "")), now, rules)
    fields = {name: value for name, value in said.items() if name in SAID}
    state = {"state": HazardState.REGISTERED.value, "registered_at": moment_text(now), "reward": "none"}
    return Fact(
        Action.REGISTER.value,
        {"set": {**fields, **state, **term.fields()}, "deadline": term.source()},
        rule=term.fields()["due_rule"],
    )


def supplement(hazard: Hazard, by: By, message: str, more: Mapping[str, Any]) -> Fact:
    """Add what somebody says later; the words are added to the old ones, the rest fills gaps.

    A danger that has grown raises the urgency, it never falls by a supplement. Raises: WrongState, NotAllowed.
    """
    require(hazard, Action.SUPPLEMENT, by)
    changed = {name: value for name, value in more.items() if name in SAID and _adds(hazard, name, value)}
    if message.strip():
        changed["text"] = f"{hazard.text}\n{message.strip()}".strip()
    return Fact(Action.SUPPLEMENT.value, {"set": changed, "message": message.strip()})


def _adds(hazard: Hazard, name: str, value: Any) -> bool:
    if name == "urgency":
        return value in GRAVITY and GRAVITY.index(value) > GRAVITY.index(hazard.urgency or "")
    if name == "wishes":
        return bool(value)
    if name == "casualties":
        return value is True or hazard.casualties is None
    return name not in ("text", "reporter") and getattr(hazard, name) in (None, "", False) and value not in (None, "")


def correct(hazard: Hazard, by: By, message: str, changes: Mapping[str, Any]) -> Fact:
    """Put right what was said wrongly; the event keeps what stood there before.

    Raises: WrongState, NotAllowed.
    """
    require(hazard, Action.CORRECT, by)
    changed = {n: v for n, v in changes.items() if n in SAID - {"text", "reporter"} and getattr(hazard, n) != v}
    before = {name: getattr(hazard, name) for name in changed}
    if message.strip():
        changed["text"] = f"{hazard.text}\n{message.strip()}".strip()
    return Fact(Action.CORRECT.value, {"set": changed, "before": before, "message": message.strip()})


def withdraw(hazard: Hazard, by: By, reason: str, *, is_last: bool = True) -> Fact:
    """Take a report back; where others have reported the same (not `is_last`), the case goes on without this one.

    Raises: WrongState, NotAllowed.
    """
    changed = require(hazard, Action.WITHDRAW, by)
    if not is_last:
        return Fact(Action.WITHDRAW.value, {"set": {}, "reason": reason, "goes_on": True})
    return Fact(Action.WITHDRAW.value, {"set": {**changed, **NO_DEADLINE}, "reason": reason})


def satisfied(hazard: Hazard, by: By) -> Fact:
    """Record that the reporter finds the repair good: now the reward can be looked into.

    Raises: WrongState, NotAllowed.
    """
    changed = require(hazard, Action.SATISFY, by)
    return Fact(Action.SATISFY.value, {"set": {**changed, **reward(hazard)}, "outcome": "satisfied"})


def reopen(hazard: Hazard, by: By, reason: str, now: datetime, rules: Rules) -> Fact:
    """Open an ended case again; who was in charge stays known, the time to dispatch runs anew.

    Raises: WrongState, NotAllowed, UnknownRule.
    """
    changed = require(hazard, Action.REOPEN, by)
    term = deadline("dispatch", hazard.urgency, hazard.region, now, rules)
    data = {"set": {**changed, "closed_at": None, **term.fields()}, "reason": reason, "deadline": term.source()}
    return Fact(Action.REOPEN.value, data, rule=term.fields()["due_rule"])


def mark_duplicate(hazard: Hazard, by: By, main: str, why: str = "") -> Fact:
    """Decide that a case tells of the same as the case `main`; undoing leads back to the state before.

    Raises: WrongState, NotAllowed; MissingReason where a case is named as the main one of itself.
    """
    changed = require(hazard, Action.MARK_DUPLICATE, by)
    if main == hazard.number:
        raise MissingReason(number=hazard.number, action=Action.MARK_DUPLICATE.value)
    return Fact(
        Action.MARK_DUPLICATE.value,
        {"set": {**changed, "main": main}, "before": {"state": hazard.state}, "reason": why},
    )


def undo_duplicate(hazard: Hazard, by: By, before: HazardState, why: str = "") -> Fact:
    """Take a merging back; before: the state that `mark_duplicate` recorded.

    Raises: WrongState, NotAllowed.
    """
    require(hazard, Action.UNDO_DUPLICATE, by)
    data = {"set": {"state": before.value, "main": ""}, "before": {"main": hazard.main}, "reason": why}
    return Fact(Action.UNDO_DUPLICATE.value, data)


def became_incident(hazard: Hazard, by: By, incident: str) -> Fact:
    """Record the number of the incident that a hazard has turned into; the case goes on by itself.

    Raises: NotAllowed.
    """
    require(hazard, Action.BECOME_INCIDENT, by)
    return Fact(Action.BECOME_INCIDENT.value, {"set": {"incident": incident}})


def add_evidence(hazard: Hazard, by: By, count: int, *, is_called: bool = False) -> Fact:
    """Record that pictures or voice messages came in without words; raises WrongState, NotAllowed."""
    require(hazard, Action.ADD_EVIDENCE, by, is_called=is_called)
    return Fact(Action.ADD_EVIDENCE.value, {"set": {}, "count": count})


def note(hazard: Hazard, by: By, words: str, *, is_called: bool = False) -> Fact:
    """Keep what somebody in charge writes beside a case (备注); raises NotAllowed."""
    require(hazard, Action.NOTE, by, is_called=is_called)
    return Fact(Action.NOTE.value, {"set": {}, "words": words})


def reward(hazard: Hazard) -> dict[str, str]:
    """Return what the end of a case sets for its reporter: to be looked into, once."""
    return {"reward": "pending"} if hazard.reporter and hazard.reward == "none" else {}
