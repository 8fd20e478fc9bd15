from collections.abc import Iterator

import pytest

from assistant.desk.demo import fill
from assistant.errors import NotEmpty, SeveralPersons, UnknownPerson, UnknownPlace
from assistant.people import Person
from assistant.ports import Location
from assistant.store import Store, Work, open_engine
from assistant.store.people import known_place, person_called
from assistant.store.placetree import whereabouts
from tests.world import NOON

TOWN = "云南省/示例州/示例县/示例镇"
BRIDGE = Location(25.1971, 100.3046)


@pytest.fixture
def work(database_url: str) -> Iterator[Work]:
    engine = open_engine(database_url)
    with Store(engine).work(NOON) as work:
        fill(work)
        yield work
    engine.dispose()


@pytest.mark.parametrize(
    ("words", "point", "region", "path"),
    [
        ("老粮站背后", None, f"{TOWN}/上河村", f"{TOWN}/上河村/三组"),
        ("我家后面", None, f"{TOWN}/上河村/二组", f"{TOWN}/上河村/二组"),
        ("我家后面", BRIDGE, f"{TOWN}/上河村/二组", f"{TOWN}/上河村/桥头组"),
        ("上河村", BRIDGE, TOWN, f"{TOWN}/上河村/桥头组"),  # the point is within what was said
        ("松岭村", BRIDGE, TOWN, f"{TOWN}/松岭村"),  # sent from elsewhere
        ("这里", Location(39.9, 116.4), TOWN, TOWN),  # far away
    ],
)
def test_words_and_point_together_say_where(work: Work, words: str, point: Location | None, region: str, path: str):
    assert whereabouts(work.session, words, point, region, 1000) == path


def test_somebody_is_found_by_name_number_or_id(work: Work):
    assert [person_called(work.session, name).name for name in ("示例丙", "12300000003", "#3")] == ["示例丙"] * 3
    work.session.add(Person(name="示例丙", region=TOWN, created_at=NOON))
    with pytest.raises(SeveralPersons) as several:
        person_called(work.session, "示例丙")
    assert "#3（上河村村委会）" in several.value.details["listed"]
    with pytest.raises(UnknownPerson):
        person_called(work.session, "")  # those who only wrote have no name


@pytest.mark.parametrize(
    "text", ["上河村三组", "示例镇上河村三组", "上河村/三组", f"{TOWN}/上河村/三组", f"{TOWN}上河村三组"]
)
def test_a_place_may_be_written_from_any_level_on(work: Work, text: str):
    known = [f"{TOWN}/上河村", f"{TOWN}/上河村/三组", f"{TOWN}/上河村/十三组", f"{TOWN}/小上河村/三组"]
    assert known_place(text, known) == f"{TOWN}/上河村/三组"


def test_a_place_that_could_be_several_is_none(work: Work):
    with pytest.raises(UnknownPlace) as unknown:
        known_place("三组", [f"{TOWN}/上河村/三组", f"{TOWN}/松岭村/三组"])
    assert "上河村/三组" in unknown.value.details["near"]


def test_the_demo_touches_no_database_with_something_in_it(work: Work):
    with pytest.raises(NotEmpty):
        fill(work)
