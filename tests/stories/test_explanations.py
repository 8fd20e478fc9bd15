"""Villagers read what a clause means in plain words: after the quote, marked, dated, for their own place."""

from pathlib import Path

import pytest

from assistant.desk import Desk
from assistant.search import build, load
from assistant.search.explanations import EXPLANATIONS
from assistant.store import Store, open_engine
from tests.small_corpus import VILLAGE, Letters, write_document
from tests.test_search_explanations import ENTRY, PLACE
from tests.world import Phone

TOWN = "云南省/示例州/示例县/示例镇"
MARK = "（不是文件原文，2026年11月22日编写者自审）"


def villager(desk: Desk, region: str) -> Phone:
    return Phone(desk, "villager", region=region, asker="villager")


@pytest.mark.parametrize(
    ("region", "asked", "quote", "said", "source"),
    [
        ("云南省", "报隐患给钱不", "按规定给予奖励", "鼓励大家发现安全隐患就报告", "依据《云南实施意见》（六）。"),
        ("北京市", "囤多少天的口粮药片合适", "至少三天可自给自足", "不是强制", "依据《北京实施意见》（十二）。"),
        (TOWN, "太阳都出来了 我回去喂下猪行不行", "逐户通知返回", "照看牲口", "依据《示例镇山洪地灾预案》4.6。"),
        ("", "村里一年要演练几回", "每年至少组织1次", "哪天练，具体看当地", "依据《中央意见》（十三）。"),
    ],
)
def test_the_quote_comes_first_and_then_the_marked_explanation(
    desk: Desk, region: str, asked: str, quote: str, said: str, source: str
) -> None:
    text = villager(desk, region).reads(asked)
    before, mark, after = text.partition("通俗解释·")
    assert quote in before and text.startswith("《")
    assert mark and MARK in after and said in after and after.endswith(source)


def test_its_source_is_no_further_link(desk: Desk) -> None:
    (reply,) = villager(desk, "云南省").says("报隐患给钱不")
    assert "通俗解释·" in reply.text
    assert [link.unit for link in reply.links].count("yunnan-2025/6") == 1


def test_a_cadre_reads_quotes_alone_and_the_explanation_on_request(phone: Phone) -> None:
    assert "通俗解释" not in phone.reads("村里一年要演练几回")
    text = phone.reads("说人话")
    assert text.startswith("《云南实施意见》（十七）健全应急预案管理机制\n")
    assert "通俗解释·一年演练几次" in text and "通俗解释·村里的应急预案" in text
    assert "《云南实施意见》（十八）" in phone.reads("下一条")  # the clause is still the one talked about


@pytest.mark.parametrize(
    "message",
    ["听不懂", "没看懂", "说人话", "讲大白话", "这条什么意思", "啥意思", "能不能说简单点", "通俗点", "解释一下", "我还是不明白啊", "请给我解释一下这条"],
)  # fmt: skip
def test_who_does_not_understand_says_so_in_any_words(phone: Phone, message: str) -> None:
    phone.says("云南意见第十五条")
    assert "谁建的救援队，谁就给队员买" in phone.reads(message)


@pytest.mark.parametrize("message", ["红色预警什么意思", "听懂了", "四个一律是什么意思", "解释权归谁", "这简单"])
def test_a_question_with_such_words_in_it_is_a_question(phone: Phone, message: str) -> None:
    phone.says("云南意见第十五条")
    assert "谁建的救援队，谁就给队员买" not in "".join(reply.text for reply in phone.says(message))


def test_where_nobody_has_explained_a_clause_that_is_said_and_the_whole_is_offered(phone: Phone) -> None:
    phone.says("云南意见第十四条")
    (reply,) = phone.says("听不懂")
    assert reply.text.startswith("《云南实施意见》（十四）还没有写好通俗解释") and "“全文”" in reply.text
    assert "全文" in reply.choices
    assert "应急救援训练场地" in phone.reads("全文")


def test_before_the_first_question_there_is_nothing_to_explain(phone: Phone) -> None:
    assert "还没有查过条款" in phone.reads("说人话")


def test_another_provinces_rule_is_quoted_but_not_explained_to_people_of_yunnan(desk: Desk) -> None:
    phone = villager(desk, "云南省")
    assert "“12345”" in phone.reads("北京意见第五条")
    assert "还没有写好通俗解释" in phone.reads("说人话")


def test_when_the_clause_changes_the_old_explanation_is_not_shown(tmp_path: Path) -> None:
    corpus, folder = tmp_path / "corpus", tmp_path / "index"
    write_document(corpus, "village", VILLAGE, region=PLACE)
    (corpus / EXPLANATIONS).write_text(ENTRY, encoding="utf-8")
    assert "村里的书记管这事" in explained_in(corpus, folder)
    write_document(corpus, "village", VILLAGE.replace("组织一次", "组织两次"), region=PLACE)
    assert "还没有写好通俗解释" in explained_in(corpus, folder)


def explained_in(corpus: Path, folder: Path) -> str:
    build(corpus, folder, Letters())
    engine = open_engine("sqlite://")
    phone = Phone(Desk(load(corpus, folder, Letters()), Store(engine)), "reader", region=PLACE)
    phone.says("第（一）条")
    text = phone.reads("说人话")
    engine.dispose()
    return text
