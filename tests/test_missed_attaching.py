"""What an editor decides is written into the corpus once, whole, and nowhere else."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.answers import Asker, Decision
from assistant.errors import BadQuestionFile, MissingFile, UnknownDocument, UnknownUnit
from assistant.missed import MissedQuestion, attach, county, put_out_of_scope
from tests.small_corpus import write_document

ENTRY = MissedQuestion(
    "喇叭喊我们走是不是非走不可", "", Asker.VILLAGER, Decision.REFUSED, (), date(2026, 7, 1), number=1
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    write_document(tmp_path, "village", questions=[("1", "谁是一把手")])
    return tmp_path


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_question_becomes_the_last_line_of_its_documents_bank(corpus: Path) -> None:
    bank = corpus / "village" / "questions.jsonl"
    before = bank.read_text(encoding="utf-8")
    assert attach(ENTRY, "village/2", corpus) == (bank, True)
    assert bank.read_text(encoding="utf-8").startswith(before)
    assert lines(bank)[1] == {
        "unit": "village/2", "question": ENTRY.question, "asker": "villager", "batch": "log", "reviewed": True,
    }  # fmt: skip
    assert sorted(path.name for path in (corpus / "village").iterdir()) == [
        "document.toml",
        "questions.jsonl",
        "text.md",
    ]


def test_a_command_repeated_after_a_crash_doubles_nothing(corpus: Path) -> None:
    attach(ENTRY, "village/2", corpus)
    again = replace(ENTRY, question=f"{ENTRY.question}？")
    assert attach(again, "village/2", corpus) == (corpus / "village" / "questions.jsonl", False)
    put_out_of_scope(ENTRY, "不归文件管", corpus)
    assert put_out_of_scope(again, "不归文件管", corpus) == (corpus / "out-of-scope.jsonl", False)
    assert len(lines(corpus / "village" / "questions.jsonl")) == 2
    assert lines(corpus / "out-of-scope.jsonl") == [
        {"question": ENTRY.question, "reason": "不归文件管", "batch": "log"}
    ]


def test_a_question_can_belong_to_two_clauses(corpus: Path) -> None:
    assert attach(ENTRY, "village/2", corpus)[1] and attach(ENTRY, "village/3", corpus)[1]


def test_a_bank_that_is_not_there_or_lacks_its_last_line_break_is_no_trouble(corpus: Path) -> None:
    bank = corpus / "village" / "questions.jsonl"
    bank.write_text(bank.read_text(encoding="utf-8").rstrip("\n"), encoding="utf-8")
    attach(ENTRY, "village/2", corpus)
    assert len(lines(bank)) == 2
    bank.unlink()
    attach(ENTRY, "village/2", corpus)
    assert len(lines(bank)) == 1


def test_the_rights_of_the_file_stay(corpus: Path) -> None:
    bank = corpus / "village" / "questions.jsonl"
    bank.chmod(0o664)
    attach(ENTRY, "village/2", corpus)
    assert bank.stat().st_mode & 0o777 == 0o664


def test_two_editors_at_once_lose_nothing(corpus: Path) -> None:
    entries = [replace(ENTRY, question=f"第{number}种问法", number=number) for number in range(16)]
    with ThreadPoolExecutor(8) as pool:
        written = list(pool.map(lambda entry: attach(entry, "village/2", corpus)[1], entries))
    assert all(written) and len(lines(corpus / "village" / "questions.jsonl")) == 17


@pytest.mark.parametrize(
    ("unit", "error"),
    [
        ("village/99", UnknownUnit),
        ("village", UnknownUnit),
        ("village/s1", UnknownUnit),  # a heading without text of its own
        ("elsewhere/1", UnknownDocument),
        ("../village/1", UnknownDocument),
    ],
)
def test_what_is_no_clause_gets_no_question(corpus: Path, unit: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        attach(ENTRY, unit, corpus)
    assert len(lines(corpus / "village" / "questions.jsonl")) == 1


def test_a_damaged_bank_is_named_and_left_alone(corpus: Path) -> None:
    bank = corpus / "village" / "questions.jsonl"
    bank.write_text("{half a line", encoding="utf-8")
    with pytest.raises(BadQuestionFile):
        attach(ENTRY, "village/2", corpus)
    assert bank.read_text(encoding="utf-8") == "{half a line"


def test_without_a_corpus_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(MissingFile):
        put_out_of_scope(ENTRY, "不归文件管", tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("region", "kept"),
    [
        ("", ""),
        ("云南省", "云南省"),
        ("云南省/示例州/示例县/示例镇/上河村", "云南省/示例州/示例县"),
        ("北京市/海淀区/某某地区/某社区", "北京市/海淀区"),  # districts of a municipality are counties
        ("广东省/东莞市/某镇", "广东省/东莞市"),  # a city without counties
        ("江西省/景德镇市/珠山区", "江西省/景德镇市/珠山区"),  # 镇 inside a name
    ],
)
def test_a_region_is_known_at_most_to_the_county(region: str, kept: str) -> None:
    assert county(region) == kept
