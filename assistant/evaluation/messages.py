"""Figures of messages read against their labels.

intent_f1: mean of the F1 of the intents that stand in the file. category: share of the reports whose class is right;
a report that is not read as one is wrong. urgency: likewise. emergency_recall: share of the emergencies that are read
as one. false_emergency: share of all other messages that are. place: mean overlap over the messages that may have a
place, twice the shared characters over the sum of both lengths, 1 where both have none; place_exact: share that is
the same. casualties: share of the reports that are right, unsaid counted as nobody.
"""

from collections import Counter
from collections.abc import Sequence

from assistant.triage import PLACELESS, REPORTS, Example, Intent, Reading, Urgency

Figures = dict[str, float]


def message_figures(examples: Sequence[Example], readings: Sequence[Reading]) -> Figures:
    """Return figure by name; `n` is the number of messages. A figure without a message to count is 0."""
    pairs = list(zip(examples, readings, strict=True))
    reports = [(gold, found) for gold, found in pairs if gold.intent in REPORTS]
    grave = [found.is_emergency for gold, found in pairs if gold.urgency is Urgency.EMERGENCY]
    other = [found.is_emergency for gold, found in pairs if gold.urgency is not Urgency.EMERGENCY]
    placed = [(gold.place, found.place) for gold, found in pairs if gold.intent not in PLACELESS]
    table = {
        "intent_f1": _macro_f1([(gold.intent, found.intent) for gold, found in pairs]),
        "intent": _mean([gold.intent is found.intent for gold, found in pairs]),
        "category": _mean([gold.category is found.category for gold, found in reports]),
        "urgency": _mean([gold.urgency is found.urgency for gold, found in reports]),
        "emergency_recall": _mean(grave),
        "false_emergency": _mean(other),
        "place": _mean([_overlap(gold, found) for gold, found in placed]),
        "place_exact": _mean([gold == found for gold, found in placed]),
        "casualties": _mean([bool(gold.casualties) is bool(found.casualties) for gold, found in reports]),
        "n": float(len(pairs)),
    }
    return {name: round(value, 4) for name, value in table.items()}


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _macro_f1(pairs: Sequence[tuple[Intent, Intent]]) -> float:
    gold, found = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    both = Counter(one for one, other in pairs if one is other)
    return _mean([2 * both[intent] / (gold[intent] + found[intent]) for intent in gold])


def _overlap(gold: str | None, found: str | None) -> float:
    if gold is None or found is None:
        return float(gold is found)
    return 2 * sum((Counter(gold) & Counter(found)).values()) / (len(gold) + len(found))
