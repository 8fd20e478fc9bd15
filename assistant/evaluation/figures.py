"""Figures of predictions against gold: hit@1, hit@3, recall@5, mrr@10, ndcg@5, facts, foreign, abstention.

hit@k: share of answerable questions with a grade-2 unit among the first k. facts: share whose answer text holds all
facts, compared without punctuation and width. foreign: a unit of a province that is neither the asker's nor named
among the first three. abstain_f1: F1 of "abstained" against "no document answers". wrongly_abstained: share of
answerable questions not plainly answered.
"""

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence

from assistant.documents import Catalogue, Level
from assistant.evaluation.batch import Asked, Prediction
from assistant.search.exact import places_of

GAIN = {2: 3, 1: 1}
Table = dict[str, dict[str, float]]


def figures(questions: Sequence[Asked], predictions: Mapping[str, Prediction], catalogue: Catalogue) -> Table:
    """Return figure by name, for all questions, each kind of asker and each kind of question; `n` is the count."""
    groups: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for asked in questions:
        if asked.relevant:
            scores = _scores(asked, predictions[asked.id], catalogue)
            for group in dict.fromkeys(("all", asked.asker.value, asked.kind or "all")):
                for name, value in scores.items():
                    groups[group][name].append(value)
    table = {group: _means(values) for group, values in groups.items()}
    table.setdefault("all", {})
    table["all"]["abstain_f1"] = _abstain_f1(questions, predictions)
    answerable = [predictions[asked.id].abstained for asked in questions if asked.relevant]
    table["all"]["wrongly_abstained"] = sum(answerable) / len(answerable) if answerable else 0.0
    return {group: {name: round(value, 4) for name, value in values.items()} for group, values in table.items()}


def _means(values: Mapping[str, list[float]]) -> dict[str, float]:
    return {name: sum(v) / len(v) for name, v in values.items()} | {"n": float(len(values["hit@1"]))}


def _scores(asked: Asked, predicted: Prediction, catalogue: Catalogue) -> dict[str, float]:
    best = {unit for unit, grade in asked.relevant.items() if grade == max(GAIN)}
    ranked = predicted.ranked
    rank = next((i for i, unit in enumerate(ranked) if unit in best), math.inf)
    ideal = sorted((GAIN[grade] for grade in asked.relevant.values()), reverse=True)
    found = [GAIN.get(asked.relevant.get(unit, 0), 0) for unit in ranked]
    scores = {
        "hit@1": float(rank == 0),
        "hit@3": float(rank < 3),
        "mrr@10": 1 / (rank + 1) if rank < 10 else 0.0,
        "ndcg@5": _discounted(found[:5]) / _discounted(ideal[:5]),
        "foreign": float(any(_is_foreign(unit, asked, catalogue) for unit in ranked[:3])),
    }
    if best:
        scores["recall@5"] = len(best & set(ranked[:5])) / len(best)
    if asked.facts:
        text = _words(predicted.answer)
        scores["facts"] = float(all(_words(fact) in text for fact in asked.facts))
    return scores


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))


def _words(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


def _is_foreign(unit: str, asked: Asked, catalogue: Catalogue) -> bool:
    document = catalogue.get(unit.split("/", 1)[0])
    if document is None or document.level is Level.CENTRAL:
        return False
    province = document.region.split("/", 1)[0]
    return not any(place in asked.region or place in asked.question for place in places_of(province))


def _abstain_f1(questions: Sequence[Asked], predictions: Mapping[str, Prediction]) -> float:
    pairs = [(predictions[asked.id].abstained, not asked.relevant) for asked in questions]
    both = sum(predicted and actual for predicted, actual in pairs)
    total = sum(predicted for predicted, _ in pairs) + sum(actual for _, actual in pairs)
    return 2 * both / total if total else 0.0
