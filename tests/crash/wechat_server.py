"""The serving process with a fake official account in front."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from sqlmodel import Session, select

from assistant.store import open_engine
from assistant.store.inbox import InboxRow
from bots.fakes.wechat import FakeWeChat
from bots.serve import listen

ROOT = Path(__file__).parents[2]
SERVE = "from assistant.config import Settings; from bots.serve import serve; serve(Settings())"


class Server:
    """The serving process with an official account."""

    def __init__(self, small: Path, folder: Path, fake: FakeWeChat) -> None:
        with listen("127.0.0.1", 0) as free:
            self.port = free.getsockname()[1]
        self.url = f"sqlite:///{folder / 'yingda.sqlite3'}"
        places = {"CORPUS": small / "corpus", "INDEX": small / "index", "DATABASE_URL": self.url, "MEDIA": folder}
        settings = {f"YINGDA_{name}": str(value) for name, value in places.items()}
        self._environment = {**os.environ, **settings, **fake.settings(), "YINGDA_PORT": str(self.port)}

    def begin(self) -> None:
        self._process = subprocess.Popen([sys.executable, "-c", SERVE], env=self._environment, cwd=ROOT)
        for _ in range(1200):
            assert self._process.poll() is None
            try:
                return socket.create_connection(("127.0.0.1", self.port)).close()
            except ConnectionRefusedError:
                time.sleep(0.05)
        raise TimeoutError

    def answers(self) -> float:
        """Look at the health of the service; return how many seconds that took."""
        at = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", "/healthz")
        connection.getresponse().read()
        connection.close()
        return time.perf_counter() - at

    def kill(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def inbox(self) -> list[InboxRow]:
        engine = open_engine(self.url)
        with Session(engine) as session:
            rows = list(session.exec(select(InboxRow)).all())
        engine.dispose()
        return rows
