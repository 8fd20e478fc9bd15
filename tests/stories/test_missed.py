"""What was not answered well is logged without identities, and an editor makes it answered."""

import shutil
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect
from sqlalchemy import text as sql

from assistant.answers import Asker, Decision
from assistant.desk import Desk
from assistant.errors import AlreadySettled, UnknownMissed
from assistant.missed import MissedQuestion, Settlement, alike, attach
from assistant.models import load_embedder
from assistant.ports import Incoming
from assistant.search import build, load
from assistant.store import Store, open_engine
from tests.conftest import CORPUS
from tests.world import NOON, Phone

pytestmark = pytest.mark.ledger

UNKNOWN = "明天猪肉多少钱一斤"
ANSWERED = "村里一年要演练几回"
TOWN = "云南省/示例州/示例县/示例镇"
TODAY = date(2026, 7, 1)


@pytest.fixture
def store(desk: Desk, database_url: str) -> Store:
    """The editor's own view of the same database."""
    return Store(open_engine(database_url))


@pytest.fixture
def villager(desk: Desk) -> Phone:
    return Phone(desk, "villager-1", region=TOWN, asker="villager")


def test_a_refused_question_is_logged_without_who_asked_it(villager: Phone, store: Store) -> None:
    (reply,) = villager.says("我叫张三，电话138 1234 5678，明天猪肉多少钱一斤", message_id="m-1")
    (entry,) = store.question_log.entries()
    assert entry.question == "我叫＊＊，电话＊＊，明天猪肉多少钱一斤"
    assert (entry.region, entry.asker, entry.last_on) == ("云南省/示例州/示例县", Asker.VILLAGER, TODAY)
    assert (entry.decision, entry.times, entry.marked) == (Decision(reply.decision), 1, 0)
    assert entry.units == tuple(link.unit for link in reply.links)


def test_nothing_in_the_table_leads_back_to_a_person(villager: Phone, store: Store, database_url: str) -> None:
    villager.says("我是李四，明天猪肉多少钱一斤", message_id="m-1")
    with open_engine(database_url).connect() as connection:
        columns = [column["name"] for column in inspect(connection).get_columns("missed_question")]
        (row,) = connection.execute(sql("SELECT * FROM missed_question")).all()
    assert set(columns) == {
        "id", "key", "region", "question", "asker", "decision", "units", "last_on", "times", "marked", "settlement", "settled_on",
    }  # fmt: skip
    shown = " ".join(map(str, row))
    assert not any(secret in shown for secret in ("villager-1", "m-1", "李四", "示例镇", "12:00", "04:00", "test"))


def test_equal_questions_are_counted_and_not_repeated(desk: Desk, villager: Phone, store: Store) -> None:
    villager.says(UNKNOWN)
    villager.says(f"{UNKNOWN}？", message_id="m-2")
    villager.says(f"{UNKNOWN}？", message_id="m-2")  # a repeated delivery
    Phone(desk, "villager-2", region=f"{TOWN}/上河村", asker="cadre").says(f"，{UNKNOWN} ")
    assert [(entry.times, entry.asker) for entry in store.question_log.entries()] == [(3, Asker.CADRE)]


@pytest.mark.parametrize("text", [ANSWERED, "帮助", "全文", "，。！", "字" * 10_000, "13812345678"])
def test_what_is_answered_or_no_question_is_not_logged(villager: Phone, store: Store, text: str) -> None:
    villager.says(text)
    assert store.question_log.entries() == []


def test_an_answer_that_does_not_fit_is_logged_once(villager: Phone, store: Store) -> None:
    (reply,) = villager.says(ANSWERED)
    assert "没答到" in reply.choices
    villager.says("全文")
    assert "已经记下来" in villager.reads("答非所问")
    assert "已经记过了" in villager.reads("没答到")
    (entry,) = store.question_log.entries()
    assert (entry.question, entry.decision, entry.times, entry.marked) == (ANSWERED, Decision.ANSWER, 1, 1)
    assert entry.units == tuple(link.unit for link in reply.links)


def test_a_refusal_that_is_marked_too_is_still_one_miss(villager: Phone, store: Store) -> None:
    villager.says(UNKNOWN)
    villager.says("没用", message_id="m-2")
    villager.says("没用", message_id="m-2")
    (entry,) = store.question_log.entries()
    assert (entry.times, entry.marked) == (1, 1)


def test_another_question_can_be_marked_again(villager: Phone, store: Store) -> None:
    for text in (ANSWERED, "不对", "乡镇救援队要多少人", "不对"):
        villager.says(text)
    assert [entry.marked for entry in store.question_log.entries()] == [1, 1]


def test_nothing_to_mark_is_said_kindly(villager: Phone, store: Store) -> None:
    assert "还没有问过问题" in villager.reads("不对")
    assert store.question_log.entries() == []


def test_a_question_is_settled_once(villager: Phone, store: Store) -> None:
    villager.says(UNKNOWN)
    store.question_log.settle(1, Settlement.DROPPED, TODAY)
    with pytest.raises(AlreadySettled):
        store.question_log.settle(1, Settlement.ATTACHED, TODAY)
    with pytest.raises(UnknownMissed):
        store.question_log.entry(2)


def test_what_is_missed_again_after_it_was_attached_comes_back(villager: Phone, store: Store) -> None:
    villager.says(UNKNOWN)
    store.question_log.settle(1, Settlement.ATTACHED, TODAY)
    assert not store.question_log.entries()[0].is_open
    villager.says(UNKNOWN)
    assert not store.question_log.entries()[0].is_open  # on the same day the index may not have been built yet
    tomorrow = NOON + timedelta(days=1)
    villager.desk.receive(Incoming("test", "m-9", "villager-1", UNKNOWN, tomorrow), tomorrow)
    assert store.question_log.entry(1).is_open


def test_the_log_forgets_what_is_settled_and_what_is_old(villager: Phone, store: Store) -> None:
    villager.says(UNKNOWN)
    villager.says("猪肉涨价了找谁退钱")
    store.question_log.settle(1, Settlement.DROPPED, TODAY)
    year = timedelta(days=365)
    assert store.question_log.purge(TODAY, year) == 1
    assert store.question_log.purge(TODAY + year, year) == 0
    assert store.question_log.purge(TODAY + year + timedelta(days=1), year) == 1
    assert store.question_log.entries() == []


def entry(number: int, question: str, times: int = 1) -> MissedQuestion:
    return MissedQuestion(question, "云南省", Asker.VILLAGER, Decision.REFUSED, (), TODAY, times, number=number)


def test_questions_that_are_asked_alike_stand_together_the_most_frequent_first() -> None:
    groups = alike(
        [
            entry(1, "避难所在哪里", 3),
            entry(2, "喇叭喊我们走是不是非走不可", 2),
            entry(3, "喇叭喊走是不是非走不可？", 2),
            entry(4, "避难所有多大"),  # another matter, though half of the characters are the same
        ]
    )
    assert [[member.number for member in group] for group in groups] == [[2, 3], [1], [4]]


def test_the_log_can_hold_any_masked_question() -> None:
    assert {field.name for field in fields(MissedQuestion)} & {"channel", "sender", "message_id", "at"} == set()


def test_a_question_in_strange_words_is_answered_once_an_editor_has_attached_it(
    tmp_path: Path, index_path: Path, database_url: str
) -> None:
    corpus, built = tmp_path / "corpus", tmp_path / "index"
    shutil.copytree(CORPUS, corpus)
    shutil.copytree(index_path, built)
    embedder = load_embedder("bundled")
    store = Store(open_engine(database_url))
    asked = "大黄狗和老母猪死活赶不动"

    def villager() -> Phone:
        phone = Phone(Desk(load(corpus, built, embedder), store), "villager-1", region=TOWN, asker="villager")
        phone.sent = len(phone.desk.history("test", phone.sender))
        return phone

    (reply,) = villager().says(asked)
    assert reply.decision != "answer"
    (logged,) = store.question_log.entries()
    path, is_new = attach(logged, "sample-town-forest-fire-2025/s7/3/2", corpus)
    store.question_log.settle(logged.number, Settlement.ATTACHED, TODAY)
    assert is_new and path == corpus / "sample-town-forest-fire-2025" / "questions.jsonl"
    assert build(corpus, built, embedder).rebuilt == ("sample-town-forest-fire-2025",)
    for text in (asked, "大黄狗跟老母猪死活都赶不动喽"):
        (reply,) = villager().says(text)
        assert reply.decision == "answer" and "sample-town-forest-fire-2025/s7/3" in [link.unit for link in reply.links]
