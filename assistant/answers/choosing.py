"""Which sentences of a clause answer (摘句): whole sentences, the telling ones where the clause is long."""

import math
from collections.abc import Sequence

from assistant.answers.amounts import amount_asked, amounts_in
from assistant.citations import Sentence
from assistant.clauses import match_label
from assistant.search.terms import FUNCTION_CHARACTERS, fold

FIRST_BUDGET = 280
"""Characters of the best clause's quote; a clause of this length is quoted whole."""
FURTHER_BUDGET = 120
"""Characters for each further clause: all together fit one 2,048-byte message."""
NUMBER_BONUS = 1.0
NEARNESS = 2.0
"""Weight of the cosine: as much as four shared words."""


def choose(
    sentences: Sequence[Sentence], question: str, budget: int = FIRST_BUDGET, nearness: Sequence[float] = ()
) -> list[Sentence]:
    """Return the sentences to quote, in their order: all of a short clause, else the best up to `budget` characters.

    A question for a number prefers sentences with numbers. What announces a list (…如下：) or heads a table comes with
    the chosen item or row.

    nearness: cosine of each sentence to the question, for questions that share no word with the clause.
    """
    if sum(len(sentence.text) for sentence in sentences) <= budget:
        return list(sentences)
    grams = _grams(question)
    scores = [_score(sentence, grams, question) for sentence in sentences]
    for i, cosine in enumerate(nearness):
        scores[i] += NEARNESS * cosine
    ranked = _telling(sorted(range(len(sentences)), key=lambda i: (-scores[i], i)), sentences, question)
    chosen: set[int] = set()
    length = 0
    for i in ranked:
        wanted = {i} | announcement(sentences, i)
        added = sum(len(sentences[k].text) for k in wanted - chosen)
        if chosen and length + added > budget:
            continue
        chosen |= wanted
        length += added
    return [sentences[i] for i in sorted(chosen)]


def _telling(ranked: list[int], sentences: Sequence[Sentence], question: str) -> list[int]:
    """Put the best sentence first that gives the amount asked for."""
    amount = amount_asked(question)
    giving = [i for i in ranked if amount is not None and amounts_in(sentences[i].text, amount)]
    return [*giving[:1], *(i for i in ranked if i not in giving[:1])]


def announcement(sentences: Sequence[Sentence], i: int) -> set[int]:
    """Return the sentence that announces the list (…如下：) or heads the table that sentence `i` is a part of."""
    if sentences[i].text.startswith("|"):
        head = i
        while head and sentences[head - 1].text.startswith("|"):
            head -= 1
        return {head} - {i}
    line = _line_head(sentences, i)
    while line and match_label(sentences[line].text) is not None:
        if _announces(sentences[line - 1]):
            return {line - 1}
        line = _line_head(sentences, line - 1)
    return set()


def _line_head(sentences: Sequence[Sentence], i: int) -> int:
    """Return the first sentence of the line that holds sentence `i`; sentences of one line touch."""
    while i and sentences[i - 1].end == sentences[i].start:
        i -= 1
    return i


def _announces(sentence: Sentence) -> bool:
    return sentence.text.endswith(("：", ":"))


def _grams(text: str) -> dict[str, float]:
    runs = fold(text).split()
    found = {run[i : i + n]: float(n) for n in (1, 2, 3) for run in runs for i in range(len(run) - n + 1)}
    return {gram: weight for gram, weight in found.items() if not FUNCTION_CHARACTERS.issuperset(gram)}


def _score(sentence: Sentence, grams: dict[str, float], question: str) -> float:
    text = fold(sentence.text)
    shared = sum(weight for gram, weight in grams.items() if gram in text)
    score = shared / math.sqrt(20 + len(text))
    amount = amount_asked(question)
    if amount is not None and amounts_in(sentence.text, amount):
        score += NUMBER_BONUS
    return score
