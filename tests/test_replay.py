"""Written conversations: read, played on an empty ledger, checked."""

import json
from pathlib import Path

import pytest

from assistant.cli.main import main
from assistant.desk import Desk
from assistant.desk.hearing import TrainedEar
from assistant.errors import BadDialogueFile
from assistant.replay import Dialogue, Stage, failures, play, read_dialogues, transcript
from assistant.search import Index
from assistant.triage import Reader

TOWN = "云南省/示例州/示例县/示例镇"
VILLAGER = {"name": "示例甲", "role": "villager", "region": TOWN}
GRID = {"name": "示例网格员", "role": "grid", "region": TOWN}
FILED = {
    "kind": "report",
    "ref": "r-1",
    "by": VILLAGER,
    "text": "示例镇老粮站后面的坡裂了缝",
    "filed": "-2d",
    "state": "open",
}
ASKED = {"say": "乡镇一年要演练几次"}


@pytest.fixture(scope="module")
def stage(index: Index, reader: Reader) -> Stage:
    return Stage.of(lambda store: Desk(index, store, ear=TrainedEar(reader)), TrainedEar(reader))


def written(path: Path, *entries: dict) -> list[Dialogue]:
    path.write_text("\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries), encoding="utf-8")
    return read_dialogues(path)


def conversation(path: Path, *turns: dict, given: tuple[dict, ...] = (), check: tuple[dict, ...] = ()) -> Dialogue:
    entry = {"id": "x-1", "user": VILLAGER, "turns": turns, "given": given, "check": check, "expect": ["有回复"]}
    (dialogue,) = written(path, entry)
    return dialogue


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "dialogues.jsonl"


UNREADABLE = [
    ("no json", "{"),
    ("nobody speaks", '{"id": "x", "turns": []}'),
    ("a role that is none", '{"user": {"name": "甲", "role": "king", "region": ""}, "turns": []}'),
    ("a turn without a message", '{"user": {"name": "甲"}, "turns": [{}]}'),
    ("a location without a point", '{"user": {"name": "甲"}, "turns": [{"send": "location"}]}'),
    ("a span that is none", '{"user": {"name": "甲"}, "turns": [{"say": "好", "after": "soon"}]}'),
    ("a kind of record that is none", '{"user": {"name": "甲"}, "turns": [], "given": [{"kind": "gift"}]}'),
]


@pytest.mark.parametrize("line", [line for _, line in UNREADABLE], ids=[name for name, _ in UNREADABLE])
def test_a_line_that_is_no_conversation_is_named(file: Path, line: str):
    good = json.dumps({"user": VILLAGER, "turns": [ASKED]})
    file.write_text(f"{good}\n\n{line}\n", encoding="utf-8")
    with pytest.raises(BadDialogueFile) as caught:
        read_dialogues(file)
    assert caught.value.details["line"] == 3


def test_the_sender_of_each_turn_gets_the_reply(stage: Stage, file: Path):
    played = play(conversation(file, ASKED, {**ASKED, "as": GRID, "after": "3h"}), stage)
    (first, *_), (second, *_) = played.turns
    assert (first.to, first.role) == ("示例甲", "")
    assert (second.to, second.role) == ("示例网格员", "grid")
    assert "演练" in first.text


def test_what_is_given_stands_in_the_ledger_with_its_past_and_without_its_reporter(stage: Stage, file: Path):
    forwarded = {**FILED, "state": "forwarded", "handler": "示例网格员"}
    played = play(conversation(file, {**ASKED, "as": GRID}, given=(forwarded,)), stage)
    (record,) = played.ledger
    assert (record["kind"], record["state"], record["owner"]) == ("hazard", "assigned", "示例网格员")
    assert record["number"].startswith("YH20260629-")
    assert [event["kind"] for event in record["history"]][:3] == ["registered", "accepted", "assigned"]
    assert record["history"][0]["at"].startswith("2026-06-29T02:00")
    assert record["history"][0]["actor"] == "reporter"
    assert "reporter" not in record and "示例甲" not in json.dumps(record, ensure_ascii=False)


STATES = [("open", "registered"), ("forwarded", "assigned"), ("closed", "closed"), ("withdrawn", "withdrawn")]


@pytest.mark.parametrize(("state", "reached"), STATES)
def test_a_given_report_is_brought_to_its_state(stage: Stage, file: Path, state: str, reached: str):
    given = {**FILED, "state": state, "handler": "县水利局"}
    (record,) = play(conversation(file, ASKED, given=(given,)), stage).ledger
    assert record["state"] == reached
    assert record["unit"] == ("县水利局" if state in ("forwarded", "closed") else "")


def test_a_report_that_waits_is_not_given_to_a_grid_worker_who_comes_later(stage: Stage, file: Path):
    played = play(conversation(file, {**ASKED, "as": GRID}, given=(FILED,)), stage)
    assert played.ledger[0]["state"] == "registered"
    assert all(said.to == "示例网格员" for said in played.turns[0])


def test_a_warning_and_its_calls_stand_in_the_ledger(stage: Stage, file: Path):
    warning = {
        "kind": "warning",
        "id": "w-1",
        "title": "暴雨橙色预警",
        "area": "示例县",
        "issued": "-2h",
        "to": ["示例甲"],
        "ack_within": "30m",
    }
    warned, call = play(conversation(file, ASKED, given=(warning,)), stage).ledger
    assert (warned["kind"], warned["title"], warned["region"]) == ("warning", "暴雨橙色预警", TOWN)
    assert (call["kind"], call["person"], call["warning"]) == ("call", "示例甲", warned["number"])
    assert call["due_at"].startswith("2026-07-01T00:30")


def test_a_number_of_the_product_stands_where_the_file_names_a_reference(stage: Stage, file: Path):
    played = play(conversation(file, {"say": "看看 {r-1} 和 {r-9}"}, given=(FILED,)), stage)
    assert played.said(played.dialogue.turns[0]) == f"看看 {played.numbers['r-1']} 和 {{r-9}}"


CHECKS = [
    ({"turn": 1, "any": ["没有的话", "演练"]}, True),
    ({"turn": 1, "contains": ["没有的话", "演练"]}, False),
    ({"turn": 1, "lacks": ["没有的话"]}, True),
    ({"turn": 1, "lacks": ["演练"]}, False),
    # what others got is not what the sender got
    ({"turn": 1, "to": "duty", "any": ["演练"]}, False),
    ({"turn": 1, "to": "示例甲", "any": ["演练"]}, True),
    ({"ledger": {"kind": "hazard", "count": 1}}, True),
    ({"ledger": {"kind": "incident", "count": 1}}, False),
    ({"ledger": {"kind": "hazard", "index": 0, "place_contains": "老粮站", "state_in": ["registered"]}}, True),
    ({"ledger": {"kind": "hazard", "index": 0, "category": "gas"}}, False),
    ({"ledger": {"kind": "hazard", "index": 1, "category": "geological"}}, False),
    # nothing was said of people: that is neither yes nor no
    ({"ledger": {"kind": "hazard", "index": 0, "casualties": False}}, False),
]


@pytest.mark.parametrize(("check", "holds"), CHECKS, ids=lambda value: json.dumps(value, ensure_ascii=False)[:60])
def test_a_check_holds_or_tells_what_was_there(stage: Stage, file: Path, check: dict, *, holds: bool):
    found = failures(play(conversation(file, ASKED, given=(FILED,), check=(check,)), stage))
    assert [failure.check for failure in found] == ([] if holds else [check])


def test_a_check_that_checks_nothing_is_an_error(stage: Stage, file: Path):
    with pytest.raises(ValueError, match="turn"):
        failures(play(conversation(file, ASKED, check=({"turn": 1},)), stage))


def test_the_same_file_gives_the_same_output(stage: Stage, file: Path):
    dialogue = conversation(file, ASKED, {"send": "image"}, given=(FILED,))
    assert play(dialogue, stage).as_json() == play(dialogue, stage).as_json()


def test_the_transcript_shows_message_reply_ledger_and_statement(stage: Stage, file: Path):
    point = {"send": "location", "lat": 25.1, "lon": 100.3, "label": "示例村"}
    text = transcript(play(conversation(file, ASKED, point, {"send": "image", "after": "40m"}, given=(FILED,)), stage))
    for part in (ASKED["say"], "示例村", "［照片］", "（40分钟后）", "> → 示例甲：", "- [ ] 有回复", "YH20260629-01"):
        assert part in text


def test_the_command_checks_and_leaves_with_status_one_where_something_fails(
    tmp_path: Path, built_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("YINGDA_INDEX", str(built_path))
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    good, bad = {"turn": 1, "any": ["演练"]}, {"turn": 1, "any": ["没有的话"]}
    written(source, {"id": "x-1", "user": VILLAGER, "turns": [ASKED], "check": [good, bad]})
    with pytest.raises(SystemExit) as left:
        main(["replay", str(source), "--out", str(out), "--read", str(tmp_path / "read.md"), "--check"])
    assert left.value.code == 1
    assert "x-1 第2条不符" in (shown := capsys.readouterr().out) and "机检 1/2 条成立（50.0%），0/1 段对话" in shown
    (line,) = out.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["turns"][0]["replies"][0]["to"] == "示例甲"
    assert "## x-1" in (tmp_path / "read.md").read_text(encoding="utf-8")
