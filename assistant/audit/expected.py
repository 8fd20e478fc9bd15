"""What every open case should have had by now (应有): from its events and the rules, with no code of those who do it.

The tables of the cases are not read, nor the functions that decide: whoever skips a call there is found out here.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from assistant.errors import UnknownRule
from assistant.rules import Rules

GRACE = "audit.grace"
CALLED, KNOWN, ISSUED = "called", "known", "issued"
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

    CALL_OUT = "call_out"
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
    watch = Watch()
    watch.take(events)
    return watch.overdue(rules, now)


class Watch:
    """Follows the log: each event is read once, and of a case that owes nothing any more only its place is remembered."""

    def __init__(self) -> None:
        self._cases: dict[str, _Case] = {}
        self._regions: dict[str, str] = {}
        self._last: dict[str, int] = {}
        """Sequence of the last event that was taken, by case."""
        self._called: Counter[str] = Counter()
        """Calls of a warning, without those in somebody's place."""

    def take(self, events: Iterable[Recorded]) -> set[str]:
        """Add events, in the order of each stream; return the cases that must be read again from their first event on."""
        again: set[str] = set()
        for event in events:
            known, last = self._cases.get(event.stream), self._last.get(event.stream, 0)
            if event.sequence <= last:
                continue
            if event.sequence > last + 1 or (known is None and last):
                again.add(event.stream)
            elif known is None:
                self._open(event)
            else:
                known.events.append(event)
                known.fields.update(json.loads(event.data).get("set", {}))
                self._last[event.stream] = event.sequence
        for number in again:
            self._cases.pop(number, None)
            self._last[number] = 0
        return again

    def _open(self, event: Recorded) -> None:
        fields: dict[str, Any] = dict(json.loads(event.data).get("set", {}))
        self._cases[event.stream] = _Case(event.stream, fields, [event])
        self._last[event.stream] = event.sequence
        is_new = event.stream not in self._regions
        self._regions[event.stream] = str(fields.get("region") or "")
        if is_new and event.kind == CALLED and not fields.get("instead_of"):
            self._called[event.stream.partition("/")[0]] += 1

    def overdue(self, rules: Rules, now: datetime) -> tuple[Late, ...]:
        """Return what should have happened, allowing for `audit.grace`, and has not; the longest due first."""
        wait = rules.find(GRACE, "", now.date()).duration
        found: list[Late] = []
        for case in list(self._cases.values()):
            region = self._region(case)
            owed = list(_expected(case, region, rules, now, self._called[case.number]))
            found += [Late(case.number, what, due_at, region) for what, due_at in owed if due_at + wait < now]
            if not owed:
                del self._cases[case.number]  # whatever happens to it next, it is read again
        return tuple(sorted(found, key=lambda late: (late.due_at, late.case)))

    def _region(self, case: _Case) -> str:
        """Return where a case is; a call without a place of its own is where its warning is."""
        own = self._regions[case.number] = str(case.fields.get("region") or "")
        return own or self._regions.get(case.number.partition("/")[0], "")


def _expected(case: _Case, region: str, rules: Rules, now: datetime, called: int) -> Found:
    kind = case.events[0].kind
    if "/" in case.number:
        return _call(case) if kind == CALLED else iter(())
    if kind == ISSUED:
        return _warning(case, called)
    checks: dict[str, Callable[[_Case, str, Rules, datetime], Found]] = {
        "SJ": _incident,
        "YH": _hazard,
        "BC": _shift,
    }
    check = checks.get(case.number[:2])
    return check(case, region, rules, now) if check else iter(())


def _warning(case: _Case, called: int) -> Found:
    """Everybody who was fixed when it began is called, at once or in slices."""
    if case.state in ("", "live") and called < int(case.fields.get("planned", 0)):
        yield What.CALL_OUT, _aware(case.events[0].at)


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
