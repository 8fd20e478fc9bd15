"""Comparison (对照): what the documents of several places say on one matter, and how they differ."""

from assistant.answers.comparison.compare import compare, side_by_side

__all__ = ["compare", "side_by_side"]
