"""The year of a place by its confirmed obligations: what, how often, by when, how far, and what nobody has confirmed."""

import pytest

from assistant.desk import drilldue
from assistant.desk.duecalendar import ASKED
from assistant.people import Place, PlaceLevel, Role
from assistant.rules import load_rules
from tests.test_desk_obligationwork import document, reads
from tests.world import TOWN, VILLAGE, World

pytestmark = pytest.mark.ledger
TEXT = "乡镇（街道）和村（社区）每年至少组织1次综合演练。镇应急办每季度检查1次物资。各村每年汛期前至少开展1次山洪演练。"


def prepared(world: World) -> None:
    with world.store.work(world.now) as work:
        work.session.add(Place(path=VILLAGE, level=PlaceLevel.VILLAGE.value))
    reads(world, [document(TEXT)])


def test_a_grid_worker_reads_the_year_of_the_own_village_and_the_director_that_of_the_town(world: World):
    prepared(world)
    grid, director = world.phone("李网格", Role.GRID), world.phone("孙主任", Role.DIRECTOR, TOWN)
    said = grid.says("我们村今年要做哪些事？")
    assert "还没有确认过的职责" in said and "3条职责" in said
    for number in (1, 2, 3):
        director.says(f"确认 ZZ20260701-0{number}")
    with world.store.work(world.now) as work:
        drilldue.due(work, load_rules())
    world.heard()
    said = grid.says("我们村今年要做哪些事")
    assert "上河村2026年要办的事，按文件确认过的有2项" in said
    assert "综合演练" in said and "每年1次" in said and "截止12月31日" in said and "已办0/1次" in said
    assert "山洪" in said and "物资" not in said  # the stock is the town's
    town = director.says("今年要办的事")
    assert "示例镇2026年" in town and "物资" in town and "综合演练" in town and "山洪" not in town
    assert "上河村2026年" in director.says("上河村今年要做什么")
    world.heard()


def test_a_villager_is_shown_no_calendar(world: World):
    prepared(world)
    assert "按文件确认过的" not in world.phone("村民甲").says("我们村今年要做哪些事")


@pytest.mark.parametrize(
    "said", ["村里要做哪些事", "今年要做哪些事才能评先进", "今年下了几场雨", "演练清单", "今年谁值班", "应急预案有哪些"]
)
def test_other_questions_are_no_calendar(said: str):
    assert ASKED.fullmatch(said) is None
