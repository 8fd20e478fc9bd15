"""kill -9 of the real server with an official account in front (R5): what was taken is answered, and once."""

import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bots.fakes.wechat import FakeWeChat
from bots.fakes.wechat_phone import WeChatPhone
from tests.crash.wechat_server import Server

QUEUED = 20


@pytest.fixture
def fake() -> Iterator[FakeWeChat]:
    fake = FakeWeChat()
    fake.account.push_s = 60.0  # the first message waits for the index
    with fake:
        yield fake


@pytest.mark.slow
def test_r5_twenty_messages_survive_a_kill_with_one_effect_each(
    small: Path, trained_path: Path, tmp_path: Path, fake: FakeWeChat
):
    for file in trained_path.glob("reader*"):
        shutil.copyfile(file, small / "index" / file.name)
    server = Server(small, tmp_path, fake)
    fake.account.callback = f"http://127.0.0.1:{server.port}/wechat"
    server.begin()
    fake.phone("openid-first").says("你好", message_id="1")
    phones = [fake.phone(f"openid-{number}") for number in range(QUEUED)]
    with ThreadPoolExecutor(QUEUED) as pool:
        said = [pool.submit(one.says, "演练多久搞一次", message_id=str(100 + n)) for n, one in enumerate(phones)]
        until = time.monotonic() + 20
        while not any(one.status == 200 for one in fake.account.pushes[1:]) and time.monotonic() < until:
            time.sleep(0.005)
        server.kill()
        for one in said:
            one.result()
    taken = {one.user for one in fake.account.pushes if one.status == 200}
    server.begin()
    for number, phone in enumerate(phones):  # the platform tries again what was not taken
        if phone.name not in taken:
            phone.says("演练多久搞一次", message_id=str(100 + number))
    until = time.monotonic() + 90
    while not all(answered(phone) for phone in phones) and time.monotonic() < until:
        time.sleep(0.5)
    rows = server.inbox()
    server.kill()
    assert len(rows) == QUEUED + 1 and {row.state for row in rows} == {"done"}
    assert [answered(phone) for phone in phones] == [1] * QUEUED
    assert 0 < len(taken - {"openid-first"}) < QUEUED, "the kill came too early or too late"


def answered(phone: WeChatPhone) -> int:
    """Return how many answers stand on a phone."""
    return len([one for one in phone.screen.all() if one.kind != "error"])
