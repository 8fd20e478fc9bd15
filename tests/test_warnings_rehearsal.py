"""What a rehearsal has shown: only whose time was up counts, and shares have their denominators."""

from datetime import UTC, datetime, timedelta

import pytest

from assistant.warnings import Call, CallState, RelayedWarning, rehearsal

NOON = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
WARNING = RelayedWarning(number="YJ20260701-01", ack_within_minutes=10, is_exercise=True)


def call(count: int, minutes: float | None, *, region: str = "甲村", **more: object) -> Call:
    """A call that was answered after so many minutes, or that waits."""
    answered = None if minutes is None else NOON + timedelta(minutes=minutes)
    is_late = minutes is not None and minutes > 10
    given = {"state": CallState.ANSWERED.value, "is_late": is_late, "region": region, "channel": "wechat"} | more
    due = NOON + timedelta(minutes=10)
    return Call(number=f"{WARNING.number}/{count}", person=count, due_at=due, answered_at=answered, **given)


def test_median_and_nine_of_ten_are_of_those_who_have_answered():
    calls = [call(count, count) for count in range(1, 11)]
    total = rehearsal.result(WARNING, calls, {}).total
    assert (total.median, total.slow, total.share) == (5.5, 9, 1)


@pytest.mark.parametrize(
    ("made", "counted", "answered", "in_time"),
    [
        (call(1, 10), 1, 1, 1),  # the last second is in time
        (call(1, 12), 1, 1, 0),
        (call(1, None, is_late=True), 1, 0, 0),
        (call(1, None, unreachable=True), 1, 0, 0),
        (call(1, None), 0, 0, 0),  # the time is not up yet, or nobody needed this one any more
    ],
)
def test_who_counts(made: Call, counted: int, answered: int, in_time: int):
    total = rehearsal.result(WARNING, [made], {}).total
    assert (total.called, total.answered, total.in_time) == (counted, answered, in_time)


def test_nobody_called_has_no_share():
    total = rehearsal.result(WARNING, [], {}).total
    assert (total.share, total.median, total.slow) == (None, None, None)


def test_villages_and_channels_add_up_to_all():
    calls = [call(1, 2), call(2, 12, region="乙村"), call(3, None, region="乙村", is_late=True, channel="")]
    found = rehearsal.result(WARNING, calls, {f"{WARNING.number}/2": "telegram"})
    assert [(one.name, one.called, one.in_time) for one in found.villages] == [("甲村", 1, 1), ("乙村", 2, 0)]
    assert [(one.name, one.called) for one in found.channels] == [("wechat", 1), ("telegram", 1), ("", 1)]
    assert [one.person for one in found.never] == [3]
