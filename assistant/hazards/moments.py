"""Moments of a case: stored as UTC, reckoned by the calendar of China."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")


def utc(moment: datetime) -> datetime:
    """Return an aware moment; SQLite hands back UTC without its zone."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def text(moment: datetime) -> str:
    """Return a moment as an event records it."""
    return utc(moment).isoformat()


def day(moment: datetime) -> date:
    """Return the day in China."""
    return utc(moment).astimezone(LOCAL).date()


def is_past(moment: datetime | None, now: datetime) -> bool:
    """Say whether a moment is set and has come."""
    return moment is not None and utc(moment) <= utc(now)
