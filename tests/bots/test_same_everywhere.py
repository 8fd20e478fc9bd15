"""The same conversations on every channel: what the desk says and what stands in the ledger is the same (R36, R38).

The conversations are data, one a file, in `tests/cases/channels`: `says`, `photo`, `point` and `presses` are what a person
does, `sees` what must be shown to them meanwhile. Channels differ in how they show it, in nothing else.
"""

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.desk import Desk
from assistant.desk.hearing import TrainedEar
from assistant.duty import Roster
from assistant.rules import load_rules
from assistant.search import Index
from assistant.store import Store, keep_roster, open_engine
from assistant.store.media import MediaFolder
from assistant.triage import Reader
from tests.bots.everywhere import Clock, Service, on
from tests.world import NOON

CASES = sorted((Path(__file__).parents[1] / "cases" / "channels").glob("*.yaml"))
CHANNELS = ("terminal", "web", "wechat", "wecom", "telegram")
EXPECTED: dict[Path, "Played"] = {}
"""What the desk itself says, by conversation: played once."""
BLANKS = re.compile(r"\s+")


class Played:
    """What came of a conversation on one channel."""

    def __init__(self, service: Service) -> None:
        self.transcript, self.ledger = service.transcript(), service.ledger()


def play(service: Service, case: dict[str, Any]) -> Played:
    for name, about in case["people"].items():
        service.person(name, **about)
    with service.store.work(service.clock()) as work:
        for given in case.get("rosters", ()):
            roster = {**given, "day": date.fromisoformat(str(given["day"])), "staff": tuple(given["staff"])}
            keep_roster(work, Roster(**roster), load_rules())
    for number, step in enumerate(case["steps"], 1):
        service.clock.now = max(service.clock.now, NOON.replace(minute=number))
        service.act(step["who"], step)
        shown = BLANKS.sub("", "\n".join(one.text for one in service.handsets[step["who"]].read()))
        missing = [words for words in step.get("sees", ()) if BLANKS.sub("", words) not in shown]
        assert missing == [], f"step {number} on {service.channel}: {shown}"
    return Played(service)


@pytest.fixture
def played(index: Index, reader: Reader, migrated_sqlite: Path, tmp_path: Path):
    """Plays a conversation on a channel, on an empty ledger of its own."""
    engines = []

    def run(channel: str, case: dict[str, Any]) -> Played:
        folder = tmp_path / channel
        folder.mkdir()
        shutil.copy(migrated_sqlite, folder / "ledger.sqlite3")
        engines.append(open_engine(f"sqlite:///{folder / 'ledger.sqlite3'}"))
        store = Store(engines[-1], MediaFolder(folder / "media"))

        def desk_on(names: frozenset[str]) -> Desk:
            return Desk(index, store, ear=TrainedEar(reader), pushed=names)

        with on(channel, desk_on, store, Clock(NOON), folder) as service:
            return play(service, case)

    yield run
    for engine in engines:
        engine.dispose()


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_conversation_is_the_same_on_every_channel(played, path: Path, channel: str):
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    expected = EXPECTED[path] = EXPECTED.get(path) or played("direct", case)
    found = played(channel, case)
    assert found.transcript == expected.transcript
    assert found.ledger == expected.ledger
    wanted = case.get("ledger", found.ledger)
    assert [{name: one[name] for name in given} for one, given in zip(found.ledger, wanted, strict=True)] == wanted


def test_there_is_a_conversation_for_each_thing_that_people_do():
    assert {path.stem for path in CASES} >= {"question", "hazard", "incident", "number", "roster", "cancel"}
