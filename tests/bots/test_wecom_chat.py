"""Conversations over WeCom: encrypted callbacks in, app messages and cards out (R3, R6, R10, R13, R22)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from assistant.desk import Desk
from assistant.desk.hearing import TrainedEar
from assistant.ports import Outgoing
from assistant.search import Index
from assistant.store import Lane, Store, open_engine
from assistant.store.media import MediaFolder
from assistant.store.outbox import Delivery, OutboxRow
from assistant.triage import Reader
from tests.bots.wecom_site import Site, opened
from tests.pictures import picture


@pytest.fixture
def site(index: Index, reader: Reader, database_url: str, tmp_path: Path) -> Iterator[Site]:
    engine = open_engine(database_url)
    desk = Desk(index, Store(engine, MediaFolder(tmp_path / "media")), ear=TrainedEar(reader), pushed={"wecom"})
    with opened(desk) as site:
        yield site
    engine.dispose()


def tell(site: Site, userid: str, text: str, *choices: str, key: str = "YJ1") -> None:
    with site.desk.work(site.now) as work:
        person = work.person("wecom", userid)
        work.tell(person, Outgoing("", "", text, choices=choices), key=key, lane=Lane.URGENT)


def outbox(site: Site) -> list[OutboxRow]:
    with site.desk.work(site.now) as work:
        rows = list(work.session.exec(select(OutboxRow).order_by(OutboxRow.id)).all())  # type: ignore[arg-type]
        for row in rows:
            work.session.expunge(row)
        return rows


def test_a_question_is_answered_with_its_source(site: Site) -> None:
    phone = site.fake.phone("ZhangSan")
    phone.says("村里一年要演练几回")
    site.sends()
    shown = phone.read()
    assert any("每年至少" in one.text for one in shown)
    assert all(row.recipient == "zhangsan" for row in outbox(site))  # the platform writes userids in small letters


def test_what_is_said_one_after_the_other_arrives_so(site: Site) -> None:
    """Four are sent at once, but never to the same person."""
    phone = site.fake.phone("zhangsan")
    for number in range(8):
        tell(site, "zhangsan", f"第{number}段", key=f"YJ{number}")
    site.fake.fault("delay", path="message/send", value=0.1)
    site.sends()
    assert [one.text for one in phone.read()] == [f"第{number}段" for number in range(8)]


def test_a_message_delivered_three_times_at_once_has_one_effect(site: Site) -> None:
    """R6."""
    phone = site.fake.phone("zhangsan")
    site.fake.fault("duplicate", path="callback")
    phone.says("村里一年要演练几回")
    site.sends()
    before = len(phone.read())
    phone.says("村里一年要演练几回", message_id="77")
    phone.says("村里一年要演练几回", message_id="77")
    site.sends()
    assert len(phone.read()) == before


def test_a_call_is_a_card_and_its_button_says_what_was_chosen(site: Site) -> None:
    """R22: greyed in the answer to the callback, which costs no call."""
    phone = site.fake.phone("zhangsan")
    tell(site, "zhangsan", "收到请回复。", "收到", "需要支援")
    site.sends()
    (shown,) = phone.read()
    assert (shown.text, shown.buttons, shown.kind) == ("收到请回复。", ("收到", "需要支援"), "card")
    phone.presses("收到")
    assert phone.cards[0].chosen == "已选：收到"
    assert site.fake.called("update_template_card") == []


def test_a_photo_and_a_place_reach_the_desk(site: Site) -> None:
    phone = site.fake.phone("zhangsan")
    phone.sends_photo(picture())
    phone.sends_location(25.2, 100.3, "示例村委会")
    turns = site.desk.history("wecom", "zhangsan")
    assert [len(turn.attachments) for turn in turns] == [1, 0]
    place = turns[1].location
    assert place is not None and place.given is not None and (place.given.lat, place.label) == (25.2, "示例村委会")
    assert (round(place.lat, 4), round(place.lon, 4)) == (25.2029, 100.2989)


def test_whom_the_platform_does_not_know_was_sent_nothing(site: Site) -> None:
    """R13: errcode 0 with invaliduser, or 81013."""
    tell(site, "wangwu", "收到请回复。")
    site.sends()
    assert [row.state for row in outbox(site)] == [Delivery.FAILED.value]
