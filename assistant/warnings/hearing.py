"""Whether a message answers a call (应答) at all; an emergency, a report and a question never pass for one."""

from dataclasses import dataclass

from assistant.triage import Intent, Reading, danger
from assistant.warnings.answers import answer_kind, asks, is_bare, without_denials
from assistant.warnings.case import AnswerKind
from assistant.warnings.households import Progress, progress

SURE = 0.6
"""From this probability on the reader's word counts."""
SHORT = 10
"""Characters of a message that says a number and hardly anything else."""
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
    if asks(text) or (reading.intent in QUESTIONS and reading.confidence >= SURE and not told.is_plain):
        return Heard(AnswerKind.RECEIVED, Progress(), is_aside=True) if is_received and not is_bare(text) else None
    if told.is_plain:
        return Heard(_kind(kind, told), told)
    if is_asked and told.total is not None and len(text) <= SHORT:
        return Heard(AnswerKind.TOLD, told)
    if kind is not None:
        is_aside = reading.is_report and reading.confidence >= SURE and not is_bare(text)
        return Heard(kind, told, is_aside=is_aside)
    if reading.intent is Intent.ACK and (reading.confidence >= SURE or told.says_something):
        return Heard(AnswerKind.RECEIVED, told)
    return None


def _kind(kind: AnswerKind | None, told: Progress) -> AnswerKind:
    """Who cannot walk is somebody for whom support is needed, whether it is asked for or not."""
    if kind in (AnswerKind.SUPPORT, AnswerKind.ABSENT, AnswerKind.AT_POST):
        return kind
    is_helpless = any(word in why for _, why in told.missing for word in HELPLESS)
    return AnswerKind.SUPPORT if is_helpless else AnswerKind.TOLD
