"""The question bank (问法): how people ask for each clause, one JSON object a line of `questions.jsonl`."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import BadQuestionFile

OUTSIDE = "out-of-scope.jsonl"
ASKERS = frozenset({"cadre", "villager", "trainer", ""})
LONGEST = 1000
"""Characters; a longer line is a pasted document, not a question."""


@dataclass(frozen=True, slots=True)
class BankQuestion:
    """One way to ask for the clause `unit`."""

    unit: str
    question: str
    asker: str
    """cadre, villager or trainer; empty where unknown."""
    batch: str
    line: int
    """Its line in the file, from 1."""


class Bank:
    """The question bank of a corpus; a document's file is read when it is first asked for."""

    def __init__(self, corpus: Path) -> None:
        self._corpus = corpus
        self._read: dict[str, tuple[BankQuestion, ...]] = {}

    def of(self, document_id: str) -> tuple[BankQuestion, ...]:
        """Return the reviewed questions of a document, in file order; raises BadQuestionFile."""
        if document_id not in self._read:
            self._read[document_id] = load_questions(self._corpus / document_id / "questions.jsonl")
        return self._read[document_id]


def outside_digest(corpus: Path) -> str:
    """Return the sha256 of the questions out of scope, that of nothing where there are none."""
    path = corpus / OUTSIDE
    return hashlib.sha256(path.read_bytes() if path.is_file() else b"").hexdigest()


def load_outside(corpus: Path) -> tuple[str, ...]:
    """Read the questions that no document answers, in file order; no file means none.

    Raises: BadQuestionFile(path, line).
    """
    path = corpus / OUTSIDE
    if not path.is_file():
        return ()
    return tuple(_outside(line, number, path) for number, line in enumerate(_lines(path), 1) if line.strip())


def _outside(line: str, number: int, path: Path) -> str:
    try:
        question = json.loads(line)["question"]
        if not isinstance(question, str) or not 0 < len(question.strip()) <= LONGEST:
            raise TypeError("no question")
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BadQuestionFile(path=str(path), line=number) from error
    return question.strip()


def load_questions(path: Path) -> tuple[BankQuestion, ...]:
    """Read the reviewed questions of one document, in file order; no file means no questions.

    A line with `"reviewed": false` is checked but left out.

    Raises: BadQuestionFile(path, line).
    """
    if not path.is_file():
        return ()
    read = [_read(line, number, path) for number, line in enumerate(_lines(path), 1) if line.strip()]
    return tuple(question for question, reviewed in read if reviewed)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise BadQuestionFile(path=str(path), line=line) from error


def _read(line: str, number: int, path: Path) -> tuple[BankQuestion, bool]:
    try:
        return _checked(json.loads(line), number, path.parent.name)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BadQuestionFile(path=str(path), line=number) from error


def _checked(fields: dict[str, Any], number: int, document: str) -> tuple[BankQuestion, bool]:
    unit, question, reviewed = fields["unit"], fields["question"], fields.get("reviewed", True)
    asker, batch = fields.get("asker", ""), fields.get("batch", "")
    if not all(isinstance(text, str) for text in (unit, question, asker, batch)) or not isinstance(reviewed, bool):
        raise TypeError("a field has the wrong type")
    if not unit.startswith(f"{document}/"):
        raise ValueError("the unit belongs to another document")
    if not 0 < len(question.strip()) <= LONGEST or asker not in ASKERS:
        raise ValueError("no question, or an unknown asker")
    return BankQuestion(unit, question.strip(), asker, batch, number), reviewed
