"""What grid workers wrote of households, before anybody had read it with the product: each message with its effect."""

import json
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from assistant.desk import Desk, callwork, evacuationwork
from assistant.desk.hearing import TrainedEar
from assistant.evacuation import Household, State, Transfer, Wave, sum_of
from assistant.evacuation import transfer as steps
from assistant.events import CLOCK
from assistant.people import Place, Role
from assistant.search import Index
from assistant.store import Store, open_engine
from assistant.store.duty import person_named
from assistant.store.media import MediaFolder
from assistant.triage import Reader
from tests.world import TOWN, VILLAGE, Handset, World

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "households-fresh.jsonl").read_text(encoding="utf-8").splitlines()
]
HOMES = (
    # group, head, known_as, members, vulnerable; twelve households of thirty-seven
    ("一组", "马国强", "马老三", 4, ""),
    ("一组", "王桂英", "王奶奶", 1, "elder_alone"),
    ("一组", "李德福", "李大爷,老李头", 2, "elder"),
    ("一组", "张秀兰", "张婶", 2, ""),
    ("二组", "王二", "王老二", 3, ""),
    ("二组", "杨文光", "", 5, ""),
    ("二组", "陈桂花", "陈嫂子", 3, "child"),
    ("二组", "刘满仓", "", 4, ""),
    ("三组", "赵长顺", "", 3, "sick"),
    ("三组", "何小妹", "", 2, "pregnant"),
    ("三组", "罗家富", "罗瘸子", 4, "disabled"),
    ("三组", "罗家贵", "", 4, ""),
)
BY, VILLAGER = "李网格", "刘满仓"


class Nights:
    """One township in which a new night of rain begins for each message, with a grid worker of its own."""

    def __init__(self, world: World) -> None:
        self.world = world
        world.phone("钱值班", Role.DUTY, TOWN)
        self.count = 0
        with world.store.work(world.now) as work:
            for group in ("一组", "二组", "三组"):
                work.session.add(Place(path=f"{VILLAGE}/{group}", level="grid"))
            for group, head, known_as, members, weak in HOMES:
                home = Household(region=f"{VILLAGE}/{group}", head=head, known_as=known_as, members=members)
                home.vulnerable, home.shelter = weak, "上河小学"
                work.session.add(home)

    def begins(self) -> dict[str, Handset]:
        """End what went on, and begin to move everybody for a new warning; return who may speak."""
        self.count += 1
        names = {BY: f"{BY}{self.count}", VILLAGER: f"{VILLAGER}{self.count}"}
        phones = {
            BY: self.world.phone(names[BY], Role.GRID, VILLAGE),
            VILLAGER: self.world.phone(names[VILLAGER], None, VILLAGE),
        }
        with self.world.store.work(self.world.now) as work:
            for home in work.session.exec(select(Household)).all():
                home.helper_id = person_named(work.session, names[BY]).id
                if home.head == VILLAGER:
                    home.person_id = person_named(work.session, names[VILLAGER]).id
            for row in work.session.exec(select(Transfer).where(col(Transfer.is_over).is_(False))).all():
                work.append(row, steps.end(row), CLOCK)
            known = (work, "暴雨红色预警", "沿河各组", TOWN, self.world.now, timedelta(minutes=30), [])
            evacuationwork.start(work, callwork.issue_warning(*known), Wave.ALL)
        self.world.look()
        return phones


@pytest.fixture(scope="module")
def nights(index: Index, reader: Reader, migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory):
    path = tmp_path_factory.mktemp("nights")
    shutil.copy(migrated_sqlite, path / "yingda.sqlite3")
    engine = open_engine(f"sqlite:///{path / 'yingda.sqlite3'}")
    store = Store(engine, MediaFolder(path / "media"))
    yield Nights(World(lambda: store, lambda known: Desk(index, known, ear=TrainedEar(reader))))
    engine.dispose()


def stands(world: World) -> dict[str, str]:
    """Return by head the state of each household, with what is noted beside it."""
    with world.store.work(world.now) as work:
        query = select(Transfer, Household).join(Household, Household.id == Transfer.household)
        rows = work.session.exec(query.where(col(Transfer.is_over).is_(False))).all()
        assert sum_of(row for row, _ in rows).holds
        return {home.head: _stands(row) for row, home in rows}


def _stands(row: Transfer) -> str:
    if row.stands is State.REFUSED:
        return "refused+witness" if row.witness else "refused"
    if row.is_said_away:
        return f"{row.state}+said_away"
    return f"{row.state}+reason" if row.reason and row.stands in (State.DUE, State.KNOCKED) else row.state


def is_met(expected: str, state: str) -> bool:
    """Say whether a state is among those that are right; one without a note allows a note."""
    return any(state == one or state.partition("+")[0] == one for one in expected.split("|"))


def effects(nights: Nights, case: dict[str, Any]) -> dict[str, str]:
    """Say the messages of a case and return where everybody stands."""
    speaker = nights.begins()[case.get("by", BY)]
    for text in (*case.get("before", ()), case["text"]):
        speaker.says(text)
    nights.world.heard()
    return stands(nights.world)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_message_has_its_effect_and_no_other(nights: Nights, case: dict[str, Any]):
    found = effects(nights, case)
    wanted = {head: case["expect"].get(head, "due") for _, head, *_ in HOMES}
    assert {head: state for head, state in found.items() if not is_met(wanted[head], state)} == {}, case["text"]


def test_somebody_who_is_missed_is_an_incident_first(nights: Nights):
    (case,) = [case for case in CASES if case.get("incident")]
    known = len(nights.world.incidents())
    effects(nights, case)
    assert len(nights.world.incidents()) == known + 1
