"""The written conversations of tests/cases/dialogues.jsonl: every check in them holds."""

from pathlib import Path

import pytest

from assistant.desk import Desk
from assistant.desk.hearing import TrainedEar
from assistant.replay import Dialogue, Stage, failures, play, read_dialogues
from assistant.search import Index
from assistant.triage import Reader

DIALOGUES = read_dialogues(Path(__file__).parents[1] / "cases" / "dialogues.jsonl")


@pytest.fixture(scope="module")
def stage(index: Index, reader: Reader) -> Stage:
    ear = TrainedEar(reader)
    return Stage.of(lambda store: Desk(index, store, ear=ear), ear)


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda dialogue: dialogue.id)
def test_every_check_of_a_written_conversation_holds(dialogue: Dialogue, stage: Stage):
    assert [f"{failure.check} — {failure.found[:200]}" for failure in failures(play(dialogue, stage))] == []
