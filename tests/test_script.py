"""Traditional characters are read as simplified ones."""

from datetime import date
from pathlib import Path

import pytest

from assistant.answers import Asker, Request, answer
from assistant.script import simplified
from assistant.search import Index
from assistant.triage import Danger, danger

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("救援隊什麼時候來", "救援队什么时候来"),
        ("著火了", "着火了"),  # the table alone leaves 著 as it is
        ("拿著鑼沿著河邊喊", "拿着锣沿着河边喊"),
        ("成效顯著的專著", "成效显著的专著"),  # here 著 is not 着
        ("显著", "显著"),
        ("後面那間屋", "后面那间屋"),
        ("皇后村", "皇后村"),  # simplified already
    ],
)
def test_traditional_characters_become_simplified_ones(written: str, read: str) -> None:
    assert simplified(written) == read
    assert simplified(read) == read


def test_the_shipped_documents_stay_as_they_are() -> None:
    changed = [
        p for p in (ROOT / "corpus").glob("*/text.md") if simplified(p.read_text("utf-8")) != p.read_text("utf-8")
    ]
    assert changed == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [("著火了我媽還在樓上", Danger.FIRE), ("有人觸電", Danger.SHOCK), ("娃娃掉進水庫裡了", Danger.WATER)],
)
def test_danger_is_seen_in_traditional_characters(text: str, kind: Danger) -> None:
    assert danger(text) is kind


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("村裡一年要演練幾次", "村里一年要演练几次"),
        ("雲南意見第十七條", "云南意见第十七条"),
        ("預警來了怎麼通知老人", "预警来了怎么通知老人"),
    ],
)
def test_both_scripts_get_the_same_answer(written: str, same: str, index: Index) -> None:
    asked = [Request(text, "云南省", Asker.VILLAGER, date(2026, 7, 1)) for text in (written, same)]
    first, second = (answer(request, index) for request in asked)
    assert first.passages and first.passages == second.passages
