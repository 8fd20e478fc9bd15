import json
from pathlib import Path

import pytest

from assistant.errors import BadQuestionFile
from assistant.search.questions import load_questions


def write(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "town" / "questions.jsonl"
    path.parent.mkdir()
    path.write_bytes("\n".join(lines).encode())
    return path


def line(**fields: object) -> str:
    return json.dumps({"unit": "town/1", "question": "谁来管"} | fields, ensure_ascii=False)


def test_only_reviewed_questions_are_used(tmp_path: Path):
    path = write(
        tmp_path, line(question="一"), line(question="二", reviewed=False), "", line(question="三", reviewed=True)
    )
    assert [question.question for question in load_questions(path)] == ["一", "三"]


def test_a_question_carries_asker_batch_and_line(tmp_path: Path):
    (question,) = load_questions(write(tmp_path, "", line(asker="villager", batch="b1", question=" 谁来管 ")))
    assert (question.unit, question.question, question.asker, question.batch) == ("town/1", "谁来管", "villager", "b1")
    assert question.line == 2


def test_no_file_means_no_questions(tmp_path: Path):
    assert load_questions(tmp_path / "town" / "questions.jsonl") == ()


@pytest.mark.parametrize(
    "bad",
    [
        "{",
        "[]",
        "1",
        '{"unit": "town/1"}',
        line(question="  "),
        line(question=7),
        line(question="长" * 2000),
        line(unit="city/1"),  # a clause of another document
        line(unit="town"),
        line(asker="farmer"),
        line(asker=None),
        line(reviewed="yes"),  # a string would count as true
        "[" * 5000,  # nested too deep for the parser
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, bad: str):
    with pytest.raises(BadQuestionFile) as raised:
        load_questions(write(tmp_path, line(), bad))
    assert raised.value.details["line"] == 2


def test_a_line_in_another_encoding_is_named(tmp_path: Path):
    path = write(tmp_path, line(), line())
    path.write_bytes(path.read_bytes() + b"\n" + line().encode("gb18030"))
    with pytest.raises(BadQuestionFile) as raised:
        load_questions(path)
    assert raised.value.details["line"] == 3
