"""Duty (值班): who is on, and when."""

from assistant.duty.post import Post, PostKind
from assistant.duty.roster import Roster, in_order, nearest, on_at, shift

__all__ = ["Post", "PostKind", "Roster", "in_order", "nearest", "on_at", "shift"]
