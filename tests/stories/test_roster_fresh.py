"""What people ask of a roster in their own words, written before anything was mended for it (tests/cases/roster-fresh.jsonl)."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.desk import Desk
from assistant.desk.hearing import TrainedEar
from assistant.duty import Roster
from assistant.people import Grant, Identity, Person, Role
from assistant.ports import Incoming
from assistant.rules import load_rules
from assistant.search.index import Index
from assistant.store import Store, keep_roster, open_engine
from assistant.triage import Reader

ROWS = [json.loads(line) for line in Path("tests/cases/roster-fresh.jsonl").read_text(encoding="utf-8").splitlines()]
TOWN = "云南省/示例州/示例县/示例镇"
NOW = datetime(2026, 9, 23, 7, tzinfo=UTC)
"""15:00 of a Wednesday in China, two days before the Mid-Autumn holiday and eight before the National Day."""
LEADERS, DEPUTIES, STAFF = (
    ("赵示例", "钱示例", "孙示例"),
    ("李示例", "周示例"),
    ("吴示例", "郑示例", "王示例", "冯示例"),
)
PHONES = {name: f"123000000{number:02}" for number, name in enumerate(LEADERS, 1)}
PHONES |= {name: f"123000000{number:02}" for number, name in enumerate(DEPUTIES, 11)}
PHONES |= {name: f"123000000{number:02}" for number, name in enumerate(STAFF, 21)}
WHO = {"值班员": "吴示例", "村民": "村民示例"}


def roster(number: int) -> Roster:
    """Return the roster of the 21st of September and so many days."""
    staff = (STAFF[number % 4], STAFF[(number + 1) % 4])
    day = date(2026, 9, 21) + timedelta(days=number)
    leader, deputy = LEADERS[number % 3], DEPUTIES[number % 2]
    return Roster(TOWN, day, "示例镇应急办", leader, deputy, staff, room_phone="0870-1234567")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('rosters') / 'town.sqlite3'}")
    store = Store(engine)
    with store.work(NOW) as work:
        people = [Person(name=name, phone=phone, region=TOWN, created_at=NOW) for name, phone in PHONES.items()]
        people.append(Person(name="村民示例", region=f"{TOWN}/上河村", created_at=NOW))
        work.session.add_all(people)
        work.session.flush()
        own = {person.name: person.id or 0 for person in people}
        work.session.add(Grant(person_id=own["吴示例"], role=Role.DUTY.value, region=TOWN))
        for row in ROWS:
            if row["who"] in WHO:
                work.session.add(
                    Identity(channel="test", sender=row["id"], person_id=own[WHO[row["who"]]], last_seen_at=NOW)
                )
        for number in range(20):
            keep_roster(work, roster(number), load_rules())
    yield store
    engine.dispose()


@pytest.fixture(scope="module")
def desk(store: Store, index: Index, reader: Reader) -> Desk:
    return Desk(index, store, ear=TrainedEar(reader))


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_a_roster_is_asked_in_many_words(desk: Desk, row: dict[str, Any]):
    said = ""
    for number, text in enumerate([*row["after"], row["text"]]):
        replies = desk.receive(Incoming("test", f"{row['id']}-{number}", row["id"], text, NOW), NOW)
        said = "\n".join(reply.text for reply in replies)
    assert [words for words in row["has"] if words not in said] == [], said
    assert [words for words in row["hasnt"] if words in said] == [], said
