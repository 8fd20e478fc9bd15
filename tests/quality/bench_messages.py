"""What one message costs inside the desk: `python -m tests.quality.bench_messages [INDEX] [--cases 0 1000 20000]`.

No network and one thread: CPU time and SQL statements of each kind of message in a reporter's conversation, with ledgers
of several sizes behind it. CPU time is what other work on the machine disturbs least. Prints a table.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine, event, insert

from assistant.config import Settings
from assistant.desk import Desk
from assistant.desk.demo import fill
from assistant.desk.opening import desk_maker
from assistant.events import Event
from assistant.hazards import Hazard, HazardState
from assistant.people import Person
from assistant.ports import Incoming, Location
from assistant.store import Store, open_engine
from assistant.store.media import MediaFolder
from assistant.store.work import SealedRow
from assistant.triage import Category
from tests.pictures import picture
from tests.quality.publishing import table
from tests.world import NOON

TOWN = "云南省/示例州/示例县/示例镇"
SPOTS = ("上河村/一组", "上河村/二组", "上河村/三组", "上河村/桥头组", "松岭村/第一网格", "松岭村/第二网格")
CHANNEL = "web"
CLASSES = tuple(category.value for category in Category)
TALKS = 40
"""Conversations that are measured; three more go before them."""
WARM = 3
TOLD = (
    "路边的护栏断了一截",
    "屋后的坡上裂了条缝，雨一直下",
    "排水沟堵死了，水漫到路上来了",
    "电线掉下来一截，离地只有一人高",
    "井盖不见了，晚上看不见",
)
PLACES = ("上河村{}组老粮站背后", "上河村{}组村头大桥边上", "松岭村护林站往上{}百米", "{}组张家屋后", "桥头组{}号门口")


@dataclass(slots=True)
class Costs:
    """What each kind of message has cost."""

    milliseconds: list[float] = field(default_factory=list)
    statements: list[int] = field(default_factory=list)


class Counter:
    """Counts what goes to the database, commits included."""

    def __init__(self, engine: Engine) -> None:
        self.statements: list[str] = []
        event.listen(engine, "before_cursor_execute", self._seen)
        event.listen(engine, "commit", lambda _connection: self.statements.append("COMMIT"))

    def _seen(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        self.statements.append(statement)


def talk(number: int) -> Iterator[tuple[str, str, tuple[bytes, ...], Location | None]]:
    """Return the messages of one reporter: kind, words, pictures, point."""
    chance = random.Random(number)  # noqa: S311 - the same conversations each time
    yield "start", "你好", (), None
    yield "matter", chance.choice(TOLD), (), None
    yield "place", chance.choice(PLACES).format(chance.randint(1, 9)), (), None
    yield "answer", "2", (), None
    yield "photo", "", (picture(seed=number),), None
    yield "point", "", (), Location(25.2 + chance.random() / 30, 100.3 + chance.random() / 30)
    yield "status", "处理得怎么样了", (), None
    yield "question", "村里一年要演练几回", (), None
    yield "report", f"上河村{chance.randint(1, 6)}组{chance.choice(TOLD)}", (), None
    yield "emergency", f"着火了，我妈还在{number}号楼上", (), None


def ledger(store: Store, count: int) -> None:
    """Fill a ledger with cases of the last two years, some of them open, in this township and in others."""
    chance = random.Random(count)  # noqa: S311
    states = [HazardState.CALLED_BACK] * 6 + [HazardState.CLOSED] * 2 + [HazardState.ASSIGNED, HazardState.RECTIFYING]
    with store.work(NOON) as work:
        people = [Person(region=TOWN, created_at=NOON) for _ in range(min(count, 500))]
        work.session.add_all(people)
        work.session.flush()
        rows, sealed, events = [], [], []
        for number in range(count):
            at = NOON - timedelta(days=730 * (1 - number / count), minutes=1)
            state = chance.choice(states)
            is_ended = state in (HazardState.CALLED_BACK, HazardState.CLOSED)
            name = f"YH{at:%Y%m%d}-9{number:05d}"
            town = TOWN if number % 4 == 0 else f"云南省/示例州/示例县/邻{number % 11}镇"
            rows.append(
                Hazard(
                    number=name,
                    version=1,
                    state=state.value,
                    category=chance.choice(CLASSES),
                    urgency="routine",
                    region=f"{town}/{chance.choice(SPOTS)}",
                    place=chance.choice(PLACES).format(number % 9 + 1),
                    text=chance.choice(TOLD),
                    reporter=f"t{number}",
                    registered_at=at,
                    closed_at=at + timedelta(days=5) if is_ended else None,
                ).model_dump()
            )
            sealed.append(
                {"token": f"t{number}", "person_id": chance.choice(people).id, "case": name, "is_follower": False}
            )
            events.append(
                {
                    "stream": name,
                    "sequence": 1,
                    "kind": "registered",
                    "actor": f"reporter/t{number}",
                    "channel": "web",
                    "at": at,
                    "rule": "",
                    "data": '{"set": {}}',
                }
            )
        if count:
            work.session.execute(insert(Hazard), rows)
            work.session.execute(insert(SealedRow), sealed)
            work.session.execute(insert(Event), events)


def measured(make: Callable[[Store], Desk], folder: Path, count: int, talks: int) -> dict[str, Costs]:
    """Return what each kind of message costs with a ledger of so many cases."""
    engine = open_engine(f"sqlite:///{folder}/bench-{count}.sqlite3")
    store = Store(engine, MediaFolder(folder / f"media-{count}"))
    with store.work(NOON) as work:
        fill(work)
    ledger(store, count)
    desk = make(store)
    desk.region = TOWN
    desk.warm_up(NOON)
    costs: dict[str, Costs] = {}
    seen = Counter(engine)
    for number in range(talks + WARM):
        for step, (kind, text, pictures, point) in enumerate(talk(number)):
            seen.statements.clear()
            begun = time.thread_time()
            kept = tuple(desk.gallery.keep(one) for one in pictures)
            message = Incoming(CHANNEL, f"m{number}-{step}", f"reporter-{number}", text, NOON, kept, point)
            desk.receive(message, NOON + timedelta(seconds=number))
            spent = 1000 * (time.thread_time() - begun)
            if number >= WARM:
                of_kind = costs.setdefault(kind, Costs())
                of_kind.milliseconds.append(spent)
                of_kind.statements.append(len(seen.statements))
    engine.dispose()
    return costs


def row(kind: str, found: dict[int, dict[str, Costs]]) -> tuple[str, ...]:
    """Return one line of the table."""
    costs = [of_kind[kind] for of_kind in found.values()]
    statements = round(statistics.median(costs[-1].statements))
    return kind, str(statements), *(f"{statistics.median(one.milliseconds):.1f} ms" for one in costs)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", nargs="?", type=Path, default=Path("indexes/main"))
    parser.add_argument("--cases", nargs="+", type=int, default=[0, 1_000, 20_000])
    parser.add_argument("--talks", type=int, default=TALKS)
    chosen = parser.parse_args()
    make = desk_maker(Settings(index=chosen.index))
    with tempfile.TemporaryDirectory() as folder:
        found = {count: measured(make, Path(folder), count, chosen.talks) for count in chosen.cases}
    kinds = next(iter(found.values()))
    both = [one for of_kind in found.values() for costs in of_kind.values() for one in costs.milliseconds]
    print(table(("message", "statements", *(f"{count:,} cases" for count in found)), [row(k, found) for k in kinds]))
    print(f"median of all: {statistics.median(both):.1f} ms")


if __name__ == "__main__":
    main()
