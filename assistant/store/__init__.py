"""The store (存储): who asks from where, what was said, what was missed, what waits for a person; SQLite or PostgreSQL."""

from assistant.store.engine import open_engine
from assistant.store.handovers import HandOvers
from assistant.store.missed import QuestionLog
from assistant.store.store import Consequences, Profile, Store, Turn

__all__ = ["Consequences", "HandOvers", "Profile", "QuestionLog", "Store", "Turn", "open_engine"]
