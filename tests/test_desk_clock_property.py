"""Whatever the clock shows and whatever dies: every domain does what is due once, sends nothing late, and adds up."""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, func, select

from assistant.desk import Desk, clockwork, hazardwork, incidentwork, obligationwork, relaywork
from assistant.desk.hearing import TrainedEar
from assistant.desk.relaywork import Relay
from assistant.dialogue.report import Report
from assistant.documents import Catalogue, Level
from assistant.duty import Roster
from assistant.evacuation import Household
from assistant.events import Actor, Case, Event, utc
from assistant.people import Person, Place, PlaceLevel, Role
from assistant.ports import Receipt
from assistant.rules import load_rules
from assistant.search import Index
from assistant.store import Delivery, Lane, Store, Work, keep_roster, open_engine
from assistant.store.media import MediaFolder
from assistant.store.outbox import OutboxRow
from assistant.triage import Reader
from assistant.warnings import Level as Colour
from tests.quality.obligation_scores import alone
from tests.world import CHANNEL, TOWN, VILLAGE, World

RULES = load_rules()
START = datetime(2026, 7, 4, 1, 0, tzinfo=UTC)
"""Nine in the morning of a Saturday in China."""
ROSTER = {3: "王示例", 4: "王示例", 6: "张示例", 9: "李示例", 12: "王示例", 13: "张示例"}
"""Who is on duty from the morning of a day of July."""
PEOPLE = {
    "张示例": (Role.DUTY, TOWN),
    "李示例": (Role.DUTY, TOWN),
    "王示例": (Role.DUTY, TOWN),
    "冯带班": (Role.LEADER, TOWN),
    "孙主任": (Role.DIRECTOR, TOWN),
    "县值班": (Role.DUTY, TOWN.rpartition("/")[0]),
    "李网格": (Role.GRID, VILLAGE),
}
KINDS = {"BC", "HB", "CG", "ZZ", "LZ", "YH", "SJ", "YJ"}
"""Prefixes of what stands in the busy township."""
# minutes by which the clock moves; jumps back and years ahead are wrong clocks that are set right again
STEPS = st.lists(
    st.one_of(
        st.integers(0, 90),
        st.sampled_from([360, 720, 1440, 4 * 1440, 12 * 1440]),
        st.integers(-500, -1),
        st.sampled_from(["restart", "die", "ahead"]),
    ),
    max_size=10,
)


@pytest.fixture(scope="module")
def busy(index: Index, reader: Reader, migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A township where something of every domain is open."""
    folder = tmp_path_factory.mktemp("busy")
    shutil.copy(migrated_sqlite, folder / "busy.sqlite3")
    engine = open_engine(f"sqlite:///{folder / 'busy.sqlite3'}")
    world = World(
        lambda: Store(engine, MediaFolder(folder / "media")), lambda store: Desk(index, store, ear=TrainedEar(reader))
    )
    world.now = START
    for name, (role, region) in PEOPLE.items():
        world.phone(name, role, region)
    world.phone("村民甲")
    with world.store.work(world.now) as work:
        _enter(work)
    world.desk.tick(world.now)
    said = world.phones["张示例"].says("我6号的班跟李示例9号的班换")
    assert "HB20260704-01" in said
    assert "查岗已经发出" in world.phones["冯带班"].says("查岗")
    assert "安排好了" in world.phones["李网格"].says("安排演练 7月12日 上河村 山洪")
    assert "已确认" in world.phones["孙主任"].says("确认 ZZ20260704-01")
    with world.store.work(world.now) as work:
        assert {one[:2] for one in work.session.exec(select(Event.stream).distinct()).all()} >= KINDS
    engine.dispose()
    return folder / "busy.sqlite3"


def _enter(work: Work) -> None:
    for path, level in ((TOWN, PlaceLevel.TOWNSHIP), (VILLAGE, PlaceLevel.VILLAGE)):
        work.session.add(Place(path=path, level=level.value))
    for day, staff in ROSTER.items():
        roster = Roster(TOWN, date(2026, 7, day), "示例镇应急办", "冯带班", "", (staff,), room_phone="12300000000")
        keep_roster(work, roster, RULES)
    helper = work.session.exec(select(Person).where(Person.name == "李网格")).one()
    villager = work.session.exec(select(Person).where(Person.name == "村民甲")).one()
    for number in range(3):
        elder = "elder_alone" if number else ""
        work.session.add(
            Household(region=VILLAGE, head=f"示例户{number}", members=2, vulnerable=elder, helper_id=helper.id)
        )
    rift = Report(text="屋后山坡裂了缝", category="geological", urgency="urgent", region=VILLAGE, place="老粮站后面")
    hazardwork.register(work, villager, rift, RULES)
    fire = Report(
        text="老粮站着火了", category="fire", urgency="emergency", region=VILLAGE, place="老粮站", danger="fire"
    )
    incidentwork.raise_incident(work, villager, fire, RULES)
    document = replace(
        alone("各村每年至少组织1次转移避险演练，7月10日前完成。"),
        region=TOWN,
        level=Level.TOWNSHIP,
        effective=date(2025, 6, 1),
    )
    obligationwork.refresh(work, Catalogue({document.id: document}))
    relaywork.relay(
        work,
        Relay(
            title="暴雨红色预警",
            event="暴雨",
            level=Colour.RED,
            places=(VILLAGE,),
            issued_at=work.now,
            sender="示例气象台",
            onset_at=work.now + timedelta(hours=5),
        ),
        RULES,
        Actor("person/1", "console"),
    )


class Town:
    """The busy township on a copy of its database; channels take at once what is for them."""

    def __init__(self, url: str) -> None:
        self.url, self.now = url, START
        self.sent: list[str] = []
        self.restart()

    def restart(self) -> None:
        self.engine = open_engine(self.url)
        self.store = Store(self.engine)

    def tick(self, now: datetime) -> None:
        clockwork.tick(self.store, RULES, now)
        before = self._size()
        clockwork.tick(self.store, RULES, now)
        assert self._size() == before, "a second look at the same moment has done something"
        self.deliver(now)

    def _size(self) -> tuple[int, int]:
        with Session(self.engine) as session:
            return tuple(session.exec(select(func.count()).select_from(kind)).one() for kind in (Event, OutboxRow))

    def deliver(self, now: datetime) -> None:
        for lane in Lane:
            while claimed := self.store.outbox.claim(lane, {CHANNEL}, now, 50):
                self.store.outbox.all_handed_over({one: Receipt("") for one in claimed}, now)
                self.sent += [one.key for one in claimed]

    def dies(self) -> None:
        """The clock is killed before its transaction ends: nothing of it has happened."""
        before = self._size()
        with pytest.raises(KeyboardInterrupt), self.store.work(self.now) as work:
            clockwork.due(work, RULES)
            raise KeyboardInterrupt
        assert self._size() == before
        self.engine.dispose()
        self.restart()

    def check(self) -> None:
        assert len(self.sent) == len(set(self.sent)), "sent twice"
        with Session(self.engine) as session:
            for row in session.exec(select(OutboxRow).where(OutboxRow.state == Delivery.HANDED_OVER.value)).all():
                assert row.expires_at is None or utc(row.handed_over_at) < utc(row.expires_at), row.key
            events: dict[str, list[Event]] = {}
            for event in session.exec(select(Event).order_by(Event.stream, Event.sequence)).all():
                events.setdefault(event.stream, []).append(event)
            for kind in Case.__subclasses__():
                for case in session.exec(select(kind)).all():
                    assert _bare(kind.rederive(events[case.number])) == _bare(case)


def _bare(case: Case) -> dict[str, object]:
    fields = case.model_dump()
    return {name: one.replace(tzinfo=None) if isinstance(one, datetime) else one for name, one in fields.items()}


@given(steps=STEPS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.slow
def test_what_is_due_is_done_once_and_in_time_whatever_the_clock_shows(
    steps: list[int | str], busy: Path, tmp_path: Path
) -> None:
    shutil.copy(busy, tmp_path / "one.sqlite3")
    town = Town(f"sqlite:///{tmp_path / 'one.sqlite3'}")
    town.deliver(town.now)
    for step in [*steps, 360]:
        _take(town, step)
        town.check()
    town.engine.dispose()


def _take(town: Town, step: int | str) -> None:
    if step == "restart":
        town.engine.dispose()
        town.restart()
    elif step == "die":
        town.dies()
    elif step == "ahead":  # a dead battery on the board: a month ahead for one look
        clockwork.tick(town.store, RULES, town.now + timedelta(days=30))
    else:
        town.now += timedelta(minutes=step)
        town.tick(town.now)
