"""A conversation about who carries out a clause, and what it rests on."""

import pytest

from assistant.desk import Desk
from assistant.search import Index
from assistant.wording import MESSAGE_BYTES
from tests.world import Phone

TOWN = "云南省/示例州/示例县/示例镇"


@pytest.fixture
def town(desk: Desk) -> Phone:
    """A cadre's phone in the sample township."""
    return Phone(desk, "town", region=TOWN, asker="cadre")


@pytest.mark.parametrize(
    "asked",
    [
        "云南怎么落实这一条",
        "省里怎么落实的",
        "这条我们这儿咋落实的？",
        "云南对应的是哪一条",
        "这一条省里有没有对应的条款",
    ],
)
def test_the_province_puts_the_centres_clause_into_practice(phone: Phone, asked: str) -> None:
    phone.says("中央意见第十三条")
    (reply,) = phone.says(asked)
    assert reply.text.startswith("《中央意见》（十三）加强预案编制和演练，是这样落实的：")
    assert "《云南实施意见》（十七）健全应急预案管理机制\n指导编制并动态修订" in reply.text
    assert reply.links[0].unit == "yunnan-2025/17" and reply.decision == "answer"


@pytest.mark.parametrize("asked", ["上位依据是哪条", "这条依据什么定的", "依据是什么呢", "根据中央哪一条定的"])
def test_the_basis_is_the_higher_levels_clause(phone: Phone, asked: str) -> None:
    phone.says("云南意见第十七条")
    (reply,) = phone.says(asked)
    assert "上位依据是：" in reply.text and "《中央意见》（十三）" in reply.text
    assert [link.unit for link in reply.links] == ["central-2024/13"]


@pytest.mark.parametrize("asked", ["北京对应的是哪一条", "对应北京哪一条", "北京对应哪一条", "北京怎么规定的"])
def test_another_province_is_quoted_when_it_is_named(phone: Phone, asked: str) -> None:
    phone.says("云南意见第十七条")
    (reply,) = phone.says(asked)
    assert "同级文件对应的条款是：" in reply.text
    assert [link.unit for link in reply.links] == ["beijing-2025/10"]


@pytest.mark.parametrize(
    ("asked", "unit"),
    [
        ("中央意见第十三条云南怎么落实", "yunnan-2025/17"),
        ("云南怎么落实中央意见第十三条", "yunnan-2025/17"),
        ("《中央意见》（十八），北京是怎么落实的？", "beijing-2025/16"),
        ("云南第十七条北京对应的是哪一条", "beijing-2025/10"),
        ("云南实施意见第二十二条的上位依据是哪条", "central-2024/18"),
    ],
)
def test_the_clause_may_be_named_in_the_same_message(phone: Phone, asked: str, unit: str) -> None:
    (reply,) = phone.says(asked)
    assert reply.links[0].unit == unit


def test_the_township_is_asked_in_its_own_words(town: Phone) -> None:
    town.says("云南意见第十八条")
    (reply,) = town.says("镇里怎么规定的")
    assert "《示例镇总体预案》" in reply.text and "（示例文件，仅供试用）" in reply.text
    assert all(link.unit.startswith("sample-town") for link in reply.links)


def test_after_a_question_the_township_is_asked_the_same_question(town: Phone) -> None:
    town.says("村里一年要演练几回")
    assert "对应关系是" not in town.reads("镇里怎么规定的")


def test_traditional_characters_are_read_as_simplified_ones(phone: Phone) -> None:
    phone.says("云南意见第十七条")
    assert "《中央意见》（十三）" in phone.reads("上位依據是哪條")


def test_one_may_go_up_and_across_and_home_again(town: Phone) -> None:
    town.says("总体预案10.1")
    assert "《云南实施意见》（十七）" in town.reads("上位依据是哪条")
    assert "《北京实施意见》（十）" in town.reads("北京对应哪一条")
    home = town.reads("我们这儿怎么落实")
    assert "《北京" not in home and "《示例镇总体预案》10" in home


def test_a_clause_without_a_counterpart_has_none(phone: Phone) -> None:
    phone.says("中央意见第十四条")
    (reply,) = phone.says("云南怎么落实这一条")
    # at most the nearest is named, as such
    assert "没有找到与《中央意见》（十四）加强值班值守和信息报告发布直接对应的条款" in reply.text
    assert reply.decision in ("refused", "nearest")


def test_what_is_only_close_is_called_the_nearest(town: Phone) -> None:
    town.says("总体预案4.3.2")
    (reply,) = town.says("上位依据是哪一条")
    assert reply.text.startswith("没有找到与《示例镇总体预案》4.3.2应答时限直接对应的条款，最接近的是：")
    assert reply.decision == "nearest"


def test_a_level_without_documents_is_said_to_have_none(phone: Phone) -> None:
    phone.says("中央意见第十三条")
    assert "您问的地方或级别在资料库里没有这类文件" in phone.reads("县里怎么落实")


def test_without_a_clause_nothing_is_compared(phone: Phone) -> None:
    assert "还没有查过条款" in phone.reads("上位依据是哪条")


# Each has a matter of its own, or asks for something else: an ordinary question.
@pytest.mark.parametrize(
    "asked", ["演练经费怎么落实", "镇里演练是怎么规定的", "依据不足怎么办", "那北京呢", "预警叫应对应的责任人是谁"]
)
def test_a_question_with_a_matter_of_its_own_is_answered_as_ever(phone: Phone, asked: str) -> None:
    phone.says("中央意见第十三条")
    assert "对应关系是" not in phone.says(asked)[0].text


def test_every_quote_stands_in_the_source_and_fits_a_message(phone: Phone, index: Index) -> None:
    for number in range(1, 22):
        phone.says(f"中央意见第{number}条")
        for reply in phone.says("各地怎么落实"):
            assert len(reply.text.encode()) <= MESSAGE_BYTES
            for link in reply.links:
                text = index.catalogue[link.unit.split("/")[0]].text
                assert all(text[start:end].split("\n")[0] in reply.text for start, end in link.spans)
