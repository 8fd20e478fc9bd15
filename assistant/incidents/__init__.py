"""Incidents (突发事件): answered at once, passed on, reported by the clock."""

from assistant.incidents.cards import CARDS, TIPS, Card, advise, find_card, fitting, tip
from assistant.incidents.case import Incident, IncidentState

__all__ = ["CARDS", "TIPS", "Card", "Incident", "IncidentState", "advise", "find_card", "fitting", "tip"]
