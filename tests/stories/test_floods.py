"""Too much of one sender, told at the desk (issue 6, point 7)."""

import pytest

from assistant.people import Role
from assistant.ports import Incoming, Outgoing
from assistant.wording import sentences
from tests.world import NOON, TOWN, VILLAGE, World

CHANNEL, SENDER = "telegram", "1001"


class Sender:
    """Somebody on a channel that has limits."""

    def __init__(self, world: World, name: str = SENDER) -> None:
        self.world, self.name, self.sent = world, name, 0
        world.store.set_profile(CHANNEL, name, region=VILLAGE, asker="villager")

    def says(self, text: str) -> list[Outgoing]:
        self.sent += 1
        incoming = Incoming(CHANNEL, f"{self.name}/{self.sent}", self.name, text, NOON)
        return self.world.desk.receive(incoming, NOON)


@pytest.fixture
def flooding(world: World) -> Sender:
    sender = Sender(world)
    for number in range(30):
        sender.says(f"云南意见第{number + 1}条，讲的是哪件事")
    return sender


def test_the_thirty_first_message_of_a_minute_is_not_taken_and_its_sender_hears_why(world: World, flooding: Sender):
    (told,) = flooding.says("上河村三组的水沟堵了")
    assert told.text == sentences.TOO_FAST and told.decision == "unkept"
    assert flooding.says("上河村四组的水沟堵了") == []
    assert world.hazards() == []


def test_an_emergency_after_a_flood_has_advice_and_reaches_duty(world: World, flooding: Sender):
    duty = world.phone("钱值班", Role.DUTY, TOWN)
    assert flooding.says("你们在吗，怎么不理人")[0].text == sentences.TOO_FAST
    replies = flooding.says("上河村三组王家着火了，有人困在里面")
    world.look()
    assert "119" in replies[0].text
    assert len(world.incidents()) == 1
    assert any("着火" in text for text in duty.hears())
    world.heard()


def test_an_answer_that_is_sent_back_word_for_word_ends_the_conversation(world: World):
    """Two assistants that talk to each other: each says what the other has said."""
    sender = Sender(world)
    (said,) = sender.says("你好")
    heard = []
    for _ in range(5):
        replies = sender.says(said.text)
        heard.append([reply.text for reply in replies if reply.decision == "unkept"])
        said = replies[-1] if replies else said
    assert heard == [[sentences.OUR_OWN_WORDS], [], [], [], []]


def test_a_repeated_delivery_of_a_refused_message_is_refused_in_the_same_words(world: World, flooding: Sender):
    first = flooding.says("还有一件事要说")
    flooding.sent -= 1
    assert flooding.says("还有一件事要说") == first


def test_the_limits_hold_for_nobody_else(world: World, flooding: Sender):
    flooding.says("还有一件事要说")
    assert Sender(world, "1002").says("你好")[0].decision != "unkept"
