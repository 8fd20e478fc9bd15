"""Importing household rolls: a table as a village keeps it, and what cannot be in it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from sqlmodel import select

from assistant.desk.importing import import_households
from assistant.desk.importing.rows import Importer
from assistant.evacuation import Household, Vulnerable
from assistant.events import Actor
from assistant.people import Person
from assistant.people.importing import Outcome, Report
from assistant.store import Store, open_engine
from assistant.store import people as stored
from assistant.wording.imports import report_lines
from tests.world import NOON, TOWN, VILLAGE

HEADINGS = ("户主", "俗称", "村组", "人口", "特殊人群", "电话", "帮转人", "备份帮转人", "转移路线", "安置点", "隐患点")
MA = (
    "马国强",
    "马老三",
    "上河村三组",
    "4人",
    "独居老人1人、病人",
    "12300000001",
    "李网格",
    "",
    "沿村道往上",
    "上河小学",
    "后山滑坡点",
)


class Office:
    def __init__(self, store: Store, folder: Path) -> None:
        self.store, self.folder = store, folder
        with store.work(NOON) as work:
            stored.plant(work.session, f"{VILLAGE}/三组", set())
            work.session.add(Person(name="李网格", region=VILLAGE, created_at=NOON))

    def takes(self, *rows: Sequence[str]) -> Report:
        path = self.folder / "roll.csv"
        path.write_text("\n".join(",".join(row) for row in (HEADINGS, *rows)), encoding="utf-8")
        with self.store.work(NOON) as work:
            return import_households(path, work, Importer(Actor("console"), TOWN))

    def roll(self) -> list[Household]:
        with self.store.work(NOON) as work:
            found = list(work.session.exec(select(Household)).all())
            for one in found:
                work.session.expunge(one)
            return found


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Office]:
    engine = open_engine(database_url)
    yield Office(Store(engine), tmp_path)
    engine.dispose()


def test_a_row_becomes_a_household_with_helper_and_shelter(office: Office):
    report = office.takes(MA)
    assert [line.outcome for line in report.lines] == [Outcome.ADDED]
    (home,) = office.roll()
    assert (home.head, home.names, home.members) == ("马国强", ("马国强", "马老三"), 4)
    assert home.weak == (Vulnerable.ELDER_ALONE, Vulnerable.SICK)
    assert home.region == f"{VILLAGE}/三组"
    assert home.helper_id is not None
    assert home.backup_id is None


def test_the_same_table_again_changes_nothing_and_an_empty_cell_neither(office: Office):
    office.takes(MA)
    assert [line.outcome for line in office.takes(MA).lines] == [Outcome.UNCHANGED]
    (line,) = office.takes((*MA[:3], "5", *("",) * 7)).lines
    assert line.outcome is Outcome.CHANGED
    assert "人口" in "\n".join(report_lines(office.takes((*MA[:3], "6", *("",) * 7))))
    (home,) = office.roll()
    assert (home.members, home.shelter, home.known_as) == (6, "上河小学", "马老三")


@pytest.mark.parametrize(
    ("at", "cell", "said"),
    [
        (3, "几个人", "人口“几个人”不是1到99的数"),
        (3, "0", "人口“0”不是1到99的数"),
        (4, "党员", "特殊人群里没有“党员”"),
        (6, "李网络", "人员表里没有“李网络”，名字相近的有：李网格"),
        (2, "月亮村", "地点表里没有“月亮村”"),
        (0, "", "没有写姓名"),
        (5, "1381234", "电话不对"),
    ],
)
def test_a_row_that_cannot_be_is_refused_and_said_why(office: Office, at: int, cell: str, said: str):
    report = office.takes((*MA[:at], cell, *MA[at + 1 :]))
    assert said in "\n".join(report_lines(report))
    assert office.roll() == []


def test_a_household_twice_in_a_table_is_said(office: Office):
    assert "和第2行重复" in "\n".join(report_lines(office.takes(MA, MA)))
