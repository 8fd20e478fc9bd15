"""The same conversations on every channel: what the desk says and what stands in the ledger is the same (R36, R38).

The conversations are data, one a file, in `tests/cases/channels`: `says`, `photo`, `point` and `presses` are what a person
does, `sees` what must be shown to them meanwhile. Channels differ in how they show it, in nothing else.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from difflib import ndiff
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.desk import Desk
from assistant.desk.hearing import TrainedEar
from assistant.duty import Roster
from assistant.people import Place
from assistant.rules import load_rules
from assistant.search import Index
from assistant.store import Store, keep_roster, open_engine
from assistant.store.media import MediaFolder
from assistant.triage import Reader
from tests.bots.everywhere import Clock, Service, User, on
from tests.world import NOON

CASES = sorted((Path(__file__).parents[1] / "cases" / "channels").glob("*.yaml"))
CHANNELS = ("terminal", "web", "wechat", "wecom", "telegram")
EXPECTED: dict[Path, "Played"] = {}
"""What the desk itself says, by conversation: played once."""


class Played:
    """What came of a conversation on one channel."""

    def __init__(self, service: Service) -> None:
        self.transcript, self.ledger = service.transcript(), service.ledger()
        self.unseen = {name: service.user(name).lacks(texts) for name, texts in self.transcript.items()}


def play(service: Service, case: dict[str, Any]) -> Played:
    for name, about in case["people"].items():
        service.person(name, **about)
    with service.store.work(service.clock()) as work:
        work.session.add_all(Place(path=path, level=level) for level, path in case.get("places", {}).items())
        for given in case.get("rosters", ()):
            roster = {**given, "day": date.fromisoformat(str(given["day"])), "staff": tuple(given["staff"])}
            keep_roster(work, Roster(**roster), load_rules())
    for number, step in enumerate(case["steps"], 1):
        service.clock.now = max(service.clock.now, NOON.replace(minute=number))
        take(service.user(step["who"]), step)
    return Played(service)


def take(user: User, step: dict[str, Any]) -> None:
    """Do one step of a conversation, and look at what must be shown."""
    match step:
        case {"says": text}:
            user.sends(text)
        case {"photo": seed}:
            user.shows(seed)
        case {"point": (lat, lon)}:
            user.points(lat, lon)
        case {"presses": label}:
            user.presses(label)
    user.expects(*step.get("sees", ()))


@pytest.fixture
def opened(index: Index, reader: Reader, migrated_sqlite: Path, tmp_path: Path):
    """Opens a service with a channel, on an empty ledger of its own."""
    engines = []

    @contextmanager
    def opening(channel: str) -> Iterator[Service]:
        folder = tmp_path / channel
        folder.mkdir()
        shutil.copy(migrated_sqlite, folder / "ledger.sqlite3")
        engines.append(open_engine(f"sqlite:///{folder / 'ledger.sqlite3'}"))
        store = Store(engines[-1], MediaFolder(folder / "media"))

        def desk_on(names: frozenset[str]) -> Desk:
            return Desk(index, store, ear=TrainedEar(reader), pushed=names)

        with on(channel, desk_on, store, Clock(NOON), folder) as service:
            yield service

    yield opening
    for engine in engines:
        engine.dispose()


def differences(expected: dict[str, list[str]], found: dict[str, list[str]]) -> list[str]:
    """Return what stands in one transcript alone, line by line."""
    said = [
        [f"{name}: {line}" for name in one for text in one[name] for line in text.splitlines()]
        for one in (expected, found)
    ]
    return [line for line in ndiff(*said) if line[0] in "+-"]


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_conversation_is_the_same_on_every_channel(opened, path: Path, channel: str):
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    if path not in EXPECTED:
        with opened("direct") as service:
            EXPECTED[path] = play(service, case)
    with opened(channel) as service:
        expected, found = EXPECTED[path], play(service, case)
    assert differences(expected.transcript, found.transcript) == []
    assert found.ledger == expected.ledger
    if channel != "web":  # a page sets what is cited apart from what is said
        assert found.unseen == dict.fromkeys(case["people"], [])
    wanted = case.get("ledger", found.ledger)
    assert [{name: one[name] for name in given} for one, given in zip(found.ledger, wanted, strict=True)] == wanted


def test_there_is_a_conversation_for_each_thing_that_people_do():
    assert {path.stem for path in CASES} >= {"question", "hazard", "incident", "number", "roster", "cancel"}


@pytest.mark.parametrize("channel", CHANNELS)
def test_r38_whoever_has_been_answered_hears_nothing_more(opened, channel: str):
    with opened(channel) as service:
        service.person("张三")
        service.user("张三").sends("村里一年要演练几回").expects("演练1次").expects_nothing(within=0.2)
        service.user("张三").sends("帮助").expects("应答")
