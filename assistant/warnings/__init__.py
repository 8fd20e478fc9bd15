"""Warnings (预警): relayed, called out to named persons, followed until each has answered."""

from assistant.warnings.case import Call, CallState, Warning
from assistant.warnings.households import Progress, progress

__all__ = ["Call", "CallState", "Progress", "Warning", "progress"]
