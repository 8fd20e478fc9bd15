"""The clock fails, stops and jumps: somebody hears of it, nothing is lost, nothing goes twice (R33)."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from assistant.desk import callwork, clockwork
from assistant.people import Person, Role
from assistant.ports import Outgoing
from assistant.store import Delivery, Lane
from assistant.store.outbox import OutboxRow, When
from bots.worker import Worker
from tests.world import TOWN, Handset, World

pytestmark = pytest.mark.ledger


@pytest.fixture
def staffed(world: World) -> dict[str, Handset]:
    named = {"钱值班": Role.DUTY, "孙领导": Role.LEADER, "李网格": Role.GRID, "周网格": Role.GRID}
    return {name: world.phone(name, role, TOWN) for name, role in named.items()}


def warns(world: World, *names: str) -> str:
    with world.store.work(world.now) as work:
        people = [work.session.exec(select(Person).where(Person.name == name)).one() for name in names]
        within = timedelta(minutes=30)
        number = callwork.issue_warning(work, "暴雨橙色预警", "沿河", TOWN, work.now, within, people).number
    world.look()
    return number


def tells(world: World, name: str, text: str, lane: Lane, expires_in: timedelta) -> None:
    """Queue a message that is worth sending for so long."""
    with world.store.work(world.now) as work:
        person = work.session.exec(select(Person).where(Person.name == name)).one()
        when = When(expires_at=work.now + expires_in)
        work.tell(person, Outgoing("", "", text), key=text, subject="YJ20260701-09/1", lane=lane, when=when)


def jumps(world: World, **time: float) -> None:
    """Move the clock, and let it look once."""
    world.now += timedelta(**time)
    world.desk.tick(world.now)


def texts(world: World) -> list[str]:
    return [text for said in world.heard().values() for text in said]


def test_a_clock_that_skips_a_call_is_found_out_by_the_auditor(
    world: World, staffed: dict[str, Handset], monkeypatch: pytest.MonkeyPatch
) -> None:
    warns(world, "李网格", "周网格")
    world.heard()
    monkeypatch.setattr(clockwork.callwork, "due", lambda work: 0)  # the sabotage: calls are not followed any more
    world.after("35m")
    found = world.desk.audit(world.now)
    world.look()
    assert [one.case for one in found.late] == ["YJ20260701-01/1", "YJ20260701-01/2"]
    assert world.desk.health()["ok"] is False
    assert world.desk.health()["audit"]["late"] == 2
    (said,) = texts(world)
    assert "系统没有按时做" in said and "YJ20260701-01/1" in said
    world.desk.audit(world.now)  # once an hour
    world.look()
    assert texts(world) == []
    monkeypatch.undo()
    world.after("5m")
    assert world.desk.audit(world.now).is_good
    assert world.desk.health()["ok"] is True
    assert any("李网格" in text for text in texts(world))


def test_the_heart_does_not_beat_while_a_call_is_late(
    world: World, staffed: dict[str, Handset], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    beats = tmp_path / "alive"
    worker = Worker(world.desk, (), lambda: world.now, str(beats))
    warns(world, "李网格")
    worker.look_back()
    assert beats.exists()  # nothing is late yet
    beats.unlink()
    with monkeypatch.context() as broken:
        broken.setattr(clockwork.callwork, "due", lambda work: 0)
        world.after("35m")
        worker.look_back()
        assert not beats.exists()
    world.after("5m")
    worker.look_back()
    assert beats.exists()
    world.look()
    assert texts(world)


def test_after_a_stop_of_six_hours_calls_go_out_and_stale_reminders_do_not(
    world: World, staffed: dict[str, Handset]
) -> None:
    world.after("5m")
    tells(world, "李网格", "示例提醒", Lane.ROUTINE, timedelta(hours=2))
    with world.store.work(world.now) as work:
        person = work.session.exec(select(Person).where(Person.name == "周网格")).one()
        callwork.issue_warning(work, "暴雨橙色预警", "沿河", TOWN, work.now, timedelta(minutes=30), [person])
    jumps(world, hours=6)
    world.look()
    heard = world.heard()
    assert "示例提醒" not in heard.get("李网格", [])
    assert any("【预警】" in text for text in heard["周网格"])
    stopped = [text for text in heard["钱值班"] if "系统停过" in text]
    assert len(stopped) == 1 and "YJ20260701-09/1" in stopped[0]
    jumps(world, seconds=10)
    world.look()
    assert texts(world) == []


def test_a_call_that_could_not_be_sent_in_time_is_told_to_duty_at_once(
    world: World, staffed: dict[str, Handset]
) -> None:
    world.after("5m")
    tells(world, "李网格", "示例紧急", Lane.URGENT, timedelta(minutes=1))
    jumps(world, minutes=2)
    world.look()
    heard = world.heard()
    assert "李网格" not in heard
    assert any("没发出去" in text and "李网格" in text for text in heard["钱值班"])
    with world.store.work(world.now) as work:
        row = work.session.exec(select(OutboxRow).where(OutboxRow.person_id == _id(work, "李网格"))).one()
        assert row.state == Delivery.TOO_LATE.value


def _id(work, name: str) -> int:
    return work.session.exec(select(Person).where(Person.name == name)).one().id


def test_a_clock_that_jumps_ahead_and_back_loses_nothing_and_sends_nothing_twice(
    world: World, staffed: dict[str, Handset]
) -> None:
    noon = world.now
    world.now = noon + timedelta(hours=6)  # the clock is wrong while the warning comes in
    with world.store.work(world.now) as work:
        person = work.session.exec(select(Person).where(Person.name == "李网格")).one()
        callwork.issue_warning(work, "暴雨橙色预警", "沿河", TOWN, work.now, timedelta(minutes=30), [person])
    world.now = noon  # and is set right before it is sent
    jumps(world, seconds=10)
    world.look()
    assert len(texts(world)) == 1
    for minutes in (3, 400, -390, 2):
        jumps(world, minutes=minutes)
    world.look()
    heard = world.heard()
    assert {name: len(said) for name, said in heard.items()} == {"钱值班": 1, "孙领导": 1}
    assert "超时未应答" in heard["钱值班"][0]


@pytest.mark.parametrize("steps", [[35], [5] * 7, [31, -20, 24], [10, 10, 10, 5, 0, 0]])
def test_however_the_clock_looks_the_same_people_hear_the_same(
    world: World, staffed: dict[str, Handset], steps: list[int]
) -> None:
    warns(world, "李网格", "周网格")
    world.heard()
    for count, minutes in enumerate(steps):
        jumps(world, minutes=minutes)
        world.desk.tick(world.now)
        if count % 2:
            world.restart()
    world.look()
    heard = world.heard()
    assert {name: len(said) for name, said in heard.items()} == {"钱值班": 1, "孙领导": 1}
    assert "李网格、周网格" in heard["钱值班"][0]
