"""Due windows of a year, from the measure of an obligation and the seasons of its place."""

from datetime import date

import pytest

from assistant.obligations import Obligation, windows

TOWN = "云南省/示例州/示例县/示例镇"


def shown(year: int = 2027, region: str = TOWN, **fields: object) -> list[str]:
    known = Obligation(number="ZZ20260701-01", region=region, **fields)
    return [f"{first:%Y-%m-%d}..{last:%Y-%m-%d}" for first, last in windows(known, year)]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"per": "year", "count": 1}, ["2027-01-01..2027-12-31"]),
        ({"per": "year", "count": 2}, ["2027-01-01..2027-12-31"] * 2),  # nothing says that they lie apart
        ({"per": "year", "count": 1, "before": "05-31"}, ["2027-01-01..2027-05-31"]),
        ({"before": "12-01"}, ["2027-01-01..2027-12-01"]),
        ({"per": "half-year", "count": 1}, ["2027-01-01..2027-06-30", "2027-07-01..2027-12-31"]),
        ({"per": "year", "before": "flood"}, ["2027-01-01..2027-04-30"]),
        ({"per": "year", "before": "fire"}, ["2027-01-01..2027-11-30"]),
        (
            {"per": "year", "count": 2, "before": "flood,main_flood"},
            ["2027-01-01..2027-04-30", "2027-06-01..2027-09-30"],
        ),
        ({"per": "once", "before": "2027-06-30"}, ["2027-01-01..2027-06-30"]),
        ({"per": "once", "before": "2026-06-30"}, []),
        ({"per": "3 years", "count": 1, "holds_from": "2025-06-01"}, ["2025-01-01..2027-12-31"]),
        ({"per": "5 years", "count": 1, "holds_from": "2025-06-01"}, []),  # the round ends in 2029
        ({"per": "day", "count": 1}, []),
        ({"per": "always"}, []),
        ({"within": "10 minutes"}, []),
        ({"amount": 15, "amount_unit": "人"}, []),
    ],
)
def test_each_period_has_its_windows(fields: dict, expected: list[str]) -> None:
    assert shown(**fields) == expected


def test_months_end_on_their_own_last_day_or_on_the_day_that_the_clause_names() -> None:
    assert shown(2028, per="month", count=1)[1] == "2028-02-01..2028-02-29"
    assert shown(per="month", before="25")[3] == "2027-04-01..2027-04-25"
    assert len(shown(before="05")) == 12  # 次月5日前


def test_what_is_due_in_a_season_is_due_in_its_months_alone() -> None:
    found = shown(per="month", count=1, quote="主汛期每月核对1次")
    assert [window[5:7] for window in found] == ["06", "07", "08", "09"]
    assert len(shown(per="month", count=1, quote="应急广播每月试播1次")) == 12


def test_the_seasons_are_those_of_the_place() -> None:
    known = Obligation(number="ZZ20260701-01", region="", per="year", before="flood")
    assert windows(known, 2027, place="北京市")[0][1] == date(2027, 5, 31)
    assert windows(known, 2027, place=TOWN)[0][1] == date(2027, 4, 30)
