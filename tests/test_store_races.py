"""Desks that meet over the same row: nothing is lost, nothing is there twice, and nobody sees an error."""

import json
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TypeVar

import pytest
from sqlmodel import select

from assistant.events import CLOCK, Fact
from assistant.hazards import Hazard
from assistant.people import Person
from assistant.ports import Attachment, Incoming, Outgoing
from assistant.store import Store, Work, open_engine
from assistant.store.outbox import OutboxRow
from assistant.store.work import EvidenceRow, SealedRow
from tests.databases import both_databases

NOW = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
THREADS = 8
ROUNDS = 12
T = TypeVar("T")
NUMBER = "YH20260701-01"
pytestmark = both_databases


@pytest.fixture
def stores(database_url: str) -> Iterator[list[Store]]:
    """Two desks on one database; each has its own connections, as a process of its own would."""
    engines = [open_engine(database_url) for _ in range(2)]
    yield [Store(engine) for engine in engines]
    for engine in engines:
        engine.dispose()


def at_once(stores: list[Store], work: Callable[[Work], T], rounds: int = 1) -> list[T]:
    """Do a piece of work in many threads that begin together; an error in one of them fails the test."""
    results: list[T] = []
    errors: list[BaseException] = []
    start = threading.Barrier(THREADS)

    def run(store: Store) -> None:
        try:
            start.wait()
            results.extend(store.attempt(NOW, work) for _ in range(rounds))
        except Exception as error:  # noqa: BLE001 - shown below, in the main thread
            errors.append(error)

    threads = [threading.Thread(target=run, args=(stores[number % 2],)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    return results


def test_the_first_contact_of_a_person_makes_one_person(stores: list[Store]) -> None:
    assert len(set(at_once(stores, lambda work: work.person("web", "a").id))) == 1
    with stores[0].work(NOW) as work:
        assert len(work.session.exec(select(Person)).all()) == 1


def test_numbers_of_a_day_are_given_out_once_each_without_a_gap(stores: list[Store]) -> None:
    numbers = at_once(stores, lambda work: work.next_number("YH"), rounds=3)
    assert sorted(numbers) == [f"YH20260701-{number:02d}" for number in range(1, 3 * THREADS + 1)]


def test_the_same_event_tells_the_same_person_once(stores: list[Store]) -> None:
    def tell(work: Work) -> None:
        work.tell(work.person("web", "a"), Outgoing("", "", "m"), key=f"{NUMBER}/1/told")

    at_once(stores, tell)
    with stores[0].work(NOW) as work:
        assert len(work.session.exec(select(OutboxRow)).all()) == 1


def test_a_reporter_has_one_token_in_a_case(stores: list[Store]) -> None:
    assert len(set(at_once(stores, lambda work: work.seal(work.person("web", "a"), NUMBER)))) == 1
    with stores[0].work(NOW) as work:
        assert len(work.session.exec(select(SealedRow)).all()) == 1


def registered(work: Work) -> Hazard:
    hazard = Hazard(number=NUMBER)
    work.append(hazard, Fact("registered", {"set": {"state": "registered", "text": ""}}), CLOCK)
    return hazard


def test_the_same_photo_is_kept_with_a_case_once(stores: list[Store]) -> None:
    with stores[0].work(NOW) as work:
        registered(work)
        (event,) = work.events(NUMBER)
        work.session.expunge(event)
    photo = Attachment("image", "0" * 64, "image/jpeg")
    at_once(stores, lambda work: work.keep_evidence(event, (photo,)))
    with stores[0].work(NOW) as work:
        assert len(work.session.exec(select(EvidenceRow)).all()) == 1


def test_no_change_of_a_case_is_lost(stores: list[Store]) -> None:
    """Without BEGIN IMMEDIATE and row locks 880 of 1,200 changes were lost without an error (measured)."""
    with stores[0].work(NOW) as work:
        registered(work)

    def change(work: Work) -> None:
        hazard = work.hazard(NUMBER)
        work.append(hazard, Fact("supplemented", {"set": {"text": hazard.text + "又"}}), CLOCK)

    at_once(stores, change, ROUNDS)
    with stores[0].work(NOW) as work:
        hazard, events = work.hazard(NUMBER), work.events(NUMBER)
        assert len(hazard.text) == THREADS * ROUNDS
        assert [event.sequence for event in events] == list(range(1, THREADS * ROUNDS + 2))
        assert Hazard.rederive(events).text == hazard.text


def test_no_change_of_a_conversation_is_lost(stores: list[Store]) -> None:
    def change(work: Work) -> None:
        row = work.conversation(work.person("web", "a"))
        row.state = json.dumps({"said": json.loads(row.state).get("said", 0) + 1})
        work.session.add(row)

    at_once(stores, change, ROUNDS)
    with stores[0].work(NOW) as work:
        row = work.conversation(work.person("web", "a"))
        assert json.loads(row.state) == {"said": THREADS * ROUNDS}


def test_two_desks_attend_to_a_message_once(stores: list[Store]) -> None:
    message = Incoming("web", "m-1", "a", "问", NOW)
    effects: list[str] = []

    def attend(work: Work) -> str:
        row = work.entry(message)
        if not row.is_done:
            effects.append(work.next_number("YH"))
            work.finish(row, (Outgoing("web", "a", effects[-1]),))
        return work.replies(row)[0].text

    assert stores[0].take(message, NOW) is stores[1].take(message, NOW) is None
    assert set(at_once(stores, attend)) == set(effects[-1:])
    with stores[0].work(NOW) as work:
        assert work.next_number("YH") == "YH20260701-02"
