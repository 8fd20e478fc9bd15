"""Automatic numbers: formats and counting."""

import pytest

from assistant.ingest.numbering import Counter, Level, List, formatted

NUMBERS = [
    (12, "decimal", "12"),
    (3, "decimalZero", "03"),
    (12, "chineseCounting", "十二"),
    (110, "chineseCounting", "一一○"),  # Word counts so above 99
    (110, "chineseCountingThousand", "一百一十"),
    (21, "japaneseCounting", "二十一"),
    (20, "ideographDigital", "二〇"),
    (12, "chineseLegalSimplified", "壹拾贰"),
    (4, "ideographTraditional", "丁"),
    (12, "decimalFullWidth", "１２"),
    (3, "decimalEnclosedCircleChinese", "③"),
    (21, "decimalEnclosedCircle", "21"),  # there is no such sign
    (28, "lowerLetter", "bb"),
    (49, "upperRoman", "XLIX"),
    (7, "somethingNew", "7"),
    (0, "chineseCounting", "0"),
    (1, "bullet", ""),
]


@pytest.mark.parametrize(("number", "number_format", "printed"), NUMBERS)
def test_a_number_is_printed_in_its_format(number: int, number_format: str, printed: str) -> None:
    assert formatted(number, number_format) == printed


def three_levels(**second: object) -> Counter:
    levels = {
        0: Level(number_format="chineseCounting", pattern="第%1章"),
        1: Level(pattern="%1.%2", **second),  # type: ignore[arg-type]
        2: Level(number_format="japaneseCounting", pattern="（%3）"),
    }
    return Counter({"1": List("a", levels), "2": List("a", levels, frozenset({0})), "3": List("a", levels)})


def labels(counter: Counter, *steps: str) -> list[str]:
    return [counter.print_next(list_id, int(depth)).strip() for list_id, depth in (step.split("/") for step in steps)]


def test_lower_levels_begin_anew_below_a_higher_one() -> None:
    printed = labels(three_levels(), "1/0", "1/1", "1/1", "1/2", "1/2", "1/1", "1/2", "1/0", "1/1")
    assert printed == ["第一章", "一.1", "一.2", "（一）", "（二）", "一.3", "（一）", "第二章", "二.1"]


def test_articles_may_run_on_through_the_chapters() -> None:
    assert labels(three_levels(restart=0), "1/0", "1/1", "1/0", "1/1")[-1] == "二.2"


def test_all_places_may_be_digits_whatever_their_level_says() -> None:
    assert labels(three_levels(all_decimal=True), "1/0", "1/0", "1/1")[-1] == "2.1"


def test_lists_of_one_family_go_on_unless_they_restart() -> None:
    assert labels(three_levels(), "1/0", "3/0", "2/0", "2/0", "1/0") == [
        "第一章",
        "第二章",
        "第一章",
        "第二章",
        "第三章",
    ]


def test_a_skipped_level_counts_as_its_first() -> None:
    assert labels(three_levels(), "1/1") == ["一.1"]


def test_unknown_lists_and_levels_print_nothing() -> None:
    assert labels(three_levels(), "9/0", "1/7") == ["", ""]
