"""Fifty reporters at once through the real server with durable writes: `python -m tests.quality.bench_intake [--write]`.

Each reporter is a browser of its own in the sample township and tells of hazards and fires as people do: matter, place,
photo, point, answers, questions. Twice a minute long: paced, where everybody reads the reply and types for some seconds
(drawn from a log-normal distribution, median 2 s, between 1 and 8 s) before the next message; and closed, without any
pause, which nobody does and which shows how much the server takes at most. Client and server share the machine.
"""

import argparse
import http.client
import os
import random
import secrets
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

from PIL import Image

from assistant.desk.demo import fill
from assistant.store import Store, open_engine
from bots.serve import listen
from tests.quality.publishing import READMES, publish, table
from tests.world import NOON

ROOT = Path(__file__).parents[2]
SERVE = "from assistant.config import Settings; from bots.serve import serve; serve(Settings())"
TOWN = "云南省/示例州/示例县/示例镇"
MATTERS = (
    "路边的护栏断了一截",
    "屋后的坡上裂了条缝，雨一直下",
    "排水沟堵死了，水漫到路上来了",
    "井盖不见了，晚上看不见",
    "电线掉下来一截，离地只有一人高",
)
PLACES = ("上河村{}组老粮站背后", "上河村桥头组{}号门口", "松岭村护林站往上{}00米", "上河村{}组村头大桥边上")
FIRE_GOES_ON = ("人已经出来了", "火还没灭，烟很大", "消防车到哪里了", "隔壁也着了")
MEDIAN_S, SPREAD, LEAST_S, MOST_S = 2.0, 0.6, 1.0, 8.0
PHOTOS = 40
SIDE = (1600, 1200)
"""Pixels, as a phone sends a picture by chat: some 150 kB."""
REFUSED = ("没有收下", "办不了", "过一会儿", "稍后")
LOADS = ("paced", "closed")
HEADS = {
    READMES[0]: ("load", "replies", "a second", "p50", "p95", "p99", "slowest", "server CPU a reply", "errors"),
    READMES[1]: ("负载", "回复", "每秒", "p50", "p95", "p99", "最慢", "每条回复服务器 CPU", "出错"),
}
NAMES = {
    READMES[0]: {"paced": "paced, 1–8 s between", "closed": "closed loop"},
    READMES[1]: {"paced": "隔 1–8 秒发一条", "closed": "不停地发"},
}
INTRO = {
    READMES[0]: (
        "50 reporters for {seconds} s through the web page, every message on the disk before its reply (SQLite, "
        "synchronous=FULL), client and server on the same two cores (`python -m tests.quality.bench_intake`). "
        "Receive → reply. Paced: each reads and types for some seconds, the median 2 s; aim: p99 < 400 ms, no error. "
        "Closed loop: nobody pauses, 50 messages wait at any moment; that is what the server takes at most."
    ),
    READMES[1]: (
        "50 个人同时用网页报 {seconds} 秒，每条消息先写进硬盘再回复（SQLite，synchronous=FULL），客户端和服务器在同一台两核电脑上"
        "（`python -m tests.quality.bench_intake`）。量的是从发出到收到回复。隔几秒：看了回复、打了字再发，中位数 2 秒；"
        "要求 p99 < 400 毫秒、一条不错。不停地发：没有人停顿，随时有 50 条在等，是服务器最多能接多少。"
    ),
}


@dataclass(frozen=True, slots=True)
class Message:
    """What a reporter sends at once."""

    text: str = ""
    point: str = ""
    photo: bytes = b""


@dataclass
class Measured:
    """Seconds that each reply took, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def photos() -> list[bytes]:
    """Return pictures of the size that phones send, all different."""
    found = []
    for seed in range(PHOTOS):
        small = Image.frombytes("RGB", (64, 48), random.Random(seed).randbytes(64 * 48 * 3))  # noqa: S311
        out = BytesIO()
        small.resize(SIDE, Image.Resampling.BICUBIC).save(out, "JPEG", quality=80)
        found.append(out.getvalue())
    return found


def talks(chance: random.Random, pictures: list[bytes]) -> Iterator[Message]:
    """Return what one reporter writes without end: one in ten tells of a fire, the others of one hazard after another."""
    if chance.random() < 0.1:
        yield Message(f"{chance.choice(PLACES).format(chance.randint(1, 9))}着火了，我妈还在楼上")
        while True:
            yield Message(chance.choice(FIRE_GOES_ON))
            yield Message(photo=chance.choice(pictures))
    while True:
        yield Message("你好")
        yield Message(chance.choice(MATTERS))
        yield Message(chance.choice(PLACES).format(chance.randint(1, 9)))
        yield Message("2")
        yield Message(photo=chance.choice(pictures))
        yield Message(point=f"{25.2 + chance.random() / 30:.5f},{100.3 + chance.random() / 30:.5f}")
        yield Message("处理得怎么样了")
        yield Message("村里一年要演练几回")


def body(message: Message, nonce: str) -> tuple[bytes, str]:
    """Return the form as a browser sends it, and its type."""
    fields = {"text": message.text, "nonce": nonce, "point": message.point}
    if not message.photo:
        return urlencode(fields).encode(), "application/x-www-form-urlencoded"
    border = secrets.token_hex(8)
    parts = [f'--{border}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in fields.items()]
    file = f'--{border}\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    whole = "".join(parts).encode() + file.encode() + message.photo + f"\r\n--{border}--\r\n".encode()
    return whole, f"multipart/form-data; boundary={border}"


def reporter(number: int, port: int, until: float, load: str, measured: Measured, pictures: list[bytes]) -> None:
    """Report until the time is over."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    chance = random.Random(number)  # noqa: S311
    headers = {"X-Requested-With": "fetch", "Cookie": f"yingda={number:032x}"}
    if load == "paced":
        time.sleep(chance.random() * MEDIAN_S)
    for sent, message in enumerate(talks(chance, pictures)):
        if time.monotonic() >= until:
            break
        content, media_type = body(message, f"{number}-{sent}")
        begun = time.monotonic()
        try:
            connection.request("POST", "/chat", content, {**headers, "Content-Type": media_type})
            answer = connection.getresponse()
            shown = answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            measured.errors.append(repr(error))
            connection.close()
            continue
        measured.seconds.append(time.monotonic() - begun)
        if answer.status != 200 or "exchange" not in shown or any(bad in shown for bad in REFUSED):
            measured.errors.append(f"{answer.status} {shown[:200]}")
        if load == "paced":
            connection.close()  # the server closes what is idle for five seconds; a browser opens another one
            time.sleep(min(max(chance.lognormvariate(0, SPREAD) * MEDIAN_S, LEAST_S), MOST_S))
    connection.close()


def started(port: int, index: str, folder: str) -> "subprocess.Popen[bytes]":
    """Start a server on an empty ledger of the sample township."""
    url = f"sqlite:///{folder}/bench.sqlite3"
    engine = open_engine(url)
    with Store(engine).work(NOON) as work:
        fill(work)
    engine.dispose()
    places = {
        "YINGDA_INDEX": index,
        "YINGDA_DATABASE_URL": url,
        "YINGDA_MEDIA": f"{folder}/media",
        "YINGDA_REGION": TOWN,
        "YINGDA_PORT": str(port),
    }
    server = subprocess.Popen([sys.executable, "-c", SERVE], env={**os.environ, **places}, cwd=ROOT)
    for _ in range(600):
        try:
            asked = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            asked.request("GET", "/healthz")
            asked.getresponse().read()
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return server
    raise TimeoutError


def cpu_seconds(process: int) -> float:
    """Return how much time a process has worked, in user and system mode."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(load: str, chosen: argparse.Namespace, pictures: list[bytes]) -> tuple[list[str], list[str]]:
    """Return the figures of one load as they are printed, and what went wrong."""
    with listen("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    measured = Measured()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        server = started(port, chosen.index, folder)
        reporter(10_000, port, time.monotonic() + 2, "closed", Measured(), pictures)  # warm
        worked = cpu_seconds(server.pid)
        until = time.monotonic() + chosen.seconds
        threads = [
            threading.Thread(target=reporter, args=(number, port, until, load, measured, pictures))
            for number in range(chosen.people)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        worked = cpu_seconds(server.pid) - worked
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)
    count = len(measured.seconds)
    hundredths = [1000 * value for value in statistics.quantiles(measured.seconds, n=100)]
    times = (hundredths[49], hundredths[94], hundredths[98], 1000 * max(measured.seconds))
    figures = [f"{count:,}", f"{count / chosen.seconds:.1f}", *(f"{value:.0f} ms" for value in times)]
    return [*figures, f"{1000 * worked / count:.1f} ms", str(len(measured.errors))], measured.errors


def main() -> None:
    """Measure both loads and print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", nargs="?", default="indexes/main")
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--load", choices=LOADS, action="append")
    parser.add_argument("--folder", help="where the database is put, on the disk that is to be measured")
    parser.add_argument("--write", action="store_true", help="into the READMEs instead of to the screen")
    chosen = parser.parse_args()
    pictures = photos()
    found = {load: measure(load, chosen, pictures) for load in chosen.load or LOADS}
    texts = {
        file: f"{INTRO[file].format(seconds=round(chosen.seconds))}\n\n"
        + table(HEADS[file], [(NAMES[file][load], *figures) for load, (figures, _) in found.items()])
        for file in READMES
    }
    publish("intake", texts, write=chosen.write)
    for load, (_, errors) in found.items():
        print(*(f"{load}: {error}" for error in errors[:3]), sep="\n", end="\n" if errors else "")


if __name__ == "__main__":
    main()
