"""A call to two thousand people over Telegram, whose quotas are refused above: nobody is unaccounted for (R13, R15, R40)."""

import time
from collections import Counter
from pathlib import Path

import pytest
from sqlmodel import select

from assistant.desk import Desk
from assistant.ports import Outgoing
from assistant.search import Index
from assistant.store import Delivery, Lane, Store, open_engine
from assistant.store.media import MediaFolder
from assistant.store.outbox import OutboxRow
from bots.fakes.telegram import FakeTelegram
from tests.bots.telegram_town import now, running, until

PEOPLE, A_SECOND = 2000, 30
CALL = "【示例预警】请立即通知到户，收到请回复。"
PATIENCE_S = 900.0


def fullest(moments: list[float], window_s: float) -> int:
    """Return how many there are at most within any window of so many seconds."""
    most, first = 0, 0
    for last, moment in enumerate(moments):
        while moment - moments[first] >= window_s:
            first += 1
        most = max(most, last - first + 1)
    return most


@pytest.mark.slow
def test_everybody_of_two_thousand_is_accounted_for(index: Index, database_url: str, tmp_path: Path) -> None:
    engine = open_engine(database_url)
    desk = Desk(index, Store(engine, MediaFolder(tmp_path / "media")), pushed={"telegram"})
    with FakeTelegram(is_strict=True) as fake:
        phones = [fake.phone(str(7000 + number)) for number in range(PEOPLE)]
        with running(fake, desk):
            with desk.work(now()) as work:
                for phone in phones:
                    person = work.person("telegram", phone.name)
                    work.tell(person, Outgoing("", "", CALL, choices=("收到",)), key="YJ1", lane=Lane.URGENT)
            began = time.monotonic()
            until(lambda: handed_over(desk) == {Delivery.HANDED_OVER.value: PEOPLE}, PATIENCE_S)
            took = time.monotonic() - began
        assert all(len(phone.read()) == 1 for phone in phones)
        calls = sorted(call.at for call in fake.called("sendMessage"))
    engine.dispose()
    assert len(calls) == PEOPLE  # none was refused, none came twice
    assert fullest(calls, 1.0) <= A_SECOND
    print(f"{PEOPLE} messages in {took:.1f} s; at most {fullest(calls, 1.0)} in any second")


def handed_over(desk: Desk) -> Counter[str]:
    time.sleep(0.5)
    with desk.work(now()) as work:
        return Counter(work.session.exec(select(OutboxRow.state)).all())
