"""Limits of channels in a real database: sliding windows, lanes, persons, restarts, several workers, wrong clocks."""

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from assistant.ports import Outgoing, Receipt
from assistant.rules import Rule, Rules
from assistant.store import Lane, Outbox, Store, open_engine
from assistant.store.limits import KEPT, AttemptRow, limits_of, purge
from assistant.store.outbox import When
from tests.databases import both_databases

NOW = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
pytestmark = both_databases


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = open_engine(database_url)
    yield engine
    engine.dispose()


def rules(**values: float) -> Rules:
    """`push_all_minute=10` → send.push.all.minute."""
    since = date(2024, 1, 1)
    named = {f"send.{name.replace('_', '.')}": value for name, value in values.items()}
    return Rules(Rule(name, value, "messages", "", since, "示例", is_verified=False) for name, value in named.items())


def outbox(engine: Engine, **values: float) -> Outbox:
    return Outbox(engine, lambda channel: limits_of(channel, rules(**values)))


def tell(
    engine: Engine, *keys: str, to: str = "", lane: Lane = Lane.ROUTINE, at: datetime = NOW, when: When | None = None
) -> None:
    """Tell each a message; to: everything to this one, else each key to a person of its own."""
    with Store(engine).work(at) as work:
        for key in keys:
            person = work.person("push", to or key)
            work.tell(person, Outgoing("", "", key), key=key, lane=lane, when=when or When())


def sent(box: Outbox, at: datetime, lane: Lane = Lane.ROUTINE) -> list[str]:
    """Send all that goes now; each is handed over at once."""
    gone: list[str] = []
    while claimed := box.claim(lane, {"push"}, at, 4):
        for one in claimed:
            gone.append(one.outgoing.text)
            box.handed_over(one, Receipt(), at)
    return gone


def test_no_window_anywhere_holds_more_than_the_channel_takes(engine: Engine) -> None:
    box = outbox(engine, push_all_second=5, push_all_minute=40)
    tell(engine, *(f"m{number:03}" for number in range(60)))
    log = [at for step in range(0, 700) for at in [NOW + step * SECOND / 5] * len(sent(box, NOW + step * SECOND / 5))]
    assert len(log) == 60
    for at in log:
        assert sum(at <= other < at + SECOND for other in log) <= 5
        assert sum(at <= other < at + 60 * SECOND for other in log) <= 40


def test_one_person_is_not_sent_more_than_one_a_second_and_nobody_else_waits_for_that(engine: Engine) -> None:
    box = outbox(engine, push_person_second=1)
    tell(engine, "a1", "a2", "a3", to="a")
    tell(engine, "b", "c")
    assert sent(box, NOW) == ["a1", "b", "c"]
    assert sent(box, NOW + SECOND) == []
    assert sent(box, NOW + 2 * SECOND) == ["a2"]
    assert sent(box, NOW + 4 * SECOND) == ["a3"]


def test_a_person_with_hundreds_of_messages_is_in_nobodys_way(engine: Engine) -> None:
    box = outbox(engine, push_person_minute=30)
    tell(engine, *(f"a{number}" for number in range(300)), to="a")
    tell(engine, "b", "c")
    assert Counter(text[0] for text in sent(box, NOW)) == {"a": 30, "b": 1, "c": 1}


def test_routine_messages_leave_the_reserved_share_to_urgent_ones(engine: Engine) -> None:
    box = outbox(engine, push_all_minute=10, reserve=20)
    tell(engine, *(f"r{number}" for number in range(20)))
    assert len(sent(box, NOW)) == 8
    tell(engine, *(f"u{number}" for number in range(5)), lane=Lane.URGENT)
    assert len(sent(box, NOW + SECOND, Lane.URGENT)) == 2


def test_routine_messages_wait_while_an_urgent_one_does(engine: Engine) -> None:
    box = outbox(engine, push_all_minute=10)
    tell(engine, *(f"u{number}" for number in range(12)), lane=Lane.URGENT)
    tell(engine, "r")
    assert sent(box, NOW) == []
    assert len(sent(box, NOW, Lane.URGENT)) == 10
    later = NOW + 61 * SECOND
    assert sent(box, later) == []
    assert len(sent(box, later, Lane.URGENT)) == 2
    assert sent(box, later) == ["r"]


def test_a_restart_forgets_no_window(engine: Engine) -> None:
    tell(engine, *(f"m{number}" for number in range(20)))
    assert len(sent(outbox(engine, push_all_minute=10), NOW)) == 10
    assert sent(outbox(engine, push_all_minute=10), NOW + 30 * SECOND) == []
    assert len(sent(outbox(engine, push_all_minute=10), NOW + 61 * SECOND)) == 10


def test_several_workers_share_one_window(engine: Engine) -> None:
    tell(engine, *(f"m{number}" for number in range(40)))
    box = outbox(engine, push_all_minute=10)
    gone: list[str] = []
    threads = [threading.Thread(target=lambda: gone.extend(sent(box, NOW))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    gone += sent(box, NOW)  # whoever met another one over the first number of the channel
    assert len(gone) == len(set(gone)) == 10


def test_a_clock_that_is_set_back_blocks_nobody_for_longer_than_a_window(engine: Engine) -> None:
    box = outbox(engine, push_all_minute=10)
    tell(engine, *(f"m{number}" for number in range(20)), at=NOW - timedelta(hours=7))
    assert len(sent(box, NOW)) == 10
    assert len(sent(box, NOW - timedelta(hours=6))) == 10


def test_what_is_spread_is_sent_in_its_own_time(engine: Engine) -> None:
    box = outbox(engine)
    tell(engine, *(f"m{number}" for number in range(20)), when=When(spread=timedelta(minutes=10)))
    early = sent(box, NOW + timedelta(minutes=5))
    assert 0 < len(early) < 20
    assert len(early) + len(sent(box, NOW + timedelta(minutes=10))) == 20


def test_attempts_are_forgotten_once_no_window_reaches_back_to_them(engine: Engine) -> None:
    tell(engine, "m1", "m2")
    box = outbox(engine, push_all_hour=1)
    sent(box, NOW)
    with Store(engine).work(NOW + KEPT * 2) as work:
        purge(work.session, work.now)
        assert work.session.get(AttemptRow, ("push", 1)) is None
    assert sent(box, NOW + KEPT * 2) == ["m2"]
