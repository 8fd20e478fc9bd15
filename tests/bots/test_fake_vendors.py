"""`yingda fake-vendors`: three platforms and a page on which anybody holds a phone of each (R36, R37)."""

import random
import socket
from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest

from assistant.config import Settings, lacking
from bots.fakes.page import Opened
from bots.fakes.running import Vendors, vendors
from bots.fakes.showing import Screen, Shown
from bots.fakes.wechat_phone import UNAVAILABLE


def free_ports(count: int) -> int:
    """Return the first of several free ports beside each other."""
    for _ in range(100):
        first = random.randrange(20000, 32000)
        try:
            for port in range(first, first + count):
                with closing(socket.create_server(("127.0.0.1", port))):
                    pass
        except OSError:
            continue
        return first
    raise TimeoutError


@pytest.fixture(scope="module")
def running() -> Iterator[Vendors]:
    with vendors("http://127.0.0.1:1", free_ports(4)) as found:
        yield found


@pytest.fixture
def browser(running: Vendors) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=running.url, follow_redirects=True, timeout=30) as client:
        yield client


def test_the_printed_lines_are_all_that_the_bot_needs(running: Vendors):
    lines = dict(line.split("=", 1) for line in running.settings.splitlines())
    assert {name for name in lines if not name.startswith("YINGDA_")} == set()
    values = {name.removeprefix("YINGDA_").lower(): value for name, value in lines.items()}
    assert set(values) <= set(Settings.model_fields)
    settings = Settings(_env_file=None, **values)
    assert [lacking(settings, channel) for channel in ("wechat", "wecom", "telegram")] == [(), (), ()]
    assert {values[f"{name}_api_url"][:17] for name in ("wechat", "wecom", "telegram")} == {"http://127.0.0.1:"}


@pytest.mark.parametrize("platform", ["wechat", "wecom", "telegram"])
def test_a_phone_is_opened_and_what_is_typed_stands_on_it(browser: httpx.Client, platform: str):
    phone = browser.post("/open", data={"platform": platform, "user": "1001"})
    assert phone.status_code == 200 and 'name="text"' in phone.text
    path = phone.url.path
    browser.post(f"{path}/says", data={"text": "在吗<b>"})
    shown = browser.get(f"{path}/screen").text
    assert "在吗&lt;b&gt;" in shown
    assert (UNAVAILABLE in shown) is (platform == "wechat")  # nobody serves the bot's address here
    assert "1001" in browser.get("/").text


def test_photos_and_points_are_sent_and_a_button_that_is_not_there_is_refused(browser: httpx.Client):
    path = browser.post("/open", data={"platform": "telegram", "user": "1002"}).url.path
    assert browser.post(f"{path}/photo", files={"photo": ("裂缝.jpg", b"\xff\xd8")}).status_code == 200
    assert browser.post(f"{path}/location", data={"lat": "25.2", "lon": "100.3", "label": "村口"}).status_code == 200
    shown = browser.get(f"{path}/screen").text
    assert "裂缝.jpg" in shown and "村口" in shown
    assert browser.post(f"{path}/presses", data={"label": "收到"}).status_code == 409


@pytest.mark.parametrize("form", [{"platform": "qq", "user": "1"}, {"platform": "wecom", "user": "../x"}])
def test_a_platform_that_is_not_there_and_a_strange_account_are_refused(browser: httpx.Client, form: dict[str, str]):
    assert browser.post("/open", data=form).status_code in (404, 422)
    assert browser.get("/p/wecom/nobody").status_code == 404


def test_own_words_stand_between_what_came():
    class Silent:
        screen = Screen()

    phone = Opened("wechat", "1", Silent())  # type: ignore[arg-type]
    phone.say("一")
    phone.phone.screen.show(Shown("二", ("好",)))
    phone.say("三")
    assert [(line.text, line.is_mine, line.buttons) for line in phone.lines()] == [
        ("一", True, ()),
        ("二", False, ("好",)),
        ("三", True, ()),
    ]


def test_a_taken_port_is_an_error_and_leaves_nothing_running():
    first = free_ports(4)
    with closing(socket.create_server(("127.0.0.1", first + 2))):
        with pytest.raises(OSError), vendors("http://127.0.0.1:1", first):
            pass
    with vendors("http://127.0.0.1:1", first):
        pass
