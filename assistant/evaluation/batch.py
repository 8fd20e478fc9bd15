"""Questions from a file, answered one after another."""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.answers import Answer, Asker, Decision, Request, answer
from assistant.errors import BadQuestion, BadQuestionFile, MissingFile, WrongEncoding
from assistant.search.index import Index
from assistant.wording import answer_text, explain


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of a question file; gold fields are empty where the file has none."""

    id: str
    question: str
    region: str
    asker: Asker
    relevant: Mapping[str, int]
    """Unit id → 2 (answers the question) or 1 (helps); empty where no document answers."""
    facts: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the assistant made of one question."""

    id: str
    ranked: tuple[str, ...]
    answer: str
    decision: Decision
    citations: tuple[tuple[str, str], ...]
    """(unit id, quote)."""
    ms: float

    @property
    def abstained(self) -> bool:
        """The question was not plainly answered."""
        return self.decision is not Decision.ANSWER

    def as_json(self) -> str:
        """Return the line of an output file."""
        fields = {
            "id": self.id,
            "ranked": self.ranked,
            "answer": self.answer,
            "decision": self.decision.value,
            "abstained": self.abstained,
            "citations": [{"unit": unit, "quote": quote} for unit, quote in self.citations],
            "ms": round(self.ms, 3),
        }
        return json.dumps(fields, ensure_ascii=False)


def read_questions(path: Path) -> list[Asked]:
    """Read a JSONL file of questions.

    Raises: MissingFile, WrongEncoding, BadQuestionFile with the number of the line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise MissingFile(path=str(path)) from error
    except UnicodeDecodeError as error:
        raise WrongEncoding(path=str(path)) from error
    return [_asked(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]


def _asked(path: Path, number: int, line: str) -> Asked:
    try:
        fields: dict[str, Any] = json.loads(line)
        return Asked(
            id=str(fields.get("id", number)),
            question=str(fields["question"]),
            region=fields.get("region") or "",
            asker=Asker(fields.get("asker") or Asker.CADRE),
            relevant={str(unit): int(grade) for unit, grade in (fields.get("relevant") or {}).items()},
            facts=tuple(fields.get("facts") or ()),
            kind=str(fields.get("kind") or ""),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadQuestionFile(path=str(path), line=number) from error


def answer_all(questions: Sequence[Asked], index: Index, on: date) -> Iterator[Prediction]:
    """Answer each question by itself, in order; a bad question is refused, not an end of the batch."""
    for asked in questions:
        begun = time.perf_counter()
        try:
            answered = answer(Request(asked.question, asked.region, asked.asker, on), index)
            text = answer_text(answered)
        except BadQuestion as error:
            answered = Answer(asked.question, Decision.REFUSED, (), ())
            text = explain(error)
        taken = (time.perf_counter() - begun) * 1000
        quotes = tuple((c.unit, c.quote) for passage in answered.passages for c in passage.citations)
        yield Prediction(asked.id, answered.ranked, text, answered.decision, quotes, taken)
