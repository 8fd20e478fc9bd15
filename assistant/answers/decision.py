"""answer, nearest or refused: how sure is the best clause, from several signals (判断)."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers.model import Decision, Reason
from assistant.search.fuse import Hit

NEAR = 0.5
"""A clause of a higher level is named as basis where it scores at least this share of the best."""
ASKS_AMOUNT = re.compile(r"多少|几(?!乎|点)|多久|多长|多大|多高|罚|赔|标准|价|钱|电话|号码")
SURE = 6.0
"""Log odds from which on the words of a question alone leave no doubt."""
HAS_AMOUNT = re.compile(r"\d|[一二三四五六七八九十百两]{1,4}(?:个|名|人|次|年|月|天|日|小时|分钟|元|支)")
OTHER_LAW = re.compile(
    r"[\u4e00-\u9fff]{2,12}(?<!办)(?<!方)(?<!做)(?<!想)(?<!说)(?<!没)(?<!无)(?<!用)(?<!看)(?<!执)(?<!依)(?<!合)(?<!违)(?<!守)(?<!普)法(?:里|中|上|的|第|规定|怎么|咋)|条例|刑法|民法典|《[^》]*(?:法|条例)》"
)


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
    no_amount: float
    """1 where the question asks for an amount and the clause holds no number."""
    other_law: float
    """1 where the question names a law."""
    scope: float
    """Log odds by the words of the question alone, bounded, as a share of SURE."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model of "this clause answers", and the two borders on its probability.

    Fitted by tests/quality/calibrate_decision.py on questions that the index did not know, and on questions that
    no document answers.
    """

    bias: float = -3.149
    keyword: float = 13.828
    asked: float = 1.279
    vector: float = 4.206
    familiarity: float = -5.309
    margin: float = 0.159
    agreement: float = -0.003
    no_amount: float = -0.909
    other_law: float = -2.035
    scope: float = 4.27
    answer_from: float = 0.35
    nearest_from: float = 0.08


def signals(ranked: Sequence[Hit], question: str, best_text: str, *, familiarity: float, scope: float) -> Signals:
    """Return the signals for the best of `ranked`, which is not empty; `best_text` is what that clause says."""
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
        no_amount=float(bool(ASKS_AMOUNT.search(question)) and not HAS_AMOUNT.search(best_text)),
        other_law=float(bool(OTHER_LAW.search(question))),
        scope=max(-SURE, min(SURE, scope)) / SURE,
    )


def confidence(found: Signals, calibration: Calibration) -> float:
    """Return the probability that the best clause answers."""
    total = calibration.bias + sum(
        getattr(calibration, name) * getattr(found, name) for name in Signals.__dataclass_fields__
    )
    return 1 / (1 + math.exp(-total))


def decide(probability: float, calibration: Calibration) -> tuple[Decision, Reason | None]:
    """Return the decision, and the reason where it is not a plain answer."""
    if probability >= calibration.answer_from:
        return Decision.ANSWER, None
    if probability >= calibration.nearest_from:
        return Decision.NEAREST, Reason.UNSURE
    return Decision.REFUSED, Reason.NOTHING_NEAR
