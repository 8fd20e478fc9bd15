"""Every platform's channel stands for itself: what is wrong with one is said, and stops nothing else (R1, R31)."""

from datetime import UTC, datetime

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.config import Settings, is_wanted, lacking
from assistant.desk import Desk
from assistant.errors import ChannelUnready
from assistant.ports import Channel
from bots.channels import Channels, pushed
from bots.live import Health
from bots.web.app import create_app
from tests.loopback import Loopback

NOW = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
KEY = "a" * 43
WECHAT = {"wechat_app_id": "wx0", "wechat_secret": "s", "wechat_token": "t", "wechat_aes_key": KEY}
WECOM = {"wecom_corp_id": "ww0", "wecom_agent_id": 1, "wecom_secret": "s", "wecom_token": "t", "wecom_aes_key": KEY}
TELEGRAM = {"telegram_token": "1:x"}


def filled(**values: object) -> Settings:
    return Settings(_env_file=None, **values)


class Radio:
    """A channel that does as it is told."""

    def __init__(self, name: str, *, starts: bool = True, health: Health | None = None) -> None:
        self.name, self.starts, self.said = name, starts, health
        self.channel: Channel = Loopback(name=name)
        self.acts: list[str] = []

    def register(self, app: FastAPI) -> None:
        self.acts.append("register")

    def start(self) -> None:
        self.acts.append("start")
        if not self.starts:
            raise OSError("unreachable")

    def stop(self) -> None:
        self.acts.append("stop")

    def health(self) -> Health:
        if self.said is None:
            raise ZeroDivisionError
        return self.said


GOOD = Health(ok=True, what="正常", since=NOW)


def raising(error: Exception):
    def opener(*_: object) -> None:
        raise error

    return opener


def opening(radio: Radio):
    return lambda *_: radio


@pytest.mark.parametrize(
    ("values", "channel", "names"),
    [
        (WECHAT, "wechat", ()),
        (WECHAT | {"wechat_token": ""}, "wechat", ("YINGDA_WECHAT_TOKEN",)),
        # an empty token would let in what anybody can sign; 42 signs are a copy that lost one
        (WECHAT | {"wechat_aes_key": KEY[1:]}, "wechat", ("YINGDA_WECHAT_AES_KEY",)),
        (WECHAT | {"wechat_aes_key": KEY[1:] + "="}, "wechat", ("YINGDA_WECHAT_AES_KEY",)),
        (WECHAT | {"wechat_secret": " "}, "wechat", ("YINGDA_WECHAT_SECRET",)),
        (WECOM, "wecom", ()),
        (WECOM | {"wecom_agent_id": 0}, "wecom", ("YINGDA_WECOM_AGENT_ID",)),
        (WECOM | {"wecom_corp_id": ""}, "wecom", ("YINGDA_WECOM_CORP_ID",)),
        (TELEGRAM, "telegram", ()),
    ],
)
def test_a_channel_that_is_half_filled_in_is_named_with_what_it_lacks(
    values: dict[str, object], channel: str, names: tuple[str, ...]
):
    assert is_wanted(filled(**values), channel)
    assert lacking(filled(**values), channel) == names


def test_r1_a_channel_without_token_or_with_a_short_key_stays_off_and_says_so(desk: Desk):
    settings = filled(**(WECHAT | {"wechat_token": "", "wechat_aes_key": "short"}))
    channels = Channels.of(settings, desk, lambda: NOW)
    assert channels.live == ()
    shown = channels.health()["wechat"]
    assert shown["ok"] is False and "YINGDA_WECHAT_TOKEN、YINGDA_WECHAT_AES_KEY" in shown["what"]


def test_replies_are_pushed_where_the_channel_can_work():
    assert pushed(filled()) == frozenset()
    assert pushed(filled(**WECHAT, **WECOM, **TELEGRAM)) == {"wecom", "telegram"}
    assert pushed(filled(**(WECOM | {"wecom_secret": ""}), **TELEGRAM)) == {"telegram"}


def test_the_platforms_own_addresses_hold_where_no_other_is_set():
    assert filled().wechat_api_url.startswith("https://")
    assert filled(wechat_api_url="http://127.0.0.1:8301").wechat_api_url == "http://127.0.0.1:8301"


def test_r31_one_channel_that_cannot_be_opened_or_started_leaves_the_others_working(desk: Desk):
    telegram, wechat = Radio("telegram", health=GOOD), Radio("wechat", starts=False, health=GOOD)
    openers = {
        "wechat": opening(wechat),
        "wecom": raising(ImportError("no such extra")),
        "telegram": opening(telegram),
    }
    channels = Channels.of(filled(**WECHAT, **WECOM, **TELEGRAM), desk, lambda: NOW, openers)
    app = create_app(desk, lambda: NOW, channels=channels.health)
    channels.register(app)
    with channels, TestClient(app) as browser:
        health = browser.get("/healthz")
        assert browser.get("/").status_code == 200
    assert health.status_code == 200 and health.json()["ok"] is True
    assert {name: one["ok"] for name, one in health.json()["channels"].items()} == {
        "wechat": False,
        "wecom": False,
        "telegram": True,
    }
    assert telegram.acts == ["register", "start", "stop"]


def test_a_refusal_of_the_opener_is_said_in_its_own_sentence(desk: Desk):
    refused = {"telegram": raising(ChannelUnready(channel="Telegram", names="YINGDA_TELEGRAM_PROXY"))}
    channels = Channels.of(filled(**TELEGRAM), desk, lambda: NOW, refused)
    assert "YINGDA_TELEGRAM_PROXY" in channels.health()["telegram"]["what"]


def test_a_channel_that_cannot_say_how_it_is_is_red(desk: Desk):
    channels = Channels.of(filled(**TELEGRAM), desk, lambda: NOW, {"telegram": opening(Radio("telegram"))})
    assert channels.health()["telegram"]["ok"] is False


def test_healthz_lists_channels_that_are_switched_off(desk: Desk):
    channels = Channels.of(filled(), desk, lambda: NOW)
    with TestClient(create_app(desk, lambda: NOW, channels=channels.health)) as browser:
        shown = browser.get("/healthz").json()["channels"]
    assert {name: one["on"] for name, one in shown.items()} == {"wechat": False, "wecom": False, "telegram": False}
