"""Hazards (隐患): from a report to a closed case."""

from assistant.hazards.case import Hazard, HazardState
from assistant.hazards.route import Route
from assistant.hazards.steps import Action, By

__all__ = ["Action", "By", "Hazard", "HazardState", "Route"]
