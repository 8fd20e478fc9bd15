"""In or out of scope by the words of a question."""

import numpy as np
import pytest

from assistant.search.scope import learn

INSIDE = [
    "村里一年演练几次",
    "演练一年几回",
    "值班要几个人",
    "值班的人夜里在不在",
    "预警怎么通知到人",
    "预警来了哪个通知",
]
OUTSIDE = ["猪肉多少钱一斤", "白菜多少钱一斤", "社保断了怎么补", "社保怎么补缴", "高考分数线多少", "中考分数线多少"]


def test_unseen_questions_fall_on_their_side() -> None:
    scope = learn(INSIDE, OUTSIDE)
    assert scope.score("镇上值班几个人") > 0 > scope.score("牛肉多少钱一斤")


def test_unknown_words_say_nothing() -> None:
    scope = learn(INSIDE, OUTSIDE)
    assert scope.score("xyz") == pytest.approx(float(scope.bias[0]))


@pytest.mark.parametrize(("inside", "outside"), [([], OUTSIDE), (INSIDE, []), ([], [])])
def test_without_examples_of_both_kinds_nothing_is_learned(inside: list[str], outside: list[str]) -> None:
    assert learn(inside, outside).score("村里一年演练几次") == 0.0


def test_learning_is_repeatable() -> None:
    one, other = learn(INSIDE, OUTSIDE), learn(INSIDE, OUTSIDE)
    assert np.array_equal(one.weights, other.weights) and one.bias == other.bias


def test_the_balance_does_not_depend_on_how_many_examples_there_are() -> None:
    many = learn(INSIDE * 20, OUTSIDE)
    assert many.score("镇上值班几个人") > 0 > many.score("牛肉多少钱一斤")
