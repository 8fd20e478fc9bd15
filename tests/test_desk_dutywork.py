"""The roster by chat: who, when, where, which telephone; what is not on the roster is not invented."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from assistant.desk import dutywork
from assistant.ports import Incoming
from assistant.store import open_engine
from tests.duty_town import COUNTY, NOON, VILLAGE, Town

pytestmark = pytest.mark.ledger

TODAY = NOON.date()
PHONES = {"张领导": "12300000011", "王备班": "12300000012", "赵值守": "12300000013"}


class Talk:
    """A person who asks about the roster, with what the desk remembers of it."""

    def __init__(self, town: Town, who: str) -> None:
        self.town, self.who, self.context = town, who, {}

    def asks(self, text: str) -> str | None:
        incoming = Incoming("test", "", self.who, text, self.town.now)
        with self.town.store.work(self.town.now) as work:
            answered = dutywork.attend(text, incoming, work.person("test", self.who), work, self.context)
        if answered is None:
            return None
        replies, self.context = answered
        return "\n".join(reply.text for reply in replies)


@pytest.fixture
def town(database_url: str) -> Iterator[Town]:
    engine = open_engine(database_url)
    town = Town(engine)
    town.roster(TODAY, leader="张领导", deputy="王备班", staff=("赵值守",), phones=PHONES, room_phone="12300000000")
    town.roster(TODAY + timedelta(days=1), leader="王备班", staff=("赵值守", "张领导"), phones=PHONES)
    yield town
    engine.dispose()


@pytest.fixture
def villager(town: Town) -> Talk:
    return Talk(town, "村民甲")


@pytest.fixture
def grid(town: Town) -> Talk:
    return Talk(town, "李网格")


def test_the_whole_roster_of_tonight_is_shown_with_its_place_and_date(villager: Talk):
    said = villager.asks("今晚谁值班")
    assert "示例镇今天（7月1日，周三）" in said
    assert "带班领导：张领导\n值班员：赵值守\n副班（备班）：王备班" in said
    assert "123" not in said


def test_the_deputy_the_telephone_and_tomorrow_are_understood_one_after_the_other(grid: Talk):
    assert "张领导" in grid.asks("今晚哪个带班")
    assert "副班（备班）：王备班。" in grid.asks("副的呢")
    assert "王备班（副班（备班））：12300000012" in grid.asks("他电话多少")
    assert "明天（7月2日，周四）的值班表里没有登记副班" in grid.asks("那明天呢")
    assert "带班领导：王备班" in grid.asks("带班领导呢")
    assert "12300000012" in grid.asks("刚才那个人的号码")


def test_a_villager_gets_the_number_of_the_duty_room_and_no_persons(villager: Talk):
    villager.asks("今晚谁带班")
    said = villager.asks("他电话多少")
    assert "12300000000" in said
    assert "12300000011" not in said
    assert "119" in said
    assert "12300000011" not in villager.asks("张领导的手机号给我")


def test_staff_of_another_county_get_no_persons_numbers(town: Town):
    town.enters("外县值班", "duty", "云南省/示例州/外示例县")
    with_role = Talk(town, "外县值班")
    said = with_role.asks("示例镇今晚值班领导的电话")
    assert "个人的电话不对外说" in said


@pytest.mark.parametrize("who", ["李网格", "钱值班", "孙主任", "县值班"])
def test_staff_of_the_place_within_it_and_above_it_get_numbers(town: Town, who: str):
    talk = Talk(town, who)
    assert "12300000011" in (talk.asks("示例镇今晚带班领导电话多少") or "")


def test_the_duty_room_has_a_number_for_everybody(villager: Talk):
    assert "示例镇的值班电话是12300000000" in villager.asks("值班电话多少")


def test_a_number_that_nobody_entered_is_not_invented(town: Town):
    town.roster(date(2026, 7, 5), leader="孙主任")
    talk = Talk(town, "钱值班")
    talk.asks("这周日谁带班")
    assert "孙主任" in talk.asks("他电话多少")


def test_a_day_without_a_roster_is_said_to_be_without(villager: Talk):
    said = villager.asks("后天谁值班")
    assert "后天（7月3日，周五）" in said
    assert "没有登记" in said
    assert "12300000000" in said
    assert "张领导" not in said


def test_without_any_roster_nothing_is_invented(database_url: str):
    town = Town(open_engine(database_url))
    said = Talk(town, "村民甲").asks("今晚谁值班")
    assert "没有登记" in said
    assert "值班室" in said
    town.engine.dispose()


def test_before_eight_yesterdays_shift_is_still_on(villager: Talk):
    villager.town.now = NOON + timedelta(hours=14)  # two in the night of 2 July
    for asked in ("现在谁值班", "今晚谁值班", "谁值班"):
        assert "张领导" in villager.asks(asked).split("带班领导：")[1].split("\n")[0]
    assert "带班领导：王备班" in villager.asks("今天谁值班")


def test_what_was_talked_about_is_forgotten_after_half_an_hour(villager: Talk):
    villager.asks("今晚谁值班")
    villager.town.now += timedelta(minutes=31)
    assert villager.asks("副的呢") is None
    assert villager.asks("那明天呢") is None


def test_follow_ups_without_a_question_before_are_not_for_duty(villager: Talk):
    for said in ("副的呢", "那明天呢", "他电话多少", "电话呢", "领导呢", "还有谁"):
        assert villager.asks(said) is None


def test_a_named_place_is_that_place_or_said_to_be_above_it(town: Town, villager: Talk):
    town.roster(TODAY, region=COUNTY, unit="示例县应急局", leader="县值班")
    assert "县值班" in villager.asks("县里今晚谁值班")
    assert "张领导" in villager.asks("那镇上呢")
    said = villager.asks("那上河村呢")
    assert "上河村没有单独登记，按上一级示例镇的值班表" in said
    assert "县值班" in villager.asks("示例县应急局今晚谁带班")
    said = villager.asks("大雾村今晚谁值班")
    assert "没有“大雾村”" in said
    assert "张领导" not in said


def test_two_offices_of_a_place_are_shown_apart(town: Town, villager: Talk):
    town.roster(TODAY, unit="示例镇卫生院", leader="孙主任")
    said = villager.asks("今天谁带班")
    assert "示例镇今天（7月1日，周三）的带班领导：张领导。" in said
    assert "示例镇卫生院今天（7月1日，周三）的带班领导：孙主任。" in said


def test_a_roster_of_the_village_comes_before_that_of_the_township(town: Town, villager: Talk):
    town.roster(TODAY, region=VILLAGE, leader="李网格")
    assert "李网格" in villager.asks("今晚谁值班")
    assert "张领导" in Talk(town, "周网格").asks("今晚谁值班")


def test_an_asker_whose_place_lies_above_hears_of_the_only_roster_below(town: Town):
    assert "张领导" in Talk(town, "县值班").asks("今晚谁值班")


def test_who_is_in_danger_is_not_told_of_rosters(villager: Talk):
    assert villager.asks("着火了今晚谁值班") is None


def test_a_new_roster_takes_the_place_of_the_old_one(town: Town, villager: Talk):
    town.roster(TODAY, leader="孙主任")
    said = villager.asks("今晚谁值班")
    assert "孙主任" in said
    assert "张领导" not in said
