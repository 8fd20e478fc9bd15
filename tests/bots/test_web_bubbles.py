"""Replies as bubbles: which paragraphs belong to which citation."""

from datetime import UTC, datetime

from assistant.ports import Link, Outgoing
from assistant.store import Turn
from assistant.wording import sentences
from bots.web.bubbles import Bubble, Part, Table, exchange

NOW = datetime(2025, 12, 31, 16, 5, tzinfo=UTC)
OWN = Link("《云南实施意见》（十七）", "yunnan-2025/17", ((1, 9),))
BASIS = Link("《中央意见》（十三）", "central-2024/13", ((2, 8),))


def reply(text: str, *links: Link, recipient: str = "me") -> Outgoing:
    return Outgoing("web", recipient, text, links)


def bubbles(*replies: Outgoing) -> tuple[Bubble, ...]:
    return exchange(Turn("问", NOW, replies), "me").bubbles


def shape(part: Part) -> tuple[list[str], list[str], bool]:
    return list(part.lines), [chip.label + chip.heading for chip in part.chips], part.is_basis


def test_each_quote_has_its_chip_and_the_higher_level_is_set_apart() -> None:
    text = f"{OWN.label} 预案\n每年演练。\n\n（节录）\n\n上位依据：\n{BASIS.label}\n演练。"
    (bubble,) = bubbles(reply(text, OWN, BASIS))
    assert [shape(part) for part in bubble.parts] == [
        (["每年演练。", "（节录）"], ["《云南实施意见》（十七）预案"], False),
        (["上位依据：", "演练。"], ["《中央意见》（十三）"], True),
    ]


def test_an_opening_sentence_stays_before_the_first_quote() -> None:
    (bubble,) = bubbles(reply(f"最接近的是：\n\n{OWN.label}\n甲。\n\n{BASIS.label}\n乙。", OWN, BASIS))
    assert [shape(part)[:2] for part in bubble.parts] == [
        (["最接近的是："], []),
        (["甲。"], [OWN.label]),
        (["乙。"], [BASIS.label]),
    ]


def test_the_offer_of_a_person_is_not_a_part_of_the_quote_above_it() -> None:
    (bubble,) = bubbles(reply(f"{OWN.label}\n甲。\n\n{sentences.OFFER}", OWN))
    assert [shape(part) for part in bubble.parts] == [
        (["甲。"], [OWN.label], False),
        ([sentences.OFFER], [], False),
    ]


def test_a_heading_that_the_quote_opens_with_is_said_once() -> None:
    (bubble,) = bubbles(reply(f"{OWN.label} 加强演练\n加强演练。\n\n每年1次。", OWN))
    assert shape(bubble.parts[0]) == (["加强演练。", "每年1次。"], [OWN.label], False)


def test_labels_that_begin_alike_are_told_apart() -> None:
    short, long = Link("《预案》3.2", "p/3.2"), Link("《预案》3.2.1", "p/3.2.1")
    (bubble,) = bubbles(reply("《预案》3.2.1 甲\n一。\n《预案》3.2 乙\n二。", short, long))
    assert [chip.path for part in bubble.parts for chip in part.chips] == ["/d/p#u-3_2_1", "/d/p#u-3_2"]


def test_the_links_of_a_reply_in_parts_are_under_the_part_that_names_them() -> None:
    first, second = bubbles(reply(f"（1/2）\n{OWN.label}\n甲。"), reply(f"（2/2）\n{BASIS.label}\n乙。", OWN, BASIS))
    assert [chip.label for part in first.parts for chip in part.chips] == [OWN.label]
    assert [chip.label for part in second.parts for chip in part.chips] == [BASIS.label]


def test_a_link_that_the_text_does_not_name_comes_last() -> None:
    (bubble,) = bubbles(reply("没有查到。", OWN))
    assert [shape(part)[:2] for part in bubble.parts] == [(["没有查到。"], []), ([], [OWN.label])]


def test_what_goes_to_somebody_else_is_not_shown() -> None:
    assert len(bubbles(reply("给您的。"), reply("给值班员的。", recipient="duty"))) == 1


def test_times_are_those_of_china() -> None:
    assert exchange(Turn("问", NOW, ()), "me").at == "1月1日 00:05"


def test_the_places_of_a_comparison_are_parts_of_their_own() -> None:
    text = f"对照：演练\n\n【云南省】\n{OWN.label}\n甲。\n\n【中央】\n{BASIS.label}\n乙。\n\n不同之处：\n一样。"
    (bubble,) = bubbles(reply(text, OWN, BASIS))
    assert [(part.level, *shape(part)[:2]) for part in bubble.parts] == [
        ("", ["对照：演练"], []),
        ("云南省", ["甲。"], [OWN.label]),
        ("中央", ["乙。"], [BASIS.label]),
        ("", ["不同之处：", "一样。"], []),
    ]


def test_lines_with_cells_become_a_table_and_a_single_one_stays_a_line() -> None:
    (bubble,) = bubbles(reply("数字：\n地方｜数字\n云南省｜15人\n\n完。\n\n甲｜乙"))
    assert bubble.parts[0].lines == ("数字：", Table((("地方", "数字"), ("云南省", "15人"))), "完。", "甲｜乙")


EXPLAINED = (
    "通俗解释·一年演练几次（不是文件原文，2026年11月22日编写者自审）：\n每年至少练1次。\n依据《云南实施意见》（十七）。"
)


def test_an_explanation_is_a_part_of_its_own_without_chips() -> None:
    text = f"{OWN.label}\n每年演练。\n\n上位依据：\n{BASIS.label}\n演练。\n\n{EXPLAINED}"
    (bubble,) = bubbles(reply(text, OWN, BASIS))
    *quotes, explanation = bubble.parts
    assert [part.is_explanation for part in quotes] == [False, False]
    assert explanation.is_explanation and not explanation.is_basis and explanation.chips == ()
    assert list(explanation.lines) == EXPLAINED.split("\n")


def test_several_explanations_are_several_parts_and_none_is_empty() -> None:
    (bubble,) = bubbles(reply(f"{EXPLAINED}\n\n{EXPLAINED}"))
    assert [part.is_explanation for part in bubble.parts] == [True, True]
