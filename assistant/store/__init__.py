"""The store (存储): who asks from where, what was said, cases and their events, what is to be sent; SQLite or PostgreSQL."""

from assistant.store.engine import open_engine
from assistant.store.handovers import HandOvers
from assistant.store.missed import QuestionLog
from assistant.store.outbox import Delivery, Lane
from assistant.store.store import Consequences, Profile, Store, Turn
from assistant.store.work import Work, open_work

__all__ = [
    "Consequences",
    "Delivery",
    "HandOvers",
    "Lane",
    "Profile",
    "QuestionLog",
    "Store",
    "Turn",
    "Work",
    "open_engine",
    "open_work",
]
