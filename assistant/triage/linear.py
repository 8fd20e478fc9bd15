"""Two models over the same features, added up: several heads, each a choice between labels.

The linear one is a multinomial logistic regression per head; the layered one has one hidden layer, shared by all heads,
so that what tells the class also helps to tell an emergency. Grams are weighed by tf-idf; grams and cues are each
brought to unit length.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.triage.features import Counted, counted

Floats = npt.NDArray[np.float32]
CUES = 0.7
"""Length of the family of cues beside that of the grams."""


SURENESS = 0.45
"""What the sum of both models is multiplied with: chosen by the log loss of the intents in cross-validation."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of known features, for all heads side by side."""

    codes: npt.NDArray[np.uint32]
    """uint32[V], ascending."""
    rarity: Floats
    """float32[V]: what a value is multiplied with; 1 for cues."""
    weights: npt.NDArray[np.float16]
    """float16[V, K]: K is the number of labels of all heads together."""
    bias: Floats
    """float32[K]."""
    hidden: npt.NDArray[np.float16]
    """float16[V, H]."""
    hidden_bias: Floats
    """float32[H]."""
    outer: Floats
    """float32[H, K]."""
    outer_bias: Floats
    """float32[K]."""

    def scores(self, text: str) -> Floats:
        """Return the score of every label: float32[K]."""
        places, values = located(counted(text), self.codes, self.rarity)
        linear = self.bias + values @ self.weights[places].astype(np.float32)
        within = np.maximum(self.hidden_bias + values @ self.hidden[places].astype(np.float32), 0)
        summed: Floats = SURENESS * (linear + within @ self.outer + self.outer_bias)
        return summed


def located(features: Counted, codes: npt.NDArray[np.uint32], rarity: Floats) -> tuple[npt.NDArray[np.int64], Floats]:
    """Return the places of the known features of a text and their values."""
    if not len(codes):
        return np.empty(0, np.int64), np.empty(0, np.float32)
    places = np.minimum(np.searchsorted(codes, features.codes), len(codes) - 1)
    is_known = codes[places] == features.codes
    places, is_gram = places[is_known], features.is_gram[is_known]
    values = features.values[is_known] * rarity[places]
    for family, size in ((is_gram, 1.0), (~is_gram, CUES)):
        length = float(np.linalg.norm(values[family]))
        if length:
            values[family] *= size / length
    return places, values


def probabilities(scores: Floats) -> Floats:
    """Return the softmax of scores."""
    grown = np.exp(scores - scores.max())
    shares: Floats = grown / grown.sum()
    return shares


def heads(labels: Mapping[str, Sequence[str]]) -> dict[str, slice]:
    """Return where the labels of each head stand among all."""
    found, begin = {}, 0
    for name, own in labels.items():
        found[name] = slice(begin, begin + len(own))
        begin += len(own)
    return found
