"""A desk with its worker that is killed again and again: `python -m tests.crash.program FOLDER URL INDEX CORPUS KILLS SEED`.

The parent loads everything once and does not open this database; each life is a fork of it. The platform is a file: a message is
sent when its line stands there. Each life brings one new message; messages come three times at once, and come again in
the next life until the desk has taken them. In each life the clock is a minute further, so that leases and patience of
the dead have run out. Lives go on until so many have been killed, and at each boundary at least one.
"""

import json
import os
import random
import re
import signal
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
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
COMMITS = {
    "taken in": re.compile("INSERT INTO inbox"),
    "attended to": re.compile("UPDATE inbox SET .*state"),
    "tried again": re.compile("UPDATE inbox SET"),
    "marked": re.compile("UPDATE outbox SET .*state"),
    "claimed": re.compile("UPDATE outbox SET"),
}
"""What a commit makes true → the first statement of these that its transaction holds."""
SENT = "sent"
MOMENT = "any moment"
BOUNDARIES = (
    "taken in: before", "taken in: after", "tried again: before", "attended to: before", "tried again: after",
    "attended to: after", "claimed: before", "claimed: after", "sent: before", "sent: after", "marked: before",
    "marked: after", MOMENT,
)  # fmt: skip
"""On the way from a message to its reply; whoever dies before `tried again` has left something to be tried."""
MOST_TIMES = {"taken in": 1, "tried again": 1, "attended to": 2}
"""Boundaries to which a life comes seldom: it brings one new message."""
LONGEST_LIFE_S = 0.3
LAST_LIVES = 3
MOST_LIVES_FOR_A_KILL = 8


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
        said, committed = threading.local(), threading.local()

        def begun(_connection: object) -> None:
            said.statements, committed.what = [], ""

        def told(_connection: Connection, _cursor: object, statement: str, *_: object) -> None:
            said.statements = [*getattr(said, "statements", []), statement]

        def before(_connection: object) -> None:
            committed.what = made_true(getattr(said, "statements", []))
            self.at(f"{committed.what}: before")

        def after(*_: object) -> None:
            if getattr(committed, "what", ""):
                what, committed.what = committed.what, ""
                self.at(f"{what}: after")

        event.listen(Engine, "begin", begun)
        event.listen(Engine, "before_cursor_execute", told)
        event.listen(Engine, "commit", before)
        event.listen(Pool, "checkin", after)


def made_true(statements: list[str]) -> str:
    """Return what a commit of these statements makes true, empty for something else."""
    for what, shape in COMMITS.items():
        if any(shape.match(" ".join(statement.split())) for statement in statements):
            return what
    return ""


class Platform:
    """The channel `push`: what has been sent is a line of a file, and outlives whoever sent it."""

    name = "push"

    def __init__(self, path: Path, death: Death, life: int) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._death, self._life = death, life

    def send(self, outgoing: Outgoing, key: str) -> Receipt:
        time.sleep(0.005)
        self._death.at(f"{SENT}: before")
        told = {"key": key, "text": outgoing.text, "to": outgoing.recipient, "life": self._life}
        line = json.dumps(told, ensure_ascii=False)
        os.write(self._file, f"{line}\n".encode())
        self._death.at(f"{SENT}: after")
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
    """Every tenth message raises an incident, of which duty and leader are told until somebody answers."""
    return number % 10 == 1


@dataclass(frozen=True)
class Life:
    """One process: how many messages there are by then, and at which boundary it dies for the nth time it comes there."""

    number: int
    messages: int
    boundary: str
    nth: int = 1

    @property
    def is_last(self) -> bool:
        return not self.boundary

    def clock(self) -> Callable[[], datetime]:
        begun = time.monotonic()
        return lambda: START + timedelta(minutes=self.number) + timedelta(seconds=time.monotonic() - begun)


def live(folder: Path, url: str, index: Index, life: Life) -> None:
    """Deliver what the desk has not taken yet, three times each, and work until the end comes."""
    death = Death(life.boundary, life.nth)
    death.watch_commits()
    store = Store(open_engine(url))
    desk = Desk(index, store, region=TOWN, pushed={"push"})
    worker = Worker(desk, [Platform(folder / "platform.jsonl", death, life.number)], life.clock())
    if life.is_last:
        deliver(desk, folder, life)
        worker.once()
        return
    with worker:
        deliver(desk, folder, life)
        time.sleep(LONGEST_LIFE_S)


def deliver(desk: Desk, folder: Path, life: Life) -> None:
    """Be the platform: a message that was not acknowledged comes again, after the newest."""
    acknowledged, clock = lines(folder / "acknowledged"), life.clock()
    with (folder / "acknowledged").open("a") as taken:
        for number in range(life.messages, 0, -1):
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


class Reaper:
    """Begins one life after the other and counts how they end."""

    def __init__(self, begin: Callable[[Life], None], seed: int) -> None:
        self._begin = begin
        self._chance = random.Random(seed)
        self.lives = 0
        self.kills: Counter[str] = Counter()
        self.endings: Counter[str] = Counter()

    def reap(self, kills: int) -> int:
        """Begin lives until so many have been killed, and at each boundary one; return how many that took."""
        wanted = deque(BOUNDARIES)
        most = MOST_LIVES_FOR_A_KILL * max(kills, len(BOUNDARIES))
        while self.kills.total() < kills or len(self.kills) < len(BOUNDARIES):
            if self.lives == most:
                missing = sorted({*BOUNDARIES} - {*self.kills})
                sys.exit(f"{self.kills.total()} of {kills} kills in {most} lives; never: {missing}; {self.endings}")
            boundary = wanted[0]
            wanted.rotate(-1)
            # some die at once, some get a few things done: where all died at once, nothing would ever get done
            nth = self._chance.randint(1, MOST_TIMES.get(boundary.partition(":")[0], 8)) if self.kills[boundary] else 1
            self._end(Life(self.lives + 1, self.lives + 1, boundary, nth))
        return self.lives

    def finish(self, messages: int) -> None:
        """Begin lives that nobody ends, for what is left."""
        for _ in range(LAST_LIVES):
            self._end(Life(self.lives + 1, messages, ""))

    def _end(self, life: Life) -> None:
        self.lives += 1
        child = os.fork()
        if child == 0:
            status = 1
            try:
                self._begin(life)
                status = 0
            finally:
                os._exit(status)
        if life.boundary == MOMENT:
            time.sleep(self._chance.uniform(0, LONGEST_LIFE_S))
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            self.kills[life.boundary] += 1
        else:
            self.endings[f"exit {os.WEXITSTATUS(status)}"] += 1


def warm_up(index: Index) -> None:
    """Load what is loaded with the first message, on a database of its own: no life need do it again."""
    engine = open_engine("sqlite://")
    desk = Desk(index, Store(engine), region=TOWN)
    for number in (1, 2):
        desk.receive(message(number, START), START)
    engine.dispose()


def main(folder: Path, url: str, index: Index, kills: int, seed: int) -> None:
    warm_up(index)
    reaper = Reaper(lambda life: live(folder, url, index, life), seed)
    messages = reaper.reap(kills)
    reaper.finish(messages)
    print(json.dumps({"messages": messages, "kills": reaper.kills, "endings": reaper.endings}))


if __name__ == "__main__":
    chosen_folder, chosen_url, index_path, corpus_path, kill_count, chosen_seed = sys.argv[1:]
    loaded = load(Path(corpus_path), Path(index_path), load_embedder("bundled"))
    main(Path(chosen_folder), chosen_url, loaded, int(kill_count), int(chosen_seed))
