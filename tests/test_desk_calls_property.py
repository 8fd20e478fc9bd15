"""Whatever people say and when, whatever dies and restarts: no call leaks, and no step calls a person twice."""

import shutil
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.store import open_engine
from assistant.triage import Reader
from assistant.warnings import rollup
from assistant.warnings.climbing import Outcome, outcome
from tests.relay_town import LOWER, PINE, UPPER, RelayTown

WORDS = ("收到", "已上岗", "三户都喊到了", "需要支援", "不在岗，请转副手", "十一家喊到十家 马老三家门锁着")
WHO = ("李网格", "李副手", "周网格", "郑村长", "钱值班", "冯带班", "县值班")
STEPS = st.one_of(
    st.tuples(st.just("say"), st.sampled_from(WHO), st.sampled_from(WORDS)),
    st.tuples(st.just("pass"), st.integers(1, 45), st.none()),
    st.tuples(st.just("skip"), st.integers(1, 400), st.none()),
    st.tuples(st.just("restart"), st.none(), st.none()),
    st.tuples(st.just("die"), st.sampled_from(WHO), st.none()),
    st.tuples(st.just("order"), st.sampled_from(WHO), st.sampled_from(["收到", "已上岗"])),
)


@given(steps=st.lists(STEPS, max_size=14))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.slow
def test_every_call_ends_in_exactly_one_way(steps: list, migrated_sqlite: Path, tmp_path: Path, reader: Reader):
    database = tmp_path / "property.sqlite"
    shutil.copy(migrated_sqlite, database)
    engine = open_engine(f"sqlite:///{database}")
    town = RelayTown(engine, reader)
    number = town.warns(UPPER, LOWER, PINE)
    for step in steps:
        _take(town, *step)
        _check(town, number)
    town.passes(150)
    found = [outcome(made) for made in town.calls(number)]
    assert Outcome.OPEN not in found
    _check(town, number)
    town.rederives()
    engine.dispose()


def _take(town: RelayTown, what: str, who: object, said: object) -> None:
    if what == "say":
        town.says(str(who), str(said))
    elif what == "pass":
        town.passes(int(str(who)))
    elif what == "skip":
        town.now += type(town.now - town.now)(minutes=int(str(who)))
        town.tick()
    elif what == "restart":
        town.restart()
        town.tick()
    elif what == "die":
        town.dead |= {(str(who), "wechat"), (str(who), "telegram")}
    else:
        town.orders("县值班", f"补录 {who} 12:05 电话 {said}")


def _check(town: RelayTown, number: str) -> None:
    calls = town.calls(number)
    assert len({made.person for made in calls}) == len(calls)
    keys = Counter(key for key, _ in town.log)
    assert max(keys.values(), default=1) == 1
    for one in (*rollup.sums(calls), rollup.total(rollup.sums(calls))):
        assert one.called == one.answered + one.passed + one.unreachable + one.silent
    handed = [made for made in calls if made.passed_to]
    assert {made.passed_to for made in handed} <= {made.number for made in calls}
