"""Training (训练) of the reader from example messages; scikit-learn and scipy are imported here only, when it runs."""

import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.ports import Progress, silent
from assistant.triage.examples import Example
from assistant.triage.features import Counted, counted
from assistant.triage.linear import Weights, heads, located
from assistant.triage.place_training import learn_places
from assistant.triage.places import Places
from assistant.triage.reading import REPORTS, Category, Intent, Urgency

LEAST = 3
"""A feature must stand in so many messages: one of a message or two teaches nothing."""
YES, NO, UNSAID = "yes", "no", "unsaid"
LABELS: dict[str, tuple[str, ...]] = {
    "intent": tuple(Intent),
    "category": tuple(Category),
    "urgency": tuple(Urgency),
    "emergency": (NO, YES),
    "casualties": (NO, YES, UNSAID),
}
UNTAUGHT = {
    "intent": Intent.QUESTION,
    "category": Category.OTHER,
    "urgency": Urgency.URGENT,
    "emergency": NO,
    "casualties": UNSAID,
}
"""What is taken where there is no example of a head."""
STRENGTH = 20.0
"""Inverse of the ridge, by cross-validation over the batches."""
MOST_STEPS = 60
"""More make the build longer and no figure better."""
NEVER = -30.0
HIDDEN = 64
EPOCHS = 10
BATCH = 200
RATE = 4e-3
SEED = 0
LEAST_LAYERED = 3
"""Features in fewer messages are left out of the layered model: they cost time and change nothing."""
Row = tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Learned:
    """All that the reader learns."""

    weights: Weights
    places: Places


def learn(examples: Sequence[Example], progress: Progress = silent) -> Learned:
    """Train all parts; the same examples give the same weights."""
    features = [counted(example.text) for example in examples]
    codes, rarity = _lexicon(features)
    matrix = _matrix([located(one, codes, rarity) for one in features], len(codes))
    truth = {name: [_label(name, example) for example in examples] for name in LABELS}
    weights, bias = _linear(matrix, truth)
    progress("reader", 1, 3)
    layers = _layered(matrix, truth)
    progress("reader", 2, 3)
    places = learn_places(examples)
    progress("reader", 3, 3)
    return Learned(Weights(codes, rarity, weights, bias, *layers), places)


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


def _matrix(rows: Sequence[Row], width: int) -> Any:
    """Return a sparse matrix of messages and features."""
    # needed for building only: a second that no message has to wait for
    from scipy.sparse import csr_matrix  # noqa: PLC0415

    ends = np.cumsum([0, *(len(places) for places, _ in rows)])
    values = np.concatenate([np.empty(0), *(values.astype(np.float64) for _, values in rows)])
    places = np.concatenate([np.empty(0, np.int64), *(places for places, _ in rows)])
    return csr_matrix((values, places, ends), shape=(len(rows), width))


def _linear(
    matrix: Any, truth: Mapping[str, Sequence[str | None]]
) -> tuple[npt.NDArray[np.float16], npt.NDArray[np.float32]]:
    """Return weights[features, labels] and bias[labels] of all heads; a label without examples is never chosen."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - needed for building only

    where = heads(LABELS)
    weights = np.zeros((matrix.shape[1], _width()), np.float16)
    bias = np.full(_width(), NEVER, np.float32)
    for name, labels in LABELS.items():
        kept = [place for place, label in enumerate(truth[name]) if label is not None]
        own = np.array([labels.index(str(truth[name][place])) for place in kept], np.int64)
        present = np.unique(own) if len(own) else np.array([labels.index(UNTAUGHT[name])])
        if len(present) < 2:
            bias[where[name].start + present] = 0.0
            continue
        model: Any = LogisticRegression(C=STRENGTH, max_iter=MOST_STEPS, tol=1e-3).fit(matrix[kept], own)
        coefficients, intercepts = model.coef_, model.intercept_
        if len(present) == 2:
            coefficients = np.vstack([-coefficients / 2, coefficients / 2])
            intercepts = np.array([-intercepts[0] / 2, intercepts[0] / 2])
        weights[:, where[name].start + present] = coefficients.T
        bias[where[name].start + present] = intercepts
    return weights, bias


def _layered(matrix: Any, truth: Mapping[str, Sequence[str | None]]) -> tuple[npt.NDArray[Any], ...]:
    """Return the weights and the bias of both layers: all labels of all heads are learned together."""
    from sklearn.neural_network import MLPClassifier  # noqa: PLC0415 - needed for building only

    is_label = [
        [label == truth[name][place] for name, labels in LABELS.items() for label in labels]
        for place in range(matrix.shape[0])
    ]
    hidden = np.zeros((matrix.shape[1], HIDDEN), np.float16)
    if matrix.shape[0] < BATCH:
        return (
            hidden,
            np.zeros(HIDDEN, np.float32),
            np.zeros((HIDDEN, _width()), np.float32),
            np.zeros(_width(), np.float32),
        )
    kept = np.flatnonzero(matrix.getnnz(axis=0) >= LEAST_LAYERED)
    model: Any = MLPClassifier(
        (HIDDEN,), batch_size=BATCH, learning_rate_init=RATE, max_iter=EPOCHS, tol=0.0, random_state=SEED
    )
    with warnings.catch_warnings():
        # so many epochs and no more are wanted: later ones learn the examples by heart
        warnings.simplefilter("ignore")
        model.fit(matrix[:, kept].astype(np.float32), np.array(is_label, np.int64))
    hidden[kept] = model.coefs_[0]
    rest = (model.intercepts_[0], model.coefs_[1], model.intercepts_[1])
    return hidden, *(np.ascontiguousarray(part, np.float32) for part in rest)


def _width() -> int:
    return sum(map(len, LABELS.values()))
