"""Follow-ups by a writer who knew neither program nor bank, through the real desk: make bench prints the figures.

A follow-up is understood where a clause that answers what was meant is among those shown; where no document answers,
where it is not plainly answered.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.desk import Desk
from assistant.search import Index
from assistant.store import Store, open_engine
from tests.world import Phone

FILE = Path(__file__).parent / "follow-ups.jsonl"
FLOORS = {"ellipsis": 0.6, "pronoun": 0.6, "new-topic": 0.8, "other-document": 0.6}


def judged(desk: Desk) -> Iterator[tuple[str, str, bool]]:
    """Yield kind, text and whether each follow-up was understood."""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        told: dict[str, Any] = json.loads(line)
        phone = Phone(desk, told["id"], region=told["region"], asker=told["asker"])
        first, *further = told["turns"]
        phone.says(first["say"])
        for turn in further:
            yield turn["kind"], f"{first['say']} … {turn['say']}", understood(phone, turn)


def understood(phone: Phone, turn: dict[str, Any]) -> bool:
    replies = [reply for reply in phone.says(turn["say"]) if reply.decision != "danger"]
    wanted = {unit for unit, grade in turn["relevant"].items() if grade == 2}
    shown = {link.unit for reply in replies for link in reply.links}
    return bool(wanted & shown) if wanted else all(reply.decision != "answer" for reply in replies)


@pytest.fixture(scope="module")
def results(index: Index, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[bool]]:
    """Return for each kind of follow-up what was understood."""
    store = Store(open_engine(f"sqlite:///{tmp_path_factory.mktemp('follow-ups')}/desk.sqlite3"))
    found: dict[str, list[bool]] = defaultdict(list)
    for kind, text, is_understood in judged(Desk(index, store)):
        found[kind].append(is_understood)
        if not is_understood:
            print("missed:", kind, text)
    return found


@pytest.mark.parametrize("kind", FLOORS)
def test_follow_ups_are_understood(results: dict[str, list[bool]], kind: str) -> None:
    share = sum(results[kind]) / len(results[kind])
    print(f"{kind}: {share:.2f} of {len(results[kind])}")
    assert share >= FLOORS[kind]
