"""What the reader makes of messages held apart stays at least as good as the floors say."""

import tomllib
from pathlib import Path

import pytest

from assistant.evaluation import message_figures
from assistant.triage import Reader, load_examples, read, read_examples

HERE = Path(__file__).parent
FLOORS = tomllib.loads((HERE / "message-floors.toml").read_text(encoding="utf-8"))
APART = read_examples(HERE / "messages-apart.jsonl")


@pytest.fixture(scope="module")
def measured(reader: Reader) -> dict[str, float]:
    """The figures of the messages held apart."""
    return message_figures(APART, [read(example.text, reader) for example in APART])


@pytest.mark.parametrize("figure", FLOORS["floors"])
def test_no_figure_of_messages_falls_below_its_floor(measured: dict[str, float], figure: str) -> None:
    print(measured)
    assert measured[figure] >= FLOORS["floors"][figure]


def test_not_too_many_messages_are_taken_for_emergencies(measured: dict[str, float]) -> None:
    assert measured["false_emergency"] <= FLOORS["ceilings"]["false_emergency"]


def test_no_message_held_apart_is_an_example() -> None:
    known = {example.text for example in load_examples(HERE.parents[1] / "corpus")}
    # everybody writes 收到 and 菜单
    assert [example.id for example in APART if len(example.text) > 8 and example.text in known] == []
