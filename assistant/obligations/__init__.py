"""Obligations (职责): what documents say that somebody must do, found by rule, decided by people, due by the calendar."""

from assistant.obligations.case import Obligation, ObligationState
from assistant.obligations.finding import Proposal, find
from assistant.obligations.matters import ObligationKind
from assistant.obligations.measures import Measure, measure
from assistant.obligations.periods import windows

__all__ = ["Measure", "Obligation", "ObligationKind", "ObligationState", "Proposal", "find", "measure", "windows"]
