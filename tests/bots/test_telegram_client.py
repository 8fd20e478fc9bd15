"""Calls to the Bot API: each ends in time, says what to do next, and holds no secret (R12, R13, R18)."""

import logging
import time
from collections.abc import Iterator

import pytest

from assistant.errors import (
    RecipientGone,
    SendingFailed,
    SendingInDoubt,
    SendingPaused,
    SendingRefused,
)
from assistant.ports import Outgoing
from bots.fakes.telegram import FakeTelegram
from bots.telegram.channel import TelegramChannel
from bots.telegram.client import Access, Client
from tests.bots.telegram_town import access

SECRET = "fake-telegram-token"


@pytest.fixture
def fake() -> Iterator[FakeTelegram]:
    with FakeTelegram() as fake:
        fake.phone("7001")
        yield fake


@pytest.fixture
def client(fake: FakeTelegram) -> Iterator[Client]:
    client = Client(access(fake, read_s=0.4, send_s=0.4, poll_s=0.1))
    yield client
    client.close()


CALLS = {
    "sendMessage": lambda client: client.send("7001", "x"),
    "getUpdates": lambda client: client.updates(None),
    "answerCallbackQuery": lambda client: client.answer("1"),
    "getFile": lambda client: client.download("file-1"),
    "getMe": lambda client: client.name(),
    "deleteWebhook": lambda client: client.expect_polls(),
    "setWebhook": lambda client: client.expect_pushes("https://x.example", "s"),
}
each_call = pytest.mark.parametrize("method", CALLS)


@each_call
def test_a_platform_that_never_answers_costs_little_time(client: Client, fake: FakeTelegram, method: str):
    """R12."""
    fake.fault("hang", path=method)
    began = time.monotonic()
    with pytest.raises(SendingInDoubt):
        CALLS[method](client)
    assert time.monotonic() - began < 3


@each_call
@pytest.mark.parametrize("kind", ["html", "nonsense", "lost_answer", 502])
def test_an_answer_that_is_none_is_no_success(client: Client, fake: FakeTelegram, method: str, kind: str | int):
    """R13: HTTP 200 alone means nothing."""
    fake.fault(kind, path=method)
    with pytest.raises(SendingFailed):
        CALLS[method](client)


@pytest.mark.parametrize(
    ("kind", "error"), [(401, SendingFailed), (403, RecipientGone), (409, SendingFailed), (400, SendingRefused)]
)
def test_what_the_platform_says_decides_what_is_done_next(
    client: Client, fake: FakeTelegram, kind: int, error: type[Exception]
):
    fake.fault(kind, path="sendMessage")
    with pytest.raises((SendingFailed, SendingRefused)) as raised:
        client.send("7001", "x")
    assert type(raised.value) is error


def test_a_pause_says_how_long(client: Client, fake: FakeTelegram):
    fake.fault("flood", chat="7001", value=7)
    with pytest.raises(SendingPaused) as raised:
        client.send("7001", "x")
    assert 7 <= raised.value.details["wait_s"] <= 8


def test_who_is_not_there_is_gone_and_what_is_our_mistake_is_not(client: Client):
    with pytest.raises(RecipientGone):
        client.send("4444", "x")
    with pytest.raises(SendingRefused) as raised:
        client.send("7001", "字" * 4097)
    assert type(raised.value) is SendingRefused


def test_a_platform_that_is_not_there_was_sent_nothing():
    client = Client(Access(f"870001:{SECRET}", "http://127.0.0.1:9", connect_s=0.5))
    with pytest.raises(SendingFailed) as raised:
        client.send("7001", "x")
    assert type(raised.value) is SendingFailed
    client.close()


@pytest.mark.parametrize("proxy", ["nonsense", "socks5://127.0.0.1:9", "http://user:pa ss@:x"])
def test_a_proxy_that_cannot_be_used_is_said_so(fake: FakeTelegram, proxy: str):
    client = Client(access(fake, proxy=proxy))
    with pytest.raises(SendingFailed) as raised:
        client.send("7001", "x")
    assert "pa ss" not in str(raised.value)


@pytest.mark.parametrize("kind", ["hang", "html", "lost_answer", 401, 409, 502, 400, 403])
def test_no_error_and_no_log_holds_the_token(
    client: Client, fake: FakeTelegram, caplog: pytest.LogCaptureFixture, kind: str | int
):
    """R18."""
    with caplog.at_level(logging.INFO):
        for method, call in CALLS.items():
            fake.fault(kind, path=method)
            with pytest.raises((SendingFailed, SendingRefused)) as raised:
                call(client)
            assert SECRET not in f"{raised.value!r} {raised.value.__cause__!r}"
    assert SECRET not in caplog.text


def test_after_all_connections_were_left_behind_the_next_call_makes_new_ones(client: Client, fake: FakeTelegram):
    first = client.send("7001", "x")
    client.rebuild()
    assert client.send("7001", "y") > first


def test_long_words_come_in_numbered_parts_and_the_buttons_under_the_last(client: Client, fake: FakeTelegram):
    """R17: UTF-16 units; the fake refuses what is longer."""
    message = Outgoing("telegram", "7001", "👍🏽不行。" * 900, choices=("收到", "需要支援"), prompt="o7")
    TelegramChannel(client).send(message, "k")
    shown = fake.phone("7001").read()
    assert [one.text[:5] for one in shown] == ["（1/2）", "（2/2）"]
    assert [one.buttons for one in shown] == [(), ("收到", "需要支援")]
    assert shown[1].names == ("o7:0", "o7:1")


def test_when_the_second_part_fails_the_first_is_there_already(client: Client, fake: FakeTelegram):
    channel = TelegramChannel(client)
    fake.fault("delay", path="sendMessage", value=0.01)
    fake.fault("status", path="sendMessage", value=400)
    with pytest.raises(SendingRefused):
        channel.send(Outgoing("telegram", "7001", "长。" * 3000), "k")
    fake.bot.faults.clear()
    fake.fault("delay", path="sendMessage", value=0.01)
    fake.fault("status", path="sendMessage", value=401)
    with pytest.raises(SendingInDoubt):
        channel.send(Outgoing("telegram", "7001", "长。" * 3000), "k")
