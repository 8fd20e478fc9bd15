"""Numerals of every style, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.clauses import to_chinese, to_int


@given(st.integers(1, 9999))
def test_a_printed_number_reads_as_itself(number: int) -> None:
    assert to_int(to_chinese(number)) == number


def test_every_number_of_a_long_statute_is_read() -> None:
    assert [to_int(to_chinese(number)) for number in range(1, 1300)] == list(range(1, 1300))


@given(st.integers(0, 9999))
def test_digits_read_in_every_width(number: int) -> None:
    wide = str(number).translate({ord("0") + i: ord("０") + i for i in range(10)})
    assert to_int(str(number)) == to_int(wide) == to_int(f" {number}　") == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10),
        ("十二", 12),  # no digit before its first unit
        ("二十", 20),
        ("一百零五", 105),
        ("一百〇五", 105),
        ("一百○五", 105),  # a circle for a zero
        ("一百十五", 115),  # old statutes leave out 一
        ("二百一十", 210),
        ("一千零一", 1001),
        ("一千零一十", 1010),
        ("一千二百六十", 1260),
        ("两千", 2000),
        ("一万二千", 12000),
        ("二〇二五", 2025),  # read digit by digit
        ("一二三", 123),
        ("〇", 0),
        ("Ⅳ", 4),
        ("XII", 12),
        ("③", 3),
        ("⑳", 20),
    ],
)
def test_numerals_of_every_style(text: str, number: int) -> None:
    assert to_int(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "几",
        "第三",
        "三条",
        "3.2",
        "-1",
        "C",
        "IIII",
        "VX",
        "应急",
        "1a",
        "12,600",
        "9" * 5000,
        "十" * 50,
        "\x00",
        "ﷺ",
    ],
)
def test_what_is_no_numeral_has_no_value(text: str) -> None:
    assert to_int(text) is None


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (101, "一百零一"), (110, "一百一十"), (1001, "一千零一"), (1010, "一千零一十"), (1100, "一千一百"), (9999, "九千九百九十九")]
)  # fmt: skip
def test_numbers_as_clauses_print_them(number: int, text: str) -> None:
    assert to_chinese(number) == text


@given(st.text(max_size=30))
def test_any_text_is_a_number_or_none(text: str) -> None:
    value = to_int(text)
    assert value is None or value >= 0
