"""The helper's list (转移名单) and the count at a shelter (清点): numbers that come without names, kept beside the rows."""

from datetime import datetime, timedelta

from sqlmodel import Field

from assistant.events import Case, Fact, utc


class HelperList(Case, table=True):
    """What one helper was asked to do for one warning, and what numbers he has given."""

    __tablename__ = "helper_list"

    warning: str = Field(default="", max_length=32, index=True)
    person: int = Field(default=0, index=True)
    told_at: datetime | None = None
    answer_due_at: datetime | None = None
    """Without a word until then, the backup takes over."""
    finish_due_at: datetime | None = None
    """By then everybody of the list is safe, or duty hears who is not."""
    heard_at: datetime | None = None
    """When the helper said something last."""
    passed_to: int | None = None
    is_reminded: bool = False
    """Duty has heard who was not safe in time."""
    level: str = ""
    """State that the numbers are about: how many were called, or have left."""
    total: int | None = None
    reached: int | None = None
    is_over: bool = Field(default=False, index=True)


class ShelterCount(Case, table=True):
    """What was counted at one shelter for one warning; the last count holds."""

    __tablename__ = "shelter_count"

    warning: str = Field(default="", max_length=32, index=True)
    shelter: str = Field(default="", max_length=64)
    households: int | None = None
    persons: int | None = None
    by: int | None = None
    counted_at: datetime | None = None


def told(warning: str, person: int, now: datetime, answer_in: timedelta, finish_in: timedelta) -> Fact:
    """Give a helper the list; a further wave begins the time anew."""
    fields = {
        "warning": warning,
        "person": person,
        "told_at": utc(now).isoformat(),
        "answer_due_at": utc(now + answer_in).isoformat(),
        "finish_due_at": utc(now + finish_in).isoformat(),
        "heard_at": None,
        "passed_to": None,
        "is_reminded": False,
        "is_over": False,
    }
    return Fact("told", {"set": fields}, "evacuation.answer")


def heard(now: datetime) -> Fact:
    """Record that the helper has said something."""
    return Fact("heard", {"set": {"heard_at": utc(now).isoformat()}})


def counted(level: str, total: int | None, reached: int | None, now: datetime, message: str) -> Fact:
    """Keep numbers that came without names."""
    fields = {"level": level, "total": total, "reached": reached, "heard_at": utc(now).isoformat()}
    return Fact("counted", {"set": fields, "message": message})


def pass_on(to: int | None) -> Fact:
    """Take the list from a helper; to: the person who has it now, None where there is nobody."""
    return Fact("passed_on", {"set": {"passed_to": to, "is_over": True}}, "evacuation.answer")


def remind() -> Fact:
    """Record that duty has heard who is not safe in time."""
    return Fact("late", {"set": {"is_reminded": True}}, "evacuation.finish")


def end() -> Fact:
    """Close a list."""
    return Fact("ended", {"set": {"is_over": True}})


def is_silent(one: HelperList, now: datetime) -> bool:
    """Say whether a helper has said nothing in time."""
    waits = not one.is_over and one.heard_at is None and one.answer_due_at is not None
    return waits and one.answer_due_at is not None and utc(one.answer_due_at) < utc(now)


def is_late(one: HelperList, now: datetime) -> bool:
    """Say whether the time of a list is over and duty has not heard of it."""
    runs = not one.is_over and not one.is_reminded and one.finish_due_at is not None
    return runs and one.finish_due_at is not None and utc(one.finish_due_at) < utc(now)


def shelter_counted(
    warning: str, shelter: str, households: int | None, persons: int | None, by: int, now: datetime
) -> Fact:
    """Keep what was counted at a shelter."""
    fields = {
        "warning": warning,
        "shelter": shelter,
        "households": households,
        "persons": persons,
        "by": by,
        "counted_at": utc(now).isoformat(),
    }
    return Fact("counted", {"set": fields})
