"""The incident (突发事件) as a case: its row, its states, and how events change it."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field

from assistant.events import Case


class IncidentState(StrEnum):
    """How far an incident has come."""

    KNOWN = "known"  # 已知
    PASSED_ON = "passed_on"  # 已转值守
    ACKNOWLEDGED = "acknowledged"  # 值守已接
    REPORTED = "reported"  # 已初报
    FINAL = "final"  # 已终报
    WITHDRAWN = "withdrawn"  # 误报


class Incident(Case, table=True):
    """One incident; only events change it."""

    __tablename__ = "incident"

    state: str = Field(default=IncidentState.KNOWN.value, max_length=16, index=True)
    category: str = Field(default="", max_length=16, index=True)
    urgency: str = Field(default="emergency", max_length=16)
    danger: str = Field(default="", max_length=16)
    region: str = Field(default="", max_length=255, index=True)
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    text: str = ""
    """What was reported, all of it, in the reporter's words, one message a line."""
    casualties: bool | None = None
    is_anonymous: bool = False
    wishes: str = ""
    reporter: str = Field(default="", max_length=40, index=True)
    registered_at: datetime | None = None
    hazard: str = ""
    """Number of the hazard from which it came."""
    acknowledged_by: int | None = None
    acknowledged_at: datetime | None = None
