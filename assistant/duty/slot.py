"""The slot (班次上的一个人): one person at one kind of post for one span, before it becomes a post of the ledger."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from assistant.duty.post import Origin, PostKind

CHINA = ZoneInfo("Asia/Shanghai")
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Slot:
    """One person on duty for one span; times are UTC, the end belongs to the next slot."""

    day: date
    """The day in China on which the shift begins."""
    kind: PostKind
    person: int
    starts_at: datetime
    ends_at: datetime
    origin: Origin = Origin.PATTERN


@dataclass(frozen=True, slots=True)
class Turn:
    """A shift within a day (班次): 08:00 to 08:00 is the whole day, 20:00 to 08:00 the night."""

    starts: time = time(8)
    ends: time = time(8)

    def on(self, day: date) -> tuple[datetime, datetime]:
        """Return begin and end on a day, UTC; an end that is not after the begin is on the next day."""
        last = day if self.ends > self.starts else day + DAY
        begins, ends = datetime.combine(day, self.starts, CHINA), datetime.combine(last, self.ends, CHINA)
        return begins.astimezone(UTC), ends.astimezone(UTC)


def without(slot: Slot, starts_at: datetime, ends_at: datetime) -> list[Slot]:
    """Return what is left of a slot outside a span: nothing, one part or two."""
    before = replace(slot, ends_at=min(slot.ends_at, starts_at))
    after = replace(slot, starts_at=max(slot.starts_at, ends_at))
    return [part for part in (before, after) if part.starts_at < part.ends_at]


def within(slot: Slot, starts_at: datetime, ends_at: datetime) -> Slot | None:
    """Return the part of a slot inside a span, None where there is none."""
    part = replace(slot, starts_at=max(slot.starts_at, starts_at), ends_at=min(slot.ends_at, ends_at))
    return part if part.starts_at < part.ends_at else None
