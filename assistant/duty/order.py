"""What was ordered about a roster (排班安排): rotations and changes to them, kept with who and when; none is ever rewritten."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlmodel import Field, SQLModel

from assistant.duty import pattern as patterns
from assistant.duty.pattern import Pattern
from assistant.duty.post import Origin, PostKind
from assistant.duty.slot import Slot, Turn
from assistant.events import utc

LONGEST_SHIFT = timedelta(days=7)
"""So long before a day the shift may have begun to which its hours belong."""


class OrderKind(StrEnum):
    """What an order does."""

    PATTERN = "pattern"  # 轮班
    TABLE = "table"  # 值班表：这几天按表上写的
    TEMPORARY = "temporary"  # 临时值班表：这几天全部按另一个轮班
    ADD = "add"  # 加人
    REPLACE = "replace"  # 换人
    REMOVE = "remove"  # 减人


@dataclass(frozen=True, slots=True)
class Override:
    """A change to what the rotation says, for the shifts that begin on `first` to `last`."""

    kind: OrderKind
    first: date
    last: date
    person: int = 0
    """Who is added, replaced or taken away."""
    by: int = 0
    """Who comes in place of `person`."""
    post: PostKind | None = None
    """Only at this kind of post; None for any."""
    hours: Turn | None = None
    """Only these hours of each day; None for whole shifts. Those of who is added."""
    slots: tuple[Slot, ...] = ()
    pattern: Pattern | None = None

    def holds(self, day: date) -> bool:
        """Say whether it can change the shifts that begin on a day."""
        return self.first - (LONGEST_SHIFT if self.hours else timedelta(0)) <= day <= self.last


class RosterOrder(SQLModel, table=True):
    """One order about the roster of an office; the last one that was not taken back wins."""

    __tablename__ = "roster_order"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    region: str = Field(default="", max_length=255, index=True)
    unit: str = ""
    room_phone: str = ""
    kind: str = Field(max_length=16)
    first: date
    last: date | None = None
    """None for a rotation without an end."""
    data: str = ""
    """JSON."""
    reason: str = ""
    made_by: str
    made_at: datetime
    revoked_by: str = ""
    revoked_at: datetime | None = None
    planned_until: date | None = None
    """Of a rotation: up to which day it has become posts."""

    @property
    def pattern(self) -> Pattern:
        """The rotation of a pattern."""
        return patterns.from_data(json.loads(self.data))

    @property
    def override(self) -> Override:
        """The change of any other order."""
        held: dict[str, Any] = json.loads(self.data)
        return Override(
            OrderKind(self.kind),
            self.first,
            self.last or self.first,
            held.get("person", 0),
            held.get("by", 0),
            PostKind(held["post"]) if held.get("post") else None,
            Turn(*map(time.fromisoformat, held["hours"])) if held.get("hours") else None,
            tuple(_slot(one) for one in held.get("slots", [])),
            patterns.from_data(held["pattern"]) if held.get("pattern") else None,
        )


def pattern_data(pattern: Pattern) -> str:
    """Return what an order keeps of a rotation."""
    return json.dumps(patterns.as_data(pattern))


def override_data(override: Override) -> str:
    """Return what an order keeps of a change."""
    hours = override.hours
    held = {
        "person": override.person,
        "by": override.by,
        "post": override.post.value if override.post else "",
        "hours": [f"{hours.starts:%H:%M}", f"{hours.ends:%H:%M}"] if hours else [],
        "slots": [
            [one.day.isoformat(), one.kind.value, one.person, _text(one.starts_at), _text(one.ends_at)]
            for one in override.slots
        ],
        "pattern": patterns.as_data(override.pattern) if override.pattern else {},
    }
    return json.dumps({name: value for name, value in held.items() if value})


def _text(moment: datetime) -> str:
    return utc(moment).isoformat()


def _slot(held: list[Any]) -> Slot:
    day, kind, person, starts_at, ends_at = held
    begins, ends = datetime.fromisoformat(starts_at), datetime.fromisoformat(ends_at)
    return Slot(date.fromisoformat(day), PostKind(kind), person, begins, ends, Origin.TABLE)
