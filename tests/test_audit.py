"""The auditor alone: a log, a moment, and what should have happened by then."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from assistant.audit import Recorded, What, overdue
from assistant.rules import load_rules

RULES = load_rules()
NOW = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
TOWN = "云南省/示例州/示例县/示例镇"


def minutes(count: int) -> datetime:
    return NOW + timedelta(minutes=count)


def log(number: str, *steps: tuple[str, int, dict[str, object]]) -> list[Recorded]:
    """Each step: kind, minutes before now at which it happened, fields that it sets."""
    return [
        Recorded(number, place, kind, minutes(-ago), json.dumps({"set": fields}))
        for place, (kind, ago, fields) in enumerate(steps, 1)
    ]


def at(count: int) -> str:
    return minutes(count).isoformat()


CALLED = {"state": "pending", "due_at": at(-10)}
HAZARD = {"state": "assigned", "region": TOWN, "due_at": at(-10), "is_overdue": False}
EXPECTED = [
    # a call that nobody has answered, and the clock has not seen it
    ("YJ1/1", [("called", 40, CALLED)], [What.SILENT]),
    ("YJ1/1", [("called", 40, CALLED), ("silent", 9, {"state": "silent"})], []),
    ("YJ1/1", [("called", 40, CALLED), ("answered", 20, {"state": "answered"})], []),
    # within the grace nothing is late
    ("YJ1/1", [("called", 40, {**CALLED, "due_at": at(-1)})], []),
    # on a ladder its next step counts, not the end of the time
    ("YJ1/1", [("called", 40, {**CALLED, "plan": "[]", "next_at": at(5)})], []),
    ("YJ1/1", [("called", 40, {**CALLED, "plan": "[]", "next_at": at(-5)})], [What.STEP]),
    # 收到 is not enough
    ("YJ1/1", [("called", 40, CALLED), ("answered", 20, {"state": "answered", "acted_due_at": at(-5)})], [What.ACT]),
    # something else below a warning is no call
    ("YJ1/h1", [("due", 40, CALLED)], []),
    ("YH1", [("registered", 99, HAZARD)], [What.OVERDUE]),
    ("YH1", [("registered", 99, HAZARD), ("overdue", 9, {"is_overdue": True, "climb_at": at(9)})], []),
    ("YH1", [("registered", 99, HAZARD), ("overdue", 9, {"is_overdue": True, "climb_at": at(-9)})], [What.CLIMB]),
    ("YH1", [("registered", 99, {**HAZARD, "due_at": at(99), "remind_at": at(-9)})], [What.REMIND]),
    ("YH1", [("registered", 99, HAZARD), ("closed", 9, {"state": "closed"})], []),
    ("SJ1", [("known", 40, {"state": "known", "region": TOWN})], [What.CALL_AGAIN, What.REPORT]),
    ("SJ1", [("known", 4, {"state": "known", "region": TOWN})], []),
    ("SJ1", [("known", 40, {"region": TOWN}), ("passed_on", 4, {"state": "passed_on"})], [What.REPORT]),
    ("SJ1", [("known", 60, {"region": TOWN}), ("wrote", 40, {"state": "reported"})], []),
    ("SJ1", [("known", 60, {"region": TOWN}), ("withdrawn", 50, {"state": "withdrawn"})], []),
]


@pytest.mark.parametrize(("number", "steps", "late"), EXPECTED)
def test_what_is_late_is_found_and_nothing_else(number, steps, late) -> None:
    assert [one.what for one in overdue(log(number, *steps), RULES, NOW) if one.case == number] == late


def test_a_call_is_late_where_its_warning_is() -> None:
    events = log("YJ1", ("issued", 40, {"region": TOWN})) + log("YJ1/1", ("called", 40, CALLED))
    (late,) = overdue(events, RULES, NOW)
    assert (late.region, late.due_at) == (TOWN, minutes(-10))


def test_an_empty_log_owes_nothing() -> None:
    assert overdue([], RULES, NOW) == ()
