"""Drills and other due items (演练与履职事项): planned, reminded, done with evidence, checked by somebody else, counted."""

from assistant.drills.case import DutyItem, ItemState
from assistant.drills.kinds import FOLLOWED, is_checked

__all__ = ["FOLLOWED", "DutyItem", "ItemState", "is_checked"]
