"""What becomes of an item (办理): planned, done, told more of, checked by somebody else, waived; all pure."""

from datetime import date, datetime
from typing import Any

from assistant.drills.case import SEPARATOR, DutyItem, ItemState
from assistant.drills.kinds import is_checked
from assistant.errors import SamePerson, WrongState
from assistant.events import Fact, utc
from assistant.obligations.periods import Window

LONGEST = 2000
"""Characters of what was told of one item."""


def own(region: str, kind: str, subject: str, window: Window, responsible: int) -> Fact:
    """Record something that no document asks for; the place has set itself the day."""
    fields = {
        "region": region,
        "kind": kind,
        "subject": subject,
        "opens_on": window[0].isoformat(),
        "due_on": window[1].isoformat(),
        "responsible": responsible,
        "state": ItemState.OPEN.value,
    }
    return Fact("opened", {"set": fields})


def plan(item: DutyItem, on: date, by: int, now: datetime, said: str = "") -> Fact:
    """Set the day on which it will be done; whoever sets it answers for it. Raises WrongState."""
    _require(item, "plan_item", ItemState.OPEN, ItemState.PLANNED)
    fields = {
        "state": ItemState.PLANNED.value,
        "planned_on": on.isoformat(),
        "planned_at": utc(now).isoformat(),
        "responsible": by,
    }
    return Fact("planned", {"set": fields, "message": said})


def finish(item: DutyItem, on: date, by: int, now: datetime, told: dict[str, Any]) -> Fact:
    """Record that it has been done; it stops climbing. Raises WrongState.

    told: `people`, `photos` and `message`, as far as they were told.
    """
    _require(item, "tell_item", ItemState.OPEN, ItemState.PLANNED)
    fields = {
        "state": ItemState.DONE.value,
        "done_on": on.isoformat(),
        "done_at": utc(now).isoformat(),
        "done_by": by,
        "remind_at": None,
        "climb_at": None,
        **_told(item, told),
    }
    return Fact("done", {"set": fields, "message": told.get("message", "")})


def add(item: DutyItem, told: dict[str, Any]) -> Fact:
    """Record what is told later: people, photos, words; raises WrongState once it has been checked."""
    _require(item, "tell_item", ItemState.DONE)
    return Fact("told", {"set": _told(item, told), "message": told.get("message", "")})


def check(item: DutyItem, by: int, now: datetime, *, is_good: bool, reason: str = "") -> Fact:
    """Record what somebody else finds of it; what is not good has to be done again.

    Raises: WrongState, SamePerson.
    """
    _require(item, "check_item", ItemState.DONE)
    if not is_checked(item.kind):
        raise WrongState(action="check_item", number=item.number, state=item.state)
    if by == item.done_by:
        raise SamePerson(action="check_item", number=item.number, role="")
    fields: dict[str, Any] = {"checked_by": by, "checked_at": utc(now).isoformat()}
    if is_good:
        return Fact("passed", {"set": fields | {"state": ItemState.CHECKED.value}, "reason": reason})
    again = {"state": ItemState.OPEN.value, "done_on": "", "done_at": None, "done_by": None, "planned_on": ""}
    return Fact("failed", {"set": fields | again, "reason": reason})


def waive(item: DutyItem, by: int, reason: str) -> Fact:
    """Record that it need not be done, and why; raises WrongState."""
    _require(item, "waive_item", ItemState.OPEN, ItemState.PLANNED)
    fields = {"state": ItemState.WAIVED.value, "reason": reason, "remind_at": None, "climb_at": None}
    return Fact("waived", {"set": fields, "by": by, "reason": reason})


def found(item: DutyItem, hazard: str) -> Fact:
    """Link a hazard that the drill or the round has shown."""
    return Fact("found", {"set": {"findings": SEPARATOR.join((*item.hazards, hazard))}, "hazard": hazard})


def _told(item: DutyItem, told: dict[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if told.get("people") is not None:
        fields["people"] = told["people"]
    if told.get("photos"):
        fields["evidence"] = item.evidence + told["photos"]
    if told.get("message"):
        fields["told"] = "\n".join(filter(None, (item.told, told["message"])))[:LONGEST]
    return fields


def _require(item: DutyItem, action: str, *states: ItemState) -> None:
    if item.state not in states:
        raise WrongState(action=action, number=item.number, state=item.state)
