"""Whoever keeps the roster changes it by chat: shown first, made on a yes, told to both, taken back."""

from datetime import UTC, date, datetime, timedelta

import pytest

from assistant.duty import LOCAL, Roster
from assistant.people import Role
from assistant.rules import load_rules
from assistant.store import keep_roster
from assistant.store.duty import on_duty
from tests.world import TOWN, World

pytestmark = pytest.mark.ledger

TUESDAY = date(2026, 11, 24)
RULES = load_rules()


def at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=LOCAL).astimezone(UTC)


class Office:
    """A township's duty office of four, with rosters from Tuesday on."""

    def __init__(self, world: World) -> None:
        self.world = world
        world.now = at(TUESDAY, 15)
        self.zhao = world.phone("赵示例", Role.LEADER, TOWN)
        self.li = world.phone("李示例", Role.LEADER, TOWN)
        self.wang = world.phone("王示例", Role.DUTY, TOWN)
        self.wu = world.phone("吴示例", Role.DUTY, TOWN)
        self.director = world.phone("孙主任", Role.DIRECTOR, TOWN)
        self.villager = world.phone("村民甲")
        with world.store.work(world.now) as work:
            for number in range(5):
                day = TUESDAY + timedelta(days=number)
                keep_roster(work, Roster(TOWN, day, "示例镇应急办", "赵示例", "", ("王示例",)), RULES)

    def on(self, day: int, hour: int = 12) -> list[str]:
        """Return who is on duty so many days after Tuesday."""
        moment = at(TUESDAY + timedelta(days=day), hour)
        with self.world.store.work(moment) as work:
            return [person.name for person in on_duty(work, TOWN)]


@pytest.fixture
def office(world: World) -> Office:
    return Office(world)


def test_a_change_is_shown_made_on_a_yes_told_to_both_and_taken_back(office: Office):
    shown = office.director.says("11月25日带班改成李示例")
    assert "示例镇应急办" in shown and "带班领导：赵示例 → 李示例" in shown and "确认改班" in shown
    assert office.on(1) == ["赵示例", "王示例"] and office.world.heard() == {}  # nothing is done yet
    said = office.director.says("确认改班")
    assert "值班表改好了" in said and "已经告诉赵示例、李示例" in said
    assert office.on(1) == ["李示例", "王示例"] and office.on(2) == ["赵示例", "王示例"]
    heard = office.world.heard()
    assert set(heard) == {"赵示例", "李示例"}
    assert "11月25日（周三）08:00到11月26日（周四）08:00的带班领导不用您值了" in heard["赵示例"][0]
    assert "请您值11月25日（周三）08:00" in heard["李示例"][0] and "孙主任改的" in heard["李示例"][0]
    assert "撤销了" in office.director.says("撤销")
    assert office.on(1) == ["赵示例", "王示例"]
    heard = office.world.heard()
    assert "不用您值了" in heard["李示例"][0] and "请您值" in heard["赵示例"][0]
    assert "李示例" in office.director.says("排班记录")  # who has changed what stays


def test_somebody_on_leave_is_replaced_for_so_many_days_from_now_on(office: Office):
    shown = office.wu.says("王示例请假3天由吴示例顶")
    assert shown.count("王示例 → 吴示例") == 3
    assert "已经告诉王示例" in office.wu.says("对")
    assert set(office.world.heard()) == {"王示例"}  # who has ordered it knows
    assert [office.on(day, 16)[1] for day in range(4)] == ["吴示例", "吴示例", "吴示例", "王示例"]
    assert office.on(0, 14)[1] == "王示例"  # what is past stays


def test_who_stands_in_and_which_day_are_asked(office: Office):
    assert "由谁顶" in office.director.says("王示例明天请假")
    assert "请说明是哪一天" in office.director.says("排班：带班改成李示例")
    assert "没有叫“郑示例”的人" in office.director.says("明天带班改成郑示例")
    assert "没有班，没有改" in office.director.says("明天把吴示例换成李示例")
    assert "已经过去" in office.director.says("排班：昨天带班改成李示例")
    assert "本来就有别的班" in office.director.says("明天带班改成王示例")
    assert office.on(1) == ["赵示例", "王示例"]


def test_a_yes_to_something_else_changes_nothing(office: Office):
    office.director.says("明天带班改成李示例")
    office.director.says("今晚谁值班")
    office.director.says("确认改班")
    assert office.on(1) == ["赵示例", "王示例"]
    office.director.says("明天带班改成李示例")
    office.world.now += timedelta(minutes=31)
    office.director.says("确认改班")
    assert office.on(1) == ["赵示例", "王示例"]


def test_villagers_and_who_keeps_no_roster_change_nothing(office: Office):
    for who in (office.villager, office.zhao):
        for text in ("明天带班改成李示例", "确认改班", "排班：明天带班改成李示例", "确认改班"):
            assert "值班表改好了" not in who.says(text)
    assert "身份办不了" in office.zhao.says("排班：明天带班改成李示例")
    assert office.on(1) == ["赵示例", "王示例"]
    office.world.heard()
