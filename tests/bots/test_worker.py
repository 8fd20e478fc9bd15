"""The worker beside the server: it sends, does what time demands, outlives errors, and stops when it is told to."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from assistant.desk import Desk
from assistant.ports import Incoming, Outgoing
from assistant.search import Index
from assistant.store import Lane, Store, open_engine
from bots.worker import Worker
from tests.loopback import BUSY, Loopback

NOW = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)


@pytest.fixture
def store(database_url: str) -> Store:
    return Store(open_engine(database_url))


def tell(store: Store, key: str, lane: Lane = Lane.ROUTINE) -> None:
    with store.work(NOW) as work:
        work.tell(work.person("push", "a"), Outgoing("", "", key), key=key, lane=lane)


def wait_for(condition: object) -> None:
    for _ in range(500):
        if condition():  # type: ignore[operator]
            return
        threading.Event().wait(0.02)
    raise TimeoutError


def test_everything_that_is_due_is_done_once(index: Index, store: Store) -> None:
    for number in range(9):
        tell(store, f"m{number}")
    store.take(Incoming("push", "m-1", "a", "村里一年要演练几回", NOW), NOW - timedelta(minutes=1))
    push = Loopback()
    desk = Desk(index, store, pushed={"push"})
    for _ in range(2):
        Worker(desk, [push], lambda: NOW).once()
    assert sorted(text[:2] for text in push.texts) == sorted(
        [*(f"m{number}" for number in range(9)), push.texts[0][:2]]
    )
    assert "每年至少" in push.texts[0]  # who waits for an answer goes first


def test_the_threads_send_what_comes_and_stop_with_the_process(index: Index, store: Store) -> None:
    push = Loopback()
    with Worker(Desk(index, store), [push], lambda: NOW):
        tell(store, "u", Lane.URGENT)
        tell(store, "r")
        wait_for(lambda: sorted(push.texts) == ["r", "u"])
    assert [thread.name for thread in threading.enumerate() if thread.name in ("clock", "urgent", "routine")] == []


def test_an_error_of_the_clock_or_of_a_channel_ends_nothing(index: Index, store: Store) -> None:
    class Broken(Desk):
        """Its clock fails whenever it is asked."""

        def tick(self, now: datetime) -> None:
            raise ZeroDivisionError

    push = Loopback(BUSY)
    with Worker(Broken(index, store), [push], lambda: NOW):
        tell(store, "m1")
        wait_for(lambda: push.texts == ["m1"])
        tell(store, "m2")
        wait_for(lambda: push.texts == ["m1", "m2"])
