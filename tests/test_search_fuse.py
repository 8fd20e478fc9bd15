from dataclasses import astuple

import numpy as np
import pytest

from assistant.search.fuse import NEARLY_THE_SAME, Weights, best, fuse


def legs(**given: list[float]) -> dict[str, np.ndarray]:
    empty = dict.fromkeys(("keyword", "question", "vector", "asked"), [0.0, 0.0])
    return {name: np.array(values, np.float32) for name, values in (empty | given).items()}


def test_the_weights_are_convex():
    assert sum(astuple(Weights())) == pytest.approx(1)
    assert min(astuple(Weights())) > 0


def test_every_leg_counts_by_its_weight():
    total = fuse(legs(keyword=[0.5, 0], question=[0, 1], vector=[0, 0.5]), Weights(0.6, 0.2, 0.1, 0.1))
    assert total == pytest.approx([0.3, 0.25])


def test_a_question_that_somebody_asked_in_nearly_these_words_decides():
    similar = fuse(legs(keyword=[0.3, 0.1], asked=[0, NEARLY_THE_SAME - 0.01]), Weights())
    same = fuse(legs(keyword=[0.3, 0.1], asked=[0, 0.99]), Weights())
    assert similar[0] > similar[1]
    assert same[1] > same[0]


@pytest.mark.parametrize(
    ("scores", "limit", "order"),
    [
        ([0.1, 0.3, 0.2], 2, [1, 2]),
        ([0.1, 0.3], 10, [1, 0]),
        ([0.2, 0.5, 0.2, 0.2], 2, [1, 0]),  # of equals the first in the corpus
        ([0, 0, 0], 2, [0, 1]),
        ([], 3, []),
    ],
)
def test_the_best_come_first(scores: list[float], limit: int, order: list[int]):
    assert best(np.array(scores, np.float32), limit).tolist() == order
