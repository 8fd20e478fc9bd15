"""Warnings by chat: relayed after a look, ended, entered by hand, handed to somebody whom a person names."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from assistant.events import utc
from assistant.store import open_engine
from assistant.store import warnings as stored
from assistant.triage import Reader
from assistant.warnings.climbing import Outcome, outcome
from tests.relay_town import LOWER, NOON, UPPER, RelayTown

pytestmark = pytest.mark.ledger
ORDER = "转发预警 暴雨红色 上河村、下河村 县气象台 11:30 预计今晚20:00"


@pytest.fixture
def town(database_url: str, reader: Reader) -> Iterator[RelayTown]:
    engine = open_engine(database_url)
    town = RelayTown(engine, reader)
    yield town
    assert town.heard() == {}
    town.rederives()
    engine.dispose()


def test_a_warning_is_shown_before_it_is_relayed_and_a_yes_relays_it(town: RelayTown):
    said = town.orders("钱值班", ORDER)
    assert "“暴雨红色预警”（县气象台，11:30发出）" in said
    assert "上河村、下河村" in said
    assert "叫应5人" in said
    assert town.heard() == {}
    town.now += timedelta(minutes=2)
    assert "逐人叫应5人" in town.orders("钱值班", "确认转发")
    assert len(town.heard()) == 5
    with town.work() as work:
        (warning,) = stored.live(work.session)
        assert warning.source == "chat"
        assert utc(warning.issued_at) == NOON - timedelta(minutes=30)
        assert utc(warning.onset_at) == NOON + timedelta(hours=8)
        assert warning.places == [UPPER, LOWER]


@pytest.mark.parametrize("between", ["", "今晚谁值班"])
def test_a_yes_to_nothing_relays_nothing(town: RelayTown, between: str):
    if between:
        town.orders("钱值班", ORDER)
        town.says("钱值班", between)
    assert town.orders("钱值班", "确认转发") is None


def test_a_yes_comes_too_late_after_a_quarter_of_an_hour(town: RelayTown):
    town.orders("钱值班", ORDER)
    town.now += timedelta(minutes=16)
    assert town.orders("钱值班", "确认转发") is None


def test_a_village_that_nobody_knows_is_asked_for(town: RelayTown):
    assert "地点表里没有梨花村" in town.orders("钱值班", "转发预警 暴雨红色 上河村、梨花村 县气象台 11:30")


def test_what_is_missing_is_asked_for(town: RelayTown):
    assert "灾种、颜色" in town.orders("钱值班", "转发预警")
    assert "哪些村" in town.orders("钱值班", "转发预警 暴雨红色 县气象台 11:30")


def test_the_whole_town_is_a_place_too(town: RelayTown):
    assert "范围：示例镇。" in town.orders("钱值班", "转发预警 暴雨橙色 全镇 县气象台 11:30")


def test_a_pasted_text_is_read_and_handed_on_whole(town: RelayTown):
    text = "转发预警：县气象台2026年7月1日11时30分发布暴雨红色预警信号：预计今天20时起，上河村、下河村将出现大暴雨，请做好防范。"
    said = town.orders("钱值班", text)
    assert "“暴雨红色预警”（县气象台，11:30发出）" in said
    assert "20:00" in said
    town.orders("钱值班", "确认转发")
    assert "请做好防范" in town.heard()["李网格"][0]


@pytest.mark.parametrize("who", ["李网格", "村民甲"])
def test_who_may_not_relay_is_told_who_may(town: RelayTown, who: str):
    assert "值班员" in town.orders(who, ORDER)


@pytest.mark.parametrize(
    "said", ["转发预警是谁的事", "取消预警吗？", "解除预警了没？", "补录什么", "改派怎么办理", "预警收到"]
)
def test_words_about_warnings_are_no_orders_to_them(town: RelayTown, said: str):
    """转发预警是谁的事 begins like an order; it is answered by how an order is written, and calls nobody."""
    replied = town.orders("钱值班", said)
    assert replied is None or "例如：转发预警" in replied
    assert town.heard() == {}


def test_a_warning_is_cancelled_by_its_number_or_as_the_only_one(town: RelayTown):
    number = town.warns(UPPER)
    town.heard()
    assert "已经取消" in town.orders("钱值班", f"取消预警 {number} 县气象台撤了")
    assert "县气象台撤了" in town.heard()["李网格"][0]
    town.warns(UPPER)
    town.heard()
    assert "已经解除" in town.orders("钱值班", "解除预警")
    assert "先不要自己回去" in town.heard()["李网格"][0]
    assert "没有生效的预警" in town.orders("钱值班", "解除预警")


def test_an_answer_by_telephone_is_entered_at_its_true_time(town: RelayTown):
    town.warns(UPPER)
    town.passes(20)
    town.heard()
    said = town.orders("钱值班", "补录 李网格 12:08 电话 收到")
    assert "李网格12:08电话应答" in said
    call = town.call("李网格")
    assert utc(call.answered_at) == NOON + timedelta(minutes=8)
    assert not call.is_late
    assert outcome(call) is Outcome.ANSWERED
    assert "李副手" in town.heard()
    assert "没有叫“王二”的人" in town.orders("钱值班", "补录 王二 12:08 电话 收到") or "没有叫" in town.orders(
        "钱值班", "补录 王二 12:08 电话 收到"
    )
    town.heard()


def test_an_entered_answer_after_the_time_stays_late(town: RelayTown):
    town.warns(UPPER)
    town.passes(20)
    town.orders("钱值班", "补录 李网格 12:18 上门 已上岗")
    assert town.call("李网格").is_late
    town.heard()


def test_a_person_may_name_somebody_else_and_nobody_is_called_twice(town: RelayTown):
    town.warns(UPPER)
    town.heard()
    assert "已改派" in town.orders("钱值班", "改派 李网格 给 周网格")
    assert "请您顶上" in town.heard()["周网格"][0]
    assert outcome(town.call("李网格")) is Outcome.PASSED
    assert "不能再叫一次" in town.orders("钱值班", "改派 郑村长 给 周网格")


def test_the_roll_is_summed_by_village_and_each_person_counted_once(town: RelayTown):
    town.warns(UPPER, LOWER)
    town.says("李网格", "收到")
    town.passes(12)
    said = town.says("钱值班", "谁还没应")
    assert "上河村：应叫2人：已应1，未应0，改派1，无法送达0" in said
    only = town.says("钱值班", "下河村应了几个")
    assert "应叫1人" in only
    assert "李网格" not in only
    town.heard()
