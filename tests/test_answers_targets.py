"""Messages about counterparts, and messages that only look like it."""

import json
from datetime import date
from pathlib import Path

import pytest

from assistant.answers import Asker, Request
from assistant.answers.targets import Side, Target, read_target
from assistant.documents import Level
from assistant.search import Index

ROOT = Path(__file__).parents[1]
TOWN = "云南省/示例州/示例县/示例镇"


def read(text: str, index: Index, *context: str) -> Target | None:
    return read_target(Request(text, TOWN, Asker.CADRE, date(2026, 7, 1), context), index)


@pytest.mark.parametrize(
    ("text", "side", "level", "documents"),
    [
        ("云南省怎么落实的", Side.NAMED, None, ("yunnan-2025",)),
        ("这条规定在云南怎么落实", Side.NAMED, None, ("yunnan-2025",)),
        ("北京的对应条款是什么", Side.NAMED, None, ("beijing-2025",)),
        ("对应的云南条款是哪条", Side.NAMED, None, ("yunnan-2025",)),
        ("和北京哪条对应", Side.NAMED, None, ("beijing-2025",)),
        ("根据中央哪一条定的", Side.NAMED, None, ("central-2024",)),
        ("省里面怎么落实", Side.LEVEL, Level.PROVINCE, ()),
        ("我们镇怎么落实的？", Side.LEVEL, Level.TOWNSHIP, ()),
        ("镇里有没有规定", Side.LEVEL, Level.TOWNSHIP, ()),
        ("村一级怎么落实这一条", Side.LEVEL, Level.VILLAGE, ()),
        ("咱们这儿咋落实", Side.HERE, None, ()),
        ("请问各地怎么落实的呢", Side.BELOW, None, ()),
        ("怎么落实", Side.BELOW, None, ()),
        ("上面是怎么说的", Side.ABOVE, None, ()),
        ("上一级怎么规定的", Side.ABOVE, None, ()),
        ("这条依据什么定的", Side.ABOVE, None, ()),
        ("这一条有没有对应的条款", Side.ANY, None, ()),
    ],
)
def test_whose_counterpart_is_asked_for(index: Index, text: str, side: Side, level: Level | None, documents) -> None:
    target = read(text, index, "yunnan-2025/17")
    assert target is not None and target.clauses == ("yunnan-2025/17",)
    assert (target.side, target.level, target.documents) == (side, level, documents)


def test_a_list_item_means_its_clause(index: Index) -> None:
    target = read("上位依据是哪条", index, "sample-town-comprehensive-2025/10.1/1")
    assert target is not None and target.clauses == ("sample-town-comprehensive-2025/10.1",)


@pytest.mark.parametrize(
    "text",
    [
        "中央意见第九十九条云南怎么落实",  # no such clause: said by the ordinary answer
        "中央意见第十三条和第十四条云南怎么落实",  # two clauses
        "四川怎么落实这一条",  # a place without documents
        "按" * 5000,
        "",
    ],
)
def test_what_cannot_be_looked_up_is_left_to_the_ordinary_answer(index: Index, text: str) -> None:
    assert read(text, index, "yunnan-2025/17") is None


def test_hardly_a_question_of_the_bank_is_taken_for_one_about_counterparts(index: Index) -> None:
    files = [*(ROOT / "corpus").glob("*/questions.jsonl"), ROOT / "tests/quality/held-apart-c1.jsonl"]
    asked = [json.loads(line)["question"] for file in files for line in file.read_text("utf-8").splitlines()]
    assert len(asked) > 7000
    taken = [question for question in asked if read(question, index, "yunnan-2025/17")]
    assert len(taken) <= len(asked) / 1000, taken
