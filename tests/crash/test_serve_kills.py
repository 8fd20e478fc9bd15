"""kill -9 of the real server with HTTP in front: whoever sends the same message again until it is answered loses nothing."""

import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from itertools import count
from pathlib import Path

import httpx
import pytest
from sqlmodel import select

from assistant.events import Event
from assistant.incidents import Incident
from assistant.people import Grant
from assistant.store import Delivery, Store, open_engine
from assistant.store.inbox import Attended, InboxRow
from assistant.store.outbox import OutboxRow
from bots.serve import listen, now
from tests.databases import both_databases

ROOT = Path(__file__).parents[2]
SERVE = "from assistant.config import Settings; from bots.serve import serve; serve(Settings())"
TOWN = "云南省/示例州/示例县/示例镇"
KILLS = 15
CLIENTS = 4
UNSURE = ("没有收下", "不知道存下了没有", "稍后会接着办")
"""The client goes on sending where it reads this."""
FETCH = {"X-Requested-With": "fetch"}
NONCE = re.compile(r'value="[0-9a-f]{32}"')


class Server:
    """The serving process, begun anew after each kill."""

    def __init__(self, small: Path, url: str, media: Path) -> None:
        with listen("127.0.0.1", 0) as free:
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        places = {"CORPUS": small / "corpus", "INDEX": small / "index", "DATABASE_URL": url, "MEDIA": media}
        settings = {f"YINGDA_{name}": str(value) for name, value in places.items()}
        self._environment = {**os.environ, **settings, "YINGDA_PORT": str(self.port), "YINGDA_REGION": TOWN}

    def begin(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", SERVE], env=self._environment, cwd=ROOT, stderr=subprocess.PIPE
        )
        for _ in range(2400):
            assert self._process.poll() is None, self._process.communicate()[1].decode()
            try:
                return socket.create_connection(("127.0.0.1", self.port)).close()
            except ConnectionRefusedError:
                time.sleep(0.05)
        raise TimeoutError

    def answers(self) -> None:
        """Wait until the desk is open: the port listens before the index is loaded."""
        assert httpx.get(f"{self.address}/healthz", timeout=60).json()["ok"] is True

    def kill(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.communicate()


class Villager(threading.Thread):
    """Sends one message after the other, each with the same nonce until it is answered, and then twice more."""

    def __init__(self, address: str, number: int, ended: threading.Event) -> None:
        super().__init__(daemon=True)
        self._address, self._number, self._ended = address, number, ended
        self.client = httpx.Client(timeout=10, cookies={"yingda": f"{number:032x}"})
        self.said: list[str] = []
        self.tries = 0
        self.errors: list[str] = []

    def run(self) -> None:
        for number in count():
            if self._ended.is_set():
                return
            text = message(self._number, number)
            replies = {self._sent(text) for _ in range(3)}
            self.said.append(text)
            if len(replies) != 1:
                self.errors.append(f"{text}: {replies}")

    def _sent(self, text: str) -> str:
        while True:
            self.tries += 1
            try:
                answer = self.client.post(f"{self._address}/chat", data={"text": text, "nonce": text}, headers=FETCH)
            except httpx.TransportError:
                time.sleep(0.05)
                continue
            told = NONCE.sub("", re.sub('<p class="when">.*?</p>', "", answer.text))
            if answer.status_code == 200 and not any(words in told for words in UNSURE):
                return told
            time.sleep(0.05)


def message(villager: int, number: int) -> str:
    return f"着火了我妈还在{villager}栋{number}楼" if number % 3 == 0 else f"示例村{villager}组{number}户谁来负责巡查"


@pytest.fixture(scope="module")
def served(small: Path, trained_path: Path) -> Path:
    for file in trained_path.glob("reader*"):
        shutil.copyfile(file, small / "index" / file.name)
    return small


@pytest.mark.slow
@both_databases
def test_a_served_desk_that_is_killed_again_and_again(served: Path, database_url: str, tmp_path: Path) -> None:
    chance, begun = random.Random(3), time.monotonic()
    duty = f"{99:032x}"
    engine = open_engine(database_url)
    store = Store(engine)
    with store.work(now()) as work:
        person = work.person("web", duty)
        person.region = TOWN
        work.session.add(Grant(person_id=person.id or 0, role="duty", region=TOWN))
    ended = threading.Event()
    server = Server(served, database_url, tmp_path / "media")
    villagers = [Villager(server.address, number, ended) for number in range(1, CLIENTS + 1)]
    server.begin()
    server.answers()
    for villager in villagers:
        villager.start()
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.05, 1.5))
        server.kill()
        server.begin()
        server.answers()
    ended.set()
    for villager in villagers:
        villager.join(60)
        villager.client.close()
        assert not villager.is_alive() and villager.errors == []
    page = httpx.get(server.address, cookies={"yingda": duty}, timeout=60).text
    server.kill()
    inspect(store, sorted(text for villager in villagers for text in villager.said), page)
    engine.dispose()
    tries = sum(villager.tries for villager in villagers)
    said = sum(len(villager.said) for villager in villagers)
    print(f"{KILLS} kills, {said} messages in {tries} tries, {time.monotonic() - begun:.0f} s")


def inspect(store: Store, said: list[str], page: str) -> None:
    with store.work(now()) as work:
        rows = [row for row in work.session.exec(select(InboxRow)).all() if row.text]
        assert sorted(row.text for row in rows) == said
        assert {row.state for row in rows} == {Attended.DONE.value}
        fires = [text for text in said if text.startswith("着火")]
        incidents = work.session.exec(select(Incident)).all()
        # several cry of one fire: each cry stands in one case, once
        cries = Counter(line for one in incidents for line in one.text.split("\n"))
        assert {text: cries[text] for text in fires} == dict.fromkeys(fires, 1)
        steps = Counter(
            (event.stream, event.fields.get("rung"))
            for event in work.session.exec(select(Event)).all()
            if event.kind == "passed_on"
        )
        assert {steps[one.number, 0] for one in incidents} == {1}
        # duty has been told of each once: people fetch what waits for them, so nothing is sent twice
        sent = work.session.exec(select(OutboxRow)).all()
        assert len({row.key for row in sent}) == len(sent)
        assert {row.state for row in sent if row.channel == "web"} == {Delivery.HANDED_OVER.value}
    assert "（重发）" not in page
