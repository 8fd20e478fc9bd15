"""Messages leave the outbox: in what order, how often, and what is marked on them."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from assistant.desk import Sender
from assistant.errors import RecipientGone, SendingInDoubt, SendingPaused
from assistant.people import Identity
from assistant.ports import Outgoing
from assistant.store import Delivery, Lane, Store, open_engine
from assistant.store.outbox import MOST_ATTEMPTS, OutboxRow
from tests.databases import both_databases
from tests.loopback import BUSY, GONE, Loopback

NOW = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
pytestmark = both_databases


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    engine = open_engine(database_url)
    yield Store(engine)
    engine.dispose()


def tell(store: Store, *keys: str, lane: Lane = Lane.ROUTINE, channel: str = "push") -> None:
    with store.work(NOW) as work:
        person = work.person(channel, "a")
        for key in keys:
            work.tell(person, Outgoing("", "", key), key=key, lane=lane)


def rows(store: Store) -> list[OutboxRow]:
    with store.work(NOW) as work:
        found = list(work.session.exec(select(OutboxRow).order_by(OutboxRow.id)).all())
        work.session.expunge_all()
        return found


def test_a_message_is_sent_once_and_marked_with_the_vendors_id(store: Store) -> None:
    tell(store, "m")
    push = Loopback()
    sender = Sender(store.outbox, [push])
    assert [sender.step(Lane.ROUTINE, NOW), sender.step(Lane.ROUTINE, NOW)] == [1, 0]
    assert push.texts == ["m"]
    (row,) = rows(store)
    assert (row.state, row.vendor_id, row.handed_over_at) == (Delivery.HANDED_OVER.value, "v-1", NOW)


def test_a_few_go_at_once_and_the_rest_after_them(store: Store) -> None:
    tell(store, *(f"m{number}" for number in range(6)))
    push = Loopback()
    sender = Sender(store.outbox, [push])
    assert [sender.step(Lane.ROUTINE, NOW) for _ in range(3)] == [4, 2, 0]
    assert sorted(push.texts) == [f"m{number}" for number in range(6)]


def test_what_fails_is_tried_again_unmarked_for_nobody_has_it(store: Store) -> None:
    tell(store, "m")
    push = Loopback(BUSY)
    sender = Sender(store.outbox, [push])
    assert [sender.step(Lane.ROUTINE, NOW), sender.step(Lane.ROUTINE, NOW)] == [1, 0]
    sender.step(Lane.ROUTINE, NOW + timedelta(seconds=2))
    assert push.texts == ["m", "m"]
    assert rows(store)[0].state == Delivery.HANDED_OVER.value


def test_what_is_refused_for_good_is_not_tried_again(store: Store) -> None:
    tell(store, "m")
    push = Loopback(GONE)
    sender = Sender(store.outbox, [push])
    sender.step(Lane.ROUTINE, NOW)
    assert sender.step(Lane.ROUTINE, NOW + timedelta(days=1)) == 0
    (row,) = rows(store)
    assert (row.state, len(push.sent)) == (Delivery.FAILED.value, 1)
    assert "blocked" in row.error


def test_an_unforeseen_error_of_a_channel_stops_nobody_and_is_kept(store: Store) -> None:
    tell(store, "m1", "m2")
    push = Loopback(KeyError("token"))
    Sender(store.outbox, [push]).step(Lane.ROUTINE, NOW)
    assert sorted(row.state for row in rows(store)) == [Delivery.HANDED_OVER.value, Delivery.PENDING.value]
    assert "token" in "".join(row.error for row in rows(store))


def test_a_channel_that_hangs_is_left_behind_and_its_message_comes_again_marked(store: Store) -> None:
    tell(store, "m")
    hangs = threading.Event()
    push = Loopback(hangs.wait)
    sender = Sender(store.outbox, [push], timeout_s=0.05)
    sender.step(Lane.ROUTINE, NOW)
    sender.step(Lane.ROUTINE, NOW + timedelta(seconds=2))
    hangs.set()
    assert push.texts == ["m", "（重发）m"]
    assert len({key for _, key in push.sent}) == 1
    assert rows(store)[0].state == Delivery.HANDED_OVER.value


def test_what_a_dead_worker_had_in_flight_comes_again_marked(store: Store) -> None:
    tell(store, "m")
    store.outbox.claim(Lane.ROUTINE, {"push"}, NOW, 4)
    push = Loopback()
    Sender(store.outbox, [push]).step(Lane.ROUTINE, NOW + timedelta(seconds=31))
    assert push.texts == ["（重发）m"]


def test_urgent_messages_do_not_wait_for_a_slow_channel(store: Store) -> None:
    tell(store, *(f"r{number}" for number in range(8)))
    tell(store, "u", lane=Lane.URGENT)
    hangs = threading.Event()
    push = Loopback(*[hangs.wait] * 4)
    sender = Sender(store.outbox, [push])
    routine = threading.Thread(target=sender.step, args=(Lane.ROUTINE, NOW))
    routine.start()
    while len(push.sent) < 4:
        pass
    sender.step(Lane.URGENT, NOW)
    assert push.texts[-1] == "u"
    hangs.set()
    routine.join()


def test_a_channel_that_people_fetch_from_is_not_sent_to(store: Store) -> None:
    tell(store, "m", channel="web")
    assert Sender(store.outbox, [Loopback()]).step(Lane.ROUTINE, NOW) == 0
    assert rows(store)[0].state == Delivery.PENDING.value


def test_after_the_last_attempt_the_duty_desk_sees_it(store: Store) -> None:
    tell(store, "m")
    sender = Sender(store.outbox, [Loopback(*[BUSY] * MOST_ATTEMPTS)])
    at = NOW
    for _ in range(MOST_ATTEMPTS + 1):
        sender.step(Lane.ROUTINE, at)
        at += timedelta(hours=1)
    assert store.outbox.undelivered() == 1


def test_a_pause_that_the_channel_asks_for_holds_all_that_waits_for_that_person_and_nobody_else(store: Store) -> None:
    tell(store, "m")
    tell(store, "urgent", lane=Lane.URGENT)
    push = Loopback(SendingPaused(channel="push", reason="flood", wait_s=9))
    sender = Sender(store.outbox, [push])
    sender.step(Lane.ROUTINE, NOW)
    with store.work(NOW) as work:
        work.tell(work.person("push", "b"), Outgoing("", "", "to b"), key="b")
    assert [sender.step(lane, NOW + timedelta(seconds=8)) for lane in Lane] == [0, 1]
    assert [sender.step(lane, NOW + timedelta(seconds=10)) for lane in Lane] == [1, 1]
    assert push.texts == ["m", "to b", "urgent", "m"]
    assert [row.attempts for row in rows(store)] == [1, 1, 1]


def test_what_the_channel_may_have_taken_is_marked_when_it_is_sent_again(store: Store) -> None:
    tell(store, "m")
    push = Loopback(SendingInDoubt(channel="push", reason="no answer"))
    sender = Sender(store.outbox, [push])
    sender.step(Lane.ROUTINE, NOW)
    sender.step(Lane.ROUTINE, NOW + timedelta(seconds=2))
    assert push.texts == ["m", "（重发）m"]


def test_who_has_blocked_us_is_told_elsewhere_until_a_message_comes_from_there_again(store: Store) -> None:
    with store.work(NOW - timedelta(days=1)) as work:
        person = work.person("web", "b")
        identity = Identity(channel="push", sender="a", person_id=person.id or 0, last_seen_at=NOW)
        work.session.add(identity)
    tell(store, "m")
    sender = Sender(store.outbox, [Loopback(RecipientGone(channel="push", reason="blocked"))])
    sender.step(Lane.ROUTINE, NOW)
    with store.work(NOW) as work:
        account = work.account_of(work.person_by_id(identity.person_id))
        assert account is not None and account.channel == "web"
    with store.work(NOW) as work:
        work.person("push", "a")
    with store.work(NOW) as work:
        account = work.account_of(work.person_by_id(identity.person_id))
        assert account is not None and account.channel == "push"
