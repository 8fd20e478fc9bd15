"""Fit the weights of the duplicate proposal on the tune part: `python -m tests.quality.calibrate_duplicates`.

Each weight keeps the sign that its meaning has (equal words never speak against a duplicate, however the pairs were
chosen), and the floors below hold what so few pairs cannot show. Prints what to copy into assistant/hazards/duplicates.py.
"""

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from assistant.hazards.duplicates import LIKELY, WEIGHTS, features
from tests.quality.duplicates import Pair, figures, load_pairs

AGAINST = {
    "far",
    "elsewhere",
    "places_apart",
    "twins",
    "counted_apart",
    "things_apart",
    "classes_apart",
    "another",
    "time",
    "photos_apart",
}
FLOORS = {"photo": 2.5, "place": 0.3, "time": -0.1}
RIDGE = 0.3
FOLDS = 8
Floats = npt.NDArray[np.float64]


def fit(rows: Floats, is_same: npt.NDArray[np.bool_]) -> Floats:
    """Return the weights, the bias last."""
    signs = np.where(is_same, 1.0, -1.0)
    count = rows.shape[1]

    def loss(weights: Floats) -> tuple[float, Floats]:
        margins = signs * (rows @ weights[:count] + weights[count])
        pull = signs / (1 + np.exp(margins))
        value = float(np.logaddexp(0, -margins).sum() + RIDGE / 2 * (weights[:count] ** 2).sum())
        return value, np.append(RIDGE * weights[:count] - rows.T @ pull, -pull.sum())

    bounds: list[tuple[float | None, float | None]] = [
        (None, FLOORS.get(name, 0.0)) if name in AGAINST else (FLOORS.get(name, 0.0), None) for name in WEIGHTS
    ]
    found = minimize(loss, np.zeros(count + 1), jac=True, bounds=[*bounds, (None, None)], method="L-BFGS-B")
    return np.asarray(found.x)


def held_apart(pairs: list[Pair]) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Return for each pair its likelihood by weights fitted without it."""
    rows, is_same = matrix(pairs)
    scores = np.zeros(len(pairs))
    for fold in range(FOLDS):
        out = np.arange(len(pairs)) % FOLDS == fold
        weights = fit(rows[~out], is_same[~out])
        scores[out] = 1 / (1 + np.exp(-(rows[out] @ weights[:-1] + weights[-1])))
    return scores, is_same


def matrix(pairs: list[Pair]) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Return float64[pairs, weights] and bool[pairs]."""
    ordered = [sorted((pair.first, pair.second), key=lambda one: one.at) for pair in pairs]
    found = [features(first, later) for first, later in ordered]
    return np.array([[row[name] for name in WEIGHTS] for row in found]), np.array([pair.is_same for pair in pairs])


def main() -> None:
    """Print weights and the choice of the threshold; then the figures of what is in the code now."""
    pairs = load_pairs("tune")
    weights = fit(*matrix(pairs))
    for name, weight in zip([*WEIGHTS, "bias"], weights, strict=True):
        print(f"{name:14} {weight:6.2f}")
    scores, is_same = held_apart(pairs)
    for threshold in np.arange(0.3, 0.75, 0.05):
        asked = scores >= threshold
        print(f"{threshold:.2f} precision {is_same[asked].mean():.3f} recall {asked[is_same].mean():.3f}")
    for part in ("tune", "test"):
        print(part, f"at {LIKELY}", figures(load_pairs(part)))


if __name__ == "__main__":
    main()
