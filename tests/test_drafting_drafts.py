"""The file of drafts, and what a person decides on them."""

import json
from datetime import date
from pathlib import Path

import pytest

from assistant.clauses import Outline, split
from assistant.documents import folder_digest, load_document
from assistant.drafting import Draft, approve, matters, pending, read_drafts, reject
from assistant.drafting.drafts import add_drafts
from assistant.errors import BadQuestionFile, UnknownDraft
from assistant.search.questions import load_questions
from tests.small_corpus import VILLAGE, write_document

DAY = date(2026, 7, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A village with one question in its bank and four drafts."""
    folder = write_document(tmp_path, "village", region="云南省/示例村", questions=[("1", "书记管不管应急")])
    document = load_document(folder)
    for matter in matters(document, split(document.text))[:2]:
        words = ["出了事哪个说了算", "要练几回"] if matter.unit == "village/1" else ["哪个来瞧山", "敲锣是啥意思"]
        new = [Draft(matter.unit, text, "villager", "draft-示例", matter.digest) for text in words]
        assert add_drafts(folder, matter, new) == 2
    return folder


@pytest.fixture
def outline(folder: Path) -> Outline:
    return split(load_document(folder).text)


def bank(folder: Path) -> list[str]:
    return [question.question for question in load_questions(folder / "questions.jsonl")]


def test_numbers_stay_when_others_are_decided(folder: Path, outline: Outline):
    approve(folder, outline, [1], "王示例", DAY)
    reject(folder, [3], "王示例", DAY)
    assert [(draft.number, draft.question) for draft in pending(read_drafts(folder))] == [
        (2, "要练几回"),
        (4, "敲锣是啥意思"),
    ]


def test_an_approved_draft_stands_in_the_bank_with_who_and_when(folder: Path, outline: Outline):
    assert approve(folder, outline, [4], "王示例", DAY).changed == 1
    lines = (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[-1]) == {
        "unit": "village/2",
        "question": "敲锣是啥意思",
        "asker": "villager",
        "batch": "draft-示例",
        "reviewed": True,
        "reviewed_by": "王示例",
        "reviewed_on": "2026-07-01",
    }
    assert bank(folder) == ["书记管不管应急", "敲锣是啥意思"]
    assert all(not draft.reviewed for draft in read_drafts(folder))


def test_no_numbers_means_all_that_are_open(folder: Path, outline: Outline):
    reject(folder, [2], "王示例", DAY)
    assert approve(folder, outline, [], "李示例", DAY).changed == 3
    assert bank(folder) == ["书记管不管应急", "出了事哪个说了算", "哪个来瞧山", "敲锣是啥意思"]
    assert pending(read_drafts(folder)) == []


def test_the_same_decision_twice_changes_nothing(folder: Path, outline: Outline):
    approve(folder, outline, [1, 2], "王示例", DAY)
    files = {path: path.read_bytes() for path in folder.glob("*.jsonl")}
    again = approve(folder, outline, [1, 2], "李示例", DAY)
    assert (again.changed, again.before) == (0, 2)
    refused = reject(folder, [1], "李示例", DAY)  # it is in the bank: who wants it out edits the bank
    assert (refused.changed, refused.before) == (0, 1)
    assert {path: path.read_bytes() for path in folder.glob("*.jsonl")} == files


def test_a_rejection_can_be_taken_back(folder: Path, outline: Outline):
    reject(folder, [2], "王示例", DAY)
    assert approve(folder, outline, [2], "王示例", DAY).changed == 1
    assert "要练几回" in bank(folder)


def test_a_crash_between_the_bank_and_the_drafts_doubles_nothing(folder: Path, outline: Outline):
    before = (folder / "drafts.jsonl").read_bytes()
    approve(folder, outline, [1, 4], "王示例", DAY)
    after = (folder / "questions.jsonl").read_bytes()
    (folder / "drafts.jsonl").write_bytes(before)  # the bank is written first: this is what a crash leaves
    approve(folder, outline, [1, 4], "王示例", DAY)
    assert (folder / "questions.jsonl").read_bytes() == after
    assert [draft.number for draft in pending(read_drafts(folder))] == [2, 3]


def test_a_half_written_file_of_a_crash_is_not_read(folder: Path):
    (folder / ".drafts.jsonl.x1").write_text('{"unit": "village', encoding="utf-8")
    assert len(read_drafts(folder)) == 4


def test_the_bank_keeps_every_byte_it_had(folder: Path, outline: Outline):
    odd = b'{"unit":"village/1","question":"\\u8c01\\u7ba1","note":"ours"}\n\n{"unit": "village/2", "question": "x y"}'
    (folder / "questions.jsonl").write_bytes(odd)  # without an end of line
    approve(folder, outline, [1], "王示例", DAY)
    assert (folder / "questions.jsonl").read_bytes().startswith(odd + b"\n{")
    assert bank(folder) == ["谁管", "x y", "出了事哪个说了算"]


def test_a_damaged_bank_is_left_as_it_is(folder: Path, outline: Outline):
    (folder / "questions.jsonl").write_text("{\n", encoding="utf-8")
    before = (folder / "drafts.jsonl").read_bytes()
    with pytest.raises(BadQuestionFile):
        approve(folder, outline, [1], "王示例", DAY)
    assert (folder / "questions.jsonl").read_text(encoding="utf-8") == "{\n"
    assert (folder / "drafts.jsonl").read_bytes() == before


@pytest.mark.parametrize("numbers", [[5], [1, 99], [1000000]])
def test_one_unknown_number_and_nothing_is_decided(folder: Path, outline: Outline, numbers: list[int]):
    before = {path: path.read_bytes() for path in folder.iterdir()}
    for decide in (
        lambda: approve(folder, outline, numbers, "王示例", DAY),
        lambda: reject(folder, numbers, "王示例", DAY),
    ):
        with pytest.raises(UnknownDraft):
            decide()
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_a_draft_for_a_clause_that_is_gone_cannot_break_the_bank(folder: Path):
    shorter = split(VILLAGE.split("### （二）")[0])
    decided = approve(folder, shorter, [], "王示例", DAY)
    assert (decided.changed, decided.orphaned) == (2, (3, 4))
    assert {question.unit for question in load_questions(folder / "questions.jsonl")} == {"village/1"}
    assert reject(folder, [], "王示例", DAY).changed == 2


def test_a_line_that_was_emptied_by_hand_keeps_the_numbers(folder: Path, outline: Outline):
    lines = (folder / "drafts.jsonl").read_text(encoding="utf-8").split("\n")
    (folder / "drafts.jsonl").write_text("\n".join(["", *lines[1:]]), encoding="utf-8")
    reject(folder, [2], "王示例", DAY)
    assert [draft.number for draft in pending(read_drafts(folder))] == [3, 4]


@pytest.mark.parametrize(
    "bad",
    ["{", "[]", "7", "{}", '{"unit": "village/1", "question": "谁管"}', "[" * 5000, "\ud800"],
)
def test_a_bad_line_is_named(folder: Path, bad: str):
    with (folder / "drafts.jsonl").open("ab") as file:
        file.write(bad.encode("utf-8", "surrogatepass") + b"\n")
    with pytest.raises(BadQuestionFile) as raised:
        read_drafts(folder)
    assert raised.value.details["line"] == 5


@pytest.mark.parametrize(
    "changed", [{"reviewed": True}, {"asker": "king"}, {"question": " "}, {"unit": 7}, {"decision": "maybe"}, {"x": 1}]
)
def test_a_line_that_contradicts_itself_is_named(folder: Path, changed: dict[str, object]):
    line = json.loads((folder / "drafts.jsonl").read_text(encoding="utf-8").splitlines()[0])
    (folder / "drafts.jsonl").write_text(json.dumps(line | changed), encoding="utf-8")
    with pytest.raises(BadQuestionFile):
        read_drafts(folder)


def test_drafts_are_no_part_of_the_document(folder: Path):
    before = folder_digest(folder)
    (folder / "drafts.jsonl").unlink()
    assert folder_digest(folder) == before
