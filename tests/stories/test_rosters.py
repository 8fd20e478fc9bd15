"""The roster of the sample township: asked in a group, checked by its keeper, imported, changed and exported."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from assistant.cli import main
from assistant.desk import Desk, rosterwork
from assistant.desk.demo import fill
from assistant.desk.hearing import TrainedEar
from assistant.desk.importing.rosters import import_roster
from assistant.desk.importing.rows import Importer
from assistant.duty.entries import Fate, Fault
from assistant.errors import NoRoster
from assistant.events import Actor
from assistant.exports import Order, export
from assistant.people import Grant
from assistant.ports import Incoming
from assistant.rules import load_rules
from assistant.search.index import Index
from assistant.store import Store, open_engine
from assistant.store.duty import posts_of
from assistant.store.ledger import Chosen
from assistant.store.rosters import posts_between
from assistant.triage import Reader
from assistant.wording.rosters import import_lines

RULES = load_rules()
NOON = datetime(2026, 7, 1, 4, tzinfo=UTC)
TOWN = "云南省/示例州/示例县/示例镇"
CONSOLE = Importer(Actor("console"), TOWN)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    engine = open_engine(database_url)
    store = Store(engine)
    with store.work(NOON) as work:
        fill(work)
    yield store
    engine.dispose()


class Talk:
    def __init__(self, desk: Desk, now: datetime = NOON) -> None:
        self.desk, self.now, self.sent = desk, now, 0

    def says(self, who: str, text: str) -> str:
        self.sent += 1
        incoming = Incoming("terminal", f"{who}-{self.sent}", who, text, self.now)
        return "\n".join(reply.text for reply in self.desk.receive(incoming, self.now))


@pytest.fixture
def talk(store: Store, index: Index, reader: Reader) -> Talk:
    return Talk(Desk(index, store, ear=TrainedEar(reader)))


def table(path: Path, *rows: list[str]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_in_a_group_without_a_roster_the_township_answers_and_says_so(talk: Talk):
    said = talk.says("示例甲", "今晚谁值班")
    assert "三组没有单独的值班表，示例镇今天（7月1日，周三）值班安排" in said
    assert "带班领导：示例壬\n值班员：示例庚" in said
    assert talk.says("示例甲", "那明天呢").startswith("示例镇明天（7月2日，周四）")
    assert "示例巳" in talk.says("示例甲", "副的呢")


def test_a_group_may_be_named_too(talk: Talk):
    assert talk.says("示例丙", "三组今晚谁值班").startswith("三组没有单独的值班表，示例镇今天")


def test_the_keeper_has_the_roster_checked_and_a_villager_does_not(talk: Talk):
    said = talk.says("示例癸", "值班表检查")
    assert "值班表检查：今后30天发现" in said
    assert "松岭村没有副手（B角），网格员不在时没有人顶。请指定一名B角。" in said
    assert "值班表检查：" not in talk.says("示例乙", "值班表检查")


def test_asking_how_a_roster_is_checked_is_a_question_and_no_order(talk: Talk):
    assert "值班表检查：" not in talk.says("示例癸", "值班表由谁检查，多久检查一次")


def test_as_days_pass_the_roster_goes_on(store: Store, talk: Talk):
    later = NOON + timedelta(days=90)
    with store.work(later) as work:
        rosterwork.due(work, RULES)
    talk.now = later
    assert "示例镇今天（9月29日，周二）" in talk.says("示例甲", "今晚谁值班")


def test_a_table_is_imported_row_by_row_and_nothing_is_lost(store: Store, talk: Talk, tmp_path: Path):
    path = table(
        tmp_path / "7月值班表.xlsx",
        ["示例镇2026年7月值班表"],
        ["日期", "星期", "带班领导", "值班员", "电话"],
        ["7月2日", "四", "示例癸", "示例辛、示例新", "12300000008、12300000099"],
        ["7月3日", "五", "示例壬", "示例无", ""],
        ["7月4日", "一", "示例壬", "示例庚", ""],
        ["值班电话：0876-1234567"],
    )
    with store.work(NOON) as work:
        done = import_roster(path, work, CONSOLE, RULES)
    said = "\n".join(import_lines(done))
    assert [line.fate for line in done.lines].count(Fate.TAKEN) == 2
    assert "第3行  7月2日（周四）  带班领导：示例癸；值班员：示例辛、示例新" in said
    assert "人员表里没有“示例无”" in said and "日期和星期对不上" in said
    assert "12300000099" not in said
    assert "示例镇明天（7月2日，周四）" in talk.says("示例庚", "明天谁值班")
    assert "值班员：示例辛、示例新" in talk.says("示例庚", "明天谁值班")
    assert "08761234567" in talk.says("示例甲", "明天值班室电话")
    assert "示例庚" in talk.says("示例庚", "7月5日谁值班")  # another day is left as it was


def test_who_keeps_rosters_elsewhere_imports_nothing_here(store: Store, tmp_path: Path):
    path = table(tmp_path / "a.xlsx", ["日期", "值班员"], ["2026年7月2日", "示例庚"])
    elsewhere = Importer(Actor("person/1"), TOWN, (Grant(person_id=1, role="duty", region=f"{TOWN}/上河村"),))
    with store.work(NOON) as work:
        done = import_roster(path, work, elsewhere, RULES)
        assert [one.fault for one in done.problems] == [Fault.NOT_YOURS]
        assert done.shifts == 0


def test_a_file_that_is_no_roster_is_said(store: Store, tmp_path: Path):
    path = table(tmp_path / "a.xlsx", ["姓名", "电话"], ["示例庚", "12300000007"])
    with store.work(NOON) as work, pytest.raises(NoRoster):
        import_roster(path, work, CONSOLE, RULES)


def test_villages_in_a_column_have_rosters_of_their_own(store: Store, talk: Talk, tmp_path: Path):
    path = table(
        tmp_path / "a.xlsx",
        ["日期", "村", "值班员"],
        ["2026-07-02", "上河村", "示例丙"],
        ["2026-07-02", "松岭村", "示例戊"],
    )
    with store.work(NOON) as work:
        import_roster(path, work, CONSOLE, RULES)
        assert posts_of(work.session, f"{TOWN}/松岭村", datetime(2026, 7, 2, tzinfo=UTC).date())[0].unit == ""
    assert "上河村明天（7月2日，周四）值班安排" in talk.says("示例甲", "明天谁值班")


@pytest.mark.parametrize("form", ["xlsx", "csv", "ics"])
def test_what_is_exported_is_imported_as_the_same_posts(store: Store, tmp_path: Path, form: str):
    def held() -> list[tuple[object, ...]]:
        with store.work(NOON) as work:
            found = posts_between(work.session, NOON.date(), NOON.date() + timedelta(days=40))
            return sorted((one.region, one.kind, one.person_id, one.starts_at, one.ends_at) for one in found)

    before = held()
    path = tmp_path / f"duty.{form}"
    with store.work(NOON) as work:
        content, count = export("duty", form, work.session, Order(Chosen(""), NOON))
        path.write_bytes(content)
    assert count > 60
    assert b"12300000001" not in content
    with store.work(NOON) as work:
        done = import_roster(path, work, CONSOLE, RULES)
    assert [one for one in done.lines if one.fate is Fate.REFUSED] == [] and done.problems == ()
    assert len(before) > 100
    assert held() == before


def test_one_person_gets_the_own_shifts_as_a_calendar(store: Store):
    with store.work(NOON) as work:
        content, count = export("duty", "ics", work.session, Order(Chosen(""), NOON, person="示例壬"))
    assert content.decode().count("SUMMARY:带班领导：示例壬") == count > 10
    assert "示例癸" not in content.decode()


ROTATION = """
region = "云南省/示例州/示例县/示例镇"
from = 2020-01-01
[[line]]
kind = "带班领导"
teams = ["示例癸"]
on = ["节假日", "周末"]
[[line]]
kind = "值班员"
teams = ["示例庚、示例辛"]
turns = ["8:00-20:00", "20:00-8:00"]
"""


@pytest.fixture
def run(store: Store, database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setenv("YINGDA_DATABASE_URL", database_url)

    def run(*arguments: object) -> tuple[int, str]:
        status = 0
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as left:
            status = int(left.code or 0)
        captured = capsys.readouterr()
        return status, captured.out + captured.err

    return run


def test_the_console_enters_a_rotation_changes_it_and_takes_it_back(run, tmp_path: Path):
    """The console reads the clock, so nothing here depends on the day; holidays would."""
    path = tmp_path / "rotation.toml"
    path.write_text(ROTATION.replace('on = ["节假日", "周末"]\n', ""), encoding="utf-8")
    assert "轮班" in run("duty", "pattern", path, "--by", "示例癸")[1]
    region = ("--region", TOWN)
    day = ("--first", "2199-01-01")
    said = run("duty", "change", *region, *day, "--replace", "示例癸", "--with", "示例壬", "--reason", "出差")[1]
    assert "示例癸换成示例壬" in said
    listed = run("duty", "orders")[1]
    assert "轮班" in listed and "原因：出差" in listed and "示例癸 " in listed
    assert "撤销" in run("duty", "revoke", 3)[1]
    assert run("duty", "revoke", 3)[0] == 2
    assert run("duty", "change", *region, *day, "--add", "示例癸")[0] == 2
    assert run("duty", "pattern", path, "--by", "示例戊") == (
        2,
        run("duty", "pattern", path, "--by", "示例戊")[1],
    )
    assert "示例戊" not in run("duty", "orders")[1]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("2020-01-01", '"明天"', "from"),
        ('"带班领导"', '"书记"', "kind"),
        ("节假日", "初一", "on"),
        ("20:00-8:00", "晚上", "turns"),
        ("示例庚、示例辛", "待定", "teams"),
        ("[[line]]", "[line", "Expected"),
    ],
)
def test_a_rotation_that_cannot_be_used_names_what_is_wrong(run, tmp_path: Path, old: str, new: str, field: str):
    path = tmp_path / "rotation.toml"
    path.write_text(ROTATION.replace(old, new), encoding="utf-8")
    status, said = run("duty", "pattern", path)
    assert status == 2
    assert f"“{field}" in said


def test_the_console_checks_and_imports_and_a_trial_keeps_nothing(run, tmp_path: Path):
    path = table(tmp_path / "a.xlsx", ["日期", "值班员"], ["2199年7月2日", "示例庚"])
    status, said = run("duty", "import", path, "--region", TOWN, "--dry-run")
    assert (status, "什么都没有存" in said) == (0, True)
    assert "还没有登记" in run("duty", "show", "--day", "2199-07-02")[1]
    assert run("duty", "import", path, "--region", TOWN)[0] == 0
    assert "示例庚" in run("duty", "show", "--day", "2199-07-02")[1]
    status, said = run("duty", "check")
    assert status == 1
    assert "请" in said
