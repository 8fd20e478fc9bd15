"""What the shipped rules say of channels, and how a fan-out is spread: without a database."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from assistant.store.limits import Limits, shipped
from assistant.store.outbox import When


def test_a_fan_out_that_is_not_urgent_is_spread_evenly_and_the_same_each_time() -> None:
    when = When(spread=timedelta(minutes=10))
    waits = [when.jitter(f"m{number}") for number in range(1000)]
    assert waits == [when.jitter(f"m{number}") for number in range(1000)]
    assert all(timedelta(0) <= wait < timedelta(minutes=10) for wait in waits)
    a_minute = Counter(wait // timedelta(minutes=1) for wait in waits)
    assert len(a_minute) == 10 and max(a_minute.values()) < 150


def test_the_shipped_limits_are_those_of_the_platforms() -> None:
    telegram, wecom = shipped("telegram"), shipped("wecom")
    assert [(one.most, round(one.window.total_seconds())) for one in (*telegram.overall, *telegram.person)] == [
        (25, 1),
        (1, 1),
    ]
    assert [(one.most, round(one.window.total_seconds())) for one in wecom.person] == [(30, 60), (1000, 3600)]
    assert telegram.for_routine().overall[0].most == 20
    assert shipped("web") == Limits("web", (), (), telegram.reserved) and shipped("web").is_free


def test_what_is_spread_leaves_half_of_its_time_to_the_sending() -> None:
    now = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
    spread = timedelta(minutes=10)
    assert When(expires_at=now + timedelta(minutes=8)).over(spread, now).spread == timedelta(minutes=4)
    assert When(expires_at=now + timedelta(hours=8)).over(spread, now).spread == spread
    assert When(expires_at=now - timedelta(hours=8)).over(spread, now).spread == timedelta(0)
    assert When().over(spread, now).spread == spread
