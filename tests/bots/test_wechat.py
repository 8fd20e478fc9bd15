"""The official account over the real protocol (R4–R7, R13, R15, R17, R27, R29–R31): what a phone shows, what is kept."""

import logging
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
import requests
from fastapi import FastAPI
from pydantic import SecretStr
from sqlalchemy import func
from sqlmodel import select

from assistant.desk import Desk, intake
from assistant.desk.hearing import TrainedEar
from assistant.ports import Incoming, Outgoing
from assistant.rules import load_rules
from assistant.search import Index
from assistant.store import Store, Work, open_engine
from assistant.store.allowances import AllowanceRow
from assistant.store.inbox import InboxRow
from assistant.store.media import MediaFolder
from assistant.store.spool import SpoolRow
from assistant.triage import Reader
from assistant.wording import sentences
from bots.fakes.envelope import xml
from bots.fakes.wechat_account import AES_KEY
from bots.fakes.wechat_phone import UNAVAILABLE
from bots.wechat import callback
from bots.wechat.channel import WeChat, open_wechat
from tests.bots.wechat_town import CALLED, CHOICES, Town, town_of
from tests.pictures import picture

AMR = b"#!AMR\n" + b"\x3c" * 400


@pytest.fixture
def store(database_url: str, tmp_path: Path) -> Iterator[Store]:
    engine = open_engine(database_url)
    yield Store(engine, MediaFolder(tmp_path / "media"))
    engine.dispose()


@pytest.fixture
def town(index: Index, reader: Reader, store: Store) -> Iterator[Town]:
    with town_of(Desk(index, store, ear=TrainedEar(reader)), store, wechat_template="TEMPLATE-EXAMPLE:thing1") as town:
        yield town


def count(town: Town, table: type = InboxRow) -> int:
    with town.desk.work(town.clock()) as work:
        return work.session.exec(select(func.count()).select_from(table)).one()


def rows(town: Town) -> list[InboxRow]:
    with town.desk.work(town.clock()) as work:
        return list(work.session.exec(select(InboxRow)).all())


class Slow:
    """A desk whose brain takes long."""

    def __init__(self, desk: Desk, monkeypatch: pytest.MonkeyPatch, replies: int = 1) -> None:
        self.go_on, self.count = Event(), 0
        self._desk = desk
        self._texts = [f"慢慢想出来的回答{number}。" + "字" * (600 if replies > 1 else 0) for number in range(replies)]
        monkeypatch.setattr(desk._intake, "_attend", self._attend)

    def _attend(self, incoming: Incoming, work: Work) -> tuple[Outgoing, ...]:
        self.count += 1
        self.go_on.wait(20)
        return tuple(Outgoing("wechat", incoming.sender, text) for text in self._texts)


def test_a_question_is_answered_in_the_callback_itself(town: Town):
    phone = town.phone()
    phone.says("演练多久搞一次")
    (shown,) = phone.read()
    assert "《" in shown.text
    assert town.fake.called("custom/send") == []


def test_r29_a_report_in_pieces_with_photo_voice_and_place(town: Town):
    phone = town.phone()
    phone.says("上河村三组的水沟堵了")
    phone.sends_photo(picture(seed=1))
    phone.sends_location(25.1872, 100.3211, "上河村三组")
    phone.sends_voice(AMR)
    shown = phone.read()
    assert len(shown) == 4 and all(one.kind == "text" for one in shown)
    kept = rows(town)
    assert '"image"' in kept[1].attachments and '"voice"' in kept[3].attachments
    assert '"gcj02"' in kept[2].location  # R28: the degrees as they came are kept
    assert count(town, SpoolRow) == 0


def test_r29_a_voice_message_alone_is_kept_and_answered(town: Town):
    phone = town.phone()
    phone.sends_voice(AMR)
    (shown,) = phone.read()
    assert "听不懂语音" in shown.text and "请写" in shown.text
    assert '"voice"' in rows(town)[0].attachments


def test_r6_a_message_that_comes_three_times_at_once_has_one_effect_and_one_answer(town: Town):
    phone = town.phone()
    town.fake.fault("duplicate")
    phone.says("我要报隐患")
    replies = {one.reply.partition("<Content>")[2] for one in town.account.pushes}
    assert len(town.account.pushes) == 3 and len(replies) == 1 and replies != {""}
    assert count(town) == 1


def test_r6_a_message_that_comes_again_later_gets_the_same_answer(town: Town):
    phone = town.phone()
    phone.says("我要报隐患", message_id="4711")
    phone.says("我要报隐患", message_id="4711")
    first, second = phone.read()
    assert first.text == second.text
    assert count(town) == 1


def test_r6_two_touches_in_one_second_are_two(town: Town):
    phone = town.phone()
    phone.touches_menu("帮助")
    phone.touches_menu("我的隐患")
    phone.touches_menu("帮助")
    assert count(town) == 2


def test_r7_a_slow_answer_comes_by_itself(town: Town, monkeypatch: pytest.MonkeyPatch):
    slow, phone = Slow(town.desk, monkeypatch), town.phone()
    town.live._callback.patience_s = 0.4  # type: ignore[union-attr]
    phone.says("演练多久搞一次")
    (pushed,) = town.account.pushes
    assert pushed.status == 200 and pushed.reply == "" and pushed.took_s < 5
    slow.go_on.set()
    until = time.monotonic() + 60
    while not town.outbox() and time.monotonic() < until:
        time.sleep(0.02)
    town.send()
    (shown,) = phone.read(wait_s=2)
    assert shown.text.startswith("慢慢想出来的回答0")
    assert slow.count == 1


def test_r7_the_delivery_after_a_slow_one_gets_no_second_answer(town: Town, monkeypatch: pytest.MonkeyPatch):
    slow, phone = Slow(town.desk, monkeypatch), town.phone()
    town.live._callback.patience_s = 0.4  # type: ignore[union-attr]
    phone.says("演练多久搞一次", message_id="4712")
    slow.go_on.set()
    phone.says("演练多久搞一次", message_id="4712")
    until = time.monotonic() + 60
    while not town.outbox() and time.monotonic() < until:
        time.sleep(0.02)
    town.send()
    assert len(phone.read(wait_s=2)) == 1 and slow.count == 1


def test_r5_what_is_not_kept_is_not_taken(town: Town, monkeypatch: pytest.MonkeyPatch):
    """While the database is busy with another message nothing is promised; the platform comes again."""
    slow, phone, other = Slow(town.desk, monkeypatch), town.phone(), town.phone("openid-other")
    town.live._callback.patience_s = 0.3  # type: ignore[union-attr]
    phone.says("演练多久搞一次")
    other.says("还有谁在")
    assert [one.status for one in town.account.pushes if one.user == other.name] == [503] * 3
    slow.go_on.set()


def test_r7_of_a_flood_everything_is_kept_at_once_and_answered_by_itself(town: Town):
    phones = [town.phone(f"openid-{number}") for number in range(30)]
    with ThreadPoolExecutor(30) as pool:
        list(pool.map(lambda phone: phone.says("你好"), phones))
    assert {one.status for one in town.account.pushes} == {200}
    assert count(town) == 30
    until = time.monotonic() + 20
    while any(row.state == "received" for row in rows(town)) and time.monotonic() < until:
        time.sleep(0.05)
    town.send()
    assert [len(phone.read(wait_s=2)) for phone in phones] == [1] * 30


def test_who_is_in_danger_is_answered_in_the_midst_of_a_flood(town: Town, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(callback, "MANY", 0)
    phone, other = town.phone(), town.phone("openid-other")
    other.says("你好")
    phone.says("救命，房子塌了，有人被埋")
    assert other.read() == [] and "119" in phone.read()[0].text


def test_r5_what_was_only_kept_when_the_process_died_is_answered_by_the_clock(town: Town):
    phone = town.phone()
    phone.says("你好")
    phone.read()
    town.desk.keep([Incoming("wechat", "m/4713", phone.name, "演练多久搞一次", town.clock())], town.clock())
    town.clock.after(seconds=31)
    town.desk.tick(town.clock())
    town.send(2)
    assert any("《" in one.text for one in phone.read(wait_s=2))


def test_r11_two_processes_do_not_take_each_others_token_away(town: Town):
    other = WeChat(town.settings, town.desk, town.clock)
    for live in (town.live, other, town.live):
        live._calls.tokens.get()
    assert town.live._calls.tokens.current == other._calls.tokens.current != ""
    assert len(town.fake.called("stable_token")) == 2
    other.stop()


def test_r18_no_secret_is_logged_or_kept_whatever_fails(town: Town, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    phone = town.phone()
    phone.says("你好")
    for number, fault in enumerate(("html", "lost_answer", "revoked", 500)):
        town.fake.fault(fault, path="custom/send")
        town.tell(phone, f"第{number}条", key=f"k{number}")
        town.send(2)
    town.fake.fault("errcode", path="media/get", value=40001, times=-1)
    phone.sends_photo(picture(seed=5))
    phone.sends_raw("no xml")
    # uvicorn here is the platform's: what it writes down of its own visitors is not ours
    logged = [one.getMessage() for one in caplog.records if not one.name.startswith("uvicorn")]
    kept = repr(logged) + repr(town.outbox()) + town.live.health().what
    tokens = [one.body["access_token"] for one in town.account.calls if "access_token" in one.body]
    assert tokens
    for secret in (town.account.app_secret, town.account.token, AES_KEY, *tokens):
        assert secret not in kept


def test_who_is_in_danger_reads_the_advice_at_once_and_the_rest_later(town: Town, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(intake, "QUICK_S", 0.3)
    slow, phone = Slow(town.desk, monkeypatch), town.phone()
    phone.says("救命，房子塌了，有人被埋")
    (advice,) = phone.read()
    assert "119" in advice.text
    slow.go_on.set()
    until = time.monotonic() + 60
    while not town.outbox() and time.monotonic() < until:
        time.sleep(0.02)
    town.send()
    (shown,) = phone.read(wait_s=2)
    assert shown.text.startswith("慢慢想出来的回答0") and slow.count == 1


def test_what_does_not_fit_one_answer_follows(town: Town, monkeypatch: pytest.MonkeyPatch):
    slow, phone = Slow(town.desk, monkeypatch, replies=3), town.phone()
    slow.go_on.set()
    phone.says("演练多久搞一次")
    (first,) = phone.read()
    assert first.text.startswith("慢慢想出来的回答0")
    town.send(2)
    assert [one.text[:9] for one in phone.read(wait_s=2)] == ["慢慢想出来的回答1", "慢慢想出来的回答2"]


def test_r17_what_would_break_the_answer_does_not(town: Town, monkeypatch: pytest.MonkeyPatch):
    slow, phone = Slow(town.desk, monkeypatch), town.phone()
    slow.go_on.set()
    slow._texts = ["a]]></Content><Content>\x0b坏"]
    phone.says("]]></Content>")
    (shown,) = phone.read()
    assert shown.kind == "text" and "坏" in shown.text


@pytest.mark.parametrize(
    "inside",
    [
        xml({"MsgType": "text", "Content": "无发送人", "MsgId": "1"}),
        xml({"FromUserName": "o1", "Content": "无类型", "MsgId": "1"}),
        xml({"FromUserName": "o1", "MsgType": "text", "Content": "无编号"}),
        xml({"FromUserName": "o1", "MsgType": "text", "Content": "x", "MsgId": "一"}),
        xml({"FromUserName": "o1", "MsgType": "event"}),
        xml({"FromUserName": "o1", "MsgType": "event", "Event": "TEMPLATESENDJOBFINISH", "Status": "success"}),
        xml({"FromUserName": "o1", "MsgType": "event", "Event": "LOCATION", "Latitude": "x"}),
        "<xml><FromUserName>o1</FromUserName><MsgType>a</MsgType><MsgType>b</MsgType></xml>",
        "<xml><FromUserName><a/></FromUserName><MsgType>text</MsgType></xml>",
        "no xml",
        "",
    ],
)
def test_r4_what_is_signed_and_wrong_is_taken_and_forgotten(town: Town, inside: str, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.INFO)
    pushed = town.phone().sends_raw(inside)
    assert (pushed.status, pushed.reply) == (200, "")
    assert count(town) == 0
    assert len([one for one in caplog.records if one.name.startswith("bots.wechat")]) == 1
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize(
    "fields",
    [
        {"MsgType": "video", "MediaId": "m"},
        {"MsgType": "link", "Title": "t", "Url": "http://example.invalid"},
        {"MsgType": "file"},
        {"MsgType": "whatever_comes_next"},
        {"MsgType": "location", "Location_X": "north", "Location_Y": "1"},
    ],
)
def test_r30_an_unknown_message_is_kept_and_answered(town: Town, fields: dict[str, str]):
    phone = town.phone()
    phone._message(fields)
    (shown,) = phone.read()
    assert "照片" in shown.text and shown.text != UNAVAILABLE
    assert count(town) == 1


def test_a_text_of_blanks_is_no_crash(town: Town):
    phone = town.phone()
    phone.says("   ")
    assert all(one.text != UNAVAILABLE for one in phone.read())


def test_who_begins_to_follow_is_greeted_and_who_stops_is_not_reached_any_more(town: Town):
    phone = town.phone()
    phone.follows()
    assert phone.read()
    with town.desk.work(town.clock()) as work:
        person = work.person("wechat", phone.name, "")
        assert work.has_channel(person)
    phone.unfollows()
    with town.desk.work(town.clock()) as work:
        assert not work.has_channel(person)


def test_r27_a_photo_that_does_not_come_is_fetched_again_and_answered_by_itself(town: Town):
    phone = town.phone()
    phone.says("上河村三组的水沟堵了")
    phone.read()
    town.fake.fault("html", path="media/get")
    phone.sends_photo(picture(seed=2))
    assert phone.read() == [] and count(town, SpoolRow) == 1
    town.live._attendant._tried.clear()  # as after a restart
    town.live._look()
    assert count(town, SpoolRow) == 0
    town.send()
    assert phone.read(wait_s=2) and '"image"' in rows(town)[1].attachments


def test_r27_a_photo_that_never_comes_is_told(town: Town):
    phone = town.phone()
    town.fake.fault("errcode", path="media/get", value=40007)
    phone.sends_photo(picture(seed=2))
    town.send()
    (shown,) = phone.read(wait_s=2)
    assert "再发一次" in shown.text and shown.kind == "text" and count(town, SpoolRow) == 0


def test_r27_what_is_no_picture_is_refused(town: Town):
    phone = town.phone()
    phone.sends_photo(b"MZ" + b"0" * 100)
    town.send()
    (shown,) = phone.read(wait_s=2)
    assert "打不开" in shown.text


def test_r5_a_photo_whose_file_hangs_is_kept_and_answered_in_time(town: Town):
    phone = town.phone()
    town.live._callback.patience_s = 0.4  # type: ignore[union-attr]
    town.fake.fault("delay", path="media/get", value=3.0)
    phone.sends_photo(picture(seed=3))
    (pushed,) = town.account.pushes
    assert pushed.status == 200 and pushed.took_s < 2.5
    until = time.monotonic() + 60
    while not town.outbox() and time.monotonic() < until:
        time.sleep(0.02)
    town.send()
    assert phone.read(wait_s=2)


def test_a_call_is_acknowledged_by_touching_a_choice(town: Town):
    phone = town.phone()
    phone.says("你好")
    phone.read()
    town.tell(phone)
    town.send()
    (asked,) = phone.read(wait_s=2)
    assert (asked.kind, asked.buttons, asked.text) == ("menu", CHOICES, CALLED)
    phone.presses("收到")
    assert rows(town)[-1].pressed == "o1:0"


def test_r15_five_customer_messages_after_a_message_and_then_templates(town: Town):
    phone = town.phone()
    phone.says("你好")
    phone.read()
    for number in range(7):
        town.tell(phone, f"第{number}条", key=f"k{number}")
    town.send(7)
    kinds = [one.kind for one in phone.read(wait_s=2)]
    assert kinds == ["menu"] * 5 + ["template"] * 2
    assert len(town.fake.called("custom/send")) == 5  # none is sent to be refused
    town.clock.after(seconds=1)
    phone.says("好的")
    phone.read()
    town.tell(phone, key="k9")
    town.send(2)
    assert phone.read(wait_s=2)[0].kind == "menu"


def test_r15_a_touch_opens_one_minute(town: Town):
    phone = town.phone()
    phone.follows()
    phone.read()
    for number in range(4):
        town.tell(phone, f"第{number}条", key=f"k{number}")
    town.send(4)
    assert [one.kind for one in phone.read(wait_s=2)] == ["menu"] * 3 + ["template"]
    phone.touches_menu("帮助")
    phone.read()
    town.clock.after(seconds=61)
    town.tell(phone, key="late")
    town.send()
    assert [one.kind for one in phone.read(wait_s=2)] == ["template"]


def test_r15_after_two_days_only_a_template_goes(town: Town):
    phone = town.phone()
    phone.says("你好")
    phone.read()
    town.clock.after(hours=48, seconds=1)
    town.tell(phone)
    town.send()
    (shown,) = phone.read(wait_s=2)
    assert shown.kind == "template" and len(shown.text) <= 20
    assert town.fake.called("custom/send") == []


def test_r15_a_subscription_goes_before_a_template_and_once_for_each_touch(index: Index, reader: Reader, store: Store):
    name = "TEMPLATE-EXAMPLE:thing1"
    desk = Desk(index, store, ear=TrainedEar(reader))
    with town_of(desk, store, wechat_template=name, wechat_subscription=name) as town:
        phone = town.phone()
        town.account.subscriptions.allow(phone.name, "TEMPLATE-EXAMPLE")
        allowed = "<List><TemplateId>TEMPLATE-EXAMPLE</TemplateId><SubscribeStatusString>accept</SubscribeStatusString></List>"
        phone.sends_raw(
            f"<xml><FromUserName>{phone.name}</FromUserName><MsgType>event</MsgType><Event>subscribe_msg_popup_event</Event>"
            f"<SubscribeMsgPopupEvent>{allowed}</SubscribeMsgPopupEvent></xml>"
        )
        for number in range(2):
            town.tell(phone, key=f"k{number}")
        town.send(2)
        assert [len(town.fake.called(path)) for path in ("bizsend", "template/send", "custom/send")] == [1, 1, 0]


def test_without_a_template_a_call_outside_the_window_is_refused_with_the_reason(
    index: Index, reader: Reader, store: Store
):
    with town_of(Desk(index, store, ear=TrainedEar(reader)), store) as town:
        town.tell(town.phone())
        town.send()
        ((state, error),) = town.outbox()
        assert state == "failed" and "48小时" in error
        assert town.account.calls == []


@pytest.mark.parametrize(
    ("code", "state", "templates"),
    [
        (-1, "pending", 0),
        (45015, "handed_over", 1),
        (45047, "handed_over", 1),
        (43004, "failed", 0),
        (40003, "failed", 0),
        (45002, "failed", 0),
        (48001, "failed", 0),
        (40164, "failed", 0),
        (45009, "failed", 0),
    ],
)
def test_r13_no_code_is_taken_for_success(town: Town, code: int, state: str, templates: int):
    phone = town.phone()
    phone.says("你好")
    phone.read()
    town.fake.fault("errcode", path="custom/send", value=code)
    town.tell(phone)
    town.send()
    ((found, _),) = town.outbox()
    assert found == state
    assert len(town.fake.called("template/send")) == templates


def test_r10_a_message_whose_answer_was_lost_is_sent_again_and_says_so(town: Town):
    phone = town.phone()
    phone.says("你好")
    phone.read()
    town.fake.fault("lost_answer", path="custom/send")
    town.tell(phone)
    town.send()
    town.clock.after(seconds=5)
    town.send()
    first, second = phone.read(wait_s=2)
    assert first.text == CALLED and second.text == "（重发）" + CALLED
    assert [state for state, _ in town.outbox()] == ["handed_over"]


def test_r13_a_page_with_status_200_is_no_success(town: Town):
    phone = town.phone()
    phone.says("你好")
    town.fake.fault("html", path="custom/send")
    town.tell(phone)
    town.send()
    assert [state for state, _ in town.outbox()] == ["pending"]


def test_an_account_without_menus_gets_numbers(town: Town):
    phone = town.phone()
    phone.says("你好")
    phone.read()
    town.account.has_menus = False
    town.tell(phone)
    town.send()
    (shown,) = phone.read(wait_s=2)
    assert shown.text == f"{CALLED}\n回复数字：1 收到　2 需要支援"
    with town.desk.work(town.clock()) as work:
        assert [row.spent for row in work.session.exec(select(AllowanceRow)).all()] == [1]


def test_the_server_that_is_not_let_in_is_said_to_the_operator(town: Town):
    phone = town.phone()
    phone.says("你好")
    town.fake.fault("errcode", path="custom/send", value=40164)
    town.tell(phone)
    town.send()
    health = town.live.health()
    town.clock.after(seconds=2)
    assert not health.ok and "192.0.2.1" in health.what and "白名单" in health.what
    town.tell(phone, key="again")
    town.send()
    assert len(town.fake.called("custom/send")) == 1  # nothing is tried for a minute
    town.clock.after(seconds=61)
    town.live._look()
    assert town.live.health().ok


def test_r31_an_unreachable_platform_leaves_the_rest_at_work(index: Index, reader: Reader, store: Store):
    with town_of(Desk(index, store, ear=TrainedEar(reader)), store, url="http://127.0.0.1:9") as town:
        town.live.start()
        phone = town.phone()
        phone.says("演练多久搞一次")
        assert "《" in phone.read()[0].text  # the answer needs no call
        until = time.monotonic() + 60
        while town.live.health().ok and time.monotonic() < until:
            time.sleep(0.02)
        assert "没有应答" in town.live.health().what
        assert requests.get(f"{town.served.url}/documents", timeout=5).status_code == 200


@pytest.mark.parametrize("missing", ["wechat_token", "wechat_aes_key", "wechat_secret"])
def test_r1_without_a_key_there_is_no_callback_and_the_health_says_so(town: Town, missing: str):
    settings = town.settings.model_copy(update={missing: SecretStr("")})
    live = WeChat(settings, town.desk, town.clock)
    app = FastAPI()
    before = len(app.routes)
    live.register(app)
    live.start()
    assert len(app.routes) == before and not live.health().ok and "EncodingAESKey" in live.health().what
    live.stop()
    assert open_wechat(settings.model_copy(update={"wechat_app_id": ""}), town.desk, town.clock) is None


def test_who_writes_too_much_is_told_once_and_danger_passes_all_the_same(town: Town):
    phone = town.phone()
    most = int(load_rules().find("receive.wechat.minute", "", town.clock().date()).value)
    for number in range(most):
        phone.says(f"第{number}句，说说而已")
    phone.read(wait_s=5)
    for number in range(3):
        phone.says(f"还有{number}句，说说而已")
    told = phone.read(wait_s=5)
    assert [one.text for one in told].count(sentences.TOO_FAST) == 1
    phone.says("着火了，有人被困")
    assert any("119" in one.text for one in phone.read(wait_s=5))
