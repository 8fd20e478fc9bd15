"""kill -9 at every boundary between a message and its reply: nothing is lost, nothing has a second effect."""

import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlmodel import select

from assistant.events import Event
from assistant.incidents import Incident
from assistant.store import Delivery, Store, open_engine
from assistant.store.inbox import Attended, InboxRow
from assistant.store.outbox import OutboxRow
from tests.crash.program import BOUNDARIES, START, is_fire, people
from tests.databases import both_databases

ROOT = Path(__file__).parents[2]
AGAIN = "（重发）"
IN_FLIGHT = 8
"""Four messages of each lane."""


@dataclass(frozen=True)
class Town:
    """What is there after the last life."""

    inbox: list[InboxRow]
    outbox: list[OutboxRow]
    incidents: list[Incident]
    events: list[Event]
    sent: list[dict[str, str]]
    messages: int
    kills: dict[str, int]
    """By boundary."""
    endings: dict[str, int]
    """Of lives that were not killed."""


def killed(small: Path, url: str, folder: Path, kills: int, seed: int) -> Town:
    engine = open_engine(url)
    store = Store(engine)
    people(store)
    engine.dispose()
    arguments = [folder, url, small / "index", small / "corpus", kills, seed]
    done = subprocess.run(
        [sys.executable, "-m", "tests.crash.program", *map(str, arguments)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=1200,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    ended = json.loads(done.stdout)
    with store.work(START) as work:
        town = Town(
            list(work.session.exec(select(InboxRow)).all()),
            list(work.session.exec(select(OutboxRow)).all()),
            list(work.session.exec(select(Incident)).all()),
            list(work.session.exec(select(Event).order_by(Event.id)).all()),
            [json.loads(line) for line in (folder / "platform.jsonl").read_text(encoding="utf-8").splitlines()],
            ended["messages"],
            ended["kills"],
            ended["endings"],
        )
        work.session.expunge_all()
    engine.dispose()
    return town


def inspect(town: Town, kills: int) -> None:
    """What must hold after any number of kills."""
    assert sum(town.kills.values()) >= kills and set(town.kills) == set(BOUNDARIES)
    assert set(town.endings) == {"exit 0"}
    messages = range(1, town.messages + 1)
    # every message is in the inbox once, and attended to
    assert sorted(row.message_id for row in town.inbox) == sorted(f"m-{number}" for number in messages)
    undone = [row for row in town.inbox if row.state != Attended.DONE.value]
    assert [(row.message_id, row.state, row.attempts, row.error) for row in undone] == []
    inspect_incidents(town, [f"着火了我妈还在{number}号楼上" for number in messages if is_fire(number)])
    inspect_sent(town)


def inspect_incidents(town: Town, fires: list[str]) -> None:
    """One effect each: a case for every fire, known once and passed on once, and nothing doubled in it."""
    assert sorted(incident.text for incident in town.incidents) == sorted(fires)
    steps = Counter((event.stream, event.kind, event.fields.get("rung")) for event in town.events)
    assert {steps[incident.number, "known", None] for incident in town.incidents} == {1}
    # passed on at once, once; later rungs are the clock's, which calls again for as long as nobody answers
    assert {steps[incident.number, "passed_on", 0] for incident in town.incidents} == {1}
    # the state of each is what its events lead to
    for incident in town.incidents:
        mine = [event for event in town.events if event.stream == incident.number]
        assert [event.sequence for event in mine] == list(range(1, len(mine) + 1))
        assert Incident.rederive(mine).model_dump() == incident.model_dump()


def inspect_sent(town: Town) -> None:
    """All that was to be sent has come, replies to every message among it; what came twice says so.

    Only a call that says until when it is of use may be too late, where nobody was left alive to send it in time.
    """
    late = {row.key for row in town.outbox if row.state == Delivery.TOO_LATE.value}
    assert all(row.expires_at is not None for row in town.outbox if row.key in late)
    assert not any(key.startswith("inbox/") for key in late)
    assert {row.state for row in town.outbox if row.key not in late} == {Delivery.HANDED_OVER.value}
    assert {f"inbox/{row.id}/reply/0" for row in town.inbox} <= {row.key for row in town.outbox}
    came = Counter(line["key"] for line in town.sent)
    assert set(came) - late == {row.key for row in town.outbox} - late
    # a kill repeats what was in flight, each once, and each repeat is marked
    assert max(Counter((line["key"], line["life"]) for line in town.sent).values()) == 1
    doubles = len(town.sent) - len(came)
    assert doubles <= IN_FLIGHT * sum(town.kills.values())
    seen: set[str] = set()
    for line in town.sent:
        assert line["key"] not in seen or line["text"].startswith(AGAIN)
        seen.add(line["key"])
    print(
        f"{sum(town.kills.values())} kills, {town.messages} messages, {len(came)} sent, {doubles} doubles, "
        f"{town.kills}, survived {town.endings}"
    )


@pytest.mark.parametrize("database_url", ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)], indirect=True)
def test_a_few_kills(small: Path, database_url: str, tmp_path: Path) -> None:
    inspect(killed(small, database_url, tmp_path, len(BOUNDARIES), 1), len(BOUNDARIES))


@pytest.mark.slow
@both_databases
def test_two_hundred_kills(small: Path, database_url: str, tmp_path: Path) -> None:
    inspect(killed(small, database_url, tmp_path, 200, 2), 200)
