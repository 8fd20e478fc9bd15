"""The paper (答卷) as a case: one person's answers to one quiz, question by question, and later what was wrong once more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Field

from assistant.events import Case, Fact, utc
from assistant.training.question import Question

SEPARATOR = ","
AGAIN, AGAIN_WITHIN = "quiz.again", "quiz.again.within"
REMIND = "quiz.remind"


class PaperState(StrEnum):
    """How far somebody has come."""

    INVITED = "invited"  # 还没答
    GOING = "going"  # 答了一部分
    DONE = "answered"  # 答完
    MISSED = "missed"  # 到时间没答完
    AGAIN = "again"  # 错题再练


OPEN = (PaperState.INVITED.value, PaperState.GOING.value)
TAKING = (*OPEN, PaperState.AGAIN.value)


class Paper(Case, table=True):
    """What one person has answered; the number is that of the quiz and /1, /2 …"""

    __tablename__ = "quiz_paper"

    quiz: str = Field(default="", max_length=32, index=True)
    person: int = Field(default=0, index=True)
    state: str = Field(default=PaperState.INVITED.value, max_length=16, index=True)
    invited_at: datetime | None = None
    due_at: datetime | None = None
    remind_at: datetime | None = Field(default=None, index=True)
    answers: str = ""
    """The choices in the order of the questions, from 0, apart by commas."""
    right: int = 0
    done_at: datetime | None = None
    wrong: str = ""
    """Which questions, from 0, come again."""
    again_at: datetime | None = Field(default=None, index=True)
    again: str = ""
    """The choices of the second time, in the order of `wrong`."""
    again_right: int = 0

    @property
    def chosen(self) -> tuple[int, ...]:
        """The choices so far, in the order of the questions."""
        return _numbers(self.answers)

    @property
    def mistakes(self) -> tuple[int, ...]:
        """Which questions, from 0, were answered wrong."""
        return _numbers(self.wrong)

    @property
    def is_again(self) -> bool:
        """Say whether it is the second time."""
        return self.state == PaperState.AGAIN.value


@dataclass(frozen=True, slots=True)
class Turn:
    """The question that is next on a paper."""

    index: int
    """In the quiz, from 0."""
    place: int
    """The how-manieth it is for this person now, from 1."""
    of: int


def invite(quiz: str, person: int, now: datetime, due: datetime, remind_at: datetime | None) -> Fact:
    """Record that somebody is asked to answer a quiz."""
    fields = {
        "quiz": quiz,
        "person": person,
        "invited_at": utc(now).isoformat(),
        "due_at": utc(due).isoformat(),
        "remind_at": utc(remind_at).isoformat() if remind_at is not None else None,
    }
    return Fact("invited", {"set": fields})


def turn(paper: Paper, count: int) -> Turn | None:
    """Return which of `count` questions is next, None where nothing is to be answered."""
    if paper.state not in TAKING:
        return None
    if paper.is_again:
        at = len(_numbers(paper.again))
        return Turn(paper.mistakes[at], at + 1, len(paper.mistakes)) if at < len(paper.mistakes) else None
    at = len(paper.chosen)
    return Turn(at, at + 1, count) if at < count else None


def answer(paper: Paper, questions: Sequence[Question], choice: int, now: datetime, again_at: datetime) -> Fact:
    """Record the choice (from 0) for the question that is next; the last one ends the paper.

    again_at: when the wrong ones come once more.
    """
    chosen = (*paper.chosen, choice)
    index = len(chosen) - 1
    is_right = questions[index].answer == choice
    fields: dict[str, Any] = {
        "answers": _text(chosen),
        "right": paper.right + is_right,
        "state": PaperState.GOING.value,
    }
    if len(chosen) == len(questions):
        wrong = [at for at, one in enumerate(questions) if one.answer != chosen[at]]
        fields |= {
            "state": PaperState.DONE.value,
            "done_at": utc(now).isoformat(),
            "remind_at": None,
            "wrong": _text(wrong),
            "again_at": utc(again_at).isoformat() if wrong else None,
        }
    return Fact("answered", {"set": fields, "question": index + 1, "choice": choice + 1, "is_right": is_right})


def answer_again(paper: Paper, questions: Sequence[Question], choice: int) -> Fact:
    """Record a choice of the second time; the score of the first stays as it is."""
    given = (*_numbers(paper.again), choice)
    index = paper.mistakes[len(given) - 1]
    is_right = questions[index].answer == choice
    fields: dict[str, Any] = {"again": _text(given), "again_right": paper.again_right + is_right}
    if len(given) == len(paper.mistakes):
        fields["state"] = PaperState.DONE.value
    return Fact("practised", {"set": fields, "question": index + 1, "choice": choice + 1, "is_right": is_right})


def remind() -> Fact:
    """Record that somebody who has not answered is reminded; it happens once."""
    return Fact("reminded", {"set": {"remind_at": None}}, REMIND)


def skip_reminder() -> Fact:
    """Record that a reminder is left out because its time is over."""
    return Fact("reminder_skipped", {"set": {"remind_at": None}}, REMIND)


def miss(paper: Paper) -> Fact:
    """Record that the time was over before the last answer."""
    return Fact("missed", {"set": {"state": PaperState.MISSED.value, "remind_at": None}})


def call_again() -> Fact:
    """Record that the wrong ones come once more."""
    return Fact("called_again", {"set": {"state": PaperState.AGAIN.value, "again_at": None}}, AGAIN)


def skip_again() -> Fact:
    """Record that the wrong ones do not come any more: the clock had stood still for too long."""
    return Fact("again_skipped", {"set": {"again_at": None}}, AGAIN_WITHIN)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(one) for one in text.split(SEPARATOR) if one)


def _text(numbers: Sequence[int]) -> str:
    return SEPARATOR.join(map(str, numbers))
