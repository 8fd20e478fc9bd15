"""What every open case should have had by now (应有): from its events and the rules, with no code of those who do it.

The tables of the cases are not read, nor the functions that decide: whoever skips a call there is found out here.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from assistant.errors import UnknownRule
from assistant.rules import Rules

GRACE = "audit.grace"
CALLED, KNOWN = "called", "known"
LIVE_HAZARD = frozenset({"registered", "accepted", "assigned", "signed", "rectifying", "submitted", "reopened"})
WAITING_INCIDENT = frozenset({"known", "passed_on"})
OVER_INCIDENT = frozenset({"final", "withdrawn"})
WAITING_SHIFT = frozenset({"planned", "reminded"})
UPWARDS = {"phone": {"phoned", "wrote"}, "written": {"wrote"}}
"""Report → kinds of events that fulfil it."""
UNWATCHED = frozenset({"handled", "exempted"})
"""After these an incident's reports are for people to judge."""


class What(StrEnum):
    """What the clock has not done."""

    SILENT = "silent"
    STEP = "step"
    ACT = "act"
    CALL_AGAIN = "call_again"
    REPORT = "report"
    REMIND = "remind"
    OVERDUE = "overdue"
    CLIMB = "climb"
    TAKE_OVER = "take_over"


class Recorded(NamedTuple):
    """One event as it stands in the log."""

    stream: str
    sequence: int
    kind: str
    at: datetime
    data: str


@dataclass(frozen=True, slots=True)
class Late:
    """One thing that was due and has not happened."""

    case: str
    what: What
    due_at: datetime
    region: str


@dataclass(frozen=True, slots=True)
class _Case:
    """A case as its events tell it: every field that was ever set, and what happened when."""

    number: str
    fields: dict[str, Any]
    events: list[Recorded]

    @property
    def state(self) -> str:
        return str(self.fields.get("state", ""))

    def moment(self, name: str) -> datetime | None:
        value = self.fields.get(name)
        return datetime.fromisoformat(value) if value else None

    def times(self, *kinds: str) -> list[datetime]:
        return [_aware(event.at) for event in self.events if event.kind in kinds]


Found = Iterator[tuple[What, datetime]]


def overdue(events: Iterable[Recorded], rules: Rules, now: datetime) -> tuple[Late, ...]:
    """Return what should have happened, allowing for `audit.grace`, and has not; the longest due first.

    events: of every case that may be open, in the order of each stream.
    """
    cases = _cases(events)
    wait = rules.find(GRACE, "", now.date()).duration
    found: list[Late] = []
    for case in cases.values():
        region = _region(case, cases)
        for what, due_at in _expected(case, region, rules, now):
            if due_at + wait < now:
                found.append(Late(case.number, what, due_at, region))
    return tuple(sorted(found, key=lambda late: (late.due_at, late.case)))


def _cases(events: Iterable[Recorded]) -> dict[str, _Case]:
    streams: dict[str, list[Recorded]] = defaultdict(list)
    for event in events:
        streams[event.stream].append(event)
    cases: dict[str, _Case] = {}
    for number, mine in streams.items():
        fields: dict[str, Any] = {}
        for event in mine:
            fields |= json.loads(event.data).get("set", {})
        cases[number] = _Case(number, fields, mine)
    return cases


def _region(case: _Case, cases: dict[str, _Case]) -> str:
    """Return where a case is; a call without a place of its own is where its warning is."""
    above = cases.get(case.number.partition("/")[0], case)
    return str(case.fields.get("region") or above.fields.get("region") or "")


def _expected(case: _Case, region: str, rules: Rules, now: datetime) -> Found:
    kind = case.events[0].kind
    if "/" in case.number:
        return _call(case) if kind == CALLED else iter(())
    checks: dict[str, Callable[[_Case, str, Rules, datetime], Found]] = {
        "SJ": _incident,
        "YH": _hazard,
        "BC": _shift,
    }
    check = checks.get(case.number[:2])
    return check(case, region, rules, now) if check else iter(())


def _call(case: _Case) -> Found:
    """A call without an answer goes on: to silence, or to the next step of its ladder; 收到 alone is not enough."""
    due_at, next_at, act_at = case.moment("due_at"), case.moment("next_at"), case.moment("acted_due_at")
    if case.state == "pending" and next_at is not None:
        yield What.STEP, next_at
    elif case.state == "pending" and due_at is not None and not case.fields.get("plan"):
        yield What.SILENT, due_at
    if case.state == "answered" and act_at is not None:
        yield What.ACT, act_at


def _incident(case: _Case, region: str, rules: Rules, now: datetime) -> Found:
    """Nobody has taken it over: it is called again; a report that is late has been said to be."""
    if case.state in OVER_INCIDENT or case.events[0].kind != KNOWN:
        return
    on = _aware(case.events[0].at).astimezone(UTC).date()
    if case.state in WAITING_INCIDENT:
        waits = [_span(name, region, rules, on) for name in ("incident.acknowledge", "incident.retell")]
        yield What.CALL_AGAIN, max(case.times(KNOWN, "passed_on", "nobody")) + max(filter(None, waits))
    if case.times(*UNWATCHED):
        return
    for step, fulfilled in UPWARDS.items():
        span = _span(f"incident.{step}", region, rules, on)
        told = any(json.loads(event.data).get("step") == step for event in case.events if event.kind == "late")
        if span is not None and not told and not case.times(*fulfilled):
            yield What.REPORT, _begun(case) + span


def _begun(case: _Case) -> datetime:
    said = json.loads(case.events[0].data).get("at")
    return datetime.fromisoformat(said) if said else _aware(case.events[0].at)


def _hazard(case: _Case, region: str, rules: Rules, now: datetime) -> Found:
    if case.state not in LIVE_HAZARD:
        return
    due_at, remind_at, climb_at = case.moment("due_at"), case.moment("remind_at"), case.moment("climb_at")
    is_overdue = bool(case.fields.get("is_overdue"))
    if due_at is not None and not is_overdue:
        yield What.OVERDUE, due_at
        if remind_at is not None and now < due_at:
            yield What.REMIND, remind_at
    if is_overdue and climb_at is not None:
        yield What.CLIMB, climb_at


def _shift(case: _Case, region: str, rules: Rules, now: datetime) -> Found:
    starts_at, climb_at = case.moment("starts_at"), case.moment("climb_at")
    span = _span("duty.takeover.within", region, rules, now.date())
    if case.state in WAITING_SHIFT and starts_at is not None and span is not None:
        yield What.TAKE_OVER, starts_at + span
    if case.state == "not_taken" and climb_at is not None:
        yield What.CLIMB, climb_at


def _span(name: str, region: str, rules: Rules, on: Any) -> timedelta | None:
    try:
        return rules.find(name, region, on).duration
    except UnknownRule:
        return None


def _aware(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
