"""One warning to 10,000 persons over fake channels, within their limits: `python -m tests.quality.bench_fanout`.

The channels answer after as long as real ones take, and keep a log of what came when; with `--kills` the sending process
is killed (kill -9) every second on average, and started again. Printed as JSON; nothing is said that the log does not show.
"""

import argparse
import json
import os
import random
import resource
import signal
import sys
import tempfile
import time
from bisect import bisect_left
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from threading import Thread

from sqlmodel import Session, func, select

from assistant.desk import Sender, callwork, clockwork
from assistant.people import Identity, Person
from assistant.ports import Outgoing, Receipt
from assistant.rules import load_rules
from assistant.store import Delivery, Lane, Store, fanout, open_engine
from assistant.store.limits import SLACK, shipped
from assistant.store.outbox import OutboxRow
from bots.worker import IDLE_S, TICK_S

TOWN = "云南省/示例州/示例县/示例镇"
AGAIN = "（重发）"
LATENCY_S = 0.05
SHARES = {"wecom": 0.8, "telegram": 0.2}
"""Of the persons, by channel."""
NO_KEY = {"telegram"}
"""Channels that take no idempotency key: what comes twice is read twice."""
MEAN_LIFE_S = 1.0


class Platform:
    """One fake channel: what has come is a line of a file, and outlives whoever sent it."""

    def __init__(self, name: str, folder: Path, latency_s: float) -> None:
        self.name = name
        self._file = os.open(folder / f"{name}.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._latency_s = latency_s

    def send(self, outgoing: Outgoing, key: str) -> Receipt:
        time.sleep(self._latency_s / 2)
        again = outgoing.text.startswith(AGAIN)
        line = json.dumps({"key": key, "to": outgoing.recipient, "at": time.time(), "again": again})
        os.write(self._file, f"{line}\n".encode())
        time.sleep(self._latency_s / 2)
        return Receipt(key)


def clock() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the benchmark is the edge where time comes in


def people(store: Store, count: int) -> list[int]:
    """Enter so many persons with one channel each, by share."""
    now = clock()
    channels = [name for name, share in SHARES.items() for _ in range(round(share * 10))]
    with store.work(now) as work:
        persons = [Person(name=f"示例{number}", region=TOWN, created_at=now) for number in range(count)]
        work.session.add_all(persons)
        work.session.flush()
        for number, person in enumerate(persons):
            channel = channels[number % len(channels)]
            work.session.add(Identity(channel=channel, sender=f"p{number}", person_id=person.id or 0, last_seen_at=now))
        return [person.id or 0 for person in persons]


def warn(store: Store, ids: list[int]) -> float:
    """Relay one warning to all of them; return how many seconds that transaction took."""
    begun = time.monotonic()
    with store.work(clock()) as work:
        persons = work.people_by_id(ids)
        callwork.issue_warning(work, "暴雨红色预警（示例）", "全镇", TOWN, clock(), timedelta(minutes=30), persons)
    return time.monotonic() - begun


def drain(url: str, folder: Path, latency_s: float) -> None:
    """Send until nothing waits: what the worker's urgent thread does, and its clock, which calls slice by slice."""
    store = Store(open_engine(url))
    Thread(target=tick, args=(store,), daemon=True).start()
    sender = Sender(store.outbox, [Platform(name, folder, latency_s) for name in SHARES])
    while True:
        if not sender.step(Lane.URGENT, clock()):
            if not waiting(store):
                return
            time.sleep(IDLE_S)


def tick(store: Store) -> None:
    rules = load_rules()
    while True:
        clockwork.tick(store, rules, clock())
        time.sleep(TICK_S)


def waiting(store: Store) -> bool:
    with store.work(clock()) as work:
        return left(work.session) > 0 or fanout.is_owed(work.session)


def left(session: Session) -> int:
    query = select(func.count()).select_from(OutboxRow).where(OutboxRow.state == Delivery.PENDING.value)
    return session.exec(query).one()


def lives(url: str, folder: Path, latency_s: float, *, kills: bool, seed: int) -> tuple[int, int]:
    """Drain in a process of its own, killed every second on average; return kills and its most memory in MB."""
    chance, killed, memory = random.Random(seed), 0, 0
    while True:
        child = os.fork()
        if child == 0:
            status = 1
            try:
                drain(url, folder, latency_s)
                status = 0
            finally:
                os._exit(status)
        if kills:
            time.sleep(chance.expovariate(1 / MEAN_LIFE_S))
            done, status = os.waitpid(child, os.WNOHANG)
            if not done:
                os.kill(child, signal.SIGKILL)
        _, status, usage = (
            os.wait4(child, 0) if not kills or not done else (0, status, resource.getrusage(resource.RUSAGE_CHILDREN))
        )
        memory = max(memory, usage.ru_maxrss // 1024)
        if not os.WIFSIGNALED(status):
            if os.WEXITSTATUS(status):
                sys.exit("the sender failed")
            return killed, memory
        killed += 1


def came(folder: Path) -> dict[str, list[dict[str, object]]]:
    """Return what each channel has got, in the order of coming."""
    logs: dict[str, list[dict[str, object]]] = {}
    for name in SHARES:
        file = folder / f"{name}.jsonl"
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        logs[name] = sorted((json.loads(line) for line in lines), key=lambda line: line["at"])
    return logs


def densest(times: list[float], window_s: float) -> int:
    """Return the most messages within any window."""
    return max((place + 1 - bisect_left(times, at - window_s + 1e-9) for place, at in enumerate(times)), default=0)


def beyond_limits(logs: dict[str, list[dict[str, object]]]) -> list[str]:
    """Return where a channel got more than it takes."""
    broken: list[str] = []
    for name, lines in logs.items():
        times = [float(str(line["at"])) for line in lines]
        for limit in shipped(name).overall:
            window_s = (limit.window - SLACK).total_seconds()
            if densest(times, window_s) > limit.most:
                broken.append(f"{name}: {densest(times, window_s)} in {window_s:g} s")
        own: dict[str, list[float]] = defaultdict(list)
        for line in lines:
            own[str(line["to"])].append(float(str(line["at"])))
        for limit in shipped(name).person:
            window_s = (limit.window - SLACK).total_seconds()
            worst = max((densest(times, window_s) for times in own.values()), default=0)
            if worst > limit.most:
                broken.append(f"{name}: {worst} to one person in {window_s:g} s")
    return broken


def measured(store: Store, folder: Path, due: float) -> dict[str, object]:
    """Return what the logs of the channels and the outbox show."""
    logs = came(folder)
    first = {str(line["key"]): float(str(line["at"])) for name in SHARES for line in reversed(logs[name])}
    waits = sorted(at - due for at in first.values())
    doubles = {name: len(lines) - len({line["key"] for line in lines}) for name, lines in logs.items()}
    unmarked = 0
    for lines in logs.values():
        seen: set[object] = set()
        for line in lines:
            unmarked += line["key"] in seen and not line["again"]
            seen.add(line["key"])
    with store.work(clock()) as work:
        states = Counter(work.session.exec(select(OutboxRow.state)).all())
        keys = set(work.session.exec(select(OutboxRow.key)).all())
    return {
        "sent": len(first),
        "lost": len(keys - set(first)),
        "states": dict(states),
        "all_s": round(waits[-1], 1),
        "p50_s": round(waits[len(waits) // 2], 1),
        "p99_s": round(waits[int(len(waits) * 0.99)], 1),
        "doubles_read": sum(count for name, count in doubles.items() if name in NO_KEY),
        "doubles_dropped_by_key": sum(count for name, count in doubles.items() if name not in NO_KEY),
        "unmarked": unmarked,
        "beyond_limits": beyond_limits(logs),
        "longest_pause_s": round(max((b - a for a, b in pairwise(sorted(first.values()))), default=0), 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=10_000)
    parser.add_argument("--kills", action="store_true")
    parser.add_argument("--database", default="", help="SQLite in a temporary folder where none is given")
    parser.add_argument("--latency", type=float, default=LATENCY_S)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="yingda-fanout-") as name:
        folder = Path(name)
        url = chosen.database or f"sqlite:///{folder / 'yingda.sqlite3'}"
        engine = open_engine(url)
        store = Store(engine)
        issued_s = warn(store, people(store, chosen.persons))
        engine.dispose()
        due = time.time()
        killed, memory = lives(url, folder, chosen.latency, kills=chosen.kills, seed=chosen.seed)
        engine = open_engine(url)
        found = measured(Store(engine), folder, due)
        engine.dispose()
    fixed = {"persons": chosen.persons, "database": url.partition(":")[0], "issue_s": round(issued_s, 2)}
    print(json.dumps({**fixed, "kills": killed, "memory_mb": memory, **found}, ensure_ascii=False))


if __name__ == "__main__":
    main()
