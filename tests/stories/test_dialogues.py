"""The written conversations of tests/cases/dialogues.jsonl: every check in them holds."""

from pathlib import Path

import pytest

from assistant.desk import Desk
from assistant.desk.hearing import TrainedEar
from assistant.replay import Stage, failures, play, read_dialogues
from assistant.search import Index
from assistant.triage import Reader

FLOOR = 0.94
"""Share of the statements; a lower one is a step back, a higher one is to be raised here."""
DIALOGUES = read_dialogues(Path(__file__).parents[1] / "cases" / "dialogues.jsonl")


@pytest.fixture(scope="module")
def stage(index: Index, reader: Reader) -> Stage:
    return Stage.of(lambda store: Desk(index, store, ear=TrainedEar(reader)), TrainedEar(reader))


@pytest.fixture(scope="module")
def failed(stage: Stage) -> dict[str, list[str]]:
    return {
        dialogue.id: [f"{one.check} — {one.found[:200]}" for one in failures(play(dialogue, stage))]
        for dialogue in DIALOGUES
    }


def test_most_of_what_was_written_down_of_forty_conversations_holds(failed: dict[str, list[str]]):
    count = sum(len(dialogue.checks) for dialogue in DIALOGUES)
    assert count > 200
    assert 1 - sum(map(len, failed.values())) / count >= FLOOR, failed


def test_whom_to_call_and_who_reported_never_fail(failed: dict[str, list[str]]):
    grave = [
        check for checks in failed.values() for check in checks if "119" in check.split(" — ")[0] or "lacks" in check
    ]
    assert grave == []
