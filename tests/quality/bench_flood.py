"""What one sender's flood costs the others: `python -m tests.quality.bench_flood`.

Ten people write once a second, each message on the disk before its answer (SQLite, synchronous=FULL): alone; beside
somebody who sends three hundred messages a second from sixteen connections, each another one; without any defence, where
whoever comes first goes first; without limits, where each sender has a turn; and as shipped.
"""

import argparse
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from assistant.config import Settings
from assistant.desk import Desk, open_desk
from assistant.desk.flood import Flood
from assistant.ports import Incoming
from assistant.rules import Rules

CHANNEL, PEOPLE, PAUSE_S, CONNECTIONS = "telegram", 10, 1.0, 16
FLOOD_PAUSE_S = CONNECTIONS / 300
QUESTIONS = ("村里一年要演练几回", "值班电话没人接怎么办", "哪些人要先转移", "灾情多久要报上去", "避难场所由谁管")


def said(desk: Desk, sender: str, text: str) -> float:
    """Send one message; return the seconds until it is answered."""
    now = datetime.now(UTC)  # noqa: DTZ005, TID251
    begun = time.perf_counter()
    desk.receive(Incoming(CHANNEL, f"{sender}/{begun}/{random.random()}", sender, text, now), now)
    return time.perf_counter() - begun


def measured(desk: Desk, seconds: float, flooders: int) -> tuple[list[float], int]:
    """Return what the answers took the ten people, and how many messages the flood had."""
    stop, times, sent = threading.Event(), [], [0] * max(flooders, 1)

    def writes(number: int) -> None:
        stop.wait(number * PAUSE_S / PEOPLE)
        while not stop.is_set():
            took = said(desk, f"person {number}", random.choice(QUESTIONS))
            times.append(took)
            stop.wait(max(PAUSE_S - took, 0))

    def floods(number: int) -> None:
        while not stop.is_set():
            took = said(desk, "flood", f"云南意见第{random.randint(1, 30)}条讲什么，第{number}之{sent[number]}次问")
            sent[number] += 1
            stop.wait(max(FLOOD_PAUSE_S - took, 0))

    threads = [threading.Thread(target=writes, args=(number,)) for number in range(PEOPLE)]
    threads += [threading.Thread(target=floods, args=(number,)) for number in range(flooders)]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    stop.set()
    for thread in threads:
        thread.join()
    return times, sum(sent) if flooders else 0


def shown(name: str, times: Sequence[float], flood: int, seconds: float) -> str:
    """Return one line."""
    cuts = statistics.quantiles(times, n=100)
    figures = "  ".join(f"p{part} {cuts[part - 1] * 1000:.0f} ms" for part in (50, 95, 99))
    return f"{name}: {len(times)} answers, {figures}, slowest {max(times) * 1000:.0f} ms; flood {flood / seconds:.0f}/s"


def main() -> None:
    """Measure three times and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=15.0)
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        desk = open_desk(Settings(database_url=url, media=Path(folder) / "media"))
        desk.warm_up(datetime.now(UTC))  # noqa: DTZ005, TID251
        desk._intake.flood = Flood(Rules(()))  # the ten write more than a person would
        print(shown("alone", *measured(desk, seconds, 0), seconds))
        passing = desk._store._turnstile.passing
        desk._store._turnstile.passing = lambda who="", **how: passing(**how)  # type: ignore[method-assign]
        print(shown("flood, no defence", *measured(desk, seconds, CONNECTIONS), seconds))
        desk._store._turnstile.passing = passing  # type: ignore[method-assign]
        print(shown("flood, each in turn", *measured(desk, seconds, CONNECTIONS), seconds))
        limited = Flood(desk.rules)
        free = limited.refuses
        limited.refuses = lambda one, now: free(one, now) if one.sender == "flood" else None  # type: ignore[method-assign]
        desk._intake.flood = limited
        print(shown("flood, as shipped", *measured(desk, seconds, CONNECTIONS), seconds))


if __name__ == "__main__":
    main()
