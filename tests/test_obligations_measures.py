"""How often, by when, within what time and how many: each line a trap that a document has set or may set."""

import pytest

from assistant.obligations import Measure, measure


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每年至少组织1次综合演练", Measure(count=1, per="year")),
        ("每年至少组织一次综合演练", Measure(count=1, per="year")),  # numerals in Chinese
        ("每年至少组织１次综合演练", Measure(count=1, per="year")),  # full width
        ("每半年组织1次值班员培训", Measure(count=1, per="half-year")),
        ("每3年完成1次轮训", Measure(count=1, per="3 years")),
        ("每五年完成一次轮训", Measure(count=1, per="5 years")),
        ("降雨期间每2小时1次", Measure(count=1, per="2 hours")),
        ("每六个月检验一次", Measure(count=1, per="half-year")),
        ("每日巡查2次", Measure(count=2, per="day")),
        ("每日上午、下午各调度1次", Measure(count=2, per="day")),  # two halves of a day
        ("每学期至少组织1次地震逃生演练", Measure(count=1, per="term")),
        ("经费列入年度预算", Measure(per="year")),
        ("定期组织训练", Measure(per="regularly")),
        ("实行全年24小时值班", Measure(per="always")),
        ("5月31日前完成", Measure(before="05-31")),
        ("2027年6月底前建成", Measure(per="once", before="2027-06-30")),
        ("6月31日前报送", Measure(before="06-30")),  # a day that does not exist
        ("每月25日前编制下月值班表", Measure(per="month", before="25")),
        ("次月5日前通报", Measure(before="05")),
        ("汛前和防火期前各检查维护1次", Measure(count=1, before="flood,fire")),
        ("汛前、主汛期各1次", Measure(count=1, before="flood,main_flood")),
        ("2小时内出动", Measure(within="2 hours")),
        ("最迟不超过10分钟", Measure(within="10 minutes")),
        ("10个工作日内完成总结", Measure(within="10 workdays")),
        ("提前12小时叫应有关村", Measure(within="-12 hours")),
        ("用火前1日报备", Measure(within="-1 days")),
        ("组建一支不少于15人的综合应急救援队伍", Measure(amount=15, amount_unit="人")),
        ("至少1名干部值守", Measure(amount=1, amount_unit="名")),
        ("各配手摇警报器1台", Measure(amount=1, amount_unit="台")),
        ("给予50元至500元奖励", Measure(amount=50, amount_unit="元")),
    ],
)
def test_a_measure_is_read_in_any_numeral_style(text: str, expected: Measure) -> None:
    assert measure(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "24小时值班电话123-0000-0100",  # the name of a telephone
        "未定期组织演练",  # an offence
        "第一次报告",
        "全镇设雨量站7处",  # how things are
        "3480户12600人",
        "每人见面",
        "按规定发放",
    ],
)
def test_what_looks_like_a_measure_is_none(text: str) -> None:
    assert not measure(text).is_any


def test_a_table_of_stocks_obliges_nobody() -> None:
    assert not measure("储备库、松岭村各4台", is_row=True).is_any
