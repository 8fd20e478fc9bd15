import numpy as np

from assistant.search.vectors import Vectors

ROWS = np.array([[1, 0], [0, 1], [0.6, 0.8], [-1, 0]], np.float16)
VECTORS = Vectors(ROWS, np.array([0, 0, 2, 0], np.int32), np.array([0, 3, 4, 4]))
EAST = np.array([1, 0], np.float32)


def test_a_clause_scores_as_its_nearest_row_and_one_without_rows_scores_nothing():
    assert np.allclose(VECTORS.score(0, 3, EAST), [1, 0, 0.6], atol=1e-3)


def test_negative_cosines_are_kept():
    assert VECTORS.score(1, 1, EAST).tolist() == [-1]


def test_a_node_without_rows_scores_nothing():
    assert VECTORS.score(2, 5, EAST).tolist() == [0] * 5


def test_a_question_without_a_direction_scores_nothing():
    assert VECTORS.score(0, 3, np.zeros(2, np.float32)).tolist() == [0, 0, 0]
