"""kill -9 of the real server while WeCom delivers: nothing is lost, nothing has two effects (R5, R10)."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
from sqlmodel import select

from assistant.incidents import Incident
from assistant.store import Delivery, Store, open_engine
from assistant.store.inbox import Attended, InboxRow
from assistant.store.outbox import OutboxRow
from assistant.wording.sentences import AGAIN
from bots.fakes.envelope import xml
from bots.fakes.wecom import FakeWeCom
from bots.serve import now
from tests.crash.test_serve_kills import Server, served

__all__ = ["served"]
KILLS, AT_ONCE, MEMBERS = 5, 20, 10


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeWeCom]:
    with FakeWeCom() as fake:
        for name, value in fake.settings().items():
            monkeypatch.setenv(name, value)
        for number in range(MEMBERS):
            fake.phone(member(number))
        yield fake


@pytest.mark.slow
def test_nothing_is_lost_or_done_twice(served: Path, database_url: str, tmp_path: Path, fake: FakeWeCom) -> None:
    server, chance = Server(served, database_url, tmp_path / "media"), random.Random(7)
    fake.callback = f"{server.address}/wecom"
    server.begin()
    server.answers()
    tries: list[int] = []
    try:
        for life in range(KILLS):
            tries += killed_at_work(server, fake, life * AT_ONCE, chance.uniform(0.02, 0.4))
        engine = open_engine(database_url)
        store = Store(engine)
        for _ in range(300):
            if not unsent(store):
                break
            time.sleep(0.2)
    finally:
        server.kill()
    assert max(tries) > 1  # some were in hand when it was killed
    inspect(store, fake)
    engine.dispose()


def killed_at_work(server: Server, fake: FakeWeCom, first: int, after_s: float) -> list[int]:
    """Let messages come, kill the server meanwhile and begin it anew; return how often each was delivered."""
    with ThreadPoolExecutor(AT_ONCE) as platform:
        queued = [platform.submit(delivered, fake, first + number) for number in range(AT_ONCE)]
        time.sleep(after_s)
        server.kill()
        server.begin()
        server.answers()
        return [one.result(timeout=120) for one in queued]


def inspect(store: Store, fake: FakeWeCom) -> None:
    texts = [text(number) for number in range(KILLS * AT_ONCE)]
    with store.work(now()) as work:
        came = [row for row in work.session.exec(select(InboxRow)).all() if row.text]
        assert Counter(row.text for row in came) == dict.fromkeys(texts, 1)
        assert {row.state for row in came} == {Attended.DONE.value}
        cries = Counter(line for one in work.session.exec(select(Incident)).all() for line in one.text.split("\n"))
        assert {one: cries[one] for one in texts if one.startswith("着火")} == {
            one: 1 for one in texts if one.startswith("着火")
        }
        rows = [row for row in work.session.exec(select(OutboxRow)).all() if row.channel == "wecom"]
        assert {row.state for row in rows} == {Delivery.HANDED_OVER.value}
    shown = [one.text for number in range(MEMBERS) for one in fake.phone(member(number)).read()]
    again = [one for one in shown if one.startswith(AGAIN)]
    assert len(shown) - len(again) <= len(rows) <= len(shown)  # whatever came twice says so
    assert fake.dropped == []
    print(f"{KILLS} kills, {len(came)} messages, {len(rows)} replies, {len(again)} of them sent again")


def unsent(store: Store) -> int:
    with store.work(now()) as work:
        left = work.session.exec(select(InboxRow).where(InboxRow.state == Attended.RECEIVED.value)).all()
        waiting = work.session.exec(select(OutboxRow).where(OutboxRow.state == Delivery.PENDING.value)).all()
        return len(left) + len(waiting)


def delivered(fake: FakeWeCom, number: int) -> int:
    """Deliver one message until it is taken, as a patient platform would; return how often that was."""
    phone = fake.phone(member(number))
    named = {"FromUserName": phone.userid, "MsgType": "text", "Content": text(number), "MsgId": str(1000 + number)}
    for tries in range(1, 500):
        try:
            if phone.post(xml(named)).status_code == requests.codes.ok:
                return tries
        except requests.RequestException:
            time.sleep(0.1)
    raise TimeoutError


def member(number: int) -> str:
    return f"member{number % MEMBERS}"


def text(number: int) -> str:
    return f"着火了我妈还在{number}栋" if number % 4 == 0 else f"示例村{number}组谁来负责巡查"
