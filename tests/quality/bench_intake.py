"""Many reporters at once through the real server with durable writes: `python -m tests.quality.bench_intake [INDEX]`.

Each reporter is a browser of its own that sends a message, reads the reply, waits `--pause` seconds and sends the next:
a fire, a hazard, a question, in turn. Client and server share the machine. Prints one line of JSON.
"""

import argparse
import http.client
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from bots.serve import listen

ROOT = Path(__file__).parents[2]
SERVE = "from assistant.config import Settings; from bots.serve import serve; serve(Settings())"
MESSAGES = ("着火了，我妈还在{}号楼上", "{}组后面的坡上裂了条缝，雨一直下", "村里一年要演练几回")
HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "X-Requested-With": "fetch"}


@dataclass
class Measured:
    """Seconds that each reply took, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def reporter(number: int, port: int, until: float, pause: float, measured: Measured) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {**HEADERS, "Cookie": f"yingda={number:032x}"}
    sent = 0
    while time.monotonic() < until:
        text = MESSAGES[(number + sent) % len(MESSAGES)].format(number)
        begun = time.monotonic()
        connection.request("POST", "/chat", urlencode({"text": text, "nonce": f"{number}-{sent}"}), headers)
        answer = connection.getresponse()
        body = answer.read().decode()
        measured.seconds.append(time.monotonic() - begun)
        if answer.status != 200 or "exchange" not in body or "没有收下" in body or "办不了" in body:
            measured.errors.append(f"{answer.status} {body[:200]}")
        sent += 1
        time.sleep(pause)
    connection.close()


def started(port: int, index: str, folder: str) -> "subprocess.Popen[bytes]":
    places = {
        "YINGDA_INDEX": index,
        "YINGDA_DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3",
        "YINGDA_REGION": "云南省",
    }
    server = subprocess.Popen(
        [sys.executable, "-c", SERVE], env={**os.environ, **places, "YINGDA_PORT": str(port)}, cwd=ROOT
    )
    for _ in range(600):
        try:
            http.client.HTTPConnection("127.0.0.1", port, timeout=5).connect()
            return server
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise TimeoutError


def cpu_seconds(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("index", nargs="?", default="indexes/main")
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", type=float, default=0)
    chosen = parser.parse_args()
    with listen("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    measured = Measured()
    with tempfile.TemporaryDirectory() as folder:
        server = started(port, chosen.index, folder)
        reporter(10_000, port, time.monotonic() + 2, 0, Measured())  # warm
        worked = cpu_seconds(server.pid)
        until = time.monotonic() + chosen.seconds
        threads = [
            threading.Thread(target=reporter, args=(number, port, until, chosen.pause, measured))
            for number in range(chosen.people)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        worked = cpu_seconds(server.pid) - worked
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)
    hundredths = statistics.quantiles(measured.seconds, n=100)
    figures = {
        "people": chosen.people,
        "pause_s": chosen.pause,
        "replies": len(measured.seconds),
        "a_second": round(len(measured.seconds) / chosen.seconds, 1),
        "p50_ms": round(hundredths[49] * 1000),
        "p99_ms": round(hundredths[98] * 1000),
        "max_ms": round(max(measured.seconds) * 1000),
        "server_cpu_ms_a_reply": round(1000 * worked / len(measured.seconds), 1),
        "errors": len(measured.errors),
    }
    print(json.dumps(figures), *measured.errors[:3], sep="\n")


if __name__ == "__main__":
    main()
