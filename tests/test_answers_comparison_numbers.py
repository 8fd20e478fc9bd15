"""Numbers: what they count, and when one may be called stricter than another."""

import pytest

from assistant.answers.comparison.numbers import asked_measures, same_thing, verdict_of
from assistant.answers.comparison.quantities import Quantity, find_quantities, number, segment
from assistant.answers.model import Measure, Verdict

TEAM = "乡镇（街道）组建一支不少于{}人的综合应急救援队伍"


def only(sentence: str) -> Quantity:
    (quantity,) = find_quantities(sentence)
    return quantity


@pytest.mark.parametrize(
    ("sentence", "measure", "value", "bound", "subject", "levels"),
    [
        ("因地制宜组建一支不少于15人的综合应急救援队伍。", Measure.PEOPLE, 15, 1, "综合应急救援队伍", ""),
        ("乡镇（街道）和村（社区）每年至少组织1次综合演练。", Measure.RATE, 1 / 365, 1, "综合演练", "乡村"),
        ("市县两级各整合组建一支不少于50人的队伍。", Measure.PEOPLE, 50, 1, "队伍", "县市"),
        ("每5年完成1次乡镇（街道）干部轮训。", Measure.RATE, 1 / 1825, 0, "乡镇（街道）干部轮训", "乡"),
        ("鼓励储备至少三天的食品。", Measure.TIME, 4320, 1, "食品", ""),
        ("接令后10分钟内出动。", Measure.TIME, 10, -1, "出动", ""),
        ("高火险期每日不少于2次巡护。", Measure.RATE, 2, 1, "巡护", ""),
    ],
)
def test_a_number_is_read_with_what_it_counts(
    sentence: str, measure: Measure, value: float, bound: int, subject: str, levels: str
) -> None:
    quantity = only(sentence)
    assert (quantity.measure, quantity.bound, quantity.subject) == (measure, bound, subject)
    assert quantity.value == pytest.approx(value)
    assert quantity.levels == frozenset(levels)


@pytest.mark.parametrize(
    "sentence",
    ["2025年5月31日前完成。", "制定风险隐患“一张图”。", "启动二级应急响应。", "组建8至10人的小分队。", "一人一档。"],
)
def test_dates_names_ranges_and_common_speech_are_no_numbers(sentence: str) -> None:
    assert find_quantities(sentence) == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (TEAM.format(20), TEAM.format(15), Verdict.STRICTER),
        (TEAM.format(15), TEAM.format(20), None),  # the other way round
        (TEAM.format(15), TEAM.format(15), Verdict.SAME),
        ("镇组建22人的综合应急救援队。", TEAM.format(15), Verdict.MEETS),
        ("镇组建12人的综合应急救援队。", TEAM.format(15), Verdict.SHORT),
        ("镇10分钟内到现场。", "镇20分钟内到现场。", Verdict.STRICTER),
        # exact numbers have no direction
        ("镇每年组织2次演练。", "镇每年组织1次演练。", None),
    ],
)
def test_what_one_number_is_beside_another(one: str, other: str, expected: Verdict | None) -> None:
    assert verdict_of(only(one), only(other)) is expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (TEAM.format(15), "市县两级组建一支不少于50人的综合应急救援队伍"),  # another level
        (TEAM.format(15), "乡镇（街道）组建一支不少于15人的森林消防分队"),  # another thing
        (TEAM.format(15), "乡镇（街道）每年组织1次综合应急救援队伍"),  # another measure
        ("不少于15人的综合应急救援队伍", "不少于50人的综合应急救援队伍"),  # nobody knows for whom
    ],
)
def test_different_things_are_not_held_together(one: str, other: str) -> None:
    assert same_thing(only(one), only(other)) == ""


def test_the_same_thing_is_known_by_the_shorter_wording() -> None:
    assert same_thing(only("镇组建22人的镇综合应急救援队"), only(TEAM.format(15))) == "镇综合应急救援队"


def test_the_part_between_two_commas_is_shown() -> None:
    sentence = "整合各类人员，因地制宜组建一支不少于15人的队伍，日常融入工作。"
    begin, end = segment(sentence, only(sentence))
    assert sentence[begin:end] == "因地制宜组建一支不少于15人的队伍"


@pytest.mark.parametrize(("printed", "value"), [("十", 10), ("十五", 15), ("三十", 30), ("两", 2), ("１５", 15)])
def test_numerals(printed: str, value: float) -> None:
    assert number(printed) == value


def test_what_kind_of_number_is_asked_for() -> None:
    assert asked_measures("救援队伍人数") == {Measure.PEOPLE}
    assert asked_measures("演练次数谁要求得多") == {Measure.RATE}
    assert asked_measures("物资储备怎么说的") == frozenset()
