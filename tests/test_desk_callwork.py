"""Warnings at the desk: each named person is called, and followed until that person has answered."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from assistant.store import open_engine
from assistant.triage import Reader
from tests.duty_town import NOON, Town

pytestmark = pytest.mark.ledger


@pytest.fixture
def town(database_url: str, reader: Reader) -> Iterator[Town]:
    engine = open_engine(database_url)
    town = Town(engine, reader)
    yield town
    town.rederives()
    engine.dispose()


def test_everybody_named_is_called_once(town: Town):
    number = town.warns("李网格", "周网格", "李网格")
    for who in ("李网格", "周网格"):
        (said,) = town.hears(who)
        assert "暴雨橙色预警" in said
        assert "12:30前回复“收到”" in said
    assert number == "YJ20260701-01"


def test_duty_hears_at_once_whom_no_message_can_reach(town: Town):
    town.warns("李网格", "没号的人")
    (said,) = town.hears("钱值班")
    assert "没号的人" in said
    assert "李网格" not in said


def test_the_answer_is_due_from_the_moment_of_issue_not_from_when_it_was_entered(town: Town):
    town.warns("李网格", ago=timedelta(hours=2))
    (said,) = town.hears("李网格")
    assert "10:30前" in said


def test_an_answer_in_time_is_noted_and_the_next_step_asked_for(town: Town):
    town.warns("李网格")
    town.passes(minutes=10)
    said = town.says("李网格", "收到")
    assert "12:10应答“暴雨橙色预警”" in said
    assert "晚" not in said
    assert "哪几户没通知到" in said
    assert not town.call("李网格").is_late


def test_an_answer_in_the_last_second_is_in_time(town: Town):
    town.warns("李网格")
    assert town.passes(minutes=30) == 0
    town.says("李网格", "晓得咯")
    assert not town.call("李网格").is_late


def test_a_late_answer_is_said_to_be_late_and_stays_late(town: Town):
    number = town.warns("李网格", ago=timedelta(minutes=42))
    said = town.says("李网格", "才看到，收到了")
    assert "12:00应答" in said
    assert "比要求的11:48晚了12分钟" in said
    assert "哪几户没通知到" in said
    call = town.call("李网格")
    assert call.is_late
    assert call.answered_at.replace(tzinfo=NOON.tzinfo) == NOON
    assert town.kinds(call.number) == ["called", "silent", "answered"]
    town.says("李网格", "三户都喊到了")
    assert town.call("李网格").is_late
    assert any("超时才应1人：李网格" in line for line in town.says("钱值班", "应答情况").split("\n"))
    assert number in call.number


def test_the_silent_are_named_to_duty_once(town: Town):
    town.warns("李网格", "周网格", "吴网格")
    town.says("周网格", "收到")
    town.everybody_looks()
    assert town.passes(minutes=31) == 2
    heard = town.everybody_looks()
    assert list(heard) == ["钱值班"]
    (said,) = heard["钱值班"]
    assert "李网格" in said
    assert "吴网格" in said
    assert "周网格" not in said
    assert town.passes(minutes=30) == 0
    assert town.everybody_looks() == {}


def test_duty_and_leader_of_the_roster_hear_before_the_holders_of_roles(town: Town):
    town.roster(NOON.date(), leader="孙主任", staff=("吴网格",))
    town.warns("李网格")
    town.everybody_looks()
    town.passes(minutes=31)
    assert set(town.everybody_looks()) == {"孙主任", "吴网格"}


def test_where_duty_itself_is_silent_the_county_hears(town: Town):
    town.warns("钱值班")
    town.everybody_looks()
    town.passes(minutes=31)
    assert set(town.everybody_looks()) == {"县值班"}


def test_an_answer_after_the_tick_is_told_to_duty(town: Town):
    town.warns("李网格")
    town.passes(minutes=31)
    town.everybody_looks()
    town.says("李网格", "刚睡着了，收到，马上去")
    (said,) = town.everybody_looks()["钱值班"]
    assert "李网格在12:31应答" in said
    assert town.kinds(town.call("李网格").number) == ["called", "silent", "answered"]


def test_households_are_followed_by_name_until_the_last_is_told(town: Town):
    town.warns("李网格")
    town.says("李网格", "收到")
    said = town.says("李网格", "十一家喊到十家 马老三家门锁着")
    assert "应通知11户，已通知10户，还差1户" in said
    assert "马老三（门锁着）" in said
    assert town.call("李网格").is_open
    assert "马老三（门锁着）" in town.says("钱值班", "谁还没应")
    said = town.says("李网格", "马老三找到了，在他兄弟家")
    assert "11户都通知到了" in said
    call = town.call("李网格")
    assert (call.households, call.reached, call.missing, call.is_open) == (11, 11, "", False)


def test_who_tells_of_households_first_has_answered_by_that(town: Town):
    town.warns("李网格")
    said = town.says("李网格", "我们组24户，喊到22户，剩下两户没人")
    assert "12:00应答" in said
    assert "还差的2户是哪家、什么原因？" in said
    said = town.says("李网格", "李四家和王五家，都去县城了")
    assert town.call("李网格").reached == 22
    assert "李四" in said


def test_all_of_them_closes_and_one_who_was_forgotten_opens_again(town: Town):
    town.warns("李网格")
    town.says("李网格", "收到")
    assert "办完" in town.says("李网格", "都喊到了")
    assert not town.call("李网格").is_open
    said = town.says("李网格", "哎呀 老杨家还没喊到")
    assert "老杨" in said
    assert town.call("李网格").is_open


def test_the_rest_without_a_name_closes_too(town: Town):
    town.warns("李网格")
    town.says("李网格", "11户通知了8户，李四家没人，王奶奶不肯走，老周家电话关机")
    assert "办完" in town.says("李网格", "剩下的三家也喊到了")


def test_a_household_found_leaves_the_others_missing(town: Town):
    town.warns("李网格")
    town.says("李网格", "11户通知了9户，李四家没人，王奶奶死活不肯走")
    said = town.says("李网格", "李四家回来了，喊到了")
    assert "还差1户" in said
    assert "王奶奶" in said
    assert "李四" not in said


def test_a_reason_that_is_known_is_not_forgotten(town: Town):
    town.warns("李网格")
    town.says("李网格", "十一家喊到十家 马老三家门锁着")
    assert "马老三（门锁着）" in town.says("李网格", "还差马老三家")


def test_what_is_only_meant_to_be_done_closes_nothing(town: Town):
    town.warns("李网格")
    town.says("李网格", "收到")
    for said in ("争取天黑前全部转移完", "没有都通知到", "等都喊到了再回你"):
        town.says("李网格", said)
        assert town.call("李网格").is_open


def test_who_was_found_is_asked_where_it_may_be_several(town: Town):
    town.warns("李网格")
    town.says("李网格", "11户通知了9户，李四家没人，王奶奶死活不肯走")
    said = town.says("李网格", "刚才有一家开门了")
    assert "是哪一家" in said
    assert town.call("李网格").reached == 9


def test_the_number_of_households_may_come_alone(town: Town):
    town.warns("李网格")
    town.says("李网格", "收到")
    assert "应通知11户" in town.says("李网格", "11户")
    assert "已通知9户" in town.says("李网格", "喊到了9户")


def test_a_second_received_changes_nothing(town: Town):
    town.warns("李网格")
    town.says("李网格", "收到")
    town.passes(minutes=5)
    assert "12:00的应答已经记过了" in town.says("李网格", "好的")
    assert town.kinds(town.call("李网格").number) == ["called", "answered"]


def test_support_is_passed_on_and_said_only_as_far_as_it_is_true(town: Town):
    town.warns("李网格")
    town.everybody_looks()
    said = town.says("李网格", "人手不够，能不能来两个人")
    assert "已经发消息告诉钱值班" in said
    (told,) = town.everybody_looks()["钱值班"]
    assert "人手不够" in told


def test_who_cannot_walk_is_a_matter_for_duty(town: Town):
    town.warns("李网格")
    town.everybody_looks()
    town.says("李网格", "张大爷走不动，要人背")
    assert "张大爷" in town.everybody_looks()["钱值班"][0]
    assert town.call("李网格").missing == "张大爷：走不动"


def test_where_nobody_has_a_channel_support_is_not_promised(town: Town):
    town.loses_channel("钱值班", "县值班")
    town.warns("李网格")
    said = town.says("李网格", "需要支援")
    assert "已经发消息" not in said
    assert "打电话" in said


def test_the_deputy_of_somebody_who_is_not_there_is_called_with_the_whole_time(town: Town):
    town.warns("李网格")
    town.everybody_looks()
    town.passes(minutes=20)
    said = town.says("李网格", "我在县里开会，不在岗请转副手")
    assert "转叫李副手" in said
    heard = town.everybody_looks()
    assert "李网格不在岗，现在请您顶上" in heard["李副手"][0]
    assert "12:50前" in heard["李副手"][0]
    assert "已经转叫李副手" in heard["钱值班"][0]
    assert "应答" in town.says("李副手", "收到")
    assert "应叫2人" in town.says("钱值班", "应答情况")


def test_without_a_deputy_it_is_said_that_nobody_has_the_place(town: Town):
    town.warns("吴网格")
    town.everybody_looks()
    assert "没有登记能替您的副手" in town.says("吴网格", "我在外地，赶不回来")
    assert "现在没有人负责" in town.everybody_looks()["钱值班"][0]


def test_with_two_calls_a_bare_received_asks_which_and_a_number_answers_that(town: Town):
    town.warns("李网格")
    town.warns("李网格", title="地质灾害黄色预警")
    said = town.says("李网格", "收到")
    assert "1. “暴雨橙色预警”" in said
    assert "2. “地质灾害黄色预警”" in said
    assert "3. 两条都是" in said
    town.passes(minutes=3)
    assert "应答“地质灾害黄色预警”" in town.says("李网格", "2")
    assert town.call("李网格").answered_at is None
    assert town.call("李网格", "YJ20260701-02").answered_at is not None


def test_both_may_be_meant_and_the_words_waited(town: Town):
    town.warns("李网格")
    town.warns("李网格", title="地质灾害黄色预警")
    assert "哪一条" in town.says("李网格", "11户喊到10户，马老三家没人")
    said = town.says("李网格", "3")
    assert said.count("马老三（没人）") == 2
    assert "两条都是" not in (town.says("李网格", "两个都收到") or "")


def test_a_title_that_is_named_needs_no_question(town: Town):
    town.warns("李网格")
    town.warns("李网格", title="地质灾害黄色预警")
    assert "应答“地质灾害黄色预警”" in town.says("李网格", "地质灾害那个收到了")


def test_a_number_to_no_question_is_no_answer(town: Town):
    town.warns("李网格")
    town.warns("李网格", title="地质灾害黄色预警")
    assert town.says("李网格", "1") is None
    town.says("李网格", "收到")
    assert town.says("李网格", "今晚谁值班") is None
    assert town.says("李网格", "1") is None
    assert town.call("李网格").answered_at is None


def test_a_number_after_the_calls_have_changed_is_no_answer(town: Town):
    town.warns("李网格")
    town.warns("李网格", title="地质灾害黄色预警")
    town.says("李网格", "收到")
    town.warns("李网格", title="大风蓝色预警")
    assert town.says("李网格", "1") is None


def test_who_has_not_been_called_is_somebody_elses(town: Town):
    town.warns("李网格")
    for said in ("收到", "都喊到了", "马老三家门锁着"):
        assert town.says("村民甲", said) is None


@pytest.mark.parametrize(
    "said",
    [
        "几点前要转移完？",  # a question
        "要不要先撤",  # a question without a mark
        "预警是不是真的",
        "村口的电线杆倒了",  # an emergency
        "村口井盖没人管",  # 没人, but no household
        "马老三家墙裂了",  # a household, but a hazard
        "有人被困在对岸",
        "我报的裂缝处理得怎么样了",  # the state of a report
        "收到没有",  # asks, and answers nothing
        "没收到什么预警",
        "误报，撤回",
        "谢谢",
        "1",
        "好大的雨",  # 好 is no 好的
        "马上下雨了",  # 马上 is no 马上去
        "知道哪里有避难点",
        "今晚谁值班",
    ],
)
def test_what_is_no_answer_is_left_to_others(town: Town, said: str):
    town.warns("李网格")
    assert town.says("李网格", said) is None
    assert town.call("李网格").answered_at is None


def test_an_emergency_wins_but_who_says_received_is_not_called_silent(town: Town):
    town.warns("李网格")
    assert town.says("李网格", "收到，后山又垮了一块") is None
    assert town.call("李网格").answered_at is not None
    assert town.passes(minutes=31) == 0


def test_a_call_expires_with_its_warning(town: Town):
    town.warns("李网格")
    town.says("李网格", "收到")
    assert town.passes(days=3) == 1
    assert town.says("李网格", "收到") is None
    assert town.kinds(town.call("李网格").number)[-1] == "expired"


def test_only_those_in_charge_see_who_has_answered(town: Town):
    town.warns("李网格", "周网格")
    assert town.says("村民甲", "谁还没应") is None
    assert "看不了" in town.says("李网格", "谁还没应")
    town.says("周网格", "收到")
    said = town.says("孙主任", "还有谁没回")
    assert "应叫2人，已应1人" in said
    assert "还没到时限、未应1人：李网格（电话" in said
    assert "周网格（还没报户数）" in said


@pytest.mark.parametrize(
    "asked", ["预警应答情况", "谁还没应", "还有几个没回", "都应了没", "哪些人没有应答", "哪几户没通知到", "应答了几个"]
)
def test_the_roll_is_asked_for_in_many_words(town: Town, asked: str):
    town.warns("李网格")
    assert "应叫1人" in town.says("钱值班", asked)


@pytest.mark.parametrize("asked", ["没应答的怎么处理", "预警应答有什么要求", "谁还没回家", "预警发布情况下谁负责转移"])
def test_a_question_about_the_rules_is_no_roll_call(town: Town, asked: str):
    town.warns("李网格")
    assert town.says("钱值班", asked) is None


def test_without_warnings_the_roll_says_so(town: Town):
    assert "没有正在叫应" in town.says("钱值班", "应答情况")
