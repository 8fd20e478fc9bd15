"""Search (检索): documents → index → the clauses that answer a question, best first."""

from assistant.search.building import BuildReport, build
from assistant.search.fuse import Hit, Weights
from assistant.search.index import Index, load

__all__ = ["BuildReport", "Hit", "Index", "Weights", "build", "load"]
