"""The callback address of WeCom: what is refused, what is taken, and how soon (R1–R8, R30)."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests

from assistant.desk import Desk
from assistant.errors import BadSetting
from assistant.ports import Incoming, Outgoing
from assistant.search import Index
from assistant.store import Store, open_engine, spool
from assistant.store.media import MediaFolder
from assistant.store.outbox import When
from assistant.wording.sentences import NOT_TAKEN
from bots.fakes.envelope import xml
from bots.fakes.wecom import FakeWeCom
from bots.fakes.wecom_phone import WeComPhone
from bots.wecom import callback, open_wecom
from tests.bots.wecom_site import Site, opened, settings
from tests.pictures import picture
from tests.world import NOON

KEY43 = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"


class SlowDesk(Desk):
    """Answers when it is let go; after an event is set, at once."""

    def __init__(self, index: Index, store: Store) -> None:
        super().__init__(index, store, pushed={"wecom"})
        self.free = Event()
        self.free.set()

    def receive(self, incoming: Incoming, now: datetime) -> list[Outgoing]:
        self.free.wait(30)
        return super().receive(incoming, now)


@pytest.fixture
def desk(index: Index, database_url: str, tmp_path: Path) -> Iterator[SlowDesk]:
    engine = open_engine(database_url)
    yield SlowDesk(index, Store(engine, MediaFolder(tmp_path / "media")))
    engine.dispose()


@pytest.fixture
def site(desk: SlowDesk) -> Iterator[Site]:
    with opened(desk) as site:
        yield site


@pytest.fixture
def hurry(monkeypatch: pytest.MonkeyPatch, desk: SlowDesk) -> Iterator[Site]:
    """A site that waits a fifth of a second where the real one waits four."""
    monkeypatch.setattr(callback, "ANSWER_S", 0.2)
    with opened(desk) as site:
        yield site
        desk.free.set()


@pytest.fixture
def phone(site: Site) -> WeComPhone:
    return site.fake.phone("zhangsan")


def heard(site: Site) -> list[str]:
    return [turn.text for turn in site.desk.history("wecom", "zhangsan")]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("wecom_token", ""),  # an empty token would accept what anybody can sign
        ("wecom_aes_key", ""),  # plain mode: the signature does not cover the body
        ("wecom_aes_key", KEY43[:-1]),
        ("wecom_aes_key", KEY43 + "="),
        ("wecom_aes_key", "密" * 43),
        ("wecom_secret", ""),
        ("wecom_agent_id", "0"),
    ],
)
def test_the_channel_does_not_open_with_half_its_keys(desk: SlowDesk, name: str, value: str) -> None:
    """R1."""
    with FakeWeCom() as fake, pytest.raises(BadSetting) as refused:
        open_wecom(settings(fake, **{name: value}), desk, lambda: NOON)
    assert name in str(refused.value) and fake.app_secret not in str(refused.value)


def test_the_channel_is_off_without_a_company(desk: SlowDesk) -> None:
    with FakeWeCom() as fake:
        assert open_wecom(settings(fake, wecom_corp_id=""), desk, lambda: NOON) is None


def test_the_address_proves_itself_when_it_is_filled_in(site: Site) -> None:
    secrets, stamp = site.fake.secrets, str(int(site.now.timestamp()))
    sealed = secrets.sealed("6234567890")
    query = {
        "msg_signature": secrets.signature(stamp, "n", sealed),
        "timestamp": stamp,
        "nonce": "n",
        "echostr": sealed,
    }
    assert requests.get(site.fake.callback, query, timeout=5).text == "6234567890"
    assert requests.get(site.fake.callback, query | {"msg_signature": "0" * 40}, timeout=5).status_code == 403


def changed(address: str, **values: str) -> str:
    query = {name: one[0] for name, one in parse_qs(urlsplit(address).query).items()} | values
    return f"{address.partition('?')[0]}?{urlencode({name: value for name, value in query.items() if value})}"


@pytest.mark.parametrize(
    ("what", "status"),
    [
        ("another signature", 403),
        ("upper case", 403),
        ("no signature", 403),
        ("old", 403),
        ("another body", 403),
        ("empty", 403),
        ("json", 403),
        ("doctype", 403),
        ("entity", 403),
        ("five megabytes", 413),
        ("nested", 413),
    ],
)
def test_what_the_platform_did_not_send_is_refused_before_it_is_read(
    site: Site, phone: WeComPhone, what: str, status: int
) -> None:
    """R2, R3."""
    address, body = phone.request(xml({"MsgType": "text", "FromUserName": "zhangsan", "Content": "在吗", "MsgId": "1"}))
    signature = parse_qs(urlsplit(address).query)["msg_signature"][0]
    hour = str(int((site.now - timedelta(hours=1)).timestamp()))
    addresses = {
        "another signature": changed(address, msg_signature="0" * 40),
        "upper case": changed(address, msg_signature=signature.upper()),
        "no signature": changed(address, msg_signature=""),
        "old": changed(address, timestamp=hour, msg_signature=site.fake.secrets.signature(hour, "n", "x")),
    }
    bodies = {
        "another body": xml({"Encrypt": site.fake.secrets.sealed("<xml/>")}),
        "empty": "",
        "json": '{"MsgType": "text"}',
        "doctype": '<!DOCTYPE x [<!ENTITY a "b">]>' + body,
        "entity": "<!ENTITY a SYSTEM 'file:///etc/passwd'>" + body,
        "five megabytes": "a" * 5_000_000,
        "nested": "<a>" * 300_000,
    }
    began = time.monotonic()
    answer = requests.post(addresses.get(what, address), bodies.get(what, body).encode(), timeout=5)
    assert answer.status_code == status and answer.text == ""
    assert time.monotonic() - began < 1
    assert heard(site) == []


@pytest.mark.parametrize(
    "inside",
    [
        "",
        "no xml",
        "<xml></xml>",
        "<other><MsgType>text</MsgType></other>",
        "<xml><FromUserName>a</FromUserName></xml>",
        "<xml><MsgType>text</MsgType></xml>",
        "<xml><MsgType>text</MsgType><MsgType>text</MsgType><FromUserName>a</FromUserName></xml>",
        "<xml><MsgType>event</MsgType><FromUserName>a</FromUserName></xml>",
        "<xml><FromUserName>a</FromUserName><MsgType>text</MsgType><Content>\x0b</Content></xml>",
        "<xml><MsgType><a>text</a></MsgType><FromUserName>a</FromUserName></xml>",
        '<!DOCTYPE x [<!ENTITY a "b">]><xml><MsgType>&a;</MsgType></xml>',
    ],
)
def test_what_is_signed_and_no_message_is_taken_without_an_answer(site: Site, phone: WeComPhone, inside: str) -> None:
    """R4: refused, it would come again and again."""
    answer = phone.post(inside)
    assert (answer.status_code, answer.text) == (200, "")


@pytest.mark.parametrize(
    ("kind", "values", "text"),
    [
        ("text", {"Content": "  "}, ""),
        ("text", {"Content": "喊到了]]>，<b>&"}, "喊到了]]>，<b>&"),
        ("video", {"MediaId": "m"}, "[视频]"),
        ("file", {}, "[文件]"),
        ("hologram", {}, "[消息]"),
        ("location", {"Location_X": "no", "Location_Y": "1"}, ""),
        ("location", {"Location_X": "91", "Location_Y": "nan"}, ""),
    ],
)
def test_every_kind_of_message_is_kept_and_answered(
    site: Site, phone: WeComPhone, kind: str, values: dict[str, str], text: str
) -> None:
    """R30."""
    phone.sends_other(kind, **values)
    site.sends()
    assert heard(site) == [text]
    assert phone.read()


def test_an_event_that_concerns_nobody_is_not_answered(site: Site, phone: WeComPhone) -> None:
    for event in ("enter_agent", "LOCATION", "batch_job_result", "unheard_of"):
        phone.event(event)
    site.sends()
    assert (heard(site), phone.read()) == ([], [])


def test_who_comes_into_the_app_is_greeted(site: Site, phone: WeComPhone) -> None:
    phone.follows()
    site.sends()
    (shown,) = phone.read()
    assert shown.buttons or "1 报隐患" in shown.text


def test_an_answer_that_takes_long_is_sent_later_and_the_platform_told_in_time(hurry: Site, desk: SlowDesk) -> None:
    """R5, R7: kept, then taken, then attended to; each once."""
    phone = hurry.fake.phone("zhangsan")
    desk.free.clear()
    began = time.monotonic()
    phone.says("村里一年要演练几回")
    assert time.monotonic() - began < 1
    assert heard(hurry) == []
    desk.free.set()
    wait_for(lambda: heard(hurry) == ["村里一年要演练几回"])
    hurry.sends()
    assert any("每年至少" in one.text for one in phone.read())


def test_what_was_in_hand_when_the_process_was_killed_is_attended_to_at_the_next_start(
    hurry: Site, desk: SlowDesk, index: Index
) -> None:
    """R5: the first desk never comes back; another one finds what was kept."""
    phone = hurry.fake.phone("zhangsan")
    desk.free.clear()
    phone.says("村里一年要演练几回")
    again = SlowDesk(index, desk._store)
    live = open_wecom(settings(hurry.fake), again, hurry.clock)
    assert live is not None
    live.start()
    wait_for(lambda: heard(hurry) == ["村里一年要演练几回"])
    live.stop()
    desk.free.set()
    wait_for(lambda: not hurry.live._bench._running)
    hurry.sends()
    assert len([one for one in phone.read() if "每年至少" in one.text]) == 1


def test_a_pressed_button_is_greyed_by_a_call_where_the_answer_is_over(hurry: Site, desk: SlowDesk) -> None:
    """R22."""
    phone = hurry.fake.phone("zhangsan")
    asked(hurry, "收到", "需要支援")
    desk.free.clear()
    phone.presses("收到")
    assert phone.cards[0].chosen == ""
    desk.free.set()
    wait_for(lambda: phone.cards[0].chosen == "已选：收到")


def test_a_card_that_cannot_be_greyed_costs_no_answer(hurry: Site, desk: SlowDesk) -> None:
    """R21, R22: what was pressed is kept before the platform is asked for anything."""
    phone = hurry.fake.phone("zhangsan")
    asked(hurry, "收到")
    hurry.fake.fault("errcode", path="update_template_card", value=-1)
    desk.free.clear()
    phone.presses("收到")
    desk.free.set()
    wait_for(lambda: hurry.fake.called("update_template_card") and not hurry.live._bench._running)
    assert (heard(hurry), phone.cards[0].chosen) == (["收到"], "")
    with hurry.desk.work(hurry.now) as work:
        assert spool.left(work.session, "wecom") == []


def test_a_button_pressed_too_late_says_so_and_is_not_greyed(site: Site, phone: WeComPhone) -> None:
    asked(site, "收到", expires_at=NOON + timedelta(minutes=5))
    site.now += timedelta(minutes=6)
    phone.presses("收到")
    site.sends()
    assert "过了时间" in phone.read()[-1].text
    assert phone.cards[0].chosen == ""


def asked(site: Site, *choices: str, expires_at: datetime | None = None) -> None:
    with site.desk.work(site.now) as work:
        message = Outgoing("", "", "收到请回复。", choices=choices)
        work.tell(work.person("wecom", "zhangsan"), message, key="YJ1", when=When(expires_at=expires_at))
    site.sends()


@pytest.mark.parametrize("key", ["o1:0", "o999:0", "o1:7"])
def test_a_button_of_somebody_else_is_refused_and_not_greyed(site: Site, phone: WeComPhone, key: str) -> None:
    """R22: the platform says who has pressed it."""
    with site.desk.work(site.now) as work:
        message = Outgoing("", "", "收到请回复。", choices=("收到",))
        work.tell(work.person("wecom", "wangwu"), message, key="YJ1")
    site.fake.phone("wangwu")
    site.sends()
    phone.press(site.fake.phone("wangwu").cards[0].task, key)
    site.sends()
    (shown,) = phone.read()
    assert "按钮" in shown.text
    assert site.fake.phone("wangwu").cards[0].chosen == ""


def test_a_file_that_does_not_come_is_asked_for_again(site: Site, phone: WeComPhone) -> None:
    """R27: the third attempt fetches the first one; the second one is gone."""
    site.live._bench._attendant._pauses_s = (0, 0, 0)
    site.fake.fault(502, path="media/get", times=2)
    phone.sends_photo(picture())
    assert [len(turn.attachments) for turn in site.desk.history("wecom", "zhangsan")] == [1]
    phone.sends_other("image", MediaId="gone", PicUrl="x")
    site.fake.media["text"] = b"<html>"
    phone.sends_other("image", MediaId="text", PicUrl="x")
    site.sends()
    assert [one.text[:12] for one in phone.read()][-2:] == ["您发的照片我没有收到：平", "您发的照片没有存下来。这"]


def test_a_platform_that_hangs_delays_nobody_who_writes(site: Site) -> None:
    """R8."""
    site.live._bench._attendant._pauses_s = (0,)
    site.fake.fault("hang", path="media/get", times=-1, value=3)
    with ThreadPoolExecutor(8) as pool:
        photos = [pool.submit(site.fake.phone(f"p{number}").request, "") for number in range(8)]
        for number, one in enumerate(photos):
            address, _ = one.result()
            message = {"MsgType": "image", "MediaId": "m", "FromUserName": f"p{number}", "MsgId": str(number + 1)}
            body = site.fake.phone(f"p{number}").request(xml(message))
            pool.submit(quietly, *body)
        began = time.monotonic()
        site.fake.phone("zhangsan").says("在吗")
        assert time.monotonic() - began < 2
        assert heard(site) == ["在吗"]
        site.fake.works()


def quietly(address: str, body: str) -> None:
    try:
        requests.post(address, body.encode(), timeout=1)
    except requests.RequestException:
        return  # the platform gives up, too


def test_what_cannot_be_kept_is_said_in_the_answer_itself(site: Site, phone: WeComPhone, desk: SlowDesk) -> None:
    """The outbox is in the database that fails."""
    with desk._store._engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE inbox")
    phone.says("在吗")
    (shown,) = phone.read()
    assert shown.text == NOT_TAKEN


def wait_for(condition: object) -> None:
    for _ in range(500):
        if condition():  # type: ignore[operator]
            return
        Event().wait(0.02)
    raise TimeoutError
