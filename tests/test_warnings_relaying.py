"""Orders to relay a warning, as people write them: what is read of each, and which places are meant."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.people import Place, PlaceLevel
from assistant.people.gazetteer import Gazetteer, gazetteer, unknown_villages
from assistant.warnings.moments import LOCAL
from assistant.warnings.relaying import read_relay

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "relayed-fresh.jsonl").read_text(encoding="utf-8").splitlines()
]
NOON = datetime(2026, 7, 1, 12, 0, tzinfo=LOCAL)
TOWN = "云南省/示例州/示例县/示例镇"


@pytest.fixture(scope="module")
def known() -> Gazetteer:
    return gazetteer(
        (Place(path=f"{TOWN}/{name}", level=PlaceLevel.VILLAGE.value) for name in ("上河村", "下河村", "松岭村")), ()
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_an_order_is_read_as_it_is_meant(case: dict[str, Any], known: Gazetteer):
    told = read_relay(case["text"], NOON)
    assert told is not None
    assert told.event.startswith(case["event"])
    assert told.level == case["level"]
    onset = told.onset_at.astimezone(LOCAL).strftime("%Y-%m-%dT%H:%M") if told.onset_at else None
    assert onset == case["onset"]
    assert unknown_villages(told.rest, known) == case["unknown"]


@pytest.mark.parametrize(
    ("words", "unknown"),
    [
        ("和平村、上河村", ["和平村"]),  # 和 is part of a name
        ("松岭村和梨花村", ["梨花村"]),  # 和 joins two
        ("松岭村与与邻村", []),
        ("全镇农村道路，山村要当心", []),
        ("新上河村", ["新上河村"]),
        ("上河村村民、村口", []),
        ("花园社区", ["花园社区"]),
    ],
)
def test_a_village_that_nobody_knows_is_told_from_words_that_name_none(
    words: str, unknown: list[str], known: Gazetteer
):
    assert unknown_villages(words, known) == unknown


@pytest.mark.parametrize("text", ["预警", "今天的预警转发了吗", "把这条转发给我", "暴雨红色预警", "转发一下朋友圈"])
def test_what_is_no_order_is_none(text: str):
    assert read_relay(text, NOON) is None


@pytest.mark.parametrize(
    ("words", "issued", "onset"),
    [
        ("11:40", "07-01 11:40", None),
        ("15:30", "06-30 15:30", None),  # the last time that the clock showed it
        ("预计15:30", None, "07-01 15:30"),
        ("预计凌晨3点", None, "07-02 03:00"),
        ("今晚8点半", None, "07-01 20:30"),
        ("6月30日23时50分发布，7月1日下午两点起", "06-30 23:50", "07-01 14:00"),
        ("2月30日8时", "07-01 08:00", None),  # no such day
        ("未来3小时内", None, None),
        ("25:30", None, None),
    ],
)
def test_a_moment_is_of_the_warning_or_of_what_will_come(words: str, issued: str | None, onset: str | None):
    told = read_relay(f"转发预警 暴雨红色 上河村 县气象台 {words}", NOON)
    shown = [at.astimezone(LOCAL).strftime("%m-%d %H:%M") if at else None for at in (told.issued_at, told.onset_at)]
    assert shown == [issued, onset]
