"""Floods, echoes and answering machines (issue 6, point 7): one polite reply, and never a refused emergency."""

from datetime import timedelta

import pytest

from assistant.desk.flood import Flood, Refusal
from assistant.ports import Incoming, Location, Outgoing, Pressed
from assistant.rules import Rules, load_rules
from assistant.wording import sentences
from tests.world import NOON

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
CLOSE = "河边的护栏断了一截，编号{}"


@pytest.fixture
def flood() -> Flood:
    return Flood(load_rules())


def said(text: str, name: str, channel: str = "telegram", sender: str = "示例甲", **more: object) -> Incoming:
    return Incoming(channel, name, sender, text, NOON, **more)


def fill(flood: Flood, count: int = 30, now=NOON) -> None:
    for number in range(count):
        assert flood.refuses(said(CLOSE.format(number), f"m{number}"), now) is None


def test_the_message_after_thirty_in_a_minute_is_refused_politely_and_the_next_ones_silently(flood: Flood):
    fill(flood)
    assert flood.refuses(said("还有一件事要说", "a"), NOON) == Refusal(sentences.TOO_FAST)
    assert flood.refuses(said("还有两件事要说", "b"), NOON) == Refusal()


def test_a_minute_later_it_is_heard_again(flood: Flood):
    fill(flood)
    assert flood.refuses(said("还有一件事要说", "a"), NOON + MINUTE) is None


def test_an_hour_has_a_limit_of_its_own(flood: Flood):
    for minute in range(10):
        for number in range(30):
            message = said(CLOSE.format(f"{minute}/{number}"), f"{minute}/{number}")
            assert flood.refuses(message, NOON + minute * MINUTE) is None
    assert flood.refuses(said("还有一件事要说", "a"), NOON + 11 * MINUTE) == Refusal(sentences.TOO_FAST)
    assert flood.refuses(said("还有一件事要说", "b"), NOON + 61 * MINUTE) is None


def test_one_sender_uses_up_nobody_elses_room(flood: Flood):
    fill(flood)
    assert flood.refuses(said("我家门口的井盖不见了", "m1", sender="示例乙"), NOON) is None
    assert flood.refuses(said("我家门口的井盖不见了", "m1", channel="wecom"), NOON) is None


@pytest.mark.parametrize("text", ["山上着火了", "有人被困在水里", "娃娃掉河里了"])
def test_who_is_in_danger_is_heard_whatever_was_said_before(flood: Flood, text: str):
    fill(flood)
    assert flood.refuses(said("还有一件事要说", "a"), NOON) is not None
    assert flood.refuses(said(text, "b"), NOON) is None


@pytest.mark.parametrize(
    "more",
    [
        {"text": "收到"},  # a call is answered so
        {"text": "1"},
        {"text": "已经上岗，正在巡查", "pressed": Pressed("o12", 0)},
    ],
)
def test_an_answer_to_a_call_is_heard_after_a_flood_of_talk(flood: Flood, more: dict[str, object]):
    fill(flood)
    text = more.pop("text")
    assert flood.refuses(said(text, "a", **more), NOON) is None


def test_a_repeated_delivery_is_decided_as_the_first_one_and_counts_once(flood: Flood):
    for _ in range(100):
        assert flood.refuses(said(CLOSE.format(1), "m1"), NOON) is None
    fill(flood)
    first = flood.refuses(said("还有一件事要说", "a"), NOON)
    assert first == Refusal(sentences.TOO_FAST) == flood.refuses(said("还有一件事要说", "a"), NOON + 5 * SECOND)


def test_an_answering_machine_is_told_once_and_then_left_alone(flood: Flood):
    machine = "您好，我现在不方便，稍后回复您。"
    verdicts = [flood.refuses(said(machine, f"m{number}"), NOON + number * SECOND) for number in range(8)]
    assert verdicts == [None] * 5 + [Refusal(sentences.SAID_BEFORE), Refusal(), Refusal()]


@pytest.mark.parametrize("text", ["下一条", "云南怎么落实这一条", "收到"])
def test_orders_may_be_given_again_and_again(flood: Flood, text: str):
    assert [flood.refuses(said(text, f"m{number}"), NOON) for number in range(20)] == [None] * 20


def test_a_point_with_the_same_words_is_no_repetition(flood: Flood):
    messages = [said("我在这里，路不通了，过不去", f"m{n}", location=Location(25.1, 100.1 + n / 100)) for n in range(9)]
    assert [flood.refuses(message, NOON) for message in messages] == [None] * 9


def test_our_own_words_that_come_back_are_answered_once(flood: Flood):
    ours = (
        "请直接打电话：火警119。有人被困在水里时先喊人。"  # danger words: without the check this would go on for ever
    )
    flood.answered(said("发大水了", "m1"), [Outgoing("telegram", "示例甲", ours)], NOON)
    assert flood.refuses(said(ours, "m2"), NOON) == Refusal(sentences.OUR_OWN_WORDS)
    assert flood.refuses(said(sentences.OUR_OWN_WORDS, "m3"), NOON) == Refusal()
    assert flood.refuses(said(ours, "m4"), NOON) == Refusal()
    assert flood.refuses(said(ours, "m2", sender="示例乙"), NOON) is None


def test_two_machines_that_answer_each_other_fall_silent(flood: Flood):
    """Each of our replies brings the machine's next message: at the end nothing is said any more."""
    said_by_us = ["您好，请问有什么事？我在听您说。"]
    for number in range(20):
        if not said_by_us[-1]:
            break
        message = said("自动回复：已收到您的消息，谢谢。", f"m{number}")
        refusal = flood.refuses(message, NOON + number * SECOND)
        said_by_us.append("没有听明白，请换句话说一说好吗？" if refusal is None else refusal.sentence)
    assert said_by_us[-1] == "" and len(said_by_us) <= 8


def test_the_same_emergency_again_and_again_gets_the_advice_once_a_minute(flood: Flood):
    verdicts = [flood.refuses(said("山上着火了", f"m{n}"), NOON + n * 10 * SECOND) for n in range(14)]
    assert verdicts[:5] == [None] * 5
    assert [n for n, one in enumerate(verdicts) if one == Refusal(sentences.DANGER_BEFORE)] == [5, 11]


def test_what_no_hand_can_type_is_no_emergency(flood: Flood):
    verdicts = [flood.refuses(said(f"{n}号楼着火了", f"m{n}"), NOON) for n in range(152)]
    assert verdicts == [None] * 150 + [Refusal(sentences.DANGER_BEFORE), Refusal()]


def test_on_a_page_each_request_is_told_why(flood: Flood):
    for number in range(120):
        flood.refuses(said(CLOSE.format(number), f"m{number}", channel="web"), NOON)
    told = [flood.refuses(said("还有一件事要说", f"x{n}", channel="web"), NOON) for n in range(3)]
    assert told == [Refusal(sentences.TOO_FAST)] * 3


def test_files_have_a_limit_of_their_own(flood: Flood):
    taken = [flood.takes_file("telegram", "示例甲", NOON) for _ in range(41)]
    assert taken == [True] * 40 + [False]
    assert flood.takes_file("telegram", "示例乙", NOON) and flood.takes_file("terminal", "示例甲", NOON)
    assert flood.takes_file("telegram", "示例甲", NOON + 60 * MINUTE)


def test_a_clock_that_was_set_back_blocks_for_no_longer_than_a_window(flood: Flood):
    fill(flood, now=NOON + timedelta(days=1))
    assert flood.refuses(said("还有一件事要说", "a"), NOON) is None


def test_a_channel_without_limits_is_free():
    free = Flood(Rules(()))
    assert [free.refuses(said("同样的话说了很多很多遍", f"m{n}"), NOON) for n in range(500)] == [None] * 500
