"""Coverage: every number with its denominator; what is waived is no part of it; and what becomes an item."""

from datetime import date

import pytest

from assistant.drills import DutyItem, items
from assistant.drills.coverage import matrix, total, without_drill
from assistant.obligations import Obligation

ON = date(2026, 7, 1)
A, B = "示例镇/上河村", "示例镇/下河村"


def item(region: str, state: str, due: str = "2026-05-31", done: str = "") -> DutyItem:
    return DutyItem(number="LZ", region=region, kind="special_drill", state=state, due_on=due, done_on=done)


def test_each_cell_counts_done_of_due_and_names_the_last_day():
    known = [
        item(A, "checked", done="2026-05-12"),
        item(A, "unplanned"),
        item(A, "waived"),
        item(A, "checked", due="2025-05-31", done="2025-05-01"),  # another year
        item(B, "done", done="2026-05-20"),
        item(B, "unplanned", due="2026-12-31"),  # not over yet
    ]
    first, second = matrix(known, 2026, ON)
    assert (first.region, first.done, first.due, first.overdue, first.waived) == (A, 1, 2, 1, 1)
    assert (second.done, second.due, second.overdue, second.unchecked) == (1, 2, 0, 1)
    summed = total([first, second], "special_drill")
    assert (summed.done, summed.due, summed.last) == (2, 4, "2026-05-20")
    assert without_drill(known, [A, B, "示例镇/松岭村"], 2026) == ["示例镇/松岭村"]


@pytest.mark.parametrize(
    ("who", "kind", "places"),
    [
        ("各村", "special_drill", [A, B]),
        ("村（社区）", "special_drill", [A, B]),
        ("镇应急办会同各村", "drill", ["示例镇"]),  # the town does it, with the villages
        ("", "drill", ["示例镇"]),
        ("各村", "duty", []),  # has a clock of its own
    ],
)
def test_who_must_do_it_by_the_words_of_the_text(who: str, kind: str, places: list[str]):
    known = Obligation(number="ZZ1", who=who, kind=kind, per="year", count=1, before="05-31", region="示例镇")
    found = items.items_for(known, items.doers(known, ["示例镇"], [B, A, "别的镇/甲村"]), 2026)
    assert [fact.data["set"]["region"] for fact in found] == places


def test_two_times_a_year_are_two_items():
    known = Obligation(number="ZZ1", kind="drill", per="year", count=2, region="示例镇")
    found = items.items_for(known, ["示例镇"], 2026)
    assert len({items.key_of(fact) for fact in found}) == 2
