"""The duty item (履职事项) as a case: one thing that one place must do once, within a window, with evidence."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field

from assistant.events import Case

SEPARATOR = ","


class ItemState(StrEnum):
    """How far an item has come."""

    OPEN = "unplanned"  # 待安排
    PLANNED = "scheduled"  # 已安排
    DONE = "done"  # 已办，待检查
    CHECKED = "checked"  # 检查合格
    WAIVED = "waived"  # 免办


UNDONE = (ItemState.OPEN.value, ItemState.PLANNED.value)


class DutyItem(Case, table=True):
    """One thing that a place must do between two days, both included."""

    __tablename__ = "duty_item"

    obligation: str = Field(default="", max_length=32, index=True)
    """Number of the obligation; empty for a plan of one's own."""
    turn: int = 0
    """0, 1 … of several with one window (每年2次)."""
    region: str = Field(default="", max_length=255, index=True)
    """Path of the place that must do it."""
    kind: str = Field(default="", max_length=16, index=True)
    """An ObligationKind."""
    subject: str = ""
    state: str = Field(default=ItemState.OPEN.value, max_length=16, index=True)
    opens_on: str = Field(default="", max_length=10)
    due_on: str = Field(default="", max_length=10, index=True)
    """Days of China, 2026-05-31."""
    responsible: int | None = Field(default=None, index=True)
    """Person id."""
    planned_on: str = Field(default="", max_length=10)
    planned_at: datetime | None = None
    done_on: str = Field(default="", max_length=10)
    done_at: datetime | None = None
    done_by: int | None = None
    """Person id of who told that it is done: somebody else must check."""
    people: int | None = None
    """How many took part."""
    evidence: int = 0
    """Photos and files that came with it."""
    told: str = ""
    """What was told of it, one message a line."""
    checked_by: int | None = None
    checked_at: datetime | None = None
    findings: str = ""
    """Numbers of the hazards that it has shown, apart by commas."""
    remind_at: datetime | None = Field(default=None, index=True)
    climbs: int = 0
    """Superiors that have been told since the window closed."""
    climb_at: datetime | None = Field(default=None, index=True)
    """When the window is over for good, and later when the next superior is told."""
    supervisor: int | None = None
    """Person id of the superior who is named on the overdue item."""
    reason: str = ""
    """Why it need not be done."""

    @property
    def is_undone(self) -> bool:
        """Say whether it has still to be done."""
        return self.state in UNDONE

    @property
    def hazards(self) -> tuple[str, ...]:
        """Numbers of the hazards that it has shown."""
        return tuple(filter(None, self.findings.split(SEPARATOR)))

    def is_overdue(self, on: date) -> bool:
        """Say whether its window is over and it has not been done."""
        return self.is_undone and self.due_on < on.isoformat()
