"""Warnings (预警): relayed, called out to named persons, followed until each has answered."""

from assistant.warnings.answers import answer_kind, asks, is_bare, is_for_all, without_denials
from assistant.warnings.case import (
    OPEN,
    AnswerKind,
    As,
    Call,
    CallState,
    Level,
    RelayedWarning,
    Step,
    WarningState,
    steps_of,
)
from assistant.warnings.households import Progress, progress

__all__ = [
    "OPEN",
    "AnswerKind",
    "As",
    "Call",
    "CallState",
    "Level",
    "Progress",
    "RelayedWarning",
    "Step",
    "WarningState",
    "answer_kind",
    "asks",
    "is_bare",
    "is_for_all",
    "progress",
    "steps_of",
    "without_denials",
]
