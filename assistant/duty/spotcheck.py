"""The spot check (查岗): one person on duty, one code, minutes to answer; what came is recorded at its true time."""

from datetime import datetime, timedelta
from enum import StrEnum
from random import Random

from sqlmodel import Field

from assistant.duty.turns import WITHIN, Shift, span
from assistant.events import Case, Fact, utc
from assistant.rules import Rules

ANSWER, SHARE = "duty.check.within", "duty.check.share"
ALARMING = ("110", "119", "120", "122")
"""A code must not look like a cry for help."""


class CheckState(StrEnum):
    """How a spot check has come out."""

    ASKED = "asked"  # 待答
    ANSWERED = "answered"  # 按时应答
    MISSED = "missed"  # 超时未答
    LATE = "late"  # 晚了才答


OPEN = (CheckState.ASKED.value, CheckState.MISSED.value)


class SpotCheck(Case, table=True):
    """One question to one person on duty."""

    __tablename__ = "spot_check"

    region: str = Field(default="", max_length=255, index=True)
    shift: str = Field(default="", max_length=32, index=True)
    """Number of the shift."""
    person: int = Field(default=0, index=True)
    asked_by: int | None = None
    """Person id; none where the clock has drawn it."""
    code: str = Field(default="", max_length=8)
    state: str = Field(default=CheckState.ASKED.value, max_length=16, index=True)
    asked_at: datetime | None = None
    due_at: datetime | None = Field(default=None, index=True)
    answered_at: datetime | None = None


def new_code(random: Random) -> str:
    """Return four digits that look like no emergency number."""
    while True:
        code = f"{random.randint(1000, 9999)}"
        if not any(number in code for number in ALARMING):
            return code


def ask(  # noqa: PLR0913  (everything that a check is)
    shift: Shift, person: int, asked_by: int | None, code: str, now: datetime, rules: Rules
) -> Fact:
    """Record that a person on duty is asked."""
    fields = {
        "region": shift.region,
        "shift": shift.number,
        "person": person,
        "asked_by": asked_by,
        "code": code,
        "state": CheckState.ASKED.value,
        "asked_at": utc(now).isoformat(),
        "due_at": (utc(now) + span(ANSWER, shift, rules)).isoformat(),
    }
    return Fact("asked", {"set": fields}, ANSWER)


def answer(check: SpotCheck, now: datetime) -> Fact:
    """Record the answer at its true time; one in the last second is in time."""
    is_late = check.state == CheckState.MISSED.value or (check.due_at is not None and utc(check.due_at) < utc(now))
    state = CheckState.LATE if is_late else CheckState.ANSWERED
    return Fact("answered", {"set": {"state": state.value, "answered_at": utc(now).isoformat()}})


def is_missed(check: SpotCheck, now: datetime) -> bool:
    """Say whether the time for an answer has just run out."""
    return check.state == CheckState.ASKED.value and check.due_at is not None and utc(check.due_at) < utc(now)


def miss(told: list[int]) -> Fact:
    """Record that no answer came in time, and who is told."""
    return Fact("missed", {"set": {"state": CheckState.MISSED.value}, "told": told}, ANSWER)


def draw(shift: Shift, rules: Rules, random: Random) -> Fact:
    """Record at what moment of a shift the clock checks, or that it does not; nobody can know it before."""
    share = rules.find(SHARE, shift.region, shift.begins.date()).value / 100
    first, last = shift.begins + span(WITHIN, shift, rules), shift.ends - span(WITHIN, shift, rules)
    moment = first + timedelta(seconds=random.random() * max((last - first).total_seconds(), 0))
    is_drawn = random.random() < share
    return Fact("drawn", {"set": {"check_at": moment.isoformat() if is_drawn else None}}, SHARE)


def drawn_done() -> Fact:
    """Record that the check that was drawn has been made, or has become pointless."""
    return Fact("check_done", {"set": {"check_at": None}}, SHARE)
