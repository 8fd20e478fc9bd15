"""The quiz question (题): what is asked, its choices, which is right, and the quoted clause that says so."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pydantic import TypeAdapter

from assistant.citations import Citation

BLANK = "＿＿＿"


class QuestionKind(StrEnum):
    """How a question asks."""

    NUMBER = "number"  # 填数字
    PARTY = "party"  # 谁来做
    CLAIM = "claim"  # 对不对
    WHERE = "where"  # 看哪一条


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `choices[answer]` is right, and the citations say it word by word."""

    kind: QuestionKind
    text: str
    """The clause's own words with a blank, a claim, or what somebody asks."""
    choices: tuple[str, ...]
    """As printed; empty for a claim, which is right (0) or wrong (1)."""
    answer: int
    citations: tuple[Citation, ...]
    heading: str = ""
    """Of the clause, with its number; not shown where it is what is asked for."""
    right: str = ""
    """For a wrong claim: the words that stand in the clause instead."""

    @property
    def unit(self) -> str:
        """Id of the clause."""
        return self.citations[0].unit

    @property
    def source(self) -> str:
        """The quoted words by which two questions from one sentence are known."""
        return self.citations[-1].quote


_ADAPTER: TypeAdapter[tuple[Question, ...]] = TypeAdapter(tuple[Question, ...])


def dump_questions(questions: Iterable[Question]) -> str:
    """Return questions as an event keeps them."""
    return _ADAPTER.dump_json(tuple(questions)).decode()


def load_questions(text: str) -> tuple[Question, ...]:
    """Read questions as an event keeps them."""
    return _ADAPTER.validate_json(text or "[]")
