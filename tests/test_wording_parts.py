"""Long texts in numbered parts: nothing lost, nothing too long, cut between sentences."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.wording import MESSAGE_BYTES, in_parts
from assistant.wording.parts import SENTENCE, size, units

NUMBER = re.compile(r"（(\d+)/(\d+)）\n")
LONGEST_NUMBER = 24
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=600),
    st.lists(st.sampled_from(["甲乙丙。", "镇长负总责，村长负责；", "\n", "《云南实施意见》（十七） 演练\n", "𠀀" * 30, "a" * 90, " ", "！”", "| 1 | 2 |\n"]), max_size=80).map("".join),
)  # fmt: skip


def bare(text: str) -> str:
    return "".join(text.split())


def without_numbers(parts: list[str]) -> list[str]:
    return parts if len(parts) == 1 else [NUMBER.sub("", part, count=1) for part in parts]


@given(TEXTS, st.integers(80, 400))
def test_every_part_fits_and_all_characters_are_there_in_order(text: str, limit: int) -> None:
    parts = in_parts(text, limit)
    assert all(size(part) <= limit for part in parts)
    assert bare("".join(without_numbers(parts))) == bare(text)


@given(TEXTS, st.integers(80, 400))
def test_parts_are_numbered_from_one_to_their_count(text: str, limit: int) -> None:
    parts = in_parts(text, limit)
    if len(parts) > 1:
        numbers = [NUMBER.match(part) for part in parts]
        assert [found.groups() for found in numbers if found] == [
            (str(n), str(len(parts))) for n in range(1, len(parts) + 1)
        ]


@given(
    st.lists(st.text("甲乙丙，；丁", min_size=1, max_size=20).map(lambda text: text + "。"), min_size=1, max_size=60)
)
def test_parts_are_cut_between_sentences_where_every_sentence_fits(sentences: list[str]) -> None:
    parts = without_numbers(in_parts("".join(sentences), 120))
    assert all(part.endswith("。") for part in parts)


@pytest.mark.parametrize("text", ["", "短。", "甲" * 682])
def test_a_short_text_is_one_message_as_it_is(text: str) -> None:
    assert in_parts(text) == [text]


def test_one_byte_too_many_makes_two_parts() -> None:
    text = "甲乙丙丁戊己庚辛壬。\n" * 66 + "甲" * 2
    assert size(text) == MESSAGE_BYTES + 4
    assert len(in_parts(text)) == 2


def test_a_monstrous_sentence_is_cut_at_a_comma() -> None:
    first, second = without_numbers(in_parts("甲" * 500 + "，" + "乙" * 500 + "。"))
    assert (first, second) == ("甲" * 500 + "，", "乙" * 500 + "。")


def test_text_without_any_mark_is_cut_between_characters() -> None:
    parts = without_numbers(in_parts("𠀀" * 2000))
    assert "".join(parts) == "𠀀" * 2000


def test_a_hundred_parts_and_more_still_fit() -> None:
    # （100/100） is longer than （99/99）
    full = len("（99/99）\n".encode()) + 4 * 29
    parts = in_parts("a" * 29 * 4 * 150, full)
    assert len(parts) > 100 and all(size(part) <= full for part in parts)


def test_the_heading_of_a_quote_is_not_left_behind() -> None:
    quote = "《云南实施意见》（十七） 开展演练\n" + "村每年至少组织1次演练。" * 3
    for filler in range(1, 60):
        parts = in_parts("甲。" * filler + "\n" + quote, 300)
        assert all(not part.endswith("开展演练") for part in parts)


def test_closing_marks_stay_with_their_sentence() -> None:
    assert [found.group() for found in SENTENCE.finditer("“甲。”乙！？）丙") if found.group()] == [
        "“甲。”",
        "乙！？）",
        "丙",
    ]


@pytest.mark.parametrize("limit", range(300, 900, 20))
def test_an_explanation_is_never_cut_in_two(limit: int) -> None:
    """Its second half would look like a quote."""
    explanation = "通俗解释·看山（不是文件原文，2026年11月22日审核）：\n每天看。下雨看。夜里也看。\n依据《预案》3.1。"
    text = "《预案》3.1 巡查\n" + "每天看一次。" * 30 + f"\n\n{explanation}\n\n{explanation}"
    parts = in_parts(text, limit)
    assert sum(part.count(explanation) for part in parts) == 2


@given(TEXTS, st.integers(80, 400))
def test_parts_fit_as_telegram_counts(text: str, limit: int) -> None:
    parts = in_parts(text, limit, units)
    assert all(units(part) <= limit for part in parts)
    assert bare("".join(without_numbers(parts))) == bare(text)


@pytest.mark.parametrize("sign", ["👨‍👩‍👧", "é", "👍🏽", "𠀀"])
def test_a_sign_of_several_characters_is_not_cut(sign: str) -> None:
    parts = without_numbers(in_parts(sign * 60, 100))
    assert len(parts) > 1
    assert all(len(part) % len(sign) == 0 for part in parts)
