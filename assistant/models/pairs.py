"""Training pairs from the corpus: two texts that mean the same clause."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.search.entries import Entry
from assistant.search.terms import grams


@dataclass(frozen=True, slots=True)
class Pair:
    """A text, one that it should be near to, and the clause of both."""

    text: str
    near: str
    unit: str


def pairs(entries: Iterable[Entry], seed: int) -> list[Pair]:
    """Return title and body, sentence and clause, question and clause, question and question of the same clause."""
    chance = random.Random(seed)  # noqa: S311 - repeatable, nothing secret
    return [pair for entry in entries for pair in _of(entry, chance)]


def _of(entry: Entry, chance: random.Random) -> list[Pair]:
    found = [(sentence, entry.whole) for sentence in entry.sentences()]
    found += [(question, entry.whole) for question in entry.questions]
    if entry.title and entry.body:
        found.append((entry.title, entry.body))
    if len(entry.questions) > 1:
        # one other question each, not all: clauses with many questions would drown the rest
        found += [(question, chance.choice(_others(entry.questions, question))) for question in entry.questions]
    return [Pair(text, near, entry.unit) for text, near in found]


def _others(questions: Sequence[str], question: str) -> list[str]:
    return [other for other in questions if other != question]


def vocabulary(texts: Iterable[str], least: int) -> list[str]:
    """Return the grams that stand in at least `least` of the texts, in the order of their code points."""
    seen = Counter(gram for text in texts for gram in set(grams(text)))
    return sorted(gram for gram, times in seen.items() if times >= least)
