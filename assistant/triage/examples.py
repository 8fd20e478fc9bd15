"""Example messages (例句), labelled by hand: what the reader is trained on.

`corpus/messages/<batch>.jsonl`, one message a line: `{"id", "text", "intent", "category", "urgency", "place",
"casualties", "batch"}`; each batch by a writer who has not read the others.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import BadMessageFile, MissingFile, WrongEncoding
from assistant.triage.danger import danger
from assistant.triage.reading import REPORTS, Category, Intent, Urgency

FOLDER = "messages"


ASKED = 2_400
"""Questions of the bank that are learned from, beside the messages."""


@dataclass(frozen=True, slots=True)
class Example:
    """One message with its labels."""

    id: str
    text: str
    intent: Intent
    category: Category | None
    urgency: Urgency | None
    place: str | None
    casualties: bool | None


def load_examples(corpus: Path) -> list[Example]:
    """Read all batches of a corpus; none where it has no folder of messages.

    Raises: BadMessageFile, MissingFile, WrongEncoding.
    """
    messages = [example for path in _batches(corpus) for example in read_examples(path)]
    return [*messages, *(_question(text) for text in _asked(corpus))] if messages else []


def _asked(corpus: Path) -> list[str]:
    """Return a fixed sample of the question bank: without it the reader takes questions about rules for reports.

    Questions with a danger word are left out: whoever writes such a one in earnest is in danger.
    """
    found: dict[str, str] = {}
    for path in sorted(corpus.glob("*/questions.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            question = json.loads(line)["question"] if line.strip() else ""
            if question and danger(question) is None:
                found[hashlib.sha256(question.encode()).hexdigest()] = question
    return [found[key] for key in sorted(found)[:ASKED]]


def _question(text: str) -> Example:
    return Example("bank", text, Intent.QUESTION, None, None, None, None)


def examples_digest(corpus: Path) -> str:
    """Return the sha256 of all batches and of the questions beside them."""
    digest = hashlib.sha256("\n".join(_asked(corpus)).encode())
    for path in _batches(corpus):
        content = path.read_bytes()
        digest.update(f"{path.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _batches(corpus: Path) -> list[Path]:
    return sorted((corpus / FOLDER).glob("*.jsonl"))


def read_examples(path: Path) -> list[Example]:
    """Read a file of labelled messages.

    Raises: MissingFile, WrongEncoding, BadMessageFile with the number of the line.
    """
    return [_example(path, number, fields) for number, fields in read_messages(path)]


def read_messages(path: Path) -> list[tuple[int, dict[str, Any]]]:
    """Read a JSONL file of messages, labelled or not: the number of each line with what stands in it.

    Raises: MissingFile, WrongEncoding, BadMessageFile.
    """
    return [(number, _fields(path, number, line)) for number, line in enumerate(_lines(path), 1) if line.strip()]


def is_message_file(path: Path) -> bool:
    """Say whether a JSONL file holds labelled messages: its first line has a text and an intent.

    Raises: MissingFile, WrongEncoding.
    """
    first = next((line for line in _lines(path) if line.strip()), "")
    return '"intent"' in first and '"text"' in first


def _lines(path: Path) -> list[str]:
    try:
        # not splitlines: a message may hold other line ends
        return path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise MissingFile(path=str(path)) from error
    except UnicodeDecodeError as error:
        raise WrongEncoding(path=str(path)) from error


def _fields(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        fields: dict[str, Any] = json.loads(line)
        if not isinstance(fields["text"], str):
            raise TypeError("text")
    except (ValueError, KeyError, TypeError) as error:
        raise BadMessageFile(path=str(path), line=number) from error
    return fields


def _example(path: Path, number: int, fields: dict[str, Any]) -> Example:
    try:
        example = Example(
            id=str(fields.get("id", number)),
            text=fields["text"],
            intent=Intent(fields["intent"]),
            category=Category(fields["category"]) if fields.get("category") else None,
            urgency=Urgency(fields["urgency"]) if fields.get("urgency") else None,
            place=fields.get("place") or None,
            casualties=fields.get("casualties"),
        )
        _check(example)
    except (ValueError, KeyError, TypeError) as error:
        raise BadMessageFile(path=str(path), line=number) from error
    return example


def _check(example: Example) -> None:
    """Raise ValueError where labels contradict each other."""
    is_report = example.intent in REPORTS
    if (example.category is not None, example.urgency is not None) != (is_report, is_report):
        raise ValueError("category and urgency belong to reports")
    if example.intent is Intent.INCIDENT and example.urgency is not Urgency.EMERGENCY:
        raise ValueError("an incident is an emergency")
    if example.place is not None and example.place not in example.text:
        raise ValueError("the place does not stand in the text")
    if example.casualties not in (None, True, False):
        raise ValueError("casualties")
