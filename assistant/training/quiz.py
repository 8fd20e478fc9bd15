"""The quiz (测验) as a case: drafted from clauses, amended by the trainer, released to named people, closed with its results."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Field

from assistant.errors import WrongState
from assistant.events import Case, Fact, utc
from assistant.training.question import Question, dump_questions, load_questions


class QuizState(StrEnum):
    """How far a quiz has come."""

    DRAFT = "draft"  # 待发布
    RELEASED = "released"  # 答题中
    CLOSED = "ended"  # 已收卷


class Quiz(Case, table=True):
    """Some questions for some people, until a moment."""

    __tablename__ = "quiz"

    region: str = Field(default="", max_length=255, index=True)
    state: str = Field(default=QuizState.DRAFT.value, max_length=16, index=True)
    made_by: int = Field(default=0, index=True)
    """Person id."""
    topic: str = ""
    """What it was asked to be about, as said; empty for anything."""
    wanted: str = ""
    """Id of the document that it was asked to be made from; empty for all of the place."""
    seed: int = 0
    questions: str = "[]"
    """As JSON, in their order."""
    put_aside: str = ""
    """Quotes of the questions that were dropped or replaced, one a line: nothing is asked of them again."""
    audience: str = ""
    """To whom it was released, as said."""
    released_at: datetime | None = None
    due_at: datetime | None = Field(default=None, index=True)
    closed_at: datetime | None = None

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions, in their order."""
        return load_questions(self.questions)


def draft(region: str, made_by: int, questions: tuple[Question, ...], told: dict[str, Any]) -> Fact:
    """Record a new quiz; told: `topic`, `wanted` and `seed` from which it can be made again."""
    fields = {"region": region, "made_by": made_by, "questions": dump_questions(questions), **told}
    return Fact("drafted", {"set": fields})


def drop(quiz: Quiz, number: int) -> Fact:
    """Record that question `number`, from 1, is taken out; raises WrongState."""
    require(quiz, "amend_quiz", QuizState.DRAFT)
    asked = quiz.asked
    kept = (*asked[: number - 1], *asked[number:])
    return Fact("amended", {"set": {"questions": dump_questions(kept), "put_aside": _aside(quiz, number)}})


def swap(quiz: Quiz, number: int, instead: Question) -> Fact:
    """Record that another question stands in the place of question `number`, from 1; raises WrongState."""
    require(quiz, "amend_quiz", QuizState.DRAFT)
    asked = quiz.asked
    changed = (*asked[: number - 1], instead, *asked[number:])
    return Fact("amended", {"set": {"questions": dump_questions(changed), "put_aside": _aside(quiz, number)}})


def release(quiz: Quiz, audience: str, people: list[int], now: datetime, due: datetime) -> Fact:
    """Record that the quiz goes out, to whom and until when; raises WrongState."""
    require(quiz, "release_quiz", QuizState.DRAFT)
    fields = {
        "state": QuizState.RELEASED.value,
        "audience": audience,
        "released_at": utc(now).isoformat(),
        "due_at": utc(due).isoformat(),
    }
    return Fact("released", {"set": fields, "people": people})


def close(quiz: Quiz, now: datetime, missing: list[int]) -> Fact:
    """Record that no answer is taken any more, and whose (person ids) did not come."""
    fields = {"state": QuizState.CLOSED.value, "closed_at": utc(now).isoformat()}
    return Fact("ended", {"set": fields, "missing": missing})


def require(quiz: Quiz, action: str, *states: QuizState) -> None:
    """Refuse what the state of a quiz does not allow; raises WrongState."""
    if quiz.state not in states:
        raise WrongState(action=action, number=quiz.number, state=quiz.state)


def _aside(quiz: Quiz, number: int) -> str:
    return "\n".join(filter(None, (quiz.put_aside, quiz.asked[number - 1].source.replace("\n", " "))))
