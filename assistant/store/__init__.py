"""The store (存储): who asks from where, what was said, cases and their events, what is to be sent; SQLite or PostgreSQL."""

from assistant.store.duty import keep_roster, on_duty
from assistant.store.engine import open_engine
from assistant.store.handovers import HandOvers
from assistant.store.inbox import Turn
from assistant.store.missed import QuestionLog
from assistant.store.outbox import Claimed, Delivery, Lane, Outbox
from assistant.store.placetree import place_tree
from assistant.store.profiles import Profile
from assistant.store.store import Store
from assistant.store.warnings import open_calls
from assistant.store.work import Work

__all__ = [
    "Claimed",
    "Delivery",
    "HandOvers",
    "Lane",
    "Outbox",
    "Profile",
    "QuestionLog",
    "Store",
    "Turn",
    "Work",
    "keep_roster",
    "on_duty",
    "open_calls",
    "open_engine",
    "place_tree",
]
