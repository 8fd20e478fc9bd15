"""Warnings (预警): relayed, called out to named persons, followed until each has answered."""

from assistant.warnings.case import Call, CallState, RelayedWarning
from assistant.warnings.households import Progress, progress

__all__ = ["Call", "CallState", "Progress", "RelayedWarning", "progress"]
