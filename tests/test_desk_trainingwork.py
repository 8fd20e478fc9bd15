"""Training rounds through the desk: told of, by name, covered with denominators, reminded before they run out, climbing."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.desk.importing import import_trainings
from assistant.desk.importing.rows import Importer
from assistant.events import Actor
from assistant.people import Place, PlaceLevel, Role
from assistant.people.importing import Outcome, Reason
from assistant.store import drills as items
from assistant.store import training as stored
from assistant.training import TrainingRound
from tests.world import TOWN, VILLAGE, World

LZ = "LZ20260701-01"

pytestmark = pytest.mark.ledger


@pytest.fixture
def town(world: World) -> World:
    """A village with two grid workers, a trainer and a director of the town."""
    with world.store.work(world.now) as work:
        work.session.add(Place(path=VILLAGE, level=PlaceLevel.VILLAGE.value))
    for name in ("李网格", "周网格"):
        world.phone(name, Role.GRID)
    world.phone("周培训", Role.TRAINER, TOWN)
    world.phone("孙主任", Role.DIRECTOR, TOWN)
    return world


def passes_to(world: World, month: int, day: int, year: int = 2027) -> None:
    """Let time pass to ten in the morning of a day."""
    world.now = datetime(year, month, day, 2, 0, tzinfo=UTC)
    world.desk.tick(world.now)
    world.look()


def test_a_training_is_told_with_names_checked_by_somebody_else_and_counted(town: World):
    trainer, director = town.phones["周培训"], town.phones["孙主任"]
    said = trainer.says("培训登记 6月20日 上河村 12人 内容：山洪避险 参加：李网格、王五六")
    assert f"{LZ}记下了" in said and "12人参加" in said
    assert "记进个人培训记录的有1人：李网格" in said and "没有找到，没有记：王五六" in said
    assert "照片1张" in trainer.says("签到表", photo=1)
    (asked,) = director.hears()
    assert f"{LZ} 合格" in asked
    assert "检查合格" in director.says(f"{LZ} 合格")
    trainer.hears()
    said = trainer.says("培训情况")
    assert "上河村：1/2人在轮训期内（1年一轮），最近一次2026年6月20日" in said
    said = trainer.says("谁没培训")
    assert "上河村：周网格（没有记录）" in said and "李网格" not in said
    assert "有1人：周网格" in trainer.says(f"培训名单 {LZ} 周网格")
    assert "上河村：2/2人" in trainer.says("轮训情况")


def test_the_words_of_a_training_are_no_emergency(town: World):
    said = town.phones["周培训"].says("培训登记 6月20日 上河村 12人 内容：房子着火怎么逃、泥石流来了往哪跑")
    assert f"{LZ}记下了" in said and town.incidents() == []
    assert "还没有写参加人的姓名" in said
    with town.store.work(town.now) as work:
        assert items.item(work, LZ).kind == "training"
    town.heard()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("培训登记 上河村 12人", "请写明哪一天"),
        ("培训登记 6月20日 上河村", "请写明哪一天"),
        ("培训登记 7月20日 上河村 12人", "7月20日还没有到"),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_kept(town: World, words: str, said: str):
    assert said in town.phones["周培训"].says(words)
    with town.store.work(town.now) as work:
        assert items.within(work.session, [""]) == []


@pytest.mark.parametrize("words", ["培训情况", "谁没培训", "培训登记 6月20日 上河村 12人"])
def test_a_villager_sees_and_tells_nothing_of_training(town: World, words: str):
    said = town.phone("村民甲").says(words)
    assert "李网格" not in said and "LZ" not in said


def test_a_grid_worker_sees_no_names_of_others(town: World):
    assert "周网格" not in town.phones["李网格"].says("谁没培训")


def test_a_round_that_runs_out_is_told_once_then_climbs_to_a_named_superior(town: World):
    town.phone("赵镇长", Role.LEADER, TOWN)
    town.phones["周培训"].says("培训登记 6月20日 上河村 2人 内容：山洪避险 参加：李网格、周网格")
    passes_to(town, 7, 2, 2026)
    town.heard()
    passes_to(town, 5, 1)  # sixty days before 20 June have begun
    heard = town.heard()
    assert [("轮训快到期" in text and "李网格（2027年6月20日到期）" in text) for text in heard["周培训"]][0]
    assert "《示例镇总体预案（示例）》10.2" in heard["周培训"][0]
    passes_to(town, 5, 2)
    assert all("上河村" not in text for text in town.heard().get("周培训", []))
    passes_to(town, 6, 21)
    heard = town.heard()
    assert "【轮训过期】上河村有2人" in heard["周培训"][0] and "已经报告孙主任" in heard["周培训"][0].replace(
        "应急负责人", ""
    )
    assert any("请您督促" in text for text in heard["孙主任"]) and "赵镇长" not in heard
    town.desk.tick(town.now + timedelta(hours=1))
    town.look()
    assert town.heard() == {}
    passes_to(town, 7, 21)
    assert any("上河村" in text and "请您督促" in text for text in town.heard()["赵镇长"])
    town.phones["周培训"].says("培训登记 7月20日 上河村 2人 内容：山洪避险 参加：李网格、周网格")
    town.heard()
    passes_to(town, 7, 22)
    with town.store.work(town.now) as work:
        found = stored.round_in(work.session, VILLAGE)
        assert found is not None and (found.climbs, found.climb_at) == (0, None)
        assert TrainingRound.rederive(work.events(found.number)).model_dump() == found.model_dump()
    town.heard()


def test_a_list_of_trained_people_is_imported_line_by_line(town: World, tmp_path: Path):
    path = tmp_path / "培训名单.csv"
    path.write_text(
        "姓名,培训日期,培训内容\n李网格,2026-05-10,山洪避险\n李网格,2026-05-10,山洪避险\n王五六,2026-05-10,山洪避险\n"
        "周网格,2026-12-10,山洪避险\n周网格,五月,山洪避险\n",
        encoding="utf-8",
    )
    with town.store.work(town.now) as work:
        report = import_trainings(path, work, Importer(Actor("console"), TOWN))
        outcomes = [line.outcome for line in report.lines]
        assert outcomes == [Outcome.ADDED, Outcome.UNCHANGED, *[Outcome.REFUSED] * 3]
        assert [line.reason for line in report.lines[2:]] == [Reason.UNKNOWN_PERSON, Reason.NOT_A_DAY, Reason.NOT_A_DAY]
    assert "上河村：1/2人" in town.phones["周培训"].says("培训情况")
