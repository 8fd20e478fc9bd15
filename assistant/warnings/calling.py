"""Decisions on a call (叫应): told, silent, answered late or in time, households reached."""

from datetime import datetime, timedelta

from assistant.events import Fact
from assistant.warnings.case import Call, CallState, RelayedWarning
from assistant.warnings.households import Progress


def issue(title: str, area: str, region: str, issued_at: datetime, ack_within: timedelta) -> Fact:
    """Record a warning that was relayed."""
    fields = {"title": title, "area": area, "region": region, "issued_at": issued_at.isoformat()}
    return Fact("issued", {"set": {**fields, "ack_within_minutes": round(ack_within.total_seconds() / 60)}})


def call(warning: RelayedWarning, person: int, issued_at: datetime) -> Fact:
    """Call one person; the answer is due from the moment of issue on."""
    due = issued_at + timedelta(minutes=warning.ack_within_minutes)
    fields = {"warning": warning.number, "person": person, "due_at": due.isoformat()}
    return Fact("called", {"set": {**fields, "state": CallState.PENDING.value}})


def is_silent(made: Call, now: datetime) -> bool:
    """Say whether a call has just run out of time without an answer."""
    return made.state == CallState.PENDING.value and made.due_at is not None and made.due_at < now


def silent(made: Call) -> Fact:
    """Record that nobody has answered in time."""
    return Fact("silent", {"set": {"state": CallState.SILENT.value, "is_late": True}, "due_at": _iso(made.due_at)})


def answer(made: Call, message: str, now: datetime) -> Fact:
    """Record an answer at its true time; late stays late."""
    is_late = made.is_late or (made.due_at is not None and made.due_at < now)
    fields = {"state": CallState.ANSWERED.value, "answered_at": now.isoformat(), "is_late": is_late}
    return Fact("answered", {"set": fields, "message": message})


def tell(made: Call, told: Progress, message: str) -> Fact:
    """Record what was said of the households; who was found is no longer missing."""
    total = told.total if told.total is not None else made.households
    missing = dict(entry.split("：", 1) for entry in made.missing.split("；") if entry)
    for name in told.found:
        missing = {known: why for known, why in missing.items() if known not in name and name not in known}
    missing.update(told.missing)
    reached = made.reached if told.reached is None else told.reached
    if total is not None and (told.is_all or (not missing and told.found)):
        reached, missing = total, {}
    elif total is not None and told.found:
        reached = total - len(missing)
    fields = {"households": total, "reached": reached, "missing": "；".join(f"{n}：{w}" for n, w in missing.items())}
    is_done = total is not None and reached >= total and not missing
    state = CallState.ACTED.value if is_done else CallState.ANSWERED.value
    return Fact("households", {"set": {**fields, "state": state}, "message": message})


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
