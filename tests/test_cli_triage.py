"""yingda triage and the figures of labelled messages, on the command line."""

import json
from pathlib import Path

import pytest

from tests.test_cli import run  # noqa: F401  (a fixture)

LINES = [
    {"id": "1", "text": "着火了我妈还在楼上", "intent": "incident", "category": "fire", "urgency": "emergency"},
    {"id": "2", "text": "收到", "intent": "ack"},
]


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    """A file of two messages."""
    path = tmp_path / "messages.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in LINES), encoding="utf-8")
    return path


def test_one_message_is_said_in_words(run) -> None:  # noqa: F811
    result = run("triage", "我家后面坡上裂了条缝 雨一直下")
    assert result.status == 0
    assert "意图：隐患" in result.out and "类别：地质灾害" in result.out and "地点：我家后面" in result.out


def test_one_message_as_json_has_all_that_was_read(run) -> None:  # noqa: F811
    shown = json.loads(run("triage", "着火了我妈还在楼上", "--json").out)
    assert (shown["intent"], shown["category"], shown["urgency"], shown["danger"]) == (
        "incident",
        "fire",
        "emergency",
        "fire",
    )


def test_a_batch_gives_one_line_a_message_in_order(run, batch: Path, tmp_path: Path) -> None:  # noqa: F811
    out = tmp_path / "out.jsonl"
    assert run("triage", "--batch", batch, "--out", out).status == 0
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["1", "2"]
    assert list(lines[0]) == ["id", "intent", "category", "urgency", "place", "casualties"]
    assert [line["intent"] for line in lines] == ["incident", "ack"]


def test_evaluate_knows_a_file_of_messages(run, batch: Path) -> None:  # noqa: F811
    table = json.loads(run("evaluate", batch, "--json").out)
    assert table["all"]["emergency_recall"] == 1.0


@pytest.mark.parametrize("arguments", [(), ("着火了", "--batch", "a.jsonl"), ("--batch", "a.jsonl")])
def test_a_message_or_a_batch_with_its_output_must_be_given(run, arguments: tuple[str, ...]) -> None:  # noqa: F811
    assert run("triage", *arguments).status == 2


def test_a_line_that_is_no_message_is_named(run, tmp_path: Path) -> None:  # noqa: F811
    path = tmp_path / "bad.jsonl"
    path.write_text('{"text": "收到"}\n{"question": "x"}\n', encoding="utf-8")
    result = run("triage", "--batch", path, "--out", tmp_path / "out.jsonl")
    assert result.status == 2 and "第 2 行" in result.err
