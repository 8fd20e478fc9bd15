"""Codes in messages: apart from the message, there after a crash, gone once handed over."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from assistant.people import Identity, Person
from assistant.ports import Outgoing, Receipt
from assistant.store import Lane, Store, open_engine
from assistant.store.inbox import InboxRow
from assistant.store.outbox import LEASE, OutboxRow
from assistant.store.secrets import SecretRow, hide, purge, reveal
from tests.world import NOON

CODE = "K7WMPQ3X"


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    engine = open_engine(database_url)
    yield Store(engine)
    engine.dispose()


def tell(store: Store) -> None:
    with store.work(NOON) as work:
        person = Person(name="示例甲", created_at=NOON)
        work.session.add(person)
        work.session.flush()
        work.session.add(Identity(channel="test", sender="a", person_id=person.id or 0, last_seen_at=NOON))
        work.session.flush()
        mark = hide(work.session, person, CODE, timedelta(hours=24))
        work.tell(person, Outgoing("", "", f"领奖码：{mark}。"), key="YH1/1/claim")


def kept(store: Store) -> str:
    with store.work(NOON) as work:
        rows = [*work.session.exec(select(OutboxRow)).all(), *work.session.exec(select(InboxRow)).all()]
        return "".join(row.model_dump_json() for row in rows)


def secrets_of(store: Store) -> list[SecretRow]:
    with store.work(NOON) as work:
        return [row.value for row in work.session.exec(select(SecretRow)).all()]


def test_a_worker_that_dies_leaves_the_code_for_the_next_one_and_it_is_gone_when_taken(store: Store):
    tell(store)
    assert CODE not in kept(store)
    (first,) = store.outbox.claim(Lane.ROUTINE, ["test"], NOON, 9)
    assert CODE in first.outgoing.text  # and here the worker is killed
    later = NOON + LEASE
    (again,) = store.outbox.claim(Lane.ROUTINE, ["test"], later, 9)
    assert again.is_in_doubt and again.outgoing.text == first.outgoing.text
    store.outbox.handed_over(again, Receipt("v-1"), later)
    assert secrets_of(store) == [] and CODE not in kept(store)


def test_a_page_that_fetches_shows_the_code_for_a_day(store: Store):
    tell(store)
    (fetched,) = store.outbox.fetch("test", "a", NOON)
    assert CODE in fetched.text and CODE not in kept(store)
    (turn,) = store.turns("test", "a", 9)
    almost = NOON + timedelta(hours=23, minutes=59)
    assert CODE in store.revealed(turn.replies, almost)[0].text
    assert "＊＊" in store.revealed(turn.replies, NOON + timedelta(hours=24))[0].text
    with store.work(NOON + timedelta(hours=24)) as work:
        purge(work.session, work.now)
    assert secrets_of(store) == []


def test_a_mark_that_somebody_invents_shows_nothing(store: Store):
    tell(store)
    with store.work(NOON) as work:
        session: Session = work.session
        assert reveal(session, "⟦0123456789abcdef⟧ ⟦x⟧", NOON) == "＊＊ ⟦x⟧"
