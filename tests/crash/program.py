"""A desk with its worker that is killed again and again: `python -m tests.crash.program FOLDER URL INDEX CORPUS KILLS SEED`.

The parent loads everything once and opens no database; each life is a fork of it. The platform is a file: a message is
sent when its line stands there. Messages come three times at once, and come again in the next life until the desk has
taken them. In each life the clock is a minute further, so that leases and patience of the dead have run out.
"""

import json
import os
import random
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.pool import Pool

from assistant.desk import Desk
from assistant.models import load_embedder
from assistant.people import Grant
from assistant.ports import Incoming, Outgoing, Receipt
from assistant.search import Index, load
from assistant.store import Store, open_engine
from bots.worker import Worker

START = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
TOWN = "云南省/示例州/示例县/示例镇"
BOUNDARIES = ("commit:before", "commit:after", "send:before", "send:after")
"""A commit, or a message that the platform has; the first commits of a life take a message in and attend to it."""
LONGEST_LIFE_S = 0.3
LAST_LIVES = 6


class Death:
    """Kills this process at the nth time that it comes to a boundary."""

    def __init__(self, boundary: str, number: int) -> None:
        self._boundary, self._left = boundary, number
        self._lock = threading.Lock()

    def at(self, boundary: str) -> None:
        with self._lock:
            self._left -= boundary == self._boundary
            if self._left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def watch_commits(self) -> None:
        committed = threading.local()

        def before(_connection: object) -> None:
            self.at("commit:before")
            committed.yes = True

        def after(*_: object) -> None:
            if getattr(committed, "yes", False):
                committed.yes = False
                self.at("commit:after")

        event.listen(Engine, "commit", before)
        event.listen(Pool, "checkin", after)


class Platform:
    """The channel `push`: what has been sent is a line of a file, and outlives whoever sent it."""

    name = "push"

    def __init__(self, path: Path, death: Death) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._death = death

    def send(self, outgoing: Outgoing, key: str) -> Receipt:
        time.sleep(0.005)
        self._death.at("send:before")
        line = json.dumps({"key": key, "text": outgoing.text, "to": outgoing.recipient}, ensure_ascii=False)
        os.write(self._file, f"{line}\n".encode())
        self._death.at("send:after")
        time.sleep(0.005)
        return Receipt(key)


def people(store: Store) -> None:
    """Enter who is on duty."""
    with store.work(START) as work:
        for sender, role in (("duty", "duty"), ("leader", "leader")):
            person = work.person("push", sender)
            person.region = TOWN
            work.session.add(Grant(person_id=person.id or 0, role=role, region=TOWN))


def message(number: int, now: datetime) -> Incoming:
    text = f"着火了我妈还在{number}号楼上" if is_fire(number) else f"示例村{number}组谁来负责巡查"
    return Incoming("push", f"m-{number}", f"villager-{number}", text, now)


def is_fire(number: int) -> bool:
    """Every fifth message raises an incident, of which duty and leader are told until somebody answers."""
    return number % 5 == 1


def live(folder: Path, url: str, index: Index, life: int, death: Death, last: bool) -> None:
    """Deliver what the desk has not taken yet, three times each, and work until the end comes."""
    death.watch_commits()
    clock = clock_of(life)
    store = Store(open_engine(url))
    platform = Platform(folder / "platform.jsonl", death)
    desk = Desk(index, store, region=TOWN, pushed={"push"})
    worker = Worker(desk, [platform], clock)
    if last:
        deliver(desk, folder, clock, life)
        worker.once()
        return
    with worker:
        deliver(desk, folder, clock, life)
        time.sleep(LONGEST_LIFE_S)


def clock_of(life: int) -> Callable[[], datetime]:
    begun = time.monotonic()
    return lambda: START + timedelta(minutes=life) + timedelta(seconds=time.monotonic() - begun)


def deliver(desk: Desk, folder: Path, clock: Callable[[], datetime], life: int) -> None:
    """Be the platform: a message that was not acknowledged comes again."""
    acknowledged = lines(folder / "acknowledged")
    with (folder / "acknowledged").open("a") as taken:
        for number in range(1, life + 1):
            if str(number) not in acknowledged:
                told = message(number, clock())
                threads = [threading.Thread(target=desk.receive, args=(told, clock())) for _ in range(3)]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join()
                taken.write(f"{number}\n")
                taken.flush()


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def main(folder: Path, url: str, index: Index, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    deaths: Counter[str] = Counter()
    for life in range(1, kills + LAST_LIVES + 1):
        last = life > kills
        boundary = "none" if last else chance.choice((*BOUNDARIES, "moment"))
        # some die at once, some get a few things done: where all died at once, nothing would ever get done
        death = Death(boundary, chance.randint(1, chance.choice((6, 60))))
        child = os.fork()
        if child == 0:
            status = 1
            try:
                live(folder, url, index, min(life, kills), death, last)
                status = 0
            finally:
                os._exit(status)
        if boundary == "moment":
            time.sleep(chance.uniform(0, LONGEST_LIFE_S))
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        deaths[boundary if os.WIFSIGNALED(status) else f"exit {os.WEXITSTATUS(status)}"] += 1
    print(json.dumps(deaths))


if __name__ == "__main__":
    chosen_folder, chosen_url, index_path, corpus_path, kill_count, chosen_seed = sys.argv[1:]
    loaded = load(Path(corpus_path), Path(index_path), load_embedder("bundled"))
    main(Path(chosen_folder), chosen_url, loaded, int(kill_count), int(chosen_seed))
