"""A flood on the official account while the platform's interfaces hang (R8, R40): everything is kept, soon."""

import http.client
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlencode

import pytest

from bots.fakes.envelope import xml
from bots.fakes.wechat import FakeWeChat
from tests.crash.wechat_server import Server

MESSAGES, RATE, CLIENTS = 1500, 330.0, 32
TEXTS = ("你好", "演练多久搞一次", "收到", "谢谢")
PATIENCE_S = 5.0
"""After which the platform sends a message again. How much faster it goes is a figure, printed with -s: wanted are 300
messages a second, p99 0.3 s, and 0.1 s for a look at the health, on two cores that run the clients too."""


class Flood:
    """Clients that send at a given rate, whatever the answers take."""

    def __init__(self, port: int, requests: list[tuple[str, bytes]]) -> None:
        self.took: list[float] = []
        self.statuses: set[int] = set()
        self._port, self._waiting, self._begun = port, enumerate(requests), time.perf_counter()

    def run(self) -> float:
        """Return messages a second."""
        with ThreadPoolExecutor(CLIENTS) as pool:
            for done in [pool.submit(self._client) for _ in range(CLIENTS)]:
                done.result()
        return len(self.took) / (time.perf_counter() - self._begun)

    def _client(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port)
        for number, (path, body) in self._shared():
            time.sleep(max(0.0, self._begun + number / RATE - time.perf_counter()))
            at = time.perf_counter()
            connection.request("POST", path, body)
            answer = connection.getresponse()
            answer.read()
            self.took.append(time.perf_counter() - at)
            self.statuses.add(answer.status)
        connection.close()

    def _shared(self) -> Iterator[tuple[int, tuple[str, bytes]]]:
        while (one := next(self._waiting, None)) is not None:
            yield one


def prepared(fake: FakeWeChat, number: int) -> tuple[str, bytes]:
    account, stamp, nonce = fake.account, str(int(time.time())), f"n{number}"
    head = {"ToUserName": account.name, "FromUserName": f"openid-{number % 500}", "CreateTime": stamp}
    message = {**head, "MsgType": "text", "Content": TEXTS[number % len(TEXTS)], "MsgId": str(10**15 + number)}
    sealed = account.secrets.sealed(xml(message))
    query = {"timestamp": stamp, "nonce": nonce, "msg_signature": account.secrets.signature(stamp, nonce, sealed)}
    return f"/wechat?{urlencode(query)}", xml({"ToUserName": account.name, "Encrypt": sealed}).encode()


def nearly_all(took: list[float]) -> float:
    """Return what 99 of 100 stay below."""
    return sorted(took)[int(len(took) * 0.99)]


@pytest.mark.slow
def test_r8_r40_a_flood_is_kept_while_the_platform_hangs(small: Path, trained_path: Path, tmp_path: Path):
    for file in trained_path.glob("reader*"):
        (small / "index" / file.name).write_bytes(file.read_bytes())
    fake, stopped, looks = FakeWeChat(), Event(), list[float]()
    with fake:
        fake.fault("hang", value=30, times=-1)
        server = Server(small, tmp_path, fake)
        server.begin()
        server.answers()
        requests = [prepared(fake, number) for number in range(MESSAGES)]

        def look() -> None:
            while not stopped.wait(0.1):
                looks.append(server.answers())

        looking = Thread(target=look)
        looking.start()
        flood = Flood(server.port, requests)
        rate = flood.run()
        stopped.set()
        looking.join()
        server.kill()
    figures = {"rate": rate, "p99_s": nearly_all(flood.took), "health_p99_s": nearly_all(looks)}
    print(figures)
    assert flood.statuses == {200}
    assert len(server.inbox()) == MESSAGES
    assert max(flood.took) < PATIENCE_S
    assert max(looks) < PATIENCE_S
