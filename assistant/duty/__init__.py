"""Duty (值班): who is on, and when; the life of a shift, swaps and spot checks."""

from assistant.duty.asking import Asked, read_question
from assistant.duty.calendar import Calendar, DayKind, Holiday, load_calendar
from assistant.duty.order import OrderKind, Override, RosterOrder
from assistant.duty.pattern import Line, Pattern
from assistant.duty.planning import gaps, plan, plan_day
from assistant.duty.post import Origin, Post, PostKind
from assistant.duty.roster import LOCAL, Roster, in_order, nearest, on_at, shift
from assistant.duty.slot import Slot, Turn
from assistant.duty.spotcheck import CheckState, SpotCheck
from assistant.duty.swaps import Obstacle, Swap, SwapState
from assistant.duty.turns import Shift, ShiftState

__all__ = [
    "Asked",
    "Calendar",
    "CheckState",
    "DayKind",
    "Holiday",
    "LOCAL",
    "Line",
    "Obstacle",
    "OrderKind",
    "Origin",
    "Override",
    "Pattern",
    "Post",
    "PostKind",
    "Roster",
    "RosterOrder",
    "Shift",
    "ShiftState",
    "Slot",
    "SpotCheck",
    "Swap",
    "SwapState",
    "Turn",
    "gaps",
    "in_order",
    "load_calendar",
    "nearest",
    "on_at",
    "plan",
    "plan_day",
    "read_question",
    "shift",
]
