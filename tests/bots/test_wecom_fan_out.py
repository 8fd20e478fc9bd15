"""A call to two thousand people over WeCom, while the platform fails now and then: nobody is unaccounted for (R13, R15, R40)."""

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import col, select

from assistant.desk import Desk
from assistant.people import Identity
from assistant.ports import Outgoing
from assistant.search import Index
from assistant.store import Delivery, Lane, Store, open_engine
from assistant.store.media import MediaFolder
from assistant.store.outbox import OutboxRow
from assistant.wording.sentences import AGAIN
from tests.bots.wecom_site import Site, opened

PEOPLE, STRANGERS = 2000, 50
CALL = "【示例预警】请立即通知到户，收到请回复。"
CHOICES = ("收到", "已通知到户", "需要支援")


@pytest.fixture
def site(index: Index, database_url: str, tmp_path: Path) -> Iterator[Site]:
    engine = open_engine(database_url)
    with opened(Desk(index, Store(engine, MediaFolder(tmp_path / "media")), pushed={"wecom"})) as site:
        yield site
    engine.dispose()


@pytest.mark.slow
def test_everybody_of_two_thousand_is_accounted_for(site: Site) -> None:
    members = [site.fake.phone(f"p{number}") for number in range(PEOPLE)]
    with site.desk.work(site.now) as work:
        for number in range(PEOPLE + STRANGERS):  # the last ones have left the company
            person = work.person("wecom", f"p{number}")
            for key in ("YJ1", "YJ2"):
                message = Outgoing("", "", f"{key}：{CALL}", choices=CHOICES)
                work.tell(person, message, key=key, lane=Lane.URGENT)
    for kind, value in (("errcode", -1), ("html", 0), ("errcode", 45033), ("lost_answer", 0)):
        site.fake.fault(kind, path="message/send", value=value, times=25)
    began = time.monotonic()
    site.sends()
    took = time.monotonic() - began
    for _ in range(20):
        site.after(seconds=30)
    with site.desk.work(site.now) as work:
        states = Counter(work.session.exec(select(OutboxRow.state)).all())
        lost = work.session.exec(select(Identity.sender).where(col(Identity.lost_at).is_not(None))).all()
    assert states == {Delivery.HANDED_OVER.value: 2 * PEOPLE, Delivery.FAILED.value: 2 * STRANGERS}
    assert len(lost) == STRANGERS
    shown = [[one.text.removeprefix(AGAIN) for one in phone.read()] for phone in members]
    assert all(
        set(texts) == {f"YJ1：{CALL}", f"YJ2：{CALL}"} and len(texts) == 2 for texts in shown
    )  # cards: never twice
    assert site.fake.dropped == []
    assert len(site.fake.called("gettoken")) == 1
    print(f"{2 * PEOPLE} cards in {took:.1f} s, {2 * PEOPLE / took:.0f} a second")
