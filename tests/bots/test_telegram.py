"""Telegram through the real desk, with a fake Bot API on loopback: what is said, pressed and sent arrives once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from assistant.desk import Desk
from assistant.incidents import Incident
from assistant.people import Grant, Identity, Role
from assistant.search import Index
from assistant.store import Store, open_engine
from assistant.store.media import MediaFolder
from bots.fakes.telegram import FakeTelegram
from bots.fakes.telegram_phone import TelegramPhone
from tests.bots.telegram_town import Town, now, running, until
from tests.pictures import picture
from tests.world import TOWN


@pytest.fixture
def desk(index: Index, database_url: str, tmp_path: Path) -> Iterator[Desk]:
    engine = open_engine(database_url)
    yield Desk(index, Store(engine, MediaFolder(tmp_path / "media")), pushed={"telegram"})
    engine.dispose()


@pytest.fixture
def fake() -> Iterator[FakeTelegram]:
    with FakeTelegram() as fake:
        yield fake


@pytest.fixture
def town(fake: FakeTelegram, desk: Desk) -> Iterator[Town]:
    with running(fake, desk) as town:
        yield town


def test_a_question_is_answered_with_its_source(town: Town):
    phone = town.phone()
    phone.says("村里一年要演练几回")
    assert "《" in town.heard(phone)
    assert until(lambda: town.live.health().ok)


def said_of(town: Town, phone: str = "7001") -> list[str]:
    return [turn.text for turn in town.desk.history("telegram", phone, 99)]


def test_a_pressed_button_is_said_once_and_shown_as_pressed(town: Town):
    """R21: the press counts first; the platform hears of it after that."""
    phone = town.phone()
    phone.says("村里一年要演练几回")
    town.heard(phone)
    phone.presses("出处")
    assert "发布" in town.heard(phone) or "印发" in town.heard(phone)
    until(lambda: "✓ 出处" in phone.buttons())
    assert {"全文", "没答到"} <= set(phone.buttons())
    assert len(town.fake.called("answerCallbackQuery")) == 1


def test_a_press_stands_though_the_platform_hears_nothing_of_it(town: Town):
    """R21."""
    phone = town.phone()
    phone.says("村里一年要演练几回")
    town.heard(phone)
    town.fake.fault(500, path="answerCallbackQuery", times=-1)
    phone.presses("全文")
    assert town.heard(phone)
    assert said_of(town)[-1] == "全文"


def test_an_update_that_comes_again_has_one_effect(town: Town):
    """R6."""
    town.fake.fault("duplicate", path="getUpdates", times=3)
    phone = town.phone()
    phone.says("你好")
    town.heard(phone)
    phone.says("村里一年要演练几回")
    town.heard(phone)
    assert said_of(town) == ["你好", "村里一年要演练几回"]
    assert phone.read(wait_s=0.5) == []


def test_a_photo_and_a_point_come_with_the_report(town: Town):
    """R27, R28."""
    phone = town.phone()
    phone.sends_photo(picture(), "路上井盖不见了")
    town.heard(phone)
    phone.sends_location(25.1872, 100.3211)
    town.heard(phone)
    first, second = town.desk.history("telegram", "7001", 9)
    assert [one.kind for one in first.attachments] == ["image"]
    assert second.location is not None and (second.location.lat, second.location.given) == (25.1872, None)


def test_a_photo_that_does_not_come_is_fetched_again(town: Town):
    """R27."""
    town.fake.fault(502, path="file")
    phone = town.phone()
    phone.sends_photo(picture(), "路上井盖不见了")
    town.heard(phone)
    assert len(town.desk.history("telegram", "7001", 9)[0].attachments) == 1


def test_who_sent_a_photo_that_cannot_be_had_hears_so_and_the_words_count(town: Town):
    """R27."""
    town.fake.fault("nonsense", path="getFile", times=-1)
    phone = town.phone()
    phone.sends_photo(picture(), "路上井盖不见了")
    until(lambda: any("没有取到" in one.text for one in phone.screen.all()))
    assert said_of(town) == ["路上井盖不见了"]


@pytest.mark.parametrize(("content", "said"), [(b"GIF89a", "打不开"), (b"\xff\xd8\xff broken", "没有传完整")])
def test_a_file_that_is_none_of_ours_is_refused_in_words(town: Town, content: bytes, said: str):
    """R27: sniffed, not believed."""
    phone = town.phone()
    phone.sends_photo(content)
    assert said in town.heard(phone)


def test_who_is_in_danger_does_not_wait_for_a_photo(fake: FakeTelegram, desk: Desk):
    with running(fake, desk, read_s=6.0) as town:
        town.fake.fault("delay", path="file", value=4.0)
        phone = town.phone()
        phone.sends_photo(picture(), "着火了，快来人")
        assert "119" in town.heard(phone)
        assert not any(turn.attachments for turn in town.desk.history("telegram", "7001", 9))
        until(lambda: any(turn.attachments for turn in town.desk.history("telegram", "7001", 9)))


def test_other_chats_pass_while_one_waits_for_a_photo_and_its_own_messages_do_not(town: Town):
    """R9."""
    town.fake.fault("delay", path="file", value=0.9)
    slow, quick = town.phone("7001"), town.phone("7002")
    slow.sends_photo(picture(), "路上井盖不见了")
    slow.says("三组")
    quick.says("你好")
    assert town.heard(quick) and slow.screen.all() == []
    town.heard(slow)
    until(lambda: said_of(town) == ["路上井盖不见了", "三组"])


def test_what_cannot_be_read_gets_help_and_keeps_nobody_waiting(town: Town):
    """R30."""
    phone = town.phone()
    phone.sends(sticker={"file_id": 3})
    phone.sends(contact={"phone_number": "0", "first_name": "示例"})
    assert "看不懂" in town.heard(phone)
    phone.says("你好")
    assert town.heard(phone)


def test_a_group_is_told_once_to_write_alone_and_nothing_of_it_is_kept(town: Town):
    group = town.phone("-5001")
    for _ in range(3):
        group.says("@Yingda_Demo_Bot 河堤塌了", **{"from": {"id": 7009, "is_bot": False, "first_name": "示例"}})
    group.says("大家好")
    assert "单独发给我" in town.heard(group)
    town.phone().says("你好")
    town.heard(town.phone())
    assert group.read() == []
    assert said_of(town, "-5001") == said_of(town, "7009") == []


def test_nothing_more_is_sent_to_who_has_blocked_the_bot_until_they_write_again(town: Town, fake: FakeTelegram):
    phone = town.phone()
    phone.says("你好")
    town.heard(phone)

    def is_reachable() -> bool:
        with town.desk.work(now()) as work:
            person = work.person_by_id(work.session.get_one(Identity, ("telegram", "7001")).person_id)
            return work.has_channel(person)

    phone.blocks()
    until(lambda: not is_reachable())
    phone.unblocks()
    phone.says("你好")
    assert town.heard(phone) and is_reachable()


def test_a_blocked_bot_learns_it_from_the_refusal_too(town: Town, fake: FakeTelegram):
    """403 is final: no second attempt."""
    fake.bot.blocked.add("7001")
    town.phone().says("你好")
    until(lambda: len(fake.called("sendMessage")) == 1)

    def lost() -> bool:
        with town.desk.work(now()) as work:
            account = work.session.get(Identity, ("telegram", "7001"))
            return account is not None and account.lost_at is not None

    until(lost)
    assert len(fake.called("sendMessage")) == 1


def test_a_call_is_answered_with_the_button_under_it(town: Town):
    """R19, R20, R21: the press is of that message, by that person, once."""
    town.desk.region = TOWN
    duty, villager, other = town.phone("7001"), town.phone("7002"), town.phone("7003")
    with town.desk.work(now()) as work:
        person = work.person("telegram", "7001")
        person.name = "钱值班"
        work.session.add(person)
        work.session.add(Grant(person_id=person.id or 0, role=Role.DUTY.value, region=TOWN))
    villager.says("上河村三组王家着火了")
    assert "119" in town.heard(villager)
    asked = until(lambda: next((one for one in duty.screen.all() if "收到" in one.buttons), None))
    other.bot.push({"callback_query": forwarded(other, asked.names[0])})
    assert "不是发给您的" in town.heard(other)
    duty.presses("收到")
    until(lambda: "✓ 收到" in duty.buttons())
    duty.presses("✓ 收到")
    until(lambda: len(town.fake.called("answerCallbackQuery")) == 3)

    def state() -> str:
        with town.desk.work(now()) as work:
            return work.session.exec(select(Incident)).one().state

    until(lambda: state() == "acknowledged")
    with town.desk.work(now()) as work:
        incident = work.session.exec(select(Incident)).one()
        assert len([one for one in work.events(incident.number) if one.kind == "acknowledged"]) == 1


def forwarded(phone: TelegramPhone, data: str) -> dict[str, object]:
    """Press the button of a message that somebody else got."""
    user = {"id": int(phone.name), "is_bot": False, "first_name": "示例"}
    chat = {"id": int(phone.name), "type": "private"}
    under = {"message_id": 1, "date": 0, "chat": chat}
    return {"id": "77001", "from": user, "chat_instance": "1", "message": under, "data": data}
