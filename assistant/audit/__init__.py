"""The auditor (核对): recomputes from the event log alone what should have happened by now, apart from the clock."""

from assistant.audit.expected import Late, Recorded, Watch, What, overdue

__all__ = ["Late", "Recorded", "Watch", "What", "overdue"]
