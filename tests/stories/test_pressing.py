"""Buttons and bare numbers: what is pressed or typed belongs to one message, whoever else waits for an answer (R19–R21)."""

import pytest

from assistant.people import Role
from tests.world import TOWN, World

pytestmark = pytest.mark.ledger
FIRES = ("上河村三组王家着火了", "松岭村护林站那边着火了")


def dispatched(world: World) -> tuple[str, str]:
    """Let two villagers report, and return the numbers of the two incidents that wait for somebody to take them."""
    for name, text in zip(("村民甲", "村民乙"), FIRES, strict=True):
        world.phone(name).says(text)
    first, second = (one.number for one in world.incidents())
    return first, second


@pytest.fixture
def duty(world: World):
    return world.phone("钱值班", Role.DUTY, TOWN)


def test_a_button_is_said_of_the_message_under_which_it_stands(world: World, duty):
    first, second = dispatched(world)
    asked = [one for one in duty.asked if "收到" in one.choices]
    assert [first in one.text for one in asked] == [True, False]
    assert first in duty.presses("收到", asked[0].prompt)
    states = {one.number: one.state for one in world.incidents()}
    assert states[first] == "acknowledged" and states[second] != "acknowledged"
    world.heard()


def test_the_same_button_pressed_twice_changes_nothing_more(world: World, duty):
    first, _ = dispatched(world)
    asked = [one for one in duty.asked if "收到" in one.choices]
    duty.presses("收到", asked[0].prompt)
    before = len(world.events(first))
    assert duty.presses("收到", asked[0].prompt)
    assert len(world.events(first)) == before
    world.heard()


def test_a_button_of_a_message_to_somebody_else_is_refused(world: World, duty):
    first, _ = dispatched(world)
    asked = [one for one in duty.asked if "收到" in one.choices]
    before = len(world.events(first))
    said = world.phones["村民甲"].presses("收到", asked[0].prompt)
    assert "不是发给您的" in said
    assert len(world.events(first)) == before
    world.heard()


@pytest.mark.parametrize("name", ["o999999", "i7.9", "x", "o", "", "o1' OR 1"])
def test_a_button_that_nobody_knows_counts_as_its_words(world: World, name: str):
    said = world.phone("村民丙").presses("帮助", name or "?")
    assert "没有查到" not in said and said
    world.heard()


def test_a_number_answers_the_only_message_that_came_since(world: World, duty):
    world.phone("村民甲").says(FIRES[0])
    (case,) = world.incidents()
    assert case.number in duty.says("１")
    assert world.incidents()[0].state == "acknowledged"
    world.heard()


def test_a_number_that_may_answer_two_messages_is_asked_about(world: World, duty):
    first, second = dispatched(world)
    said = duty.says("1")
    assert first in said and second in said and "答哪一条" in said
    duty.says("2")
    states = {one.number: one.state for one in world.incidents()}
    assert states[second] == "acknowledged" and states[first] != "acknowledged"
    world.heard()


def test_a_number_within_a_sentence_answers_nothing(world: World, duty):
    first, _ = dispatched(world)
    before = len(world.events(first))
    duty.says("今晚1点下雨吗")
    assert len(world.events(first)) == before
    world.heard()


def test_a_number_half_a_day_later_answers_nothing(world: World, duty):
    first, _ = dispatched(world)
    duty.says("知道了，在忙")
    world.after("40m")
    before = [one.kind for one in world.events(first)]
    assert "没有等您选的问题" in duty.says("4")
    assert [one.kind for one in world.events(first)] == before
    world.heard()
