"""The clock of due items: reminders on the ladder, around the planned day, never at night; then one superior after another."""

from datetime import UTC, datetime

import pytest

from assistant.drills import DutyItem, ItemState, life, timing
from assistant.errors import SamePerson, WrongState
from assistant.rules import load_rules

RULES = load_rules()


def item(**fields: object) -> DutyItem:
    known = {"opens_on": "2026-01-01", "due_on": "2026-05-31", "kind": "drill", "state": ItemState.OPEN.value}
    return DutyItem(number="LZ20260101-01", **{**known, **fields})


def at(month: int, day: int, hour: int = 12) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "fields", "expected"),
    [
        (at(1, 1), {}, at(5, 1, 1)),  # nine in China is one in UTC
        (at(5, 1), {}, at(5, 24, 1)),
        (at(5, 24), {}, at(5, 30, 1)),
        (at(5, 30), {}, None),
        (at(5, 1), {"opens_on": "2026-05-25"}, at(5, 30, 1)),  # a step before the window is none
        (at(1, 1), {"planned_on": "2026-05-12"}, at(5, 11, 1)),
        (at(5, 12), {"planned_on": "2026-05-12"}, at(5, 13, 1)),
        (at(5, 13), {"planned_on": "2026-05-12"}, at(5, 24, 1)),
        (at(1, 1), {"state": "done"}, None),
    ],
)
def test_the_next_reminder(now: datetime, fields: dict[str, str], expected: datetime | None):
    assert timing.next_reminder(item(**fields), now, RULES) == expected


def test_it_climbs_the_morning_after_the_last_day_and_stops_where_nobody_stands_above():
    case = item()
    set_to = timing.schedule(case, at(1, 1), RULES).data["set"]
    assert set_to["climb_at"] == at(6, 1, 1).isoformat()
    case.climb_at = at(6, 1, 1)
    assert not timing.is_to_climb(case, at(6, 1, 0)) and timing.is_to_climb(case, at(6, 1, 1))
    assert timing.climb(case, 7, at(6, 1, 1), RULES).data["set"]["climb_at"] == at(6, 4, 1).isoformat()
    assert timing.climb(case, None, at(6, 1, 1), RULES).data["set"]["climb_at"] is None


def test_who_told_of_it_does_not_check_it_and_nobody_checks_twice():
    case = item(state=ItemState.DONE.value, done_by=3)
    with pytest.raises(SamePerson):
        life.check(case, 3, at(5, 1), is_good=True)
    case.state = ItemState.CHECKED.value
    with pytest.raises(WrongState):
        life.check(case, 4, at(5, 1), is_good=True)
