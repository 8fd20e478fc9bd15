"""10,000 live calls: how long one look of the clock takes: `python -m tests.quality.bench_tick [--database URL]`.

Three kinds of looks: nothing is due (nearly all), all run out of time at once (once), and the auditor's.
"""

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from assistant.desk import clockwork
from assistant.desk.auditing import Auditor
from assistant.people import Grant, Role
from assistant.rules import load_rules
from assistant.store import Store, open_engine
from tests.quality import bench_fanout
from tests.quality.bench_fanout import TOWN, people, warn

LOOKS = 100
STEP = timedelta(seconds=10)


def seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def measured(store: Store, count: int) -> dict[str, object]:
    ids = people(store, count)
    start = bench_fanout.clock()
    with store.work(start) as work:
        work.session.add(Grant(person_id=ids[0], role=Role.DUTY.value, region=TOWN))
    issue_s = warn(store, ids)
    rules = load_rules()

    def look(at: datetime) -> float:
        return seconds(lambda: store.attempt(at, lambda work: clockwork.due(work, rules)))

    idle = sorted(look(start + number * STEP) for number in range(1, LOOKS + 1))
    all_at_once = look(start + timedelta(minutes=31))
    after = look(start + timedelta(minutes=32))
    looked = seconds(lambda: Auditor(store, rules).look(start + timedelta(minutes=33)))
    return {
        "calls": count,
        "issue_s": round(issue_s, 1),
        "tick_p50_s": round(idle[len(idle) // 2], 3),
        "tick_p99_s": round(idle[-1], 3),
        "all_silent_at_once_s": round(all_at_once, 2),
        "tick_after_s": round(after, 3),
        "audit_s": round(looked, 2),
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
