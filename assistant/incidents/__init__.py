"""Incidents (突发事件): answered at once, passed on, reported by the clock."""

from assistant.incidents.case import Incident, IncidentState

__all__ = ["Incident", "IncidentState"]
