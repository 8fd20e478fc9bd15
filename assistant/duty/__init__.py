"""Duty (值班): who is on, and when; the life of a shift, swaps and spot checks."""

from assistant.duty.asking import Asked, read_question
from assistant.duty.post import Post, PostKind
from assistant.duty.roster import LOCAL, Roster, in_order, nearest, on_at, shift
from assistant.duty.spotcheck import CheckState, SpotCheck
from assistant.duty.swaps import Obstacle, Swap, SwapState
from assistant.duty.turns import Shift, ShiftState

__all__ = [
    "LOCAL",
    "Asked",
    "CheckState",
    "Obstacle",
    "Post",
    "PostKind",
    "Roster",
    "Shift",
    "ShiftState",
    "SpotCheck",
    "Swap",
    "SwapState",
    "in_order",
    "nearest",
    "on_at",
    "read_question",
    "shift",
]
