"""What one message asks of the database: few statements, and none that reads a whole ledger."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, event

from assistant.desk import Desk
from assistant.desk.demo import fill
from assistant.desk.hearing import TrainedEar
from assistant.ports import Incoming, Location
from assistant.search import Index
from assistant.store import Store, open_engine
from assistant.store.media import MediaFolder
from assistant.triage import Reader
from tests.pictures import picture
from tests.world import NOON

TOWN = "云南省/示例州/示例县/示例镇"
SMALL = ("route", "place", "place_name", "counter")
"""Tables that grow with the township and not with what happens in it."""
TALK: tuple[tuple[str, int], ...] = (
    ("你好", 19),
    ("屋后的坡上裂了条缝，雨一直下", 18),
    ("上河村三组村头大桥边上", 55),
    ("2", 24),
    ("PHOTO", 34),
    ("POINT", 34),
    ("处理得怎么样了", 22),  # one of them for the name of who has it in hand
    ("村里一年要演练几回", 20),
    ("上河村二组着火了，我妈还在楼上", 60),
)
"""A message, and the most statements that it may need, commits included; one of each asks whether the sender is blocked."""


class Asked:
    """The statements of a message and how the database would go about them."""

    def __init__(self, engine: Engine) -> None:
        self.count = 0
        self.selects: dict[str, object] = {}
        event.listen(engine, "before_cursor_execute", self._seen)
        event.listen(engine, "commit", self._committed)

    def _seen(self, _connection: object, _cursor: object, statement: str, values: object, *_: object) -> None:
        self.count += 1
        if statement.startswith("SELECT"):
            self.selects[statement] = values

    def _committed(self, _connection: object) -> None:
        self.count += 1


@pytest.fixture
def engine(database_url: str) -> Engine:
    return open_engine(database_url)


@pytest.fixture
def talked(index: Index, reader: Reader, engine: Engine, tmp_path) -> tuple[list[int], Asked]:
    """How many statements each message of the talk needed."""
    store = Store(engine, MediaFolder(tmp_path / "media"))
    with store.work(NOON) as work:
        fill(work)
    desk = Desk(index, store, region=TOWN, ear=TrainedEar(reader))
    desk.warm_up(NOON)
    asked, counts = Asked(engine), []
    for number, (text, _) in enumerate(TALK):
        kept = (desk.gallery.keep(picture(seed=3)),) if text == "PHOTO" else ()
        point = Location(25.2057, 100.3068) if text == "POINT" else None
        said = "" if kept or point else text
        asked.count = 0
        now = NOON + timedelta(minutes=number)
        desk.receive(Incoming("web", f"m-{number}", "somebody", said, now, kept, point), now)
        counts.append(asked.count)
    return counts, asked


def test_a_message_needs_few_statements(talked: tuple[list[int], Asked]):
    counts, _ = talked
    too_many = [(text, count) for (text, most), count in zip(TALK, counts, strict=True) if count > most]
    assert too_many == []


def test_no_statement_reads_a_whole_ledger(talked: tuple[list[int], Asked], engine: Engine):
    _, asked = talked
    assert len(asked.selects) > 20
    scans = []
    with engine.connect() as connection:
        for statement, values in asked.selects.items():
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
            scans += [(step[3], statement) for step in plan if step[3].startswith("SCAN")]
    assert [(step, statement) for step, statement in scans if step.split()[1] not in SMALL] == []
