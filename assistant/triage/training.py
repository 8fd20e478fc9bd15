"""Training (训练) of the reader from example messages; scikit-learn and scipy are imported here only, when it runs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.ports import Progress, silent
from assistant.triage.examples import Example
from assistant.triage.features import Counted, counted
from assistant.triage.linear import Linear, heads, located
from assistant.triage.place_training import learn_places
from assistant.triage.places import Places
from assistant.triage.reading import REPORTS, Category, Intent, Urgency

LEAST = 2
"""A gram must stand in so many messages: one that stands in a single message teaches nothing."""
YES, NO, UNSAID = "yes", "no", "unsaid"
LABELS: dict[str, tuple[str, ...]] = {
    "intent": tuple(Intent),
    "category": tuple(Category),
    "urgency": tuple(Urgency),
    "emergency": (NO, YES),
    "casualties": (NO, YES, UNSAID),
}
STRENGTH = {"intent": 10.0, "category": 10.0, "urgency": 3.0, "emergency": 10.0, "casualties": 10.0}
"""Inverse of the ridge, by cross-validation over the batches."""


@dataclass(frozen=True, slots=True)
class Learned:
    """All that the reader learns."""

    linear: Linear
    places: Places


def learn(examples: Sequence[Example], progress: Progress = silent) -> Learned:
    """Train all parts; the same examples give the same weights."""
    features = [counted(example.text) for example in examples]
    codes, rarity = _lexicon(features)
    rows = [located(one, codes, rarity) for one in features]
    where = heads(LABELS)
    weights = np.zeros((len(codes), where["casualties"].stop), np.float32)
    bias = np.zeros(where["casualties"].stop, np.float32)
    for done, (name, labels) in enumerate(LABELS.items(), 1):
        kept = [place for place, example in enumerate(examples) if _label(name, example) is not None]
        truth = [labels.index(str(_label(name, examples[place]))) for place in kept]
        own = _fit([rows[place] for place in kept], truth, (len(codes), len(labels)), STRENGTH[name])
        weights[:, where[name]], bias[where[name]] = own
        progress("reader", done, len(LABELS) + 1)
    places = learn_places(examples)
    progress("reader", len(LABELS) + 1, len(LABELS) + 1)
    return Learned(Linear(codes, rarity, weights.astype(np.float16), bias), places)


def _label(head: str, example: Example) -> str | None:
    """Return the label of an example for a head, None where the head is not for it."""
    if head == "intent":
        return example.intent
    if head == "emergency":
        return YES if example.urgency is Urgency.EMERGENCY else NO
    if example.intent not in REPORTS:
        return None
    if head == "casualties":
        return {True: YES, False: NO, None: UNSAID}[example.casualties]
    return example.category if head == "category" else example.urgency


def _lexicon(features: Sequence[Counted]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.float32]]:
    """Return the features that stand in enough messages, ascending, and what their values are multiplied with."""
    seen = Counter(int(code) for one in features for code in one.codes)
    grams = {int(code) for one in features for code in one.codes[one.is_gram]}
    kept = sorted(code for code, times in seen.items() if times >= LEAST)
    rarity = [1 + np.log((1 + len(features)) / (1 + seen[code])) if code in grams else 1.0 for code in kept]
    return np.array(kept, np.uint32), np.array(rarity, np.float32)


def _fit(
    rows: Sequence[tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]],
    truth: Sequence[int],
    shape: tuple[int, int],
    strength: float,
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Return weights float32[features, labels] and bias float32[labels]; a label without examples is never chosen."""
    # needed for building only: a second that no message has to wait for
    from scipy.sparse import csr_matrix  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    weights, bias = np.zeros(shape, np.float32), np.full(shape[1], -30.0, np.float32)
    present = sorted(set(truth))
    if len(present) < 2:
        bias[present] = 0.0
        return weights, bias
    ends = np.cumsum([0, *(len(places) for places, _ in rows)])
    flat = np.concatenate([places for places, _ in rows]), np.concatenate([values for _, values in rows])
    matrix = csr_matrix((flat[1].astype(np.float64), flat[0], ends), shape=(len(rows), shape[0]))
    model: Any = LogisticRegression(C=strength, max_iter=200, tol=1e-3).fit(matrix, np.array(truth))
    coefficients, intercepts = model.coef_, model.intercept_
    if len(present) == 2:
        coefficients = np.vstack([-coefficients / 2, coefficients / 2])
        intercepts = np.array([-intercepts[0] / 2, intercepts[0] / 2])
    weights[:, present], bias[present] = coefficients.T, intercepts
    return weights, bias
