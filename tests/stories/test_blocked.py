"""Blocked senders (屏蔽, issue 6, point 7): nothing of theirs is done, but an emergency is one whoever tells of it."""

import pytest

from assistant.events import Actor
from assistant.people import Role
from assistant.store import blocking
from assistant.wording import blocks as words
from tests.world import CHANNEL, TOWN, World

pytestmark = pytest.mark.ledger
ADMIN = Actor("console", "console")


def block(world: World, name: str, reason: str = "一天骂人五十遍") -> None:
    with world.store.work(world.now) as work:
        blocking.block(work, work.person(CHANNEL, name), reason, ADMIN)


@pytest.fixture
def pest(world: World):
    phone = world.phone("村民甲")
    block(world, "村民甲")
    return phone


def test_what_a_blocked_person_writes_is_not_done_and_they_hear_so_once_a_day(world: World, pest):
    assert pest.says("上河村三组的水沟堵了") == words.BLOCKED
    assert pest.says("上河村三组的水沟堵了，怎么没人管") == ""
    assert world.hazards() == []
    world.after("1d")
    assert pest.says("上河村三组的水沟堵了") == words.BLOCKED


def test_their_emergency_has_advice_and_reaches_duty_with_all_that_follows(world: World, pest):
    duty = world.phone("钱值班", Role.DUTY, TOWN)
    assert "119" in pest.says("上河村三组王家着火了")
    (incident,) = world.incidents()
    assert any(incident.number in text for text in duty.hears())
    assert pest.says("火还没灭，烟很大") != words.BLOCKED  # goes on about it
    assert pest.says("王家老人腿脚不便，还在楼上") not in ("", words.BLOCKED)
    world.heard()


def test_a_call_that_a_blocked_person_owes_an_answer_is_answered(world: World):
    grid = world.phone("钱值班", Role.DUTY, TOWN)
    world.phone("村民甲").says("上河村三组王家着火了")
    block(world, "钱值班")
    (incident,) = world.incidents()
    grid.presses("收到")
    (incident,) = world.incidents()
    assert incident.state == "acknowledged"
    world.heard()


def test_nobody_else_is_blocked_and_it_ends_when_it_is_lifted(world: World, pest):
    assert world.phone("村民乙").says("上河村三组的水沟堵了") != words.BLOCKED
    with world.store.work(world.now) as work:
        blocking.unblock(work, work.person(CHANNEL, "村民甲"), ADMIN)
    assert pest.says("上河村三组的路灯坏了") != words.BLOCKED
    world.heard()


def test_the_reason_stands_in_no_event_and_in_no_reply(world: World, pest):
    pest.says("为什么不理我，我要投诉")
    with world.store.work(world.now) as work:
        person = work.person(CHANNEL, "村民甲")
        events = work.events(f"person/{person.id}")
        turns = work.turns(CHANNEL, "村民甲", 9)
    assert [one.kind for one in events][-1] == "blocked"
    assert "骂人" not in str([one.data for one in events]) + str(turns)
