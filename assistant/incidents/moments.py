"""Moments of an incident: stored as UTC, handed back by SQLite without the zone."""

from datetime import UTC, datetime


def utc(moment: datetime) -> datetime:
    """Return an aware moment."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
