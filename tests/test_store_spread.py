"""Reminders to many at the same moment: the first go at once, the others are spread, and none past its time."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from assistant.events import utc
from assistant.people import Identity, Person
from assistant.ports import Outgoing
from assistant.store import Lane, Store, open_engine
from assistant.store.limits import fan_out
from assistant.store.outbox import OutboxRow, When

NOW = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
SOON = When(expires_at=NOW + timedelta(minutes=6))
MANY = 80


def waits(url: str, *, is_clock: bool, lane: Lane) -> list[timedelta]:
    """Remind many people until six minutes from now; return how long each message waits."""
    engine = open_engine(url)
    with Store(engine).work(NOW) as work:
        work.is_clock = is_clock
        for number in range(MANY):
            person = Person(name=f"示例{number}", created_at=NOW)
            work.session.add(person)
            work.session.flush()
            known = Identity(channel="test", sender=person.name, person_id=person.id or 0, last_seen_at=NOW)
            work.session.add(known)
            work.tell(person, Outgoing("", "", "示例提醒"), key="remind", lane=lane, when=SOON)
        rows = work.session.exec(select(OutboxRow).order_by(OutboxRow.id)).all()
        found = [utc(row.due_at) - NOW for row in rows]
    engine.dispose()
    return found


def test_the_clocks_reminders_are_spread_the_same_each_time_and_never_past_half_of_their_time(
    database_url: str,
) -> None:
    found = waits(database_url, is_clock=True, lane=Lane.ROUTINE)
    now, later = found[: fan_out().most], found[fan_out().most :]
    assert set(now) == {timedelta(0)}
    assert len(set(later)) == len(later) and max(later) < timedelta(minutes=3)
    when = SOON.over(fan_out().window, NOW)
    assert later[0] == when.jitter(f"remind/{fan_out().most + 1}")


@pytest.mark.parametrize(("is_clock", "lane"), [(True, Lane.URGENT), (False, Lane.ROUTINE)])
def test_calls_and_what_somebody_has_asked_for_go_at_once(database_url: str, is_clock: bool, lane: Lane) -> None:
    assert set(waits(database_url, is_clock=is_clock, lane=lane)) == {timedelta(0)}
