"""10,000 live calls: how long the clock's looks and their transactions take: `python -m tests.quality.bench_tick`.

One warning to a county: a ladder for everybody, a deputy for twenty. Looks: nothing is due (nearly all); everybody is
called; everybody stays silent and is handed on; the deputies stay silent as well, and everybody is knocked up; the end.
All is computing time of this process but `all_s`, which is what the clock on the wall shows; with `--database` on a
server the server's own comes on top.
"""

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from assistant.desk import clockwork, relaywork
from assistant.desk.auditing import Auditor
from assistant.desk.relaywork import Relay
from assistant.events import Actor
from assistant.people import Grant, Place, Role
from assistant.rules import load_rules
from assistant.store import Store, open_engine
from assistant.store import warnings as stored
from assistant.warnings import Level, WarningState
from tests.quality import bench_fanout
from tests.quality.bench_fanout import TOWN, people

LOOKS = 100
STEP = timedelta(seconds=5)
VILLAGE = 20
"""People in one village, with one deputy."""
BY = Actor("person/1", "console")


def seconds(act: Callable[[], object]) -> float:
    """Return the computing time: on a machine that others use as well, what lies between two glances says little."""
    begun = time.process_time()
    act()
    return time.process_time() - begun


def enter(store: Store, count: int, now: datetime) -> None:
    """Enter so many grid workers, village by village, and one person on duty."""
    *workers, duty = people(store, count + 1)
    villages = [f"{TOWN}/示例村{number}" for number in range(max(count // VILLAGE, 1))]
    with store.work(now) as work:
        work.session.add(Place(path=TOWN, level="township"))
        work.session.add_all([Place(path=path, level="village") for path in villages])
        for number, person in enumerate(workers):
            rank = "B" if number < len(villages) else "A"
            region = villages[number % len(villages)]
            work.session.add(Grant(person_id=person, role=Role.GRID.value, region=region, rank=rank))
        work.session.add(Grant(person_id=duty, role=Role.DUTY.value, region=TOWN))


def warn(store: Store, now: datetime) -> str:
    one = Relay(
        title="暴雨红色预警（示例）",
        event="暴雨",
        level=Level.RED,
        places=(TOWN,),
        issued_at=now,
        sender="示例气象台",
        onset_at=now + timedelta(hours=20),
    )
    with store.work(now) as work:
        return relaywork.relay(work, one, load_rules(), BY).number


def cancel(store: Store, number: str, now: datetime) -> None:
    with store.work(now) as work:
        relaywork.end(work, stored.warning(work, number), WarningState.CANCELLED, "示例", BY)


class Clock:
    """Looks, and keeps how long each transaction took."""

    def __init__(self, store: Store) -> None:
        self._store, self._rules = store, load_rules()
        self.all: list[float] = []

    def look(self, at: datetime) -> dict[str, object]:
        """Return what `clockwork.tick` does, transaction by transaction."""
        begun, spent, is_more = time.perf_counter(), list[float](), True

        def step(first: bool) -> None:
            nonlocal is_more
            act = (lambda work: clockwork.due(work, self._rules)) if first else clockwork.go_on
            is_more = self._store.attempt(at, act)

        while is_more:
            spent.append(seconds(lambda: step(not spent)))
            if is_more:
                time.sleep(clockwork.BREATH_S)
        self.all += spent
        return {
            "transactions": len(spent),
            "longest_s": round(max(spent), 2),
            "all_s": round(time.perf_counter() - begun, 1),
        }


def measured(store: Store, count: int) -> dict[str, object]:
    start = bench_fanout.clock()
    enter(store, count, start)
    clock, number, auditor = Clock(store), "", Auditor(store, load_rules())

    def begin() -> None:
        nonlocal number
        number = warn(store, start)

    issue_s = seconds(begin)
    called = clock.look(start + STEP)
    idle = sorted(seconds(lambda at=at: clock.look(start + at * STEP)) for at in range(2, LOOKS + 2))
    first_s = seconds(lambda: auditor.look(start + timedelta(minutes=9)))
    next_s = seconds(lambda: auditor.look(start + timedelta(minutes=9, seconds=30)))
    silent = clock.look(start + timedelta(minutes=16))
    knocked = clock.look(start + timedelta(minutes=40))
    cancel_s = seconds(lambda: cancel(store, number, start + timedelta(minutes=41)))
    ended = clock.look(start + timedelta(minutes=41))
    each = sorted(clock.all)
    return {
        "calls": count,
        "issue_s": round(issue_s, 2),
        "called": called,
        "idle_p50_s": round(idle[len(idle) // 2], 3),
        "idle_p99_s": round(idle[int(len(idle) * 0.99)], 3),
        "all_silent": silent,
        "all_knocked": knocked,
        "cancel_s": round(cancel_s, 2),
        "ended": ended,
        "transaction_p50_s": round(each[len(each) // 2], 3),
        "transaction_p99_s": round(each[int(len(each) * 0.99)], 3),
        "audit_first_s": round(first_s, 2),
        "audit_next_s": round(next_s, 3),
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=10_000)
    parser.add_argument("--database", default="", help="SQLite in a temporary folder where none is given")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="yingda-tick-") as name:
        url = chosen.database or f"sqlite:///{Path(name) / 'yingda.sqlite3'}"
        engine = open_engine(url)
        print(json.dumps({"database": url.partition(":")[0], **measured(Store(engine), chosen.calls)}))
        engine.dispose()


if __name__ == "__main__":
    main()
