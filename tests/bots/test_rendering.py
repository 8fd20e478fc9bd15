"""How a neutral message is shown on each channel (R17, R19): golden lines, and properties of every text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from assistant.ports import Outgoing
from bots.capabilities import ALL, Capability
from bots.cleaning import cleaned
from bots.rendering import Part, render

TWO = ("收到", "需要支援")
SIX = ("收到", "已上岗", "已通知到户", "需要支援", "不在岗", "打错了")
SEVEN = (*SIX, "再说一遍")
LONG = ("收到", "不在岗，请转副手，我在县里开会明天才回来，电话也打不通的那种，真的来不了")
WORDS_OF_TWO = "【预警】\n回复数字：1 收到　2 需要支援"


@pytest.mark.parametrize(
    ("channel", "choices", "part"),
    [
        ("wechat", TWO, Part("【预警】", TWO, "o7")),
        ("wechat", SEVEN, Part("【预警】", SEVEN, "o7")),
        ("wechat", LONG, Part(f"【预警】\n回复数字：1 收到　2 {LONG[1]}")),
        ("wecom", TWO, Part("【预警】", TWO, "o7")),
        ("wecom", SIX, Part("【预警】", SIX, "o7")),
        ("wecom", SEVEN, Part("【预警】\n回复数字：" + "　".join(f"{n} {one}" for n, one in enumerate(SEVEN, 1)))),
        ("wecom", LONG, Part(f"【预警】\n回复数字：1 收到　2 {LONG[1]}")),
        ("telegram", TWO, Part("【预警】", TWO, "o7")),
        ("telegram", SEVEN, Part("【预警】", SEVEN, "o7")),
        ("telegram", LONG, Part(f"【预警】\n回复数字：1 收到　2 {LONG[1]}")),
        ("terminal", TWO, Part(WORDS_OF_TWO)),
        ("terminal", (), Part("【预警】")),
        ("web", SEVEN, Part("【预警】", SEVEN, "o7")),
    ],
)
def test_choices_are_buttons_or_numbers(channel: str, choices: tuple[str, ...], part: Part):
    assert render(Outgoing("", "", "【预警】", choices=choices, prompt="o7"), ALL[channel]) == [part]


def test_suggestions_after_an_answer_have_no_numbers_for_a_number_would_answer_nothing():
    (part,) = render(Outgoing("", "", "《意见》", choices=("全文", "出处"), prompt="i7.0"), ALL["terminal"])
    assert part.text == "《意见》\n可以回复：全文、出处"


def test_choices_that_stand_in_the_text_are_not_said_twice():
    text = "是同一处吗？\n1 是\n2 不是"
    (part,) = render(Outgoing("", "", text, choices=("是", "不是"), prompt="i7.0"), ALL["terminal"])
    assert part.text == text


def test_buttons_stand_under_the_last_part():
    parts = render(Outgoing("", "", "字" * 2000, choices=TWO, prompt="o7"), ALL["wechat"])
    assert len(parts) > 1
    assert [bool(part.buttons) for part in parts] == [False] * (len(parts) - 1) + [True]


TEXTS = st.text(max_size=3000) | st.lists(st.sampled_from(["]]>", "]]", ">", "\x0b", "\ud800", "喊到了。", "👍🏽", "\n", "&<a>"])).map("".join)  # fmt: skip


@given(TEXTS, st.lists(st.text(max_size=40), max_size=8), st.sampled_from(sorted(ALL)))
def test_no_part_is_too_long_whatever_is_said(text: str, choices: list[str], channel: str):
    one: Capability = ALL[channel]
    for part in render(Outgoing("", "", text, choices=tuple(choices), prompt="o1"), one):
        assert one.measure(part.text) <= one.limit


@given(TEXTS)
def test_a_text_in_cdata_is_read_as_it_was_written(text: str):
    shown = cleaned(text)
    root = etree.fromstring(f"<xml><Content><![CDATA[{shown}]]></Content></xml>".encode())
    assert len(root) == 1
    assert (root[0].text or "") == shown.replace("\r", "\n")
