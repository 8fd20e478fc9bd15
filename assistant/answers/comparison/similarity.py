"""What documents have in common (对应): sentences that say the same, sentences without a counterpart."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.citations import Sentence, sentences
from assistant.clauses import Outline, split
from assistant.documents import Document
from assistant.search.terms import FUNCTION_CHARACTERS, fold, words

KEPT = 1 << 8
"""Documents that are kept taken apart: those of an asker's places, and more."""
RUN = 4
"""Characters of a stretch that is hardly shared by chance."""
RARE_RUN = 0.07
RARE_WORD = 0.065
"""Share of the clauses compared; what stands in no more of them says what a clause is about."""
LONG_RUN = 6
"""Characters of a rare stretch that is enough by itself."""
SHARED = 2
"""So many rare words of one clause, or rare stretches of a document, are no chance."""
HALF = 0.5
UNLIKE_SENTENCE = 0.3
UNLIKE_CLAUSE = 0.35
"""Share of a sentence's pairs of characters; below both nothing like it is there (set by reading all pairs of the
three shipped opinions)."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause taken apart; the sets are of all its sentences together."""

    address: str
    title: str
    sentences: tuple[Sentence, ...]
    pairs: tuple[frozenset[str], ...]
    """Of each sentence."""
    all_pairs: frozenset[str]
    runs: frozenset[str]
    words: frozenset[str]


@lru_cache(maxsize=KEPT)
def taken_apart(document: Document) -> tuple[Clause, ...]:
    """Return the clauses of a document; its preamble repeats everything and is left out."""
    outline = split(document.text)
    return tuple(_clause(outline, unit.address) for unit in outline.clauses() if unit.address != "preamble")


def _clause(outline: Outline, address: str) -> Clause:
    found = tuple(sentences(outline, address))
    each = tuple(pairs(sentence.text) for sentence in found)
    whole = "\n".join(sentence.text for sentence in found)
    return Clause(
        address,
        outline[address].title,
        found,
        each,
        frozenset[str]().union(*each),
        runs(whole),
        frozenset(words(whole)),
    )


def pairs(text: str) -> frozenset[str]:
    """Return the pairs of characters of a text that say what it is about."""
    joined = fold(text).replace(" ", "")
    found = (joined[at : at + 2] for at in range(len(joined) - 1))
    return frozenset(pair for pair in found if not FUNCTION_CHARACTERS.issuperset(pair))


def runs(text: str) -> frozenset[str]:
    """Return the stretches of four characters of a text; none crosses a mark."""
    stretches = re.split(r"[\W_]+", text)
    return frozenset(s[at : at + RUN] for s in stretches for at in range(len(s) - RUN + 1))


def share(of: frozenset[str], inside: frozenset[str]) -> float:
    """Return which share of the first set the second holds."""
    return len(of & inside) / len(of) if of else 0.0


def likeness(wanted: frozenset[str], clause: Clause) -> float:
    """Return how much of a sentence the nearest sentence of a clause says again: 0 to 1."""
    return max((share(wanted, each) for each in clause.pairs), default=0.0)


@dataclass(frozen=True, slots=True)
class Common:
    """How many clauses of the documents compared hold a run or a word."""

    clauses: int
    runs: Counter[str]
    words: Counter[str]


@lru_cache(maxsize=KEPT)
def common(documents: tuple[Document, ...]) -> Common:
    """Count over the clauses of the documents that are compared."""
    clauses = [clause for document in documents for clause in taken_apart(document)]
    return Common(
        len(clauses),
        Counter(run for clause in clauses for run in clause.runs),
        Counter(word for clause in clauses for word in clause.words),
    )


QUOTED = re.compile("“[^”]+”")
"""A name of something: “智慧应急”."""


def has_no_counterpart(sentence: str, matter: str, documents: Sequence[Document], known: Common) -> bool:
    """Say whether nothing in `documents` is like a sentence, nor shares what tells of the matter with it.

    False where it is not sure: many things can be said in other words.
    """
    wanted, own_words = pairs(sentence), frozenset(words(sentence))
    clauses = [clause for document in documents for clause in taken_apart(document)]
    if any(_is_like(wanted, clause) or _shares_words(own_words, clause, known) for clause in clauses):
        return False
    if any(term in document.text for term in QUOTED.findall(sentence) for document in documents):
        return False
    rare_words = {word for word in own_words if known.words[word] <= RARE_WORD * known.clauses}
    shared = {word for word in rare_words if any(word in clause.words for clause in clauses)}
    if len(shared) >= max(SHARED, HALF * len(rare_words)):
        return False
    stretches, about = _stretches(sentence, _rare(sentence, clauses, known)), pairs(matter)
    telling = (len(stretch) >= LONG_RUN or about & pairs(stretch) for stretch in stretches)
    return len(stretches) < SHARED and not any(telling)


def _rare(sentence: str, clauses: Sequence[Clause], known: Common) -> frozenset[str]:
    """Return the rare runs of a sentence that some clause holds."""
    rare = (run for run in runs(sentence) if known.runs[run] <= RARE_RUN * known.clauses)
    return frozenset(run for run in rare if any(run in clause.runs for clause in clauses))


def _is_like(wanted: frozenset[str], clause: Clause) -> bool:
    return share(wanted, clause.all_pairs) >= UNLIKE_CLAUSE or likeness(wanted, clause) >= UNLIKE_SENTENCE


def _shares_words(own: frozenset[str], clause: Clause, known: Common) -> bool:
    """Two telling words, or half of all that the sentence tells."""
    shared = own & clause.words
    if sum(known.words[word] <= RARE_WORD * known.clauses for word in shared) >= SHARED:
        return True
    return _told(shared, known) >= HALF * _told(own, known) > 0


def _told(found: Iterable[str], known: Common) -> float:
    return sum(math.log(known.clauses / max(known.words[word], 1)) for word in found)


def _stretches(sentence: str, rare: frozenset[str]) -> list[str]:
    """Return the longest stretches of a sentence that are made of rare runs."""
    found: list[tuple[int, int]] = []
    for at in range(len(sentence) - RUN + 1):
        if sentence[at : at + RUN] in rare:
            begin = found.pop()[0] if found and found[-1][1] >= at else at
            found.append((begin, at + RUN))
    return [sentence[begin:end] for begin, end in found]
