"""Search (检索): documents → index → the clauses that answer a question, best first."""

from assistant.search.alignment import Relation
from assistant.search.building import BuildReport, build
from assistant.search.counterparts import Counterpart, load_counterparts
from assistant.search.fuse import Hit, Weights
from assistant.search.index import Index, load

__all__ = [
    "BuildReport",
    "Counterpart",
    "Hit",
    "Index",
    "Relation",
    "Weights",
    "build",
    "load",
    "load_counterparts",
]
