"""Dialect (方言): words that mean the same become one word, so that what is learned of one holds for all."""

import re
import tomllib
from functools import cache
from pathlib import Path

SAME = Path(__file__).with_name("dialect.toml")
NUMBER = re.compile(r"[0-9一二两俩三仨四五六七八九十百千几多]+")
"""三十多个 → 0个 · 一样"""


def levelled(plain: str) -> str:
    """Return a folded text with one word for all that mean the same, and 0 for every number."""
    pattern, meant = _table()
    return NUMBER.sub("0", pattern.sub(lambda match: meant[match.group()], plain))


@cache
def _table() -> tuple[re.Pattern[str], dict[str, str]]:
    groups = tomllib.loads(SAME.read_text(encoding="utf-8"))["same"]
    meant = {word: key for key, words in groups.items() for word in words.split()}
    longest_first = sorted(meant, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), meant
