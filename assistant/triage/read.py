"""Reading (研判) one message: danger words first, then what was learned, decided so that the parts agree."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeVar

from assistant.triage.danger import Danger, danger
from assistant.triage.guard import guard
from assistant.triage.linear import heads, probabilities
from assistant.triage.reader import Reader
from assistant.triage.reading import PLACELESS, REPORTS, Category, Guard, Intent, Reading, Urgency
from assistant.triage.signs import is_pressing
from assistant.triage.training import LABELS, NO, UNSAID, YES

Label = TypeVar("Label")
ALARMED, UNALARMED = 0.06, 0.13
"""An emergency is taken for one from this probability on: where a danger word stands in it, and where none does.

By cross-validation over the batches: from 0.2 on 0.83 of the emergencies are seen and 0.056 of all other messages are
taken for one; from 0.1 on 0.89 and 0.078, from 0.07 on 0.90 and 0.095, from 0.03 on 0.93 and 0.14.
"""
LEAST_REPORT = 0.2
"""What is less probably a report than so is no emergency: in cross-validation this loses none."""
REMEMBERED = 1024
"""Texts; one message is read several times, whole and in parts, before it is answered."""


@dataclass(frozen=True, slots=True)
class _Shares:
    """Probabilities of the labels of each head."""

    intents: dict[Intent, float]
    categories: dict[Category, float]
    urgencies: dict[Urgency, float]
    emergency: float
    casualties: dict[str, float]


@lru_cache(maxsize=REMEMBERED)
def read(text: str, reader: Reader) -> Reading:
    """Return what a message is; an empty one is small talk, and no text is an error."""
    shares = _shares(text, reader)
    alarm = danger(text)
    is_emergency = _is_emergency(text, shares, alarm)
    if not len(reader.learned.weights.codes):
        # nothing was learned: the danger words alone decide
        is_emergency = alarm is not None
    intent = _intent(shares, is_emergency=is_emergency)
    is_report = intent in REPORTS
    return Reading(
        text=text,
        intent=intent,
        category=_likeliest(shares.categories) if is_report else None,
        urgency=_urgency(shares, intent, is_emergency=is_emergency) if is_report else None,
        place=None if intent in PLACELESS else reader.learned.places.find(text)[0],
        casualties=_casualties(shares) if is_report else None,
        danger=alarm,
        guard=_guard(text, intent),
        confidence=shares.intents[intent],
        intents=shares.intents,
        emergency=shares.emergency,
    )


def read_intents(text: str, reader: Reader) -> Mapping[Intent, float]:
    """Return the probability of each intent, by what was learned alone."""
    return _shares(text, reader).intents


@lru_cache(maxsize=REMEMBERED)
def _shares(text: str, reader: Reader) -> _Shares:
    scores, where = reader.learned.weights.scores(text), _heads()
    found = {
        name: dict(zip(labels, map(float, probabilities(scores[where[name]])), strict=True))
        for name, labels in LABELS.items()
    }
    return _Shares(
        intents={Intent(name): share for name, share in found["intent"].items()},
        categories={Category(name): share for name, share in found["category"].items()},
        urgencies={Urgency(name): share for name, share in found["urgency"].items()},
        emergency=found["emergency"][YES],
        casualties=found["casualties"],
    )


@cache
def _heads() -> dict[str, slice]:
    return heads(LABELS)


def _likeliest(shares: dict[Label, float]) -> Label:
    return max(shares, key=lambda label: shares[label])


def _intent(shares: _Shares, *, is_emergency: bool) -> Intent:
    if is_emergency:
        return Intent.INCIDENT if shares.intents[Intent.INCIDENT] >= shares.intents[Intent.HAZARD] else Intent.HAZARD
    return _likeliest(shares.intents)


def _is_emergency(text: str, shares: _Shares, alarm: Danger | None) -> bool:
    reports = sum(shares.intents[intent] for intent in REPORTS)
    if is_pressing(text) and reports >= LEAST_REPORT:
        return True
    return shares.emergency >= (UNALARMED if alarm is None else ALARMED) and reports >= LEAST_REPORT


def _urgency(shares: _Shares, intent: Intent, *, is_emergency: bool) -> Urgency:
    if is_emergency or intent is Intent.INCIDENT:
        return Urgency.EMERGENCY
    return Urgency.URGENT if shares.urgencies[Urgency.URGENT] >= shares.urgencies[Urgency.ROUTINE] else Urgency.ROUTINE


def _guard(text: str, intent: Intent) -> Guard | None:
    found = guard(text)
    # who reports may speak of telephones and names without asking for any
    return None if found is Guard.PRIVATE_DATA and intent not in PLACELESS else found


def _casualties(shares: _Shares) -> bool | None:
    return {YES: True, NO: False, UNSAID: None}[_likeliest(shares.casualties)]
