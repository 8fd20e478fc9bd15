"""Fusion (融合): the weighted sum of what the legs say about each clause."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Hit:
    """One clause and how well it answers."""

    unit: str
    """Unit id: document id/address."""
    score: float
    """Weighted sum of the legs."""
    legs: Mapping[str, float]
    """What each leg says, 0 to 1: keyword and question as share of what a clause could reach, vector and asked as cosine."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each leg counts; they sum to 1. Chosen by cross-validation over the question bank (tests/quality)."""

    keyword: float = 0.60
    """The clause's own words carry most; a good clause reaches 0.2 to 0.5 of what it could."""
    question: float = 0.18
    """Words of others who asked; more would cost trainers, who use the clause's own words, the first place."""
    vector: float = 0.06
    """Cosines spread several times as wide as shares of words, so this counts for more than it seems."""
    asked: float = 0.16
    """Only speaks up where somebody has asked almost the same; then it has the last word."""


NEARLY_THE_SAME = 0.8
"""Cosine of two questions from which on they are taken for two wordings of one; below it the leg `asked` is silent."""


def fuse(legs: Mapping[str, Scores], weights: Weights) -> Scores:
    """Return the weighted sum of keyword, question, vector and asked: float32[n], each leg of the same length."""
    sameness = np.clip((legs["asked"] - NEARLY_THE_SAME) / (1 - NEARLY_THE_SAME), 0, 1)
    total: Scores = (
        weights.keyword * legs["keyword"]
        + weights.question * legs["question"]
        + weights.vector * legs["vector"]
        + weights.asked * sameness
    )
    return total


def best(scores: Scores, limit: int) -> npt.NDArray[np.int64]:
    """Return the places of the `limit` highest scores, highest first; equal ones in the order of the corpus."""
    if len(scores) > limit:
        threshold = np.partition(scores, -limit)[-limit]
        places = np.flatnonzero(scores >= threshold)
    else:
        places = np.arange(len(scores))
    return places[np.argsort(-scores[places], kind="stable")][:limit]
