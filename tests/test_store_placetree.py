import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlmodel import select

from assistant.desk.demo import fill
from assistant.people import Place, PlaceName
from assistant.store import Store, Work, open_engine
from assistant.store.placetree import place_tree, whereabouts
from tests.world import NOON

TOWN = "云南省/示例州/示例县/示例镇"
VILLAGE = f"{TOWN}/上河村"
MILL = "老磨坊"
ELSEWHERE = """
import sys
from assistant.people import PlaceName
from assistant.store import Store, open_engine
from datetime import datetime, UTC
with Store(open_engine(sys.argv[1])).work(datetime(2026, 7, 1, 4, tzinfo=UTC)) as work:
    work.session.add(PlaceName(path=sys.argv[2], name=sys.argv[3], is_landmark=True))
"""


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    engine = open_engine(database_url)
    made = Store(engine)
    with made.work(NOON) as work:
        fill(work)
    yield made
    engine.dispose()


def where(store: Store, words: str = f"{MILL}边上") -> str:
    with store.work(NOON) as work:
        return whereabouts(work.session, words, None, TOWN, 1000)


def name_mill(work: Work) -> PlaceName:
    named = PlaceName(path=f"{VILLAGE}/三组", name=MILL, is_landmark=True)
    work.session.add(named)
    work.session.flush()
    return named


def test_the_tree_is_read_once(store: Store):
    with store.work(NOON) as work:
        first = place_tree(work.session)
    with store.work(NOON) as work:
        assert place_tree(work.session) is first


def test_a_new_name_is_known_at_once(store: Store):
    assert where(store) == TOWN
    with store.work(NOON) as work:
        name_mill(work)
        assert whereabouts(work.session, MILL, None, TOWN, 1000) == f"{VILLAGE}/三组"
    assert where(store) == f"{VILLAGE}/三组"


def test_a_name_that_is_taken_away_is_forgotten(store: Store):
    with store.work(NOON) as work:
        name_mill(work)
    assert where(store) == f"{VILLAGE}/三组"
    with store.work(NOON) as work:
        work.session.delete(work.session.exec(select(PlaceName).where(PlaceName.name == MILL)).one())
    assert where(store) == TOWN


def test_a_name_that_is_changed_is_known_by_the_new_one(store: Store):
    with store.work(NOON) as work:
        name_mill(work)
    assert where(store) != TOWN
    with store.work(NOON) as work:
        work.session.exec(select(PlaceName).where(PlaceName.name == MILL)).one().name = "新磨坊广场"
    assert (where(store), where(store, "新磨坊广场旁边")) == (TOWN, f"{VILLAGE}/三组")


def test_what_was_undone_was_never_there(store: Store):
    before = where(store)
    with pytest.raises(ZeroDivisionError), store.work(NOON) as work:
        name_mill(work)
        assert whereabouts(work.session, MILL, None, TOWN, 1000) != TOWN  # gathered under a stamp that is undone, too
        raise ZeroDivisionError
    assert where(store) == before == TOWN


def test_what_another_process_has_changed_is_known(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/two.sqlite3"
    engine = open_engine(url)
    store = Store(engine)
    with store.work(NOON) as work:
        fill(work)
    assert where(store) == TOWN
    subprocess.run([sys.executable, "-c", ELSEWHERE, url, f"{VILLAGE}/二组", MILL], check=True)
    assert where(store) == f"{VILLAGE}/二组"
    engine.dispose()


def test_two_databases_of_one_process_are_not_mixed_up(store: Store, tmp_path: Path):
    other = open_engine(f"sqlite:///{tmp_path}/other.sqlite3")
    assert where(store, "老粮站背后") == f"{VILLAGE}/三组"
    assert where(Store(other), "老粮站背后") == TOWN
    assert where(store, "老粮站背后") == f"{VILLAGE}/三组"
    other.dispose()


def test_a_place_that_is_moved_is_found_where_it_is_now(store: Store):
    with store.work(NOON) as work:
        place = work.session.exec(select(Place).where(Place.path == VILLAGE)).one()
        place.lat = 26.0
    with store.work(NOON) as work:
        assert next(one.lat for one in place_tree(work.session).places if one.path == VILLAGE) == 26.0


def test_a_known_tree_costs_one_statement(store: Store):
    where(store)
    seen: list[str] = []
    with store.work(NOON) as work:
        event.listen(
            work.session.get_bind(), "before_cursor_execute", lambda _c, _cursor, statement, *_: seen.append(statement)
        )
        place_tree(work.session)
    assert len([one for one in seen if one.startswith("SELECT")]) == 1
