"""A message is attended to once, whatever fails meanwhile; its sender is told what has become of it."""

import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from assistant.desk.intake import MOST_DEATHS, MOST_TRIES, PATIENCE, Intake
from assistant.ports import Incoming, Outgoing
from assistant.store import Lane, Store, Work, engine, open_engine
from tests.databases import both_databases

NOW = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
LATER = NOW + PATIENCE + timedelta(seconds=1)
FIRE = "着火了我妈还在楼上"


@pytest.fixture
def opened(database_url: str) -> Iterator[Engine]:
    opened = open_engine(database_url)
    yield opened
    opened.dispose()


class Counter:
    """Attends to messages by numbering them; `failures` come first."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)

    def __call__(self, incoming: Incoming, work: Work) -> tuple[Outgoing, ...]:
        number = work.next_number("YH")
        if self.failures:
            raise self.failures.pop(0)
        return (Outgoing(incoming.channel, incoming.sender, number),)


def message(text: str = "问", message_id: str = "m-1", channel: str = "web") -> Incoming:
    return Incoming(channel, message_id, "a", text, NOW)


def texts(replies: list[Outgoing]) -> list[str]:
    return [reply.text for reply in replies]


def next_number(opened: Engine) -> str:
    with Store(opened).work(NOW) as work:
        return work.next_number("YH")


@both_databases
def test_a_message_that_comes_three_times_has_one_effect_and_one_reply(opened: Engine) -> None:
    intake = Intake(Store(opened), Counter())
    assert [texts(intake.receive(message(), NOW)) for _ in range(3)] == [["YH20260701-01"]] * 3
    assert next_number(opened) == "YH20260701-02"


@both_databases
def test_a_mistake_of_ours_undoes_everything_but_the_message_and_keeps_nobody_from_the_advice(opened: Engine) -> None:
    store = Store(opened)
    intake = Intake(store, Counter(ValueError("broken")))
    advice, said = texts(intake.receive(message(FIRE), NOW))
    assert "119" in advice and "已经收下" in said
    assert store.turns("web", "a", 9) == [] and next_number(opened) == "YH20260701-01"
    assert texts(intake.receive(message(FIRE), NOW)) == ["YH20260701-02"]


@both_databases
def test_what_was_left_lying_is_attended_to_once_and_stands_in_the_conversation(opened: Engine) -> None:
    store = Store(opened)
    store.take(message(), NOW)
    intake = Intake(store, Counter())
    assert [intake.resume(NOW + PATIENCE), intake.resume(LATER), intake.resume(LATER)] == [0, 1, 0]
    assert [texts(list(turn.replies)) for turn in store.turns("web", "a", 9)] == [["YH20260701-01"]]
    assert next_number(opened) == "YH20260701-02"


@both_databases
def test_replies_on_a_channel_that_is_pushed_to_go_out_once(opened: Engine) -> None:
    store = Store(opened)
    intake = Intake(store, Counter(), {"push"})
    for _ in range(2):
        assert intake.receive(message(channel="push"), NOW) == []
    store.take(message(channel="push", message_id="m-2"), NOW)
    intake.resume(LATER)
    claimed = store.outbox.claim(Lane.URGENT, {"push"}, LATER, 9)
    assert [(one.outgoing.recipient, one.outgoing.text) for one in claimed] == [
        ("a", "YH20260701-01"),
        ("a", "YH20260701-02"),
    ]


@both_databases
def test_after_three_failures_a_person_must_look_and_who_is_in_danger_has_been_told(opened: Engine) -> None:
    store = Store(opened)
    store.take(message(FIRE), NOW)
    intake = Intake(store, Counter(*[ValueError("broken")] * MOST_TRIES))
    at = NOW
    for _ in range(MOST_TRIES):
        at += PATIENCE + timedelta(seconds=1)
        assert intake.resume(at) == 1
        assert store.failed_messages()[0] == (1 if at == NOW + MOST_TRIES * (LATER - NOW) else 0)
    assert intake.resume(at + timedelta(days=1)) == 0
    assert store.failed_messages() == (1, "ValueError: broken")
    (turn,) = store.turns("web", "a", 9)
    assert "119" in turn.replies[0].text and turn.replies[0].decision == "danger"
    assert "请值班人员看" in turn.replies[1].text
    assert "119" in store.outbox.fetch("web", "a", at)[0].text  # it went out after the first failure
    assert texts(intake.receive(message(FIRE), at)) == texts(list(turn.replies))


@both_databases
def test_a_message_that_kills_its_process_each_time_is_given_up(opened: Engine) -> None:
    store = Store(opened)
    store.take(message(), NOW)
    for number in range(1, MOST_DEATHS + 1):
        at = NOW + number * (LATER - NOW)
        assert store.try_again(at - PATIENCE, at) == (message(), number)
    Intake(store, Counter()).resume(NOW + (MOST_DEATHS + 1) * (LATER - NOW))
    assert store.failed_messages()[0] == 1


@both_databases
def test_where_the_process_dies_only_the_message_in_hand_has_been_tried(opened: Engine) -> None:
    store = Store(opened)
    for number in range(3):
        store.take(message(message_id=f"m-{number}"), NOW)
    assert store.try_again(LATER - PATIENCE, LATER) == (message(message_id="m-0"), 1)
    assert store.try_again(LATER - PATIENCE, LATER) == (message(message_id="m-1"), 1)


def test_a_full_disk_is_told_and_nothing_is_half_kept(opened: Engine) -> None:
    store = Store(opened)
    intake = Intake(store, Counter())
    intake.receive(message(), NOW)
    with limited_to_its_size(opened):
        advice, said = texts(intake.receive(message(FIRE + "。" * 100_000, "m-2"), NOW))
    assert "119" in advice and "没有收下" in said and "119" in said
    assert [turn.text for turn in store.turns("web", "a", 9)] == ["问"]
    assert texts(intake.receive(message("再问", "m-2"), NOW)) == ["YH20260701-02"]


def test_a_write_that_the_system_refuses_half_way_is_told(opened: Engine, database_url: str) -> None:
    """The error comes with the commit, when the log is written."""
    store = Store(opened)
    intake = Intake(store, Counter())
    intake.receive(message(), NOW)
    written = Path(f"{database_url.removeprefix('sqlite:///')}-wal").stat().st_size
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (written + 5000, limits[1]))
    try:
        (said,) = texts(intake.receive(message("问" * 50_000, "m-2"), NOW))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert "没有收下" in said
    assert [turn.text for turn in store.turns("web", "a", 9)] == ["问"]
    assert texts(intake.receive(message("再问", "m-2"), NOW)) == ["YH20260701-02"]


def test_a_disk_that_fills_up_during_the_work_is_told_and_the_work_is_done_later(opened: Engine) -> None:
    """The message has been kept, so nobody has to send it again."""
    store = Store(opened)

    def attend(incoming: Incoming, work: Work) -> tuple[Outgoing, ...]:
        return (Outgoing("web", "a", work.next_number("YH") + "长" * 100_000),)

    with limited_to_its_size(opened, spare=2):
        (said,) = texts(Intake(store, attend).receive(message(), NOW))
    assert "已经收下" in said and "不用重发" in said
    assert store.turns("web", "a", 9) == []
    Intake(store, attend).resume(LATER)
    assert [turn.replies[0].text[:13] for turn in store.turns("web", "a", 9)] == ["YH20260701-01"]


class limited_to_its_size:  # noqa: N801
    """SQLite refuses to grow the file, as on a full disk."""

    def __init__(self, opened: Engine, spare: int = 0) -> None:
        self._opened, self._spare = opened, spare

    def __enter__(self) -> None:
        with self._opened.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages + self._spare}")

    def __exit__(self, *_: object) -> None:
        with self._opened.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count=1000000")


LOCK = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def locked(database_url: str) -> Iterator[Callable[[], None]]:
    """Another process that holds the database's one write lock until it is told to end."""
    path = database_url.removeprefix("sqlite:///")
    with subprocess.Popen([sys.executable, "-c", LOCK, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stdout.readline() == b"locked\n"
        yield lambda: process.communicate()
        process.kill()


def test_a_database_that_another_process_locks_for_long_is_told(opened: Engine, locked: Callable[[], None]) -> None:
    impatient(opened)
    intake = Intake(Store(opened), Counter())
    advice, said = texts(intake.receive(message(FIRE), NOW))
    assert "119" in advice and "没有收下" in said
    locked()
    assert texts(intake.receive(message(FIRE), NOW)) == ["YH20260701-01"]


def impatient(opened: Engine) -> None:
    """Wait a moment instead of ten seconds."""
    driver = opened.raw_connection()
    driver.cursor().execute("PRAGMA busy_timeout=50")
    driver.close()
    assert engine.BUSY_TIMEOUT_MS >= 5000


def test_a_database_that_may_only_be_read_is_told(opened: Engine) -> None:
    with opened.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only=ON")
    intake = Intake(Store(opened), Counter())
    advice, said = texts(intake.receive(message(FIRE), NOW))
    assert "119" in advice and "没有收下" in said
