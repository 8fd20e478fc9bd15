"""A rehearsal of a warning through the whole desk: what is real in the middle of it is real."""

from datetime import timedelta

import pytest

from assistant.people import Place, Role
from tests.world import TOWN, VILLAGE, Handset, World

pytestmark = pytest.mark.ledger


@pytest.fixture
def people(world: World) -> tuple[Handset, Handset]:
    """A duty officer and a grid worker."""
    with world.store.work(world.now) as work:
        work.session.add_all([Place(path=TOWN, level="township"), Place(path=VILLAGE, level="village")])
    return world.phone("钱值班", Role.DUTY, TOWN), world.phone("李网格", Role.GRID, VILLAGE)


def test_from_the_order_to_the_result(world: World, people: tuple[Handset, Handset]):
    duty, grid = people
    assert "还没有开始" in duty.says("演练叫应 上河村 暴雨红色")
    assert "开始了，逐人叫应2人" in duty.says("确认演练")
    assert grid.hears()[0].startswith("【演练】")
    assert duty.hears()[0].startswith("【演练】")
    world.after("5m")
    assert grid.says("收到").startswith("【演练】")
    assert grid.says("已上岗").startswith("【演练】")
    assert duty.says("收到").startswith("【演练】")
    said = duty.says("结束演练")
    assert "应叫2人，应答2人；10分钟内应答：100%（2/2）。一半的人5分钟以内应" in said
    assert "演练结束" in grid.hears()[0]
    assert "演练结束" in duty.hears()[0]
    assert "100%（2/2）" in duty.says("演练结果")


@pytest.mark.parametrize(
    "cry", ["着火了，人还在楼上", "收到，可是真的有人掉河里了快救人", "演练的时候老王被石头砸了，流血不止"]
)
def test_an_emergency_in_the_middle_of_a_rehearsal_is_real(world: World, people: tuple[Handset, Handset], cry: str):
    duty, grid = people
    duty.says("演练叫应 上河村 暴雨红色")
    duty.says("确认演练")
    grid.hears(), duty.hears()
    said = grid.says(cry)
    assert "119" in said or "120" in said or "110" in said
    heard = [text for text in duty.hears() if not text.startswith("【演练】")]
    assert heard, "duty hears of it as of anything real"
    grid.hears()


def test_a_villager_who_speaks_of_rehearsals_begins_none(world: World, people: tuple[Handset, Handset]):
    villager = world.phone("村民甲")
    for said in ("演练叫应 全镇", "结束演练", "演练结果"):
        assert "开始了" not in villager.says(said)
    villager.hears()
    assert [phone.hears() for phone in people] == [[], []]


def test_the_auditor_follows_the_calls_of_a_rehearsal(world: World, people: tuple[Handset, Handset]):
    duty, grid = people
    duty.says("演练叫应 上河村 暴雨红色")
    duty.says("确认演练")
    grid.hears(), duty.hears()
    later = world.desk.audit(world.now + timedelta(minutes=40))
    assert {one.case for one in later.late} == {"YJ20260701-01/1", "YJ20260701-01/2"}
    duty.hears(), grid.hears()
