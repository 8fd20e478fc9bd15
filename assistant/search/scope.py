"""In or out of scope (范围): a logistic model over the grams of a question, learned from the bank.

Questions of the bank are in; those of `out-of-scope.jsonl` are out. Source of the method: logistic regression with
a ridge, balanced classes; Adam (Kingma & Ba 2015) on the whole set, which needs no package beyond numpy.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.search.keyword import locate
from assistant.search.terms import Codes, gram_codes

Scores = npt.NDArray[np.float32]

LEAST = 2
"""A gram must stand in so many questions: one that stands in a single question teaches nothing."""
RIDGE = 0.1
STEPS = 200
RATE = 0.03
MOMENTS = (0.9, 0.999)


@dataclass(frozen=True, slots=True)
class Scope:
    """Weights of grams; a sum above 0 speaks for a question that some document answers."""

    codes: Codes
    """int64[V], ascending."""
    weights: Scores
    """float32[V]."""
    bias: Scores
    """float32[1]."""

    def score(self, question: str) -> float:
        """Return the log odds that the question is in scope; 0 where nothing was learned."""
        places, is_known = locate(self.codes, np.unique(gram_codes(question)))
        return float(self.bias[0] + self.weights[places[is_known]].sum())


def learn(inside: Sequence[str], outside: Sequence[str]) -> Scope:
    """Return the model that parts the two; without examples of both kinds it says 0 to everything."""
    if not inside or not outside:
        return Scope(np.empty(0, np.int64), np.empty(0, np.float32), np.zeros(1, np.float32))
    rows, places, codes = _grams([*inside, *outside])
    truth = np.repeat([1.0, 0.0], [len(inside), len(outside)])
    share = np.repeat([0.5 / len(inside), 0.5 / len(outside)], [len(inside), len(outside)])
    theta = _fit(rows, places, len(codes), truth, share)
    return Scope(codes, theta[:-1].astype(np.float32), theta[-1:].astype(np.float32))


def _grams(questions: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Codes]:
    """Return for each gram of each question its question and its place in the lexicon, and the lexicon."""
    found = [np.unique(gram_codes(question)) for question in questions]
    rows = np.repeat(np.arange(len(found)), [len(codes) for codes in found])
    lexicon, places, times = np.unique(np.concatenate(found), return_inverse=True, return_counts=True)
    kept = np.flatnonzero(times >= LEAST)
    moved = np.full(len(lexicon), -1)
    moved[kept] = np.arange(len(kept))
    is_kept = moved[places] >= 0
    return rows[is_kept], moved[places[is_kept]], lexicon[kept]


def _fit(
    rows: npt.NDArray[np.int64],
    places: npt.NDArray[np.int64],
    count: int,
    truth: npt.NDArray[np.float64],
    share: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    """Return the weights of all grams and the bias at the end."""
    theta = np.zeros(count + 1)
    first, second = np.zeros(count + 1), np.zeros(count + 1)
    ridge = RIDGE / len(truth)
    for step in range(1, STEPS + 1):
        sums = np.bincount(rows, weights=theta[places], minlength=len(truth)) + theta[-1]
        error = share * (1 / (1 + np.exp(-sums)) - truth)
        gradient = np.append(
            np.bincount(places, weights=error[rows], minlength=count) + ridge * theta[:-1], error.sum()
        )
        first = MOMENTS[0] * first + (1 - MOMENTS[0]) * gradient
        second = MOMENTS[1] * second + (1 - MOMENTS[1]) * gradient**2
        corrected = first / (1 - MOMENTS[0] ** step), second / (1 - MOMENTS[1] ** step)
        theta -= RATE * corrected[0] / (np.sqrt(corrected[1]) + 1e-12)
    return theta
