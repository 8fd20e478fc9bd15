"""Letters: what burned long ago is no emergency, what is wrong today is found, and fear stays an emergency however long it writes."""

import pytest

from assistant.triage import Category, Intent, Reader, Urgency, is_letter, read_letter

OLD_FIRE = (
    "同志你们好，我是示例镇的老住户，今年七十三岁了。一九八六年那年冬天我们老街着过一次大火，烧了半条街。"
    "当年我还年轻，跟着大家一起提水，火从东头烧到西头，我二叔的腿就是那次被房梁砸断的。"
    "那时候没有消防车，全靠人一桶一桶地传水，救出来的人都躺在打谷场上，想起来心里就难受。\n"
    "以前的事不多说了，孩子们都搬到城里去住，街上剩下的多半是我们这些老人，平时互相照应。"
    "我写这封信用了三个晚上，眼睛不好，字也写不快，是孙子放假回来帮我打成字的，有打错的地方请你们多担待。"
    "我们这些人没有什么别的要求，日子过得还算好，粮食够吃，医药费也能报一部分，感谢政府的关心。\n"
)
TODAY = "今天要讲的是老街小学后面那堵挡墙，最近裂了一条缝，有巴掌宽，下雨就往外冒水，墙下面娃娃天天过路。"
ENDING = "希望你们派个懂行的人来看看，早看早放心。我们不急着要答复，只求不要等出了事再来。\n"
AFRAID = (
    "你们快来人啊我们家现在着火了，我在外面打工刚刚接到我妈的电话，她说灶房里面烧起来了，她腿不好走不动，现在困在二楼出不来。"
    "我爸去地里了还没有回来。我打119一直占线打不进去，我急得没有办法只好发给你们。求求你们快点派人去救我妈。"
) * 4


def test_a_letter_is_long_and_of_several_sentences():
    assert is_letter(OLD_FIRE + TODAY + ENDING)
    assert not is_letter("着火了我妈还在楼上")
    assert not is_letter("救命" * 400)  # a cry, repeated


def test_old_fires_are_no_emergency_and_the_matter_of_today_is_found(reader: Reader):
    read = read_letter(OLD_FIRE + TODAY + ENDING, reader)
    assert read.intent is Intent.HAZARD
    assert read.category in (Category.GEOLOGICAL, Category.BUILDING)
    assert read.urgency is not Urgency.EMERGENCY
    assert read.danger is None
    assert read.casualties is not True
    assert read.place
    assert read.place in TODAY


def test_the_place_stands_in_the_letter_word_for_word(reader: Reader):
    text = OLD_FIRE + TODAY + ENDING
    assert (read_letter(text, reader).place or "") in text


def test_what_burned_long_ago_and_nothing_else_is_no_report(reader: Reader):
    read = read_letter(OLD_FIRE + "那次以后街上立了规矩，过年不放鞭炮。", reader)
    assert read.danger is None
    assert read.intent is not Intent.INCIDENT


def test_a_frightened_long_message_stays_an_emergency(reader: Reader):
    assert is_letter(AFRAID)
    read = read_letter(AFRAID, reader)
    assert read.intent is Intent.INCIDENT
    assert read.urgency is Urgency.EMERGENCY
    assert read.danger is not None


@pytest.mark.parametrize("order", ["before", "after"])
def test_an_emergency_of_now_is_seen_beside_old_stories(order: str, reader: Reader):
    now = "现在我家隔壁着火了，火已经烧到房顶，里面还有人没出来，快来救人！\n"
    text = now + OLD_FIRE if order == "before" else OLD_FIRE + now
    read = read_letter(text, reader)
    assert read.intent is Intent.INCIDENT
    assert read.danger is not None
