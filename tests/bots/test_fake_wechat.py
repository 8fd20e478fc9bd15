"""The fake official account keeps the platform's rules, fails as told, and its phones speak the real envelope (R36).

The bot at the other end is written with wechatpy's crypto: what the fake writes, another implementation reads.
"""

import json
from collections.abc import Iterator
from threading import Event

import pytest
import requests
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto

from bots.fakes.serving import Served
from bots.fakes.wechat import FakeWeChat
from bots.fakes.wechat_account import AES_KEY, Account
from bots.fakes.wechat_phone import UNAVAILABLE

REPLY = (
    "<xml><ToUserName>{user}</ToUserName><FromUserName>{account}</FromUserName><CreateTime>1</CreateTime>"
    "<MsgType>text</MsgType><Content>{text}</Content></xml>"
)


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1_780_000_000.0

    def __call__(self) -> float:
        return self.now


class Bot:
    """Answers what `answer` says; keeps what it got."""

    def __init__(self, account: Account) -> None:
        self.account, self.answer, self.late_s = account, "好", 0.0
        self.got: list[object] = []
        app = Starlette(routes=[Route("/wechat", self.take, methods=["POST"])])
        self.served = Served(app)

    async def take(self, request: Request) -> PlainTextResponse:
        query = request.query_params
        crypto = WeChatCrypto(self.account.token, AES_KEY, self.account.app_id)
        body = await request.body()
        inner = crypto.decrypt_message(body, query["msg_signature"], query["timestamp"], query["nonce"])
        message = parse_message(inner)
        self.got.append(message)
        if self.late_s:
            Event().wait(self.late_s)
        if not self.answer:
            return PlainTextResponse("success")
        reply = REPLY.format(user=message.source, account=message.target, text=self.answer)
        return PlainTextResponse(crypto.encrypt_message(reply, query["nonce"], query["timestamp"]))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def fake(clock: Clock) -> Iterator[FakeWeChat]:
    with FakeWeChat(Account(clock=clock, push_s=0.3)) as running:
        yield running


@pytest.fixture
def bot(fake: FakeWeChat) -> Iterator[Bot]:
    made = Bot(fake.account)
    made.served.start()
    fake.account.callback = f"{made.served.url}/wechat"
    yield made
    made.served.close()


def token(fake: FakeWeChat, **more: object) -> dict:
    body = {"grant_type": "client_credential", "appid": fake.account.app_id, "secret": fake.account.app_secret, **more}
    return requests.post(f"{fake.url}/cgi-bin/stable_token", json=body, timeout=3).json()


def send(fake: FakeWeChat, user: str, text: str = "您好", **message: object) -> int:
    body = {"touser": user, "msgtype": "text", "text": {"content": text}} | message
    return ask(fake, "message/custom/send", body).json()["errcode"]


def ask(fake: FakeWeChat, path: str, body: dict) -> requests.Response:
    opened = {"access_token": token(fake)["access_token"]}
    return requests.post(
        f"{fake.url}/cgi-bin/{path}", params=opened, data=json.dumps(body, ensure_ascii=False).encode(), timeout=3
    )

    return json.dumps(body, ensure_ascii=False).encode()


def test_what_is_said_reaches_the_bot_and_its_passive_reply_the_phone(fake: FakeWeChat, bot: Bot):
    phone = fake.phone("openid-1")
    phone.says("村里一年要演练几回 🌧️")
    assert [one.text for one in phone.read()] == ["好"]
    assert bot.got[0].content == "村里一年要演练几回 🌧️"
    assert bot.got[0].source == "openid-1"


def test_pictures_voice_points_and_following_arrive_as_the_platform_writes_them(fake: FakeWeChat, bot: Bot):
    phone = fake.phone("openid-1", is_following=False)
    phone.follows("42")
    phone.sends_photo(b"\xff\xd8fake", "image/jpeg")
    phone.sends_voice(b"#!AMR\nfake")
    phone.sends_location(25.1872, 100.3211, "上河村")
    phone.unfollows()
    assert [one.type for one in bot.got] == ["event", "image", "voice", "location", "event"]
    assert bot.got[1].media_id in fake.account.media
    assert not bot.got[2].recognition
    assert bot.got[3].location == ("25.187200", "100.321100")
    assert send(fake, "openid-1") == 43004


def test_a_bot_that_is_late_is_asked_three_times_and_then_the_user_is_told(fake: FakeWeChat, bot: Bot):
    bot.late_s = 0.5
    phone = fake.phone("openid-1")
    phone.says("在吗")
    assert [one.status for one in fake.account.pushes] == [0, 0, 0]
    assert [one.text for one in phone.read()] == [UNAVAILABLE]


@pytest.mark.parametrize(
    "answer",
    [
        "a]]>b</Content><Content>c",  # broken XML
        "长" * 700,  # 2,100 bytes
    ],
)
def test_a_reply_that_the_platform_would_not_take_is_not_shown(fake: FakeWeChat, bot: Bot, answer: str):
    bot.answer = answer
    phone = fake.phone("openid-1")
    phone.says("在吗")
    assert [one.text for one in phone.read()] == [UNAVAILABLE]


def test_a_message_may_come_three_times_at_once_and_once_more_after_a_lost_answer(fake: FakeWeChat, bot: Bot):
    phone = fake.phone("openid-1")
    fake.fault("duplicate")
    phone.says("一")
    fake.fault("lost_push")
    phone.says("二")
    assert [one.content for one in bot.got] == ["一", "一", "一", "二", "二"]
    assert len({one.id for one in bot.got}) == 2
    assert [one.text for one in phone.read()] == ["好", "好"]


def test_five_customer_messages_after_one_of_the_user_and_none_after_two_days(fake: FakeWeChat, bot: Bot, clock: Clock):
    phone = fake.phone("openid-1")
    assert send(fake, "openid-1") == 45015
    phone.says("在吗")
    assert [send(fake, "openid-1") for _ in range(6)] == [0, 0, 0, 0, 0, 45047]
    phone.says("在吗")
    clock.now += 48 * 3600 + 1
    assert send(fake, "openid-1") == 45015
    assert [one.text for one in phone.read()] == ["好", *["您好"] * 5, "好"]


def test_a_touch_of_the_menu_opens_one_minute_for_three(fake: FakeWeChat, bot: Bot, clock: Clock):
    phone = fake.phone("openid-1")
    phone.touches_menu("duty")
    assert [send(fake, "openid-1") for _ in range(4)] == [0, 0, 0, 45047]
    phone.touches_menu("duty")
    clock.now += 61
    assert send(fake, "openid-1") == 45015


def test_choices_are_touched_by_their_words_and_tell_the_bot_their_name(fake: FakeWeChat, bot: Bot):
    phone = fake.phone("openid-1")
    phone.says("在吗")
    menu = {"head_content": "收到了吗", "list": [{"id": "o12:0", "content": "收到"}], "tail_content": ""}
    assert send(fake, "openid-1", msgtype="msgmenu", msgmenu=menu) == 0
    assert phone.read()[-1].buttons == ("收到",)
    phone.presses("收到")
    assert bot.got[-1].content == "收到"
    assert bot.got[-1]._data["bizmsgmenuid"] == "o12:0"
    fake.account.has_menus = False
    assert send(fake, "openid-1", msgtype="msgmenu", msgmenu=menu) == 40200


def test_templates_have_links_and_no_windows(fake: FakeWeChat, bot: Bot):
    phone = fake.phone("openid-1")
    body = {"touser": "openid-1", "template_id": "TEMPLATE-EXAMPLE", "url": "http://a.example/a/1"}
    good, long = ({"data": {"thing1": {"value": value}}} for value in ("暴雨红色预警", "雨" * 21))
    assert ask(fake, "message/template/send", body | good).json()["errcode"] == 0
    assert ask(fake, "message/template/send", body | long).json()["errcode"] == 47003
    assert ask(fake, "message/template/send", body | good | {"template_id": "x"}).json()["errcode"] == 40037
    assert [(one.text, one.url) for one in phone.read()] == [("暴雨红色预警", "http://a.example/a/1")]
    assert ask(fake, "message/subscribe/bizsend", body | good).json()["errcode"] == 43101
    phone.allows("TEMPLATE-EXAMPLE")
    assert [ask(fake, "message/subscribe/bizsend", body | good).json()["errcode"] for _ in range(2)] == [0, 43101]


def test_the_token_stays_until_it_is_forced_and_that_is_rationed(fake: FakeWeChat, clock: Clock):
    first = token(fake)["access_token"]
    assert token(fake)["access_token"] == first
    second = token(fake, force_refresh=True)["access_token"]
    assert second != first
    assert token(fake, force_refresh=True)["errcode"] == 45011
    clock.now += 7201
    assert token(fake)["access_token"] not in (first, second)
    assert token(fake, secret="wrong")["errcode"] == 40125


def test_what_was_ordered_goes_wrong_as_often_as_it_was_ordered(fake: FakeWeChat, bot: Bot):
    phone = fake.phone("openid-1")
    phone.says("在吗")
    fake.fault("errcode", path="custom/send", value=-1)
    fake.fault("revoked", path="custom/send")
    assert [send(fake, "openid-1") for _ in range(3)] == [-1, 40001, 0]
    fake.fault("html", path="custom/send")
    assert "<html>" in ask(fake, "message/custom/send", {}).text
    fake.fault(503, path="custom/send")
    assert ask(fake, "message/custom/send", {}).status_code == 503
    fake.fault("hang", path="stable_token", value=0.5)
    with pytest.raises(requests.Timeout):
        requests.post(f"{fake.url}/cgi-bin/stable_token", json={}, timeout=0.2)
    phone.read()
    fake.fault("lost_answer", path="custom/send")
    with pytest.raises(requests.RequestException):
        send(fake, "openid-1", "到了")
    assert [one.text for one in phone.read()] == ["到了"]


def test_escaped_characters_are_shown_escaped_as_on_the_real_platform(fake: FakeWeChat, bot: Bot):
    phone = fake.phone("openid-1")
    phone.says("在吗")
    phone.read()
    body = {"touser": "openid-1", "msgtype": "text", "text": {"content": "您好"}}
    opened = {"access_token": token(fake)["access_token"]}
    requests.post(f"{fake.url}/cgi-bin/message/custom/send", params=opened, json=body, timeout=3)
    assert phone.read()[0].text == "\\u60a8\\u597d"


def test_files_and_the_menu(fake: FakeWeChat, bot: Bot, clock: Clock):
    phone = fake.phone("openid-1")
    phone.sends_photo(b"\xff\xd8fake")
    name = {"media_id": bot.got[0].media_id}
    assert ask(fake, "media/get", name).content == b"\xff\xd8fake"
    clock.now += 3 * 86400 + 1
    assert ask(fake, "media/get", name).json()["errcode"] == 40007
    opened = {"access_token": token(fake)["access_token"], "type": "image"}
    files = {"media": ("a.jpg", b"\xff\xd8", "image/jpeg")}
    kept = requests.post(f"{fake.url}/cgi-bin/media/upload", params=opened, files=files, timeout=3).json()
    assert fake.account.media[kept["media_id"]].content == b"\xff\xd8"
    entry = {"type": "click", "name": "值班", "key": "duty"}
    assert ask(fake, "menu/create", {"button": [entry]}).json()["errcode"] == 0
    assert ask(fake, "menu/create", {"button": [entry] * 4}).json()["errcode"] == 40016
    assert fake.account.menu["button"] == [entry]
