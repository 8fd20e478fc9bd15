from datetime import timedelta

import pytest
from sqlalchemy import event, text

from assistant.hazards import Hazard, HazardState
from assistant.hazards.duplicates import BIAS, LIKELY, WEIGHTS
from assistant.hazards.things import related
from assistant.store import Store, duplicates, open_engine
from assistant.store.work import EvidenceRow
from tests.world import NOON

TOWN = "云南省/示例州/示例县/示例镇"
VILLAGE = f"{TOWN}/上河村"
SINCE = NOON - timedelta(days=14)
FOR = {"near", "place", "counted_alike", "thing", "wrong", "class"}
"""What speaks for it besides a picture, each at most 1."""


def case(number: int, region: str, **fields: object) -> Hazard:
    at = NOON - timedelta(days=number)
    return Hazard(number=f"YH{at:%Y%m%d}-{number:02d}", region=region, category="fire", registered_at=at, **fields)


def numbers(store: Store, region: str) -> list[int]:
    with store.work(NOON) as work:
        found = duplicates.around(work.session, region, related("fire"), SINCE)
        return sorted(int(one.number.rpartition("-")[2]) for one in found)


@pytest.fixture
def store(database_url: str) -> Store:
    made = Store(open_engine(database_url))
    with made.work(NOON) as work:
        work.session.add_all(
            [
                case(1, f"{VILLAGE}/三组"),
                case(2, f"{VILLAGE}/二组"),
                case(3, VILLAGE),
                case(4, TOWN),
                case(5, f"{TOWN}/上河村二"),  # not below 上河村
                case(6, ""),
                case(20, f"{VILLAGE}/三组", state="closed", closed_at=NOON - timedelta(days=3)),
                case(21, f"{VILLAGE}/三组", state="closed", closed_at=NOON - timedelta(days=30)),
                case(22, f"{VILLAGE}/三组", state="rejected"),
                case(23, f"{VILLAGE}/三组", state=HazardState.REGISTERED.value),
            ]
        )
        work.session.add(
            EvidenceRow(case=case(2, "").number, sequence=1, digest="d", kind="image", media_type="image/jpeg", at=NOON)
        )
    return made


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        (f"{VILLAGE}/三组", [1, 3, 4, 6, 20, 23]),
        (VILLAGE, [1, 2, 3, 4, 6, 20, 23]),
        (TOWN, [1, 2, 3, 4, 5, 6, 20, 23]),
        ("云南省", [1, 2, 3, 4, 5, 6]),  # without a township only what is new
        ("", [1, 2, 3, 4, 5, 6]),
    ],
)
def test_neighbours_lie_above_at_or_below_and_are_open_or_just_closed(store: Store, region: str, expected: list[int]):
    assert numbers(store, region) == expected


def test_a_picture_is_looked_for_in_the_whole_area(store: Store):
    with store.work(NOON) as work:
        assert [one.number[-2:] for one in duplicates.pictured(work.session, TOWN, SINCE)] == ["02"]


def test_what_lies_elsewhere_or_is_of_another_class_is_never_likely_without_a_picture():
    most = BIAS + sum(WEIGHTS[name] for name in FOR)
    least = -0.2007  # the score of LIKELY
    assert 1 / (1 + 2.718281828**-least) == pytest.approx(LIKELY, abs=1e-3)
    assert most + WEIGHTS["elsewhere"] < least
    assert most - WEIGHTS["class"] + WEIGHTS["classes_apart"] < least
    assert {name for name, weight in WEIGHTS.items() if weight > 0} == {*FOR, "photo"}


def test_neighbours_are_found_by_index(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path}/plan.sqlite3")
    asked: list[tuple[str, tuple[object, ...]]] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _cursor, sql, values, *_: asked.append((sql, values)))
    with Store(engine).work(NOON) as work:
        duplicates.around(work.session, VILLAGE, related("fire"), SINCE)
        sql, values = asked[-1]
        plan = work.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).all()
        assert work.session.connection().execute(text("SELECT count(*) FROM hazard")).scalar() == 0
    steps = [step[3] for step in plan]
    assert not [step for step in steps if step.startswith("SCAN")]
    assert {word for step in steps for word in step.split() if word.startswith("ix_")} == {
        "ix_hazard_place",
        "ix_hazard_closed",
    }
