"""The outbox in a real database: who gets a message, when, and how often."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select

from assistant.people import Person
from assistant.ports import Outgoing, Receipt
from assistant.store import Claimed, Delivery, Lane, Store, open_engine
from assistant.store.outbox import LEASE, MOST_ATTEMPTS, MOST_CLAIMS, OutboxRow, supersede
from tests.databases import both_databases

NOW = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
pytestmark = both_databases


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    engine = open_engine(database_url)
    yield Store(engine)
    engine.dispose()


def queue(store: Store, key: str, *, lane: Lane = Lane.ROUTINE, channel: str = "push", **fields: object) -> None:
    """Tell the person on `channel` something."""
    with store.work(NOW) as work:
        person = work.person(channel, "a")
        work.tell(person, Outgoing("", "", key), key=key, lane=lane)
        work.session.flush()
        row = work.session.exec(select(OutboxRow).where(col(OutboxRow.key).startswith(f"{key}/"))).one()
        for name, value in fields.items():
            setattr(row, name, value)


def claim(store: Store, now: datetime = NOW, lane: Lane = Lane.ROUTINE, limit: int = 4) -> list[Claimed]:
    return store.outbox.claim(lane, {"push"}, now, limit)


def states(store: Store) -> dict[str, tuple[str, int]]:
    with store.work(NOW) as work:
        return {row.key.split("/")[0]: (row.state, row.attempts) for row in work.session.exec(select(OutboxRow)).all()}


def test_the_longest_due_message_goes_first_and_none_before_its_time(store: Store) -> None:
    queue(store, "later", due_at=NOW + SECOND)
    queue(store, "new")
    queue(store, "old", due_at=NOW - SECOND)
    assert [message.outgoing.text for message in claim(store)] == ["old", "new"]
    assert [message.outgoing.text for message in claim(store, NOW + SECOND)] == ["later"]


def test_a_message_comes_with_its_address_and_its_key(store: Store) -> None:
    queue(store, "YH20260701-01,1,told")
    (message,) = claim(store)
    assert (message.outgoing.channel, message.outgoing.recipient) == ("push", "a")
    assert message.key.startswith("YH20260701-01,1,told/")


def test_each_lane_is_claimed_by_itself(store: Store) -> None:
    for number in range(4):
        queue(store, f"r{number}", due_at=NOW - timedelta(hours=1))
    queue(store, "u", lane=Lane.URGENT)
    assert len(claim(store, limit=4)) == 4
    assert [message.outgoing.text for message in claim(store, lane=Lane.URGENT)] == ["u"]


def test_what_is_claimed_is_nobody_elses_until_its_lease_has_run_out_and_then_in_doubt(store: Store) -> None:
    queue(store, "m")
    (first,) = claim(store)
    assert claim(store, NOW + LEASE - SECOND) == []
    (second,) = claim(store, NOW + LEASE)
    assert (first.is_in_doubt, first.attempts, second.is_in_doubt, second.attempts) == (False, 1, True, 2)


def test_what_was_handed_over_is_never_claimed_again(store: Store) -> None:
    queue(store, "m")
    (message,) = claim(store)
    store.outbox.handed_over(message, Receipt("v-1"), NOW)
    assert claim(store, NOW + timedelta(days=1)) == []
    assert states(store) == {"m": (Delivery.HANDED_OVER.value, 1)}


def test_each_failure_waits_twice_as_long_and_the_eighth_is_the_last(store: Store) -> None:
    queue(store, "m")
    at, waits = NOW, []
    for _ in range(MOST_ATTEMPTS - 1):
        (message,) = claim(store, at)
        assert not message.is_in_doubt
        store.outbox.put_off(message, "busy", at)
        waited = next(s for s in range(1, 1000) if _is_due(store, at + s * SECOND))
        waits.append(waited)
        at += waited * SECOND
    assert waits == [2, 4, 8, 16, 32, 64, 128]
    (message,) = claim(store, at)
    store.outbox.put_off(message, "busy", at)
    assert states(store) == {"m": (Delivery.FAILED.value, MOST_ATTEMPTS)}
    assert store.outbox.undelivered() == 1


def _is_due(store: Store, at: datetime) -> bool:
    with store.work(at) as work:
        return work.session.exec(select(OutboxRow).where(OutboxRow.due_at <= at)).first() is not None


def test_a_message_of_which_its_worker_always_dies_is_given_up(store: Store) -> None:
    queue(store, "m")
    for number in range(MOST_CLAIMS):
        assert len(claim(store, NOW + number * LEASE)) == 1
    assert claim(store, NOW + MOST_CLAIMS * LEASE) == []
    assert states(store) == {"m": (Delivery.FAILED.value, MOST_CLAIMS)}


def test_a_message_without_result_is_in_doubt_when_it_is_sent_again(store: Store) -> None:
    queue(store, "m")
    (message,) = claim(store)
    store.outbox.put_off(message, "timeout", NOW, is_in_doubt=True)
    (again,) = claim(store, NOW + 2 * SECOND)
    assert again.is_in_doubt


def test_what_is_too_late_is_not_sent_any_more(store: Store) -> None:
    queue(store, "m", expires_at=NOW)
    assert claim(store) == []
    assert states(store) == {"m": (Delivery.TOO_LATE.value, 0)}


def test_what_is_superseded_is_not_sent_but_what_has_gone_has_gone(store: Store) -> None:
    for key in ("YH20260701-01,a", "YH20260701-01,b", "YH20260701-011", "YH20260701_01,"):
        queue(store, key)
    (gone, *_) = claim(store, limit=1)
    store.outbox.handed_over(gone, Receipt(), NOW)
    with store.work(NOW) as work:
        assert supersede(work.session, "YH20260701-01,") == 1
    assert [message.outgoing.text for message in claim(store)] == ["YH20260701-011", "YH20260701_01,"]


def test_a_message_that_was_superseded_in_flight_is_not_tried_again(store: Store) -> None:
    queue(store, "m")
    (message,) = claim(store)
    with store.work(NOW) as work:
        supersede(work.session, "m")
    store.outbox.put_off(message, "busy", NOW)
    store.outbox.give_up(message, "no such person")
    assert states(store) == {"m": (Delivery.SUPERSEDED.value, 1)}


def test_who_has_no_channel_is_seen_as_not_reached(store: Store) -> None:
    with store.work(NOW) as work:
        person = Person(name="示例甲", created_at=NOW)
        work.session.add(person)
        work.session.flush()
        work.tell(person, Outgoing("", "", "m"), key="m")
    assert claim(store) == []
    assert store.outbox.undelivered() == 1


def test_a_person_fetches_each_message_once_and_finds_it_in_the_conversation(store: Store) -> None:
    for key in ("one", "two"):
        queue(store, key, channel="web")
    queue(store, "late", channel="web", expires_at=NOW)
    assert store.outbox.waiting_for("web", "a") == 3
    assert [message.text for message in store.outbox.fetch("web", "a", NOW)] == ["one", "two"]
    assert store.outbox.fetch("web", "a", NOW) == store.outbox.fetch("web", "b", NOW) == []
    assert [(turn.text, turn.replies[0].text) for turn in store.turns("web", "a", 9)] == [("", "one"), ("", "two")]
    assert store.outbox.waiting_for("web", "a") == 0


def test_many_pages_of_one_person_fetch_a_message_once(store: Store) -> None:
    for number in range(5):
        queue(store, f"m{number}", channel="web")
    fetched: list[str] = []
    in_threads(8, lambda _: fetched.extend(message.text for message in store.outbox.fetch("web", "a", NOW)))
    assert sorted(fetched) == [f"m{number}" for number in range(5)]
    assert len(store.turns("web", "a", 99)) == 5


def test_many_workers_claim_a_message_once(store: Store) -> None:
    for number in range(20):
        queue(store, f"m{number}")
    claimed: list[str] = []
    in_threads(8, lambda _: claimed.extend(message.key for message in claim(store)))
    assert len(claimed) == len(set(claimed)) >= 8


def in_threads(count: int, work: object) -> None:
    threads = [threading.Thread(target=work, args=(number,)) for number in range(count)]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
