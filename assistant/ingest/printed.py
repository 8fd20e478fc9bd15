"""Printed numbers (编号) of lines, remembered: every step of cleaning asks about the same lines."""

from functools import lru_cache

from assistant.clauses.labels import Label, match_label

REMEMBERED = 20_000


@lru_cache(maxsize=REMEMBERED)
def label_of(text: str) -> Label | None:
    """Return the printed number at the head of a line, or None."""
    return match_label(text)
