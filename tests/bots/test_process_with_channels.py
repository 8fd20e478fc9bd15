"""The whole process with all three platforms: killed or stopped in the middle of a crowd, it loses nobody (R5, R34)."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from bots.fakes.telegram import FakeTelegram
from bots.fakes.wechat import FakeWeChat
from bots.fakes.wechat_account import Account
from bots.fakes.wecom import FakeWeCom
from bots.serve import listen
from tests.bots.test_serve import SERVE
from tests.conftest import CORPUS

QUEUED = 20
START_S, ANSWER_S, DRAIN_S = 90.0, 90.0, 10.0
MARGIN_S = 10.0
"""For a machine that does other things, too: the interpreter itself needs seconds to end there."""
QUESTION, ANSWER = "村里一年要演练几回", "每年至少"

pytestmark = pytest.mark.slow


class Crowd:
    """Twenty people on each platform."""

    def __init__(self, wechat: FakeWeChat, wecom: FakeWeCom, telegram: FakeTelegram) -> None:
        self.fakes = {"wechat": wechat, "wecom": wecom, "telegram": telegram}
        self.phones = {
            name: [fake.phone(f"user{number}" if name != "telegram" else str(500 + number)) for number in range(QUEUED)]
            for name, fake in self.fakes.items()
        }

    def call_at(self, address: str) -> None:
        self.fakes["wechat"].account.callback = f"{address}/wechat"
        self.fakes["wecom"].callback = f"{address}/wecom"

    def settings(self) -> dict[str, str]:
        return {name: value for fake in self.fakes.values() for name, value in fake.settings().items()}

    def unanswered(self) -> dict[str, int]:
        """Return how many have not been answered yet, by platform."""
        return {
            name: sum(not any(ANSWER in one.text for one in phone.screen.all()) for phone in phones)
            for name, phones in self.phones.items()
        }


@pytest.fixture
def crowd() -> Iterator[Crowd]:
    # the platform tries again after a while, as long as a service takes to come back
    with FakeWeChat(Account(pause_s=20.0)) as wechat, FakeWeCom() as wecom, FakeTelegram() as telegram:
        wecom.pause_s = 20.0
        yield Crowd(wechat, wecom, telegram)


@contextmanager
def process(environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(
        [sys.executable, "-c", SERVE], env=environment, cwd=CORPUS.parent, stderr=subprocess.DEVNULL
    ) as running:
        try:
            yield running
        finally:
            running.kill()


def wait_until_it_serves(address: str) -> dict[str, dict[str, object]]:
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        try:
            return httpx.get(f"{address}/healthz", timeout=10).json()["channels"]
        except httpx.TransportError:
            time.sleep(0.1)
    raise TimeoutError


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM], ids=["killed", "stopped"])
def test_r5_r34_nobody_is_lost_and_nobody_counts_twice(
    crowd: Crowd, index_path: Path, database_url: str, tmp_path: Path, end: signal.Signals
):
    with listen("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    crowd.call_at(address)
    places = {"YINGDA_CORPUS": str(CORPUS), "YINGDA_INDEX": str(index_path), "YINGDA_DATABASE_URL": database_url}
    environment = {**os.environ, **places, **crowd.settings()}
    environment |= {"YINGDA_PORT": str(port), "YINGDA_MEDIA": str(tmp_path / "media")}
    everybody = [phone for phones in crowd.phones.values() for phone in phones]
    with ThreadPoolExecutor(len(everybody)) as thumbs:
        with process(environment) as running:
            assert {one["on"] for one in wait_until_it_serves(address).values()} == {True}
            said = [thumbs.submit(phone.says, QUESTION) for phone in everybody]
            time.sleep(0.4)
            began = time.monotonic()
            running.send_signal(end)
            running.wait(DRAIN_S + MARGIN_S)
            assert time.monotonic() - began < DRAIN_S + MARGIN_S
        assert sum(crowd.unanswered().values()) > 0, "nobody was left waiting: nothing was tried"
        with process(environment):
            wait_until_it_serves(address)
            for one in said:
                one.result()
            until = time.monotonic() + ANSWER_S
            while sum(crowd.unanswered().values()) and time.monotonic() < until:
                time.sleep(0.2)
            assert crowd.unanswered() == {"wechat": 0, "wecom": 0, "telegram": 0}
    with sqlite3.connect(database_url.removeprefix("sqlite:///")) as ledger:
        query = "select channel, count(*), count(distinct sender) from inbox where text = ? group by channel"
        kept = {name: (rows, people) for name, rows, people in ledger.execute(query, (QUESTION,))}
    assert kept == dict.fromkeys(("wechat", "wecom", "telegram"), (QUEUED, QUEUED))
