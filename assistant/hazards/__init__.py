"""Hazards (隐患): from a report to a closed case."""

from assistant.hazards.case import Hazard, HazardState

__all__ = ["Hazard", "HazardState"]
