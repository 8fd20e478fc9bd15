"""A warning climbs: own channels, deputy, level above, knock list; every message that comes has to be expected (R24)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from assistant.desk import relaywork
from assistant.errors import WrongState
from assistant.events import Actor
from assistant.people import Grant, Identity, Person
from assistant.store import open_engine
from assistant.store import warnings as stored
from assistant.triage import Reader
from assistant.warnings import Level, WarningState
from assistant.warnings.climbing import Outcome, outcome
from tests.relay_town import LOWER, NOON, PINE, RULES, UPPER, RelayTown

pytestmark = pytest.mark.ledger
BY = Actor("person/1", "console")
ALL = {"李网格", "周网格", "郑村长", "钱值班", "冯带班"}


@pytest.fixture
def town(database_url: str, reader: Reader) -> Iterator[RelayTown]:
    engine = open_engine(database_url)
    town = RelayTown(engine, reader)
    yield town
    assert town.heard() == {}
    town.rederives()
    engine.dispose()


def everybody_answers(town: RelayTown, *but: str) -> None:
    for who in ALL - set(but):
        town.says(who, "已上岗")


def test_role_and_place_choose_who_is_called_and_the_others_hear_nothing(town: RelayTown):
    town.warns()
    heard = town.heard()
    assert set(heard) == ALL
    assert all(len(texts) == 1 for texts in heard.values())
    assert "县气象台" in heard["李网格"][0]
    assert "12:10前回复“收到”" in heard["李网格"][0]


def test_a_second_channel_is_tried_before_the_deputy_and_each_once(town: RelayTown):
    town.warns()
    town.heard()
    everybody_answers(town, "周网格")
    town.heard()
    town.passes(3)
    assert town.heard() == {}
    town.passes(1)
    assert [text.partition("：")[0] for text in town.heard()["周网格"]] == ["telegram"]
    town.passes(6)
    assert town.heard() == {}
    assert "应答" in town.says("周网格", "收到")
    assert not town.call("周网格").is_late
    assert town.kinds(town.call("周网格").number) == ["called", "tried", "answered"]
    town.passes(5)
    assert town.heard() == {}


def test_the_deputy_of_the_silent_is_called_and_duty_hears_who_it_is(town: RelayTown):
    town.warns(UPPER)
    town.heard()
    everybody_answers(town, "李网格", "周网格")
    town.passes(11)
    heard = town.heard()
    assert set(heard) == {"李副手", "钱值班", "冯带班"}
    assert "李网格到时间没有应答，现在请您顶上" in heard["李副手"][0]
    assert "12:21前" in heard["李副手"][0]
    assert "李网格（电话12300000000）（已改叫李副手）" in heard["钱值班"][0]
    town.says("李副手", "已上岗")
    town.passes(30)
    assert town.heard() == {}
    assert outcome(town.call("李网格")) is Outcome.PASSED
    assert outcome(town.call("李副手")) is Outcome.ANSWERED


def test_who_answers_late_relieves_the_deputy(town: RelayTown):
    town.warns(UPPER)
    everybody_answers(town, "李网格", "周网格")
    town.passes(11)
    town.heard()
    assert "晚了" in town.says("李网格", "才看到，收到")
    heard = town.heard()
    assert "不用顶了" in heard["李副手"][0]
    assert "已补应答" in heard["钱值班"][0]
    assert set(heard) == {"李副手", "钱值班", "冯带班"}
    assert outcome(town.call("李网格")) is Outcome.ANSWERED
    assert not town.call("李副手").is_open


def test_after_the_deputy_somebody_above_who_has_answered_is_told_and_not_called_twice(town: RelayTown):
    town.warns(UPPER)
    everybody_answers(town, "李网格", "周网格")
    town.passes(11)
    town.heard()
    town.passes(11)
    heard = town.heard()
    assert set(heard) == {"钱值班", "冯带班"}
    assert any("请您顶上" in text for text in heard["钱值班"])
    assert any("超时未应答" in text and "李副手" in text for text in heard["冯带班"])
    assert len(town.calls()) == 5
    town.passes(60)
    assert town.heard() == {}


def test_an_empty_step_is_skipped_at_once_and_said(town: RelayTown):
    """周网格's deputy has no channel, and 吴网格 has neither channel nor deputy."""
    town.warns(LOWER, PINE)
    heard = town.heard()
    assert "吴网格（电话12300000004）" in "".join(heard["钱值班"])
    assert town.call("吴网格").unreachable
    everybody_answers(town, "周网格", "李网格", "郑村长")
    town.heard()
    town.passes(11)
    heard = town.heard()
    assert any("周网格" in text and "请您顶上" in text for text in heard["钱值班"])
    assert all("周副手" not in text for texts in heard.values() for text in texts)
    assert set(heard) == {"周网格", "钱值班", "冯带班"}


def test_a_dead_channel_costs_no_time(town: RelayTown):
    town.dead = {("周网格", "wechat")}
    town.warns(LOWER)
    town.heard()
    town.passes(1)
    assert [text.partition("：")[0] for text in town.heard()["周网格"]] == ["telegram"]
    everybody_answers(town, "李网格", "郑村长")
    town.heard()


def test_where_nobody_is_left_people_are_put_on_the_knock_list(town: RelayTown):
    """Nobody answers, the county neither: every call ends on the list, each with its number, and nobody is called twice."""
    number = town.warns(UPPER)
    town.passes(60)
    heard = town.heard()
    assert all(made.state == "knock" for made in town.calls())
    told = [text for texts in heard.values() for text in texts if "敲门单" in text]
    assert any("李网格（电话12300000000）" in text for text in told)
    steps = [key for key, _ in town.log if key.count("/") == 2]
    assert len(steps) == len(set(steps))
    assert [text for text in heard["李网格"] if "【预警】" in text] == heard["李网格"]
    assert len(town.calls(number)) == len({made.person for made in town.calls(number)})
    town.passes(120)
    assert town.heard() == {}


def test_who_answers_and_does_nothing_is_called_twice_more_and_then_named(town: RelayTown):
    town.warns(UPPER)
    everybody_answers(town, "李网格", "周网格")
    town.says("李网格", "收到")
    town.heard()
    town.passes(20)
    assert town.heard() == {}
    town.passes(1)
    assert "再次叫应" in town.heard()["李网格"][0]
    town.passes(21)
    assert list(town.heard()) == ["李网格"]
    town.passes(21)
    heard = town.heard()
    assert set(heard) == {"钱值班", "冯带班"}
    assert "应而未动" in heard["钱值班"][0]
    town.passes(60)
    assert town.heard() == {}


@pytest.mark.parametrize("said", ["十一家喊到五家", "已上岗", "人手不够，来两个人"])
def test_a_word_of_action_stops_further_calls(town: RelayTown, said: str):
    town.warns(UPPER)
    everybody_answers(town, "李网格", "周网格")
    town.says("李网格", "收到")
    town.says("李网格", said)
    town.heard()
    town.passes(60)
    assert town.heard() == {}


def test_who_is_not_there_has_the_next_of_the_ladder_called(town: RelayTown):
    town.warns(UPPER)
    everybody_answers(town, "李网格", "周网格")
    town.heard()
    assert "转叫李副手" in town.says("李网格", "我在县里开会，不在岗，请转副手")
    assert set(town.heard()) == {"李副手", "钱值班", "冯带班"}
    assert outcome(town.call("李网格")) is Outcome.PASSED
    assert "转叫郑村长" not in town.says("李副手", "不在岗，请转副手")
    assert town.call("李副手").passed_to == town.call("钱值班").number
    town.heard()


def test_a_later_change_of_roles_does_not_change_a_running_call(town: RelayTown):
    town.warns(UPPER)
    everybody_answers(town, "李网格", "周网格")
    with town.work() as work:
        new = Person(name="新副手", region=UPPER, created_at=town.now)
        work.session.add(new)
        work.session.flush()
        work.session.add(Identity(channel="wechat", sender="新副手", person_id=new.id, last_seen_at=town.now))
        work.session.add(Grant(person_id=new.id, role="grid", region=UPPER, rank="B"))
        old = work.session.get_one(Grant, 2)
        old.until = (NOON - timedelta(days=1)).date()
    town.heard()
    town.passes(11)
    assert "李副手" in town.heard()
    town.heard()


def test_cancelling_stops_what_is_pending_and_tells_only_who_had_been_called(town: RelayTown):
    number = town.warns()
    with town.work() as work:
        town.dead.add(("郑村长", "wechat"))
    town.heard()
    with town.work() as work:
        warning = stored.warning(work, number)
        relaywork.end(work, warning, WarningState.CANCELLED, "县气象台取消", BY)
    town.deliver()
    heard = town.heard()
    assert set(heard) == ALL - {"郑村长"}
    assert "县气象台取消" in heard["李网格"][0]
    town.passes(60)
    assert town.heard() == {}
    with town.work() as work, pytest.raises(WrongState):
        relaywork.end(work, stored.warning(work, number), WarningState.LIFTED, "", BY)


def test_a_message_that_was_not_sent_yet_is_not_sent_after_a_cancel(town: RelayTown):
    with town.work() as work:
        one = relaywork.Relay("大风蓝色预警", "大风", Level.BLUE, (UPPER,), town.now)
        warning = relaywork.relay(work, one, RULES, BY)
        relaywork.end(work, warning, WarningState.CANCELLED, "发错了", BY)
    town.deliver()
    assert town.heard() == {}


def test_an_update_calls_anew_and_tells_those_who_are_out_of_it(town: RelayTown):
    first = town.warns(UPPER, LOWER)
    town.heard()
    second = town.warns(UPPER, replaces=first, title="暴雨橙色预警", level=Level.ORANGE)
    heard = town.heard()
    assert "代替先前的预警" in heard["李网格"][0]
    assert "新的范围不含您这一片" in heard["周网格"][0]
    assert len(heard["李网格"]) == 1
    assert "橙色" in town.says("李网格", "已上岗")
    assert all(not made.is_open for made in town.calls(first))
    everybody_answers(town, "周网格", "李网格")
    town.passes(30)
    assert town.heard() == {}
    assert second != first


def test_a_warning_expires_with_its_own_time(town: RelayTown):
    town.warns(UPPER, expires_at=NOON + timedelta(minutes=5))
    town.heard()
    town.passes(6)
    assert town.heard() == {}
    assert town.says("李网格", "收到") is None
    assert outcome(town.call("李网格")) is Outcome.CLOSED


def test_waves_begin_twelve_six_and_two_hours_before_onset_each_once(town: RelayTown):
    """Onset at six in the evening of the next day: all three hours lie in the day."""
    town.warns(UPPER, onset_at=NOON + timedelta(hours=30))
    everybody_answers(town, "周网格")
    town.heard()
    for hours, said in ((18, "约12小时"), (24, "约6小时"), (28, "不到2小时")):
        town.now = NOON + timedelta(hours=hours, minutes=-1)
        town.tick()
        assert town.heard() == {}
        town.now = NOON + timedelta(hours=hours)
        town.tick()
        heard = town.heard()
        assert said in heard["钱值班"][0]
        assert ("李网格" in heard) is (hours > 18)
        assert any("组织转移" in text for text in heard["钱值班"]) is (hours > 18)
        town.tick()
        assert town.heard() == {}


def test_what_would_move_people_at_night_moves_them_at_nightfall(town: RelayTown):
    """Onset at four in the morning: two hours before is deep in the night, so all go at eight in the evening."""
    town.warns(UPPER, onset_at=NOON + timedelta(hours=16))
    heard = town.heard()
    everybody_answers(town, "周网格")
    town.now = NOON + timedelta(hours=7, minutes=59)
    town.tick()
    assert "约12小时" in str(town.heard())
    town.now = NOON + timedelta(hours=8)
    town.tick()
    heard = town.heard()
    assert "一律提前转移" in heard["李网格"][0]
    assert any("组织转移" in text for text in heard["钱值班"])
    town.now = NOON + timedelta(hours=15)
    town.tick()
    assert town.heard() == {}


def test_without_a_time_of_onset_a_red_warning_moves_at_once_and_an_orange_one_does_not(town: RelayTown):
    town.warns(UPPER, onset_at=None)
    assert any("不等了" in text for text in town.heard()["李网格"])
    town.warns(UPPER, onset_at=None, level=Level.ORANGE, title="暴雨橙色预警")
    assert all("转移" not in text for texts in town.heard().values() for text in texts)


def test_an_exercise_is_marked_and_stays_among_the_called(town: RelayTown):
    town.warns(UPPER, is_exercise=True, onset_at=None)
    town.passes(60)
    heard = town.heard()
    assert "县值班" not in heard
    assert all(text.partition("：")[2].startswith("【演练】") for texts in heard.values() for text in texts)
    assert all("转移" not in text for texts in heard.values() for text in texts)
    assert town.says("李网格", "收到").startswith("【演练】")
    town.heard()


def test_ticks_and_restarts_at_any_moment_say_nothing_twice(town: RelayTown):
    town.warns()
    for _ in range(40):
        town.passes(1)
        town.restart()
        town.tick()
    keys = [key for key, _ in town.log]
    assert len(keys) == len(set(keys))
    town.heard()
