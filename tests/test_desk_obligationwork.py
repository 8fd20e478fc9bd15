"""Obligations in the conversation: found, decided by those who may, and withdrawn when the text has changed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from assistant.desk import obligationwork
from assistant.documents import Catalogue, Document, Level
from assistant.obligations import Obligation
from assistant.people import Role
from assistant.store import obligations as stored
from tests.quality.obligation_scores import alone
from tests.world import TOWN, VILLAGE, World

TEXT = "镇每年至少组织1次综合演练，5月31日前完成。各村每季度检查1次物资。"
ONE, TWO = "ZZ20260701-01", "ZZ20260701-02"
COUNTY = TOWN.rpartition("/")[0]

pytestmark = pytest.mark.ledger


def document(text: str = TEXT, region: str = TOWN, effective: date = date(2025, 6, 1)) -> Document:
    return replace(alone(text), region=region, level=Level.TOWNSHIP, effective=effective)


def reads(world: World, documents: Iterable[Document]) -> list[tuple[int, int, int, int]]:
    with world.store.work(world.now) as work:
        found = obligationwork.refresh(work, Catalogue({one.id: one for one in documents}))
    world.look()
    return [(one.total, one.new, one.moved, one.gone) for one in found]


def confirmed(world: World, region: str = VILLAGE, on: date = date(2026, 7, 1)) -> list[str]:
    with world.store.work(world.now) as work:
        return [one.number for one in stored.confirmed(work.session, region, on)]


def rederives(world: World, number: str) -> None:
    with world.store.work(world.now) as work:
        known = stored.obligation(work, number)
        assert Obligation.rederive(work.events(number)).model_dump() == known.model_dump()


def test_a_director_goes_through_the_list_and_what_is_confirmed_holds_for_the_own_town(world: World):
    reads(world, [document()])
    director = world.phone("孙主任", Role.DIRECTOR, TOWN)
    said = director.says("职责清单")
    assert "待确认2条，已确认0条" in said and f"{ONE}（待确认）" in said
    assert "谁：镇" in said and "每年1次，5月31日前" in said and "镇每年至少组织1次综合演练，5月31日前完成" in said
    said = director.says("确认")
    assert f"{ONE}已确认" in said and "1月1日至5月31日" in said
    assert TWO in said  # the next one is shown at once
    assert "不是职责" in director.says("不是，物资由县里管")
    assert confirmed(world) == [ONE]
    assert confirmed(world, f"{COUNTY}/别的镇") == []
    assert confirmed(world, on=date(2025, 5, 31)) == []  # not in force yet
    rederives(world, ONE)
    rederives(world, TWO)


def test_a_wrong_reading_is_amended_and_only_then_confirmed(world: World):
    reads(world, [document()])
    director = world.phone("孙主任", Role.DIRECTOR, TOWN)
    director.says("职责清单")
    said = director.says("改成每年2次")
    assert "要求改成：每年2次，5月31日前" in said and "待确认" in said
    assert confirmed(world) == []
    assert "没看懂" in director.says(f"{ONE} 改成好一点")
    director.says(f"确认 {ONE}")
    assert confirmed(world) == [ONE]


@pytest.mark.parametrize("role", [Role.DUTY, Role.TRAINER])
def test_who_may_only_see_decides_nothing(world: World, role: Role):
    reads(world, [document()])
    phone = world.phone("小周", role, TOWN)
    phone.says("职责清单")
    assert "您现在的身份办不了" in phone.says("确认")
    assert confirmed(world) == []


def test_a_villager_and_a_director_elsewhere_see_nothing_of_it(world: World):
    reads(world, [document()])
    villager = world.phone("村民甲")
    assert "ZZ" not in villager.says("职责清单")
    elsewhere = world.phone("别处主任", Role.DIRECTOR, f"{COUNTY}/别的镇")
    assert "ZZ" not in elsewhere.says("职责清单")
    assert "您现在的身份办不了" in elsewhere.says(f"确认 {ONE}")
    assert "演练" not in elsewhere.says(f"看 {ONE}")


def test_a_bare_yes_that_answers_nothing_confirms_nothing(world: World):
    reads(world, [document()])
    director = world.phone("孙主任", Role.DIRECTOR, TOWN)
    director.says("确认")
    director.says("职责清单")
    director.says("一年演练几次")
    director.says("确认")
    assert confirmed(world) == []


def test_a_clause_of_the_province_is_confirmed_for_each_town_by_itself(world: World):
    reads(world, [document(region="云南省")])
    one = world.phone("孙主任", Role.DIRECTOR, TOWN)
    other = world.phone("别处主任", Role.DIRECTOR, f"{COUNTY}/别的镇")
    one.says(f"确认 {ONE}")
    other.says(f"确认 {ONE}")
    assert confirmed(world) == confirmed(world, f"{COUNTY}/别的镇") == [ONE]
    assert "别的地方也确认了" in one.says(f"{ONE} 改成每年3次")
    one.says(f"不是 {ONE}")
    assert confirmed(world) == [] and confirmed(world, f"{COUNTY}/别的镇") == [ONE]


def test_reading_again_does_nothing_and_words_that_have_moved_are_followed(world: World):
    assert reads(world, [document()]) == [(2, 2, 0, 0)]
    assert reads(world, [document()]) == [(2, 0, 0, 0)]
    director = world.phone("孙主任", Role.DIRECTOR, TOWN)
    director.says(f"确认 {ONE}")
    assert reads(world, [document(f"本镇实际情况如下。{TEXT}")]) == [(2, 0, 2, 0)]
    assert confirmed(world) == [ONE]
    rederives(world, ONE)


def test_words_that_are_gone_are_withdrawn_once_and_who_confirmed_them_hears_of_it(world: World):
    reads(world, [document()])
    director = world.phone("孙主任", Role.DIRECTOR, TOWN)
    director.says(f"确认 {ONE}")
    changed = [document("镇每年至少组织2次综合演练。各村每季度检查1次物资。")]
    assert reads(world, changed) == [(2, 1, 1, 1)]
    (told,) = director.hears()
    assert f"职责{ONE}撤下了" in told and "5月31日前" in told
    assert reads(world, changed) == [(2, 0, 0, 0)]
    assert confirmed(world) == []
    assert "不能确认" in director.says(f"确认 {ONE}")
    rederives(world, ONE)


def test_a_document_that_is_gone_takes_its_obligations_with_it(world: World):
    reads(world, [document()])
    reads(world, [])
    director = world.phone("孙主任", Role.DIRECTOR, TOWN)
    assert "还没有从文件里找出职责" in director.says("职责清单")
    reads(world, [document()])
    assert "待确认2条" in director.says("职责清单")
