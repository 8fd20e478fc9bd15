"""Duty (值班): who is on, and when."""

from assistant.duty.asking import Asked, read_question
from assistant.duty.post import Post, PostKind
from assistant.duty.roster import LOCAL, Roster, in_order, nearest, on_at, shift

__all__ = ["LOCAL", "Asked", "Post", "PostKind", "Roster", "in_order", "nearest", "on_at", "read_question", "shift"]
