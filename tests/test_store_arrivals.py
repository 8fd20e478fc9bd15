import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import func
from sqlmodel import select

from assistant.ports import Incoming, Outgoing
from assistant.store import Store, open_engine
from assistant.store.inbox import InboxRow
from tests.world import NOON

WAIT_S = 5


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    engine = open_engine(database_url)
    yield Store(engine)
    engine.dispose()


def message(name: str, text: str = "路灯坏了") -> Incoming:
    return Incoming("web", name, "somebody", text, NOON)


def rows(store: Store) -> int:
    with store.work(NOON) as work:
        return work.session.exec(select(func.count()).select_from(InboxRow)).one()


class Behind:
    """A message that waits in a thread of its own until the turn of another one is over."""

    def __init__(self, store: Store, incoming: Incoming) -> None:
        self.store, self.incoming = store, incoming
        self.was_kept: bool | None = None
        self.replies: tuple[Outgoing, ...] | None = ()
        self.thread = threading.Thread(target=self._wait)
        self.thread.start()

    def _wait(self) -> None:
        arrival = self.store.arriving(self.incoming, NOON)
        with self.store.turn(arrival):
            self.was_kept = arrival.is_kept
            self.replies = self.store.take(self.incoming, NOON, arrival)

    def done(self) -> "Behind":
        self.thread.join(WAIT_S)
        return self


def while_waiting(store: Store, incoming: Incoming, act: Callable[[], object]) -> Behind:
    """Do something in the turn of a first message while another one waits."""
    with store.turn(store.arriving(message("first"), NOON)):
        behind = Behind(store, incoming)
        until = time.monotonic() + WAIT_S
        while not store._turnstile._waiting and time.monotonic() < until:
            time.sleep(0.001)
        act()
    return behind.done()


def works(store: Store) -> None:
    with store.work(NOON):
        pass


def fails(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.work(NOON):
        raise ZeroDivisionError


def test_what_waits_is_kept_by_whoever_commits_before_it(store: Store):
    seen: list[list[str]] = []

    def act() -> None:
        works(store)
        seen.append([one.message_id for one in store.waiting(NOON.replace(year=2030))])

    behind = while_waiting(store, message("second"), act)
    assert seen == [["second"]]  # on the disk before its turn
    assert (behind.was_kept, behind.replies, rows(store)) == (True, None, 1)


def test_what_failed_with_another_is_kept_in_its_own_turn(store: Store):
    behind = while_waiting(store, message("second"), lambda: fails(store))
    assert (behind.was_kept, behind.replies, rows(store)) == (False, None, 1)


def test_a_second_delivery_that_waits_gets_the_replies_of_the_first(store: Store):
    replies = (Outgoing("web", "somebody", "收到"),)
    store.take(message("second"), NOON)
    with store.work(NOON) as work:
        work.finish(work.entry(message("second")), replies)
    behind = while_waiting(store, message("second"), lambda: works(store))
    assert (behind.was_kept, behind.replies, rows(store)) == (False, replies, 1)


def test_half_characters_do_not_spoil_the_turn_of_another(store: Store):
    kept: list[int] = []

    def act() -> None:
        works(store)
        kept.append(rows(store))

    with store.turn(store.arriving(message("first"), NOON)):
        store._arrivals.add(message("second", "\ud83d"), NOON)
        act()
    assert kept == [0]


def test_a_message_whose_turn_has_come_is_left_to_itself(store: Store):
    with store.turn(store.arriving(message("first"), NOON)):
        works(store)
        assert rows(store) == 0


def test_two_files_of_one_process_keep_their_own(store: Store, tmp_path: Path):
    other = Store(open_engine(f"sqlite:///{tmp_path}/other.sqlite3"))
    behind = while_waiting(store, message("second"), lambda: works(other))
    assert (behind.was_kept, rows(store), rows(other)) == (False, 1, 0)
