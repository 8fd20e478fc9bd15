"""answer, nearest or refused: how sure is the best clause, from several signals (判断)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers.model import Decision, Reason
from assistant.search.fuse import Hit

NEAR = 0.5
"""A clause of a higher level is named as basis where it scores at least this share of the best."""
SAME_QUESTION = 0.95
"""Cosine of a question to one of the bank from which on they are the same but for a word or two."""
SURE = 6.0
"""Log odds from which on the words of a question alone leave no doubt."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for and against the best clause."""

    keyword: float
    """Share of the question's words that it holds, of what a clause could hold."""
    asked: float
    """Cosine to the nearest question that somebody has asked for it."""
    vector: float
    """Cosine to its nearest sentence."""
    familiarity: float
    """Share of the question that the corpus knows at all."""
    margin: float
    """Lead over the second clause, as a share of the best."""
    agreement: float
    """The legs name the same clause: share of three."""
    other_law: float
    """1 where the question names a law that is not held."""
    other_place: float
    """1 where the question names a province of which nothing is held."""
    scope: float
    """Log odds by the words of the question alone, bounded, as a share of SURE."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model of "this clause answers", and the two borders on its probability.

    Fitted by tests/quality/calibrate_decision.py on questions that the index did not know, and on questions that no
    document answers: with a bank of 6,661. Fitted again with 16,889 it was no better on the batches held apart (F1 of
    saying no on c1 and c2 0.83 and 0.84 instead of 0.83 and 0.85), so only `other_place` is of that run.
    """

    bias: float = -3.149
    keyword: float = 13.828
    asked: float = 1.279
    vector: float = 4.206
    familiarity: float = -5.309
    margin: float = 0.159
    agreement: float = -0.003
    other_law: float = -2.035
    other_place: float = -3.072
    scope: float = 4.27
    answer_from: float = 0.35
    nearest_from: float = 0.08


@dataclass(frozen=True, slots=True)
class Against:
    """What speaks against an answer whatever the search says; empty or false where nothing does."""

    no_amount: bool = False
    law: str = ""
    place: str = ""


def signals(ranked: Sequence[Hit], against: Against, *, familiarity: float, scope: float) -> Signals:
    """Return the signals for the best of `ranked`, which is not empty."""
    best = ranked[0]
    second = ranked[1].score if len(ranked) > 1 else 0.0
    leaders = [max(ranked, key=lambda hit: hit.legs[leg]).unit for leg in ("keyword", "asked", "vector")]
    return Signals(
        keyword=best.legs["keyword"],
        asked=best.legs["asked"],
        vector=best.legs["vector"],
        familiarity=familiarity,
        margin=(best.score - second) / best.score if best.score > 0 else 0.0,
        agreement=sum(leader == best.unit for leader in leaders) / len(leaders),
        other_law=float(bool(against.law)),
        other_place=float(bool(against.place)),
        scope=max(-SURE, min(SURE, scope)) / SURE,
    )


def confidence(found: Signals, calibration: Calibration) -> float:
    """Return the probability that the best clause answers.

    Where a reviewed question is the same but for a word or two, a person has said that the clause answers it.
    """
    total = calibration.bias + sum(
        getattr(calibration, name) * getattr(found, name) for name in Signals.__dataclass_fields__
    )
    probability = 1 / (1 + math.exp(-total))
    is_known = found.asked >= SAME_QUESTION and not found.other_law and not found.other_place
    return max(probability, calibration.answer_from) if is_known else probability


def decide(probability: float, against: Against, calibration: Calibration) -> tuple[Decision, Reason | None]:
    """Return the decision, and the reason where it is not a plain answer.

    Where an amount is asked for and the clause holds none, it is never an answer.
    """
    if probability >= calibration.answer_from and not against.no_amount:
        return Decision.ANSWER, None
    is_near = probability >= calibration.nearest_from
    return (Decision.NEAREST if is_near else Decision.REFUSED), _reason(against, is_near=is_near)


def _reason(against: Against, *, is_near: bool) -> Reason:
    if against.place:
        return Reason.OTHER_PLACE
    if against.law:
        return Reason.OTHER_LAW
    if not is_near:
        return Reason.NOTHING_NEAR
    return Reason.NO_AMOUNT if against.no_amount else Reason.UNSURE
