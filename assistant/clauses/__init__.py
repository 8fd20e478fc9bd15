"""Clauses (条款): printed numbers, the splitter, the tree, and what is odd in the numbering."""

from assistant.clauses.labels import Family, Label, match_label
from assistant.clauses.numerals import to_chinese, to_int
from assistant.clauses.split import join, split
from assistant.clauses.units import Kind, Outline, Unit

__all__ = ["Family", "Kind", "Label", "Outline", "Unit", "join", "match_label", "split", "to_chinese", "to_int"]
