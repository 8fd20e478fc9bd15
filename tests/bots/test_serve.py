"""The serving process: it listens at once or says why it cannot, and what it answered outlives it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from assistant.errors import CannotListen
from bots.serve import listen
from tests.conftest import CORPUS

SERVE = "from assistant.config import Settings; from bots.serve import serve; serve(Settings())"


def test_a_free_port_is_listened_on() -> None:
    with listen("127.0.0.1", 0) as listener:
        socket.create_connection(listener.getsockname()).close()


def test_a_taken_port_is_refused() -> None:
    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(CannotListen) as refused:
            listen("127.0.0.1", port)
    assert refused.value.details["port"] == port


@pytest.mark.parametrize(
    ("host", "port"), [("203.0.113.9", 8000), ("no-such-host.invalid", 8000), ("127.0.0.1", 99999)]
)
def test_an_address_that_is_not_ours_is_refused(host: str, port: int) -> None:
    with pytest.raises(CannotListen):
        listen(host, port)


@contextmanager
def serving(index_path: Path, database_url: str, end: signal.Signals) -> Iterator[str]:
    """Run the server as a process of its own, yield its address, then send it `end`."""
    with listen("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    places = {"YINGDA_CORPUS": str(CORPUS), "YINGDA_INDEX": str(index_path), "YINGDA_DATABASE_URL": database_url}
    environment = {**os.environ, **places, "YINGDA_PORT": str(port)}
    with subprocess.Popen(
        [sys.executable, "-c", SERVE], env=environment, cwd=CORPUS.parent, stderr=subprocess.PIPE
    ) as process:
        try:
            wait_for(port, process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(end)
            errors = process.communicate(timeout=120)[1]
    assert end is signal.SIGKILL or errors == b""
    assert process.returncode == (-end if end is signal.SIGKILL else 0)  # stopped politely, it closes everything


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(1200):
        assert process.poll() is None, process.stderr.read().decode()
        try:
            return socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise TimeoutError


def test_a_conversation_survives_kill_9_and_ctrl_c_ends_it_quietly(index_path: Path, database_url: str) -> None:
    with httpx.Client(timeout=120) as client:
        with serving(index_path, database_url, signal.SIGKILL) as address:
            client.get(address)
            client.post(f"{address}/chat", data={"text": "村里一年要演练几回", "nonce": "n"})
        with serving(index_path, database_url, signal.SIGINT) as address:
            answer = client.get(address)
            assert "村里一年要演练几回" in answer.text
            assert "server" not in answer.headers
        with serving(index_path, database_url, signal.SIGTERM) as address:
            assert client.get(f"{address}/healthz").json()["ok"] is True
