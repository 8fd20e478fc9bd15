"""A warning to hundreds goes out in slices: nobody is left out, nobody is called twice, whatever dies in between."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import select

from assistant.desk import callwork, clockwork, fanning, relaywork
from assistant.desk.auditing import Auditor
from assistant.events import Actor, Event
from assistant.people import Grant, Identity, Person, Role
from assistant.rules import load_rules
from assistant.store import Store, open_engine
from assistant.store import warnings as stored
from assistant.store.outbox import OutboxRow
from assistant.triage import Reader
from assistant.warnings import Level, RelayedWarning, WarningState
from tests.duty_town import NOON, TOWN
from tests.relay_town import LOWER, PINE, UPPER, RelayTown

pytestmark = pytest.mark.ledger
RULES = load_rules()
MANY = 2 * fanning.SLICE + 30
WITHIN = timedelta(minutes=30)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    engine = open_engine(database_url)
    store = Store(engine)
    with store.work(NOON) as work:
        people = [Person(name=f"示例{number}", region=TOWN, created_at=NOON) for number in range(MANY + 1)]
        work.session.add_all(people)
        work.session.flush()
        for one in people:
            work.session.add(Identity(channel="test", sender=one.name, person_id=one.id or 0, last_seen_at=NOON))
        work.session.add(Grant(person_id=people[-1].id or 0, role=Role.DUTY.value, region=TOWN))
    yield store
    engine.dispose()


def warns(store: Store, title: str = "暴雨红色预警") -> str:
    with store.work(NOON) as work:
        people = work.session.exec(select(Person).where(Person.name != f"示例{MANY}").order_by(Person.id)).all()
        return callwork.issue_warning(work, title, "沿河", TOWN, NOON, WITHIN, people).number


def numbers(store: Store, number: str) -> list[str]:
    with store.work(NOON) as work:
        return [made.number for made in stored.calls_of(work.session, number)]


def sent(store: Store) -> Counter[str]:
    """Return how many messages everybody has got; each key stands in the outbox once."""
    with store.work(NOON) as work:
        return Counter(work.session.exec(select(OutboxRow.recipient)).all())


def dies(store: Store) -> None:
    """Let the clock die just before it commits a slice."""
    with pytest.raises(KeyboardInterrupt), store.work(NOON) as work:
        callwork.due(work)
        raise KeyboardInterrupt


def test_the_first_slice_is_called_at_once_and_the_others_by_the_clock(store: Store) -> None:
    number = warns(store)
    assert len(numbers(store, number)) == fanning.SLICE
    clockwork.tick(store, RULES, NOON)
    assert numbers(store, number) == [f"{number}/{count}" for count in range(1, MANY + 1)]
    assert set(sent(store).values()) == {1}
    clockwork.tick(store, RULES, NOON)
    assert sent(store).total() == MANY


def test_a_kill_in_the_middle_loses_nobody_and_calls_nobody_twice(store: Store) -> None:
    number = warns(store)
    dies(store)
    assert len(numbers(store, number)) == fanning.SLICE
    with store.work(NOON) as work:
        callwork.due(work)
    dies(store)
    clockwork.tick(store, RULES, NOON + timedelta(hours=6))
    assert len(numbers(store, number)) == MANY
    with store.work(NOON) as work:
        calls = work.session.exec(select(OutboxRow.subject).where(OutboxRow.recipient != f"示例{MANY}")).all()
    assert sorted(calls) == sorted(numbers(store, number))


def test_who_has_not_been_called_when_a_warning_is_cancelled_is_not_called_any_more(store: Store) -> None:
    number = warns(store)
    with store.work(NOON) as work:
        relaywork.end(work, stored.warning(work, number), WarningState.CANCELLED, "示例", Actor("person/1"))
    clockwork.tick(store, RULES, NOON)
    assert len(numbers(store, number)) == fanning.SLICE
    with store.work(NOON) as work:
        calls = stored.calls_of(work.session, number)
        assert {made.state for made in calls} == {"closed"}
        assert set(work.session.exec(select(OutboxRow.state)).all()) == {"superseded"}  # nobody had got the call


def test_the_gravest_warning_is_called_first(store: Store) -> None:
    blue, red = warns(store, "大风预警"), warns(store)
    with store.work(NOON) as work:
        stored.warning(work, red).level = Level.RED.value
        work.session.flush()
        callwork.due(work)
    assert (len(numbers(store, blue)), len(numbers(store, red))) == (fanning.SLICE, 2 * fanning.SLICE)


def test_hundreds_who_fall_silent_at_once_are_named_to_duty_in_two_messages(store: Store) -> None:
    number = warns(store)
    clockwork.tick(store, RULES, NOON)
    clockwork.tick(store, RULES, NOON + timedelta(minutes=31))
    clockwork.tick(store, RULES, NOON + timedelta(minutes=31))
    with store.work(NOON) as work:
        assert {made.state for made in stored.calls_of(work.session, number)} == {"silent"}
        texts = work.session.exec(select(OutboxRow.payload).where(OutboxRow.recipient == f"示例{MANY}")).all()
    assert len(texts) == 2
    assert f"这{fanning.SLICE}位到时间还没有应答" in texts[0] and "人数很多" in texts[1]


def test_the_auditor_finds_out_when_the_slices_stop(store: Store) -> None:
    number = warns(store)
    auditor = Auditor(store, RULES)
    assert auditor.look(NOON + timedelta(minutes=1)).is_good
    (late,) = auditor.look(NOON + timedelta(minutes=3)).late
    assert (late.case, late.what.value) == (number, "call_out")
    clockwork.tick(store, RULES, NOON + timedelta(minutes=3))
    assert auditor.look(NOON + timedelta(minutes=4)).is_good
    assert len(auditor.look(NOON + timedelta(minutes=34)).late) == MANY
    clockwork.tick(store, RULES, NOON + timedelta(minutes=34))
    assert auditor.look(NOON + timedelta(minutes=34)).is_good


def test_every_case_is_the_fold_of_its_events(store: Store) -> None:
    warns(store)
    clockwork.tick(store, RULES, NOON + timedelta(minutes=31))
    with store.work(NOON) as work:
        (warning,) = work.session.exec(select(RelayedWarning)).all()
        events = work.session.exec(select(Event).where(Event.stream == warning.number).order_by(Event.sequence)).all()
        assert RelayedWarning.rederive(events).planned == warning.planned == MANY


@pytest.mark.parametrize("most", [1, 2, 100])
def test_slices_of_any_size_end_alike(
    most: int, database_url: str, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fanning, "SLICE", most)
    engine = open_engine(database_url)
    town = RelayTown(engine, reader)
    number = town.warns(UPPER, LOWER, PINE)
    for _ in range(12):
        town.tick()
    town.says("李网格", "收到")
    town.passes(60)
    calls = town.calls(number)
    assert len({made.person for made in calls}) == len(calls)
    found = {made.person: made.state for made in calls}
    assert sorted(found) == [1, 3, 5, 6, 7, 8, 9]
    assert max(Counter(key for key, _ in town.log).values()) == 1
    assert town.call("李网格").answered_at is not None
    town.rederives()
    engine.dispose()
