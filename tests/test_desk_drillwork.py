"""Drills through the desk: planned, told of in several messages, checked by somebody else, overdue, counted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from assistant.desk import obligationwork
from assistant.documents import Catalogue, Level
from assistant.drills import DutyItem, ItemState
from assistant.people import Place, PlaceLevel, Role
from assistant.store import drills as stored
from tests.quality.obligation_scores import alone
from tests.world import TOWN, VILLAGE, World

ONE = "LZ20260701-01"
LOWER = f"{TOWN}/下河村"

pytestmark = pytest.mark.ledger


def villages(world: World) -> None:
    with world.store.work(world.now) as work:
        for path in (VILLAGE, LOWER):
            work.session.add(Place(path=path, level=PlaceLevel.VILLAGE.value))


def passes(world: World, days: int) -> None:
    """Let days pass, the clock looking at noon alone."""
    for _ in range(days):
        world.now += timedelta(days=1)
        world.desk.tick(world.now)
    world.look()


def obliged(world: World, text: str, director) -> None:
    document = replace(alone(text), region=TOWN, level=Level.TOWNSHIP, effective=date(2025, 6, 1))
    with world.store.work(world.now) as work:
        obligationwork.refresh(work, Catalogue({document.id: document}))
    assert "已确认" in director.says("确认 ZZ20260701-01")


def items(world: World) -> list[DutyItem]:
    with world.store.work(world.now) as work:
        found = stored.within(work.session, [""])
        for item in found:
            assert DutyItem.rederive(work.events(item.number)).model_dump() == item.model_dump()
            work.session.expunge(item)
        return found


def test_a_drill_is_planned_reminded_held_and_checked_by_somebody_else(world: World):
    villages(world)
    grid = world.phone("李网格", Role.GRID)
    trainer = world.phone("周培训", Role.TRAINER, TOWN)
    said = grid.says("安排演练 7月12日 上河村 山洪")
    assert f"{ONE}安排好了：7月12日在上河村办山洪演练" in said
    passes(world, 11)
    (told,) = grid.hears()
    assert "提醒" in told and "7月12日" in told
    passes(world, 1)
    (told,) = grid.hears()
    assert "原定7月12日办" in told
    said = grid.says("演练搞完了 来了43个人")
    assert f"{ONE}记下了" in said and "43人参加" in said and "照片" in said and "周培训" in said
    assert "照片1张" in grid.shows(1)
    assert "照片2张" in grid.says("签到表", photo=2)
    (asked,) = trainer.hears()
    assert f"{ONE} 合格" in asked and "李网格" in asked
    assert "检查合格" in trainer.says("合格")
    (told,) = grid.hears()
    assert "检查合格" in told and "周培训" in told
    (item,) = items(world)
    assert (item.state, item.people, item.evidence) == (ItemState.CHECKED.value, 43, 2)


def test_photos_may_come_before_the_words(world: World):
    grid = world.phone("李网格", Role.GRID)
    grid.shows(1)
    assert "照片1张" in grid.says("演练搞完了，来了三十二个人")
    (item,) = items(world)
    assert (item.people, item.evidence, item.region) == (32, 1, VILLAGE)


def test_nobody_checks_the_own_drill_and_what_is_not_good_is_done_again(world: World):
    director = world.phone("孙主任", Role.DIRECTOR, TOWN)
    trainer = world.phone("周培训", Role.TRAINER, TOWN)
    trainer.says("山洪演练搞完了，来了20人")
    assert "要换一个人" in trainer.says(f"{ONE} 合格")
    director.hears()
    assert "请写明原因" in director.says("不合格")
    assert "重新办" in director.says("不合格 没有签到表")
    (told,) = trainer.hears()
    assert "没有签到表" in told
    (item,) = items(world)
    assert item.state == ItemState.OPEN.value and item.climb_at is not None
    assert "安排好了" in trainer.says(f"{ONE} 安排 7月20日")


def test_what_a_drill_shows_becomes_a_hazard_and_is_linked(world: World):
    grid = world.phone("李网格", Role.GRID)
    grid.says("演练搞完了，来了43人")
    said = grid.says("演练发现疏散路口被石头堵住了")
    (hazard,) = world.hazards()
    assert hazard.number in said and hazard.text == "疏散路口被石头堵住了" and hazard.region.startswith(VILLAGE)
    (item,) = items(world)
    assert item.hazards == (hazard.number,)
    world.heard()


def test_a_round_is_recorded_with_nothing_found_or_with_a_hazard(world: World):
    grid = world.phone("李网格", Role.GRID)
    assert "没有发现问题" in grid.says("巡查了 没问题")
    assert "登记为隐患YH" in grid.says("巡查发现水库坝脚渗水")
    (item,) = items(world)  # half an hour is one round
    (hazard,) = world.hazards()
    assert (item.kind, item.hazards) == ("inspection", (hazard.number,))
    world.heard()


def test_confirmed_obligations_become_items_once_and_climb_step_by_step(world: World):
    villages(world)
    director = world.phone("孙主任", Role.DIRECTOR, TOWN)
    leader = world.phone("赵镇长", Role.LEADER, TOWN)
    grid = world.phone("李网格", Role.GRID)
    obliged(world, "各村每年至少组织1次转移避险演练，7月10日前完成。", director)
    world.after("5m")
    found = items(world)
    assert [(item.region, item.due_on) for item in found] == [(VILLAGE, "2026-07-10"), (LOWER, "2026-07-10")]
    passes(world, 1)
    assert len(items(world)) == 2
    passes(world, 8)
    heard = world.heard()
    assert [("7月10日以前" in text) for text in heard["李网格"]] == [True, True]  # seven days and one day before
    passes(world, 2)
    heard = world.heard()
    assert "已经报告" in heard["李网格"][0] and any("上河村" in text for text in heard["孙主任"])
    world.desk.tick(world.now)
    world.look()
    assert world.heard() == {}
    passes(world, 3)
    assert any("上河村" in text and "逾期4天" in text for text in leader.hears())
    world.heard()
    assert "记下了" in grid.says("转移避险演练搞完了，来了50人")
    director.hears()
    said = director.says("演练情况")
    assert "办完1/2（逾期1，待检查1）" in said and "上河村" in said and "下河村" in said
    assert "还有1/2个村没有演练过：下河村" in director.says("哪些村还没演练")


def test_windows_that_were_over_before_they_were_confirmed_are_not_raked_up(world: World):
    director = world.phone("孙主任", Role.DIRECTOR, TOWN)
    obliged(world, "镇每年至少组织1次综合演练，5月31日前完成。", director)
    world.after("5m")
    assert items(world) == []
    assert "还没有列入日程" in director.says("演练情况")


def test_only_some_may_waive_and_never_without_a_reason(world: World):
    grid = world.phone("李网格", Role.GRID)
    director = world.phone("孙主任", Role.DIRECTOR, TOWN)
    grid.says("安排演练 7月12日 山洪")
    assert "您现在的身份办不了" in grid.says(f"{ONE} 免办，人都走了")
    assert "请写明原因" in director.says(f"{ONE} 免办")
    assert "免办" in director.says(f"{ONE} 免办，整村搬迁")
    assert "办完0/0（免办1）" in director.says("演练情况")
    passes(world, 12)
    assert world.heard() == {}


@pytest.mark.parametrize(
    "words",
    [
        "演练搞完了",  # villagers tell the same of what they saw
        "演练情况",
        "巡查了 没问题",
        "合格",
        ONE,
    ],
)
def test_a_villager_touches_no_drill(world: World, words: str):
    world.phone("李网格", Role.GRID).says("安排演练 7月12日 山洪")
    before = items(world)
    said = world.phone("村民甲").says(words)
    assert "LZ" not in said
    assert items(world) == before


def test_a_real_emergency_in_the_middle_of_a_drill_is_real(world: World):
    grid = world.phone("李网格", Role.GRID)
    world.phone("钱值班", Role.DUTY, TOWN)
    assert "记下了" in grid.says("山洪演练搞完了，来了三十二个人")
    assert "119" in grid.says("演练搞完了，老张家房子真的着火了，有人困在里面")
    assert len(world.incidents()) == 1
    world.heard()


@pytest.mark.parametrize(
    "words",
    [
        "演练搞完了吗",  # a question is no report
        "一年演练几次",
        "没有搞演练",
        "村里要不要安排演练",
        "演练方案怎么写",
        "巡查了没有",
    ],
)
def test_a_question_of_the_staff_records_nothing(world: World, words: str):
    world.phone("李网格", Role.GRID).says(words)
    assert items(world) == []
