"""The store (存储): who asks from where, and what was said; SQLite or PostgreSQL through SQLModel."""

from assistant.store.engine import open_engine
from assistant.store.store import Profile, Store, Turn

__all__ = ["Profile", "Store", "Turn", "open_engine"]
