"""Questions about one household: where do we go, who sees to 马老三; telephones whole only for those who may."""

import pytest

from assistant.people import Role
from tests.evacuation_town import DOWN, Evacuation
from tests.world import VILLAGE, World

pytestmark = pytest.mark.ledger
PHONE = "12300000088"


@pytest.fixture
def night(world: World) -> Evacuation:
    return Evacuation(world)


@pytest.mark.parametrize("asked", ["我家往哪走", "要是涨水了我们家往哪里撤", "我家的避险明白卡", "我家归谁管"])
def test_a_household_asks_where_it_goes_before_anything_has_happened(night: Evacuation, asked: str):
    said = night.villager.says(asked)
    assert "上河小学" in said
    assert "李网格" in said and "赵副手" in said
    assert "不要自己回家" in said
    assert "马国强" not in said


def test_who_is_on_no_roll_gets_no_card(night: Evacuation, world: World):
    assert "明白卡" not in world.phone("村民甲").says("我家往哪走")


@pytest.mark.parametrize("asked", ["马老三家往哪走", "马老三家的明白卡", "马老三家电话多少"])
def test_a_helper_reads_the_card_with_the_telephone(night: Evacuation, asked: str):
    said = night.helper.says(asked)
    assert f"一组马国强（马老三）家，电话{PHONE}" in said
    assert "安置点：上河小学" in said


def test_duty_asks_who_sees_to_a_household_and_hears_who_has_it_now(night: Evacuation):
    assert "现在由李网格负责，备份是赵副手" in night.duty.says("马老三家谁负责")
    night.starts()
    night.reads()
    night.deputy.says("李网格手机没电了，名单给我")
    night.reads()
    said = night.duty.says("马老三家谁负责")
    assert "现在由赵副手负责" in said
    assert "还没敲到门" in said


def test_others_read_a_masked_telephone_or_nothing(night: Evacuation, world: World):
    other = world.phone("方网格", Role.GRID, VILLAGE)
    said = other.says("马老三家的明白卡")
    assert "马国强" in said
    assert PHONE not in said
    for stranger in (world.phone("村民甲"), world.phone("外村网格", Role.GRID, DOWN)):
        said = stranger.says("马老三家电话多少")
        assert PHONE not in said
        assert "马国强" not in said


def test_the_villages_state_is_asked_by_name(night: Evacuation):
    assert "现在没有正在转移的" in night.duty.says("转移情况")
    night.starts()
    night.reads()
    night.helper.says("都到齐了")
    assert "上河村：应转5户14人：已转5户14人" in night.duty.says("转移情况")
    said = night.duty.says("下河村还差几户")
    assert "下河村：应转2户8人" in said
    assert "杨六家" in said
    assert "上河村" not in said
    assert "杨六家" in night.duty.says("谁没转")
