"""An editor's decision, written into the corpus: the question becomes a way to ask (问法), or an example out of scope.

The file is looked into before it is written, under a lock: a command that is repeated after a crash doubles nothing,
and two editors at once lose nothing.
"""

import fcntl
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from assistant.citations import parse_unit_id
from assistant.clauses import split
from assistant.documents import document_folders, load_catalogue
from assistant.errors import UnknownDocument, UnknownUnit
from assistant.files import replace_file
from assistant.missed.entry import MissedQuestion, question_key
from assistant.search.questions import OUTSIDE, load_outside, load_questions

BATCH = "log"


def attach(entry: MissedQuestion, unit: str, corpus: Path) -> tuple[Path, bool]:
    """Write a question as a way to ask for `unit`; return the file, and whether it is new there.

    Raises: UnknownDocument, UnknownUnit, MissingFile, DamagedDocument, BadQuestionFile, CannotWrite.
    """
    _check(unit, corpus)
    path = corpus / parse_unit_id(unit)[0] / "questions.jsonl"
    line = {"unit": unit, "question": entry.question, "asker": entry.asker.value, "batch": BATCH, "reviewed": True}

    def known() -> list[str]:
        return [question.question for question in load_questions(path) if question.unit == unit]

    return path, _append(path, line, known)


def put_out_of_scope(entry: MissedQuestion, reason: str, corpus: Path) -> tuple[Path, bool]:
    """Write a question among those that no document answers; return the file, and whether it is new there.

    Raises: MissingFile, BadQuestionFile, CannotWrite.
    """
    document_folders(corpus)
    path = corpus / OUTSIDE
    line = {"question": entry.question, "reason": reason, "batch": BATCH}
    return path, _append(path, line, lambda: list(load_outside(corpus)))


def _check(unit: str, corpus: Path) -> None:
    document_id, address = parse_unit_id(unit)
    catalogue = load_catalogue(corpus)
    if document_id not in catalogue:
        raise UnknownDocument(document=document_id)
    outline = split(catalogue[document_id].text)
    if address not in outline or not outline.is_clause(outline.clause_of(address)):
        raise UnknownUnit(unit=unit)


def _append(path: Path, line: Mapping[str, object], known: Callable[[], list[str]]) -> bool:
    with _alone(path.parent):
        if question_key(str(line["question"])) in map(question_key, known()):
            return False
        before = path.read_bytes().decode("utf-8") if path.is_file() else ""
        if before and not before.endswith("\n"):
            before += "\n"
        replace_file(path, (before, json.dumps(line, ensure_ascii=False), "\n"))
    return True


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other processes out of the files of a folder; a process that dies lets go by itself."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
