"""Exchanges and profiles in a real database."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import create_engine

from assistant.errors import DatabaseFailed
from assistant.ports import Attachment, Incoming, Link, Location, Outgoing
from assistant.store import Profile, Store, open_engine
from tests.databases import both_databases

NOW = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)


def message(message_id: str, sender: str = "a") -> Incoming:
    return Incoming("test", message_id, sender, "问", NOW)


def reply(text: str) -> tuple[Outgoing, ...]:
    return (
        Outgoing(
            "test", "a", text, (Link("《中央意见》（十三）", "central-2024/13", ((1, 5), (7, 9))),), ("全文",), "answer"
        ),
    )


def attend(store: Store, incoming: Incoming, replies: tuple[Outgoing, ...], profile: Profile) -> tuple[Outgoing, ...]:
    """Do what the desk does with a message."""
    earlier = store.take(incoming, NOW)
    if earlier is not None:
        return earlier
    with store.work(NOW) as work:
        row = work.entry(incoming)
        if row.is_done:
            return work.replies(row)
        work.keep_profile(incoming.channel, incoming.sender, profile)
        work.finish(row, replies)
        return replies


def named(replies: tuple[Outgoing, ...]) -> tuple[Outgoing, ...]:
    """Replies to the first message, as they are handed out: those with choices have a name that buttons give back."""
    return tuple(replace(one, prompt=f"i1.{number}") for number, one in enumerate(replies))


@both_databases
def test_what_is_recorded_comes_back_equal(database_url: str) -> None:
    store = Store(open_engine(database_url))
    attend(store, message("1"), reply("答"), Profile("云南省", "cadre", ("central-2024/13",)))
    assert store.take(message("1"), NOW) == named(reply("答"))
    assert store.profile("test", "a") == Profile("云南省", "cadre", ("central-2024/13",))
    (turn,) = store.turns("test", "a", 10)
    assert (turn.text, turn.at, turn.replies) == ("问", NOW, reply("答"))


@both_databases
def test_the_first_replies_to_a_message_hold(database_url: str) -> None:
    store = Store(open_engine(database_url))
    attend(store, message("1"), reply("先"), Profile("云南省"))
    assert attend(store, message("1"), reply("后"), Profile("北京市")) == named(reply("先"))
    assert store.profile("test", "a").region == "云南省"


@both_databases
def test_the_same_id_on_another_channel_is_another_message(database_url: str) -> None:
    store = Store(open_engine(database_url))
    attend(store, message("1"), reply("先"), Profile())
    assert store.take(Incoming("wechat", "1", "a", "问", NOW), NOW) is None


@both_databases
def test_a_message_is_kept_before_anything_is_done_about_it(database_url: str) -> None:
    store = Store(open_engine(database_url))
    photo = Attachment("image", "0" * 64, "image/jpeg")
    sent = Incoming("test", "1", "a", "看", NOW, (photo,), Location(25.1, 100.3, "示例镇"))
    assert store.take(sent, NOW) is None
    assert store.waiting(NOW) == []
    assert Store(open_engine(database_url)).waiting(NOW + timedelta(seconds=1)) == [sent]
    attend(store, sent, reply("答"), Profile())
    assert store.waiting(NOW + timedelta(days=1)) == []


@both_databases
def test_many_threads_record_one_message_once(database_url: str) -> None:
    store = Store(open_engine(database_url))
    held: list[str] = []

    def deliver(number: int) -> None:
        held.append(attend(store, message("1"), reply(f"第{number}个"), Profile())[0].text)

    threads = [threading.Thread(target=deliver, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(held)) == 1 and len(held) == 8
    assert len(store.turns("test", "a", 10)) == 1


@both_databases
def test_a_choice_changes_only_what_was_chosen(database_url: str) -> None:
    store = Store(open_engine(database_url))
    store.set_profile("test", "a", region="云南省", asker="cadre")
    assert store.set_profile("test", "a", region="北京市") == Profile("北京市", "cadre")
    assert store.profile("test", "stranger") == Profile()


def test_a_damaged_database_is_a_state_and_a_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "damaged.sqlite3"
    path.write_bytes(b"no database at all" * 100)
    damaged = create_engine(f"sqlite:///{path}")
    assert not Store(damaged).answers()
    with pytest.raises(DatabaseFailed):
        Store(damaged).profile("test", "a")
    damaged.dispose()


def test_a_database_that_cannot_be_opened_says_why(tmp_path: Path) -> None:
    with pytest.raises(DatabaseFailed) as failed:
        open_engine(f"sqlite:///{tmp_path / 'missing' / 'db.sqlite3'}")
    assert "unable to open" in failed.value.details["reason"]


def test_a_full_disk_loses_the_message_loudly_and_keeps_the_rest(database_url: str) -> None:
    engine = open_engine(database_url)
    store = Store(engine)
    attend(store, message("1"), reply("先"), Profile())
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    with pytest.raises(DatabaseFailed):
        attend(store, message("2"), reply("长" * 100_000), Profile())
    assert store.take(message("1"), NOW) == named(reply("先"))
    assert [turn.text for turn in store.turns("test", "a", 10)] == ["问"]
