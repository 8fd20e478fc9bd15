"""Evidence (佐证) for a reading: quotation in related documents, and the habits of the document's own language."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from math import log

from assistant.ingest.characters import bare, is_han

REACH = 24
"""Characters of context that count on either side."""
ORDER = 4
DISCOUNT = 0.4


class Quotations:
    """Related documents, searched for a reading in its context."""

    def __init__(self, related: Sequence[str]) -> None:
        self.texts = [bare(text) for text in related]

    def support(self, before: str, reading: str, after: str) -> list[tuple[int, int]]:
        """Return for each related document how many characters of context it shares with the reading, left and right."""
        plain = [_plain(part) for part in (before[-REACH:], reading, after[:REACH])]
        return [_longest(text, *plain) for text in self.texts]


def _longest(text: str, before: str, reading: str, after: str) -> tuple[int, int]:
    """Return the best (left, right) context of all places of `text` that have the reading; (0, 0) where none has."""
    best = (0, 0)
    for needle, offset in ((before[-2:] + reading, len(before[-2:])), (reading + after[:2], 0)):
        if not needle:
            continue
        for found in re.finditer(f"(?={re.escape(needle)})", text):
            begin = found.start() + offset
            sides = (
                _common_end(text[:begin][-REACH:], before),
                _common_start(text[begin + len(reading) :][:REACH], after),
            )
            best = max(best, sides, key=sum)
    return best


def _common_start(one: str, other: str) -> int:
    size = 0
    while size < min(len(one), len(other)) and one[size] == other[size]:
        size += 1
    return size


def _common_end(one: str, other: str) -> int:
    return _common_start(one[::-1], other[::-1])


def quotes(sides: tuple[int, int], reading: str) -> int:
    """Return the context that counts: an omission or a mere point must be quoted on both sides."""
    spoken = any(is_han(char) or char.isalnum() for char in reading)
    return sum(sides) if spoken or min(sides) >= 2 else 0


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


class Habits:
    """Runs of characters in the other clauses and related documents: how usual is a wording here."""

    def __init__(self, clauses: Sequence[str], related: Sequence[str]) -> None:
        self.own = [_runs(text) for text in clauses]
        self.counts = _runs("\n".join(bare(text) for text in related))
        for own in self.own:
            self.counts.update(own)
        self.total = sum(count for gram, count in self.counts.items() if len(gram) == 1) or 1

    def cost(self, clause: int | None, before: str, reading: str, after: str) -> float:
        """Return how surprising a reading and the three characters after it are outside `clause`, in nats a character."""
        head = _plain(before[-2 * ORDER :])[-ORDER:]
        text = head + _plain(reading) + _plain(after[: 2 * ORDER])[: ORDER - 1]
        without = self.own[clause] if clause is not None else {}
        surprises = [self._surprise(without, text, i) for i in range(len(head), len(text))]
        return sum(surprises) / len(surprises) if surprises else 0.0

    def _surprise(self, without: Mapping[str, int], text: str, i: int) -> float:
        """Backing off to shorter contexts (stupid backoff: Brants et al. 2007)."""
        factor = 1.0
        for size in range(min(ORDER, i + 1), 1, -1):
            gram, context = text[i - size + 1 : i + 1], text[i - size + 1 : i]
            count = self.counts[gram] - without.get(gram, 0)
            if count > 0:
                return -log(factor * count / (self.counts[context] - without.get(context, 0)))
            factor *= DISCOUNT
        count = self.counts[text[i]] - without.get(text[i], 0)
        return -log(factor * max(count, 0.5) / self.total)


def _runs(text: str) -> Counter[str]:
    plain = _plain(text)
    return Counter(plain[i : i + size] for size in range(1, ORDER + 1) for i in range(len(plain) - size + 1))
