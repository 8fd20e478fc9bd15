"""Whether a message answers a call (应答) at all; an emergency, a report and a question never pass for one."""

import re
from dataclasses import dataclass

from assistant.triage import Intent, Reading, danger
from assistant.warnings.answers import answer_kind, asks, is_bare, without_denials
from assistant.warnings.case import AnswerKind
from assistant.warnings.households import Progress, names_alone, progress

SURE = 0.6
"""From this probability on the reader's word counts."""
SHORT = 10
"""Characters of a message that says a number and hardly anything else."""
HYPOTHETICAL = re.compile(r"谁|的话|如果|要是|哪|预案|规定")
HELPLESS = ("走不动", "动不了", "瘫")
QUESTIONS = (Intent.QUESTION, Intent.STATUS, Intent.HELP)


@dataclass(frozen=True, slots=True)
class Heard:
    """What an answer says."""

    kind: AnswerKind
    told: Progress
    is_aside: bool = False
    """The message says first of all something else, and somebody else has to attend to that (收到，后山又垮了一块)."""

    @classmethod
    def received(cls) -> "Heard":
        """Return the plain 收到."""
        return cls(AnswerKind.RECEIVED, Progress())


def hear(text: str, reading: Reading, *, is_asked: bool = False) -> Heard | None:
    """Return the answer that a message of a called person gives, None where it gives none.

    is_asked: the person has answered before and been asked for the households, so a bare 11户 belongs here.
    """
    kind, told = answer_kind(text), progress(text)
    is_received = kind is AnswerKind.RECEIVED
    if danger(without_denials(text)) is not None:
        return Heard(AnswerKind.RECEIVED, Progress(), is_aside=True) if is_received else None
    if is_asked and not asks(text) and not reading.is_report and (names := names_alone(text)):
        return Heard(AnswerKind.TOLD, Progress(missing=names))
    if _is_question(text, reading, kind, told):
        return Heard(AnswerKind.RECEIVED, Progress(), is_aside=True) if is_received and not is_bare(text) else None
    if told.is_plain:
        return Heard(_kind(kind, told), told)
    if is_asked and (asked := _asked_for(text, reading, told)) is not None:
        return Heard(AnswerKind.TOLD, asked)
    if kind is not None:
        is_aside = reading.is_report and reading.confidence >= SURE and not is_bare(text)
        return Heard(kind, told, is_aside=is_aside)
    if reading.intent is Intent.ACK and (reading.confidence >= SURE or told.says_something):
        return Heard(AnswerKind.RECEIVED, told)
    return None


def _is_question(text: str, reading: Reading, kind: AnswerKind | None, told: Progress) -> bool:
    """Say whether something is asked; 能不能来两个人 asks for support, and 要支援的话找谁 does not."""
    if kind is AnswerKind.SUPPORT and not HYPOTHETICAL.search(text):
        return False
    return asks(text) or (reading.intent in QUESTIONS and reading.confidence >= SURE and not told.is_plain)


def _asked_for(text: str, reading: Reading, told: Progress) -> Progress | None:
    """Return what was asked for: a bare number of households, or the names of those who are missing."""
    if told.total is not None and len(text) <= SHORT:
        return told
    is_other = reading.danger is not None or (reading.is_report and reading.confidence >= SURE)
    names = () if is_other else names_alone(text)
    return Progress(missing=names) if names else None


def _kind(kind: AnswerKind | None, told: Progress) -> AnswerKind:
    """Who cannot walk is somebody for whom support is needed, whether it is asked for or not."""
    if kind in (AnswerKind.SUPPORT, AnswerKind.ABSENT, AnswerKind.AT_POST):
        return kind
    is_helpless = any(word in why for _, why in told.missing for word in HELPLESS)
    return AnswerKind.SUPPORT if is_helpless else AnswerKind.TOLD
