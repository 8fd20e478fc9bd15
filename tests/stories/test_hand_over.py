"""A question goes to a person of the duty desk, and the reply comes back once, through the real desk."""

import pytest

from assistant.desk import Desk
from assistant.errors import AlreadyAnswered, UnknownHandOver
from assistant.handovers import HandOverState
from assistant.ports import Outgoing
from assistant.search import Index
from assistant.store import Store, open_engine
from tests.world import NOON, Phone

pytestmark = pytest.mark.ledger

UNKNOWN = "明天猪肉多少钱一斤"


@pytest.fixture
def store(desk: Desk, database_url: str) -> Store:
    """The duty desk's own view of the same database."""
    return Store(open_engine(database_url))


@pytest.fixture
def villager(desk: Desk) -> Phone:
    return Phone(desk, "villager-1", region="云南省/示例州/示例县/示例镇", asker="villager")


def pending(phone: Phone) -> list[Outgoing]:
    return phone.desk.pending("test", phone.sender, NOON)


def test_a_person_is_offered_where_the_documents_do_not_answer(villager: Phone) -> None:
    (reply,) = villager.says(UNKNOWN)
    assert reply.decision in ("refused", "nearest")
    assert reply.text.endswith("或者打12345。") and "想请人来答，回复“转人工”" in reply.text
    assert "转人工" in reply.choices


def test_no_person_is_offered_beside_an_answer_or_a_mistyped_number(phone: Phone) -> None:
    for text in ("村里一年要演练几回", "云南意见第九十九条"):
        (reply,) = phone.says(text)
        assert "转人工" not in reply.text


def test_who_is_in_danger_is_not_sent_to_a_list(villager: Phone) -> None:
    for reply in villager.says("着火了我妈还在楼上"):
        assert "转人工" not in reply.text and "转人工" not in reply.choices


def test_the_reply_comes_once_and_stays_in_the_history(villager: Phone, store: Store, index: Index) -> None:
    villager.says(UNKNOWN)
    said = villager.reads("转人工")
    assert "值班台的名单" in said and all(number in said for number in ("119", "120", "110"))
    (waiting,) = store.hand_overs.listed()
    assert (waiting.question, waiting.channel, waiting.sender) == (UNKNOWN, "test", "villager-1")
    assert waiting.region.endswith("示例镇") and waiting.asked_at == NOON
    assert pending(villager) == [] and villager.desk.awaits_reply("test", "villager-1")

    store.hand_overs.answer(waiting.number, "镇上不管肉价，请问市场监管所。", "示例甲", NOON)
    assert pending(Phone(villager.desk, "somebody else")) == []
    restarted = Phone(Desk(index, store), "villager-1")
    (reply,) = pending(restarted)
    assert "值班人员（示例甲）答复您：\n镇上不管肉价" in reply.text and UNKNOWN in reply.text
    assert "不是文件原文" in reply.text and reply.decision == "duty"
    assert pending(restarted) == pending(villager) == []
    assert villager.desk.history("test", "villager-1")[-1].replies == (reply,)
    assert not villager.desk.awaits_reply("test", "villager-1")
    (done,) = store.hand_overs.listed(everything=True)
    assert done.state is HandOverState.ANSWERED and done.delivered_at == NOON


@pytest.mark.parametrize("ids", [("m-1", "m-1"), ("m-1", "m-2")])
def test_one_question_is_on_the_list_once(villager: Phone, store: Store, ids: tuple[str, str]) -> None:
    villager.says(UNKNOWN)
    for message_id in ids:
        villager.says("找值班的", message_id=message_id)
    assert len(store.hand_overs.listed()) == 1


def test_the_last_question_is_meant_not_the_words_after_it(villager: Phone, store: Store) -> None:
    villager.says("村里一年要演练几回")
    villager.says("出处")
    villager.says("没答到")
    villager.says("我要问人")
    assert [waiting.question for waiting in store.hand_overs.listed()] == ["村里一年要演练几回"]


def test_a_story_too_long_to_be_searched_can_be_handed_over(villager: Phone, store: Store) -> None:
    story = "我家屋后那道坡去年就裂过" * 100
    villager.says(story)
    villager.says("转人工")
    assert [waiting.question for waiting in store.hand_overs.listed()] == [story]


def test_nothing_asked_yet_is_said_kindly(villager: Phone, store: Store) -> None:
    assert "请先用一两句话写下要问的事" in villager.reads("转人工")
    assert store.hand_overs.listed() == []


def test_who_is_not_satisfied_may_ask_for_a_person_again(villager: Phone, store: Store) -> None:
    villager.says(UNKNOWN)
    villager.says("转人工")
    store.hand_overs.answer(1, "不归我们管。", "示例甲", NOON)
    pending(villager)
    villager.says("转人工")
    assert [waiting.number for waiting in store.hand_overs.listed()] == [2]


def test_a_closed_hand_over_brings_nothing(villager: Phone, store: Store) -> None:
    villager.says(UNKNOWN)
    villager.says("转人工")
    store.hand_overs.answer(1, "", "示例甲", NOON)
    assert pending(villager) == [] and not villager.desk.awaits_reply("test", "villager-1")


def test_a_hand_over_is_answered_by_one_person(villager: Phone, store: Store) -> None:
    villager.says(UNKNOWN)
    villager.says("转人工")
    store.hand_overs.answer(1, "先到的答复", "示例甲", NOON)
    with pytest.raises(AlreadyAnswered) as refused:
        store.hand_overs.answer(1, "后到的答复", "示例乙", NOON)
    assert refused.value.details == {"number": 1, "by": "示例甲"}
    with pytest.raises(UnknownHandOver):
        store.hand_overs.answer(2, "没有这个", "示例乙", NOON)


def test_health_tells_how_many_wait(villager: Phone) -> None:
    villager.says(UNKNOWN)
    villager.says("转人工")
    assert villager.desk.health()["open_hand_overs"] == 1


def test_two_processes_that_hand_out_at_once_hand_out_once(villager: Phone, store: Store, index: Index) -> None:
    villager.says(UNKNOWN)
    villager.says("转人工")
    store.hand_overs.answer(1, "答复", "示例甲", NOON)
    (waiting,) = store.hand_overs.waiting("test", "villager-1")
    assert store.deliver(waiting, (), NOON)
    assert not store.deliver(waiting, (), NOON)
