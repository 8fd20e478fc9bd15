"""After an answer (答后): what was missed goes into the question log, and a question can be handed over to a person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.answers import Asker, Decision
from assistant.desk.commands import Wish, read_command
from assistant.handovers import HandOver
from assistant.missed import MissedQuestion, Origin, missed
from assistant.ports import Incoming, Outgoing
from assistant.store import Profile, Turn
from assistant.wording import sentences

RECENT = 20
"""Exchanges among which the last question is looked for."""
SHORT = 12
"""Characters; a shorter question may mean nothing without the one before."""
DECISIONS = frozenset(decision.value for decision in Decision)


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a question leads to besides its reply."""

    missed: MissedQuestion | None = None
    hand_over: HandOver | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The last question of a conversation, and what became of it."""

    question: str
    decision: Decision | None
    """None where it could not be searched, such as a very long one."""
    units: tuple[str, ...]
    is_marked: bool
    """The asker has already said that the answer did not fit."""

    def meant(self, topic: str) -> "Asked":
        """Return the question as it was understood, where `topic` completes it."""
        return replace(self, question=topic) if self.question in topic else self

    def after(self, topic: str) -> "Asked":
        """Return the question as a person can read it: a short one with what the talk was about."""
        if not topic or len(self.question) > SHORT or self.question in topic:
            return self.meant(topic)
        return replace(self, question=sentences.ASKED_AFTER.format(question=self.question, topic=topic))


def last_asked(turns: Sequence[Turn], regions: list[str]) -> Asked | None:
    """Return the last message that is a question, None where there is none.

    turns: oldest first.
    """
    is_marked = False
    for turn in reversed(turns):
        command = read_command(turn.text, regions)
        if command is None and turn.text:
            decision, units = _outcome(turn.replies)
            return Asked(turn.text, decision, units, is_marked)
        is_marked = is_marked or (command is not None and command.wish is Wish.UNFIT)
    return None


def _outcome(replies: Iterable[Outgoing]) -> tuple[Decision | None, tuple[str, ...]]:
    for reply in replies:
        if reply.decision in DECISIONS:
            return Decision(reply.decision), tuple(link.unit for link in reply.links)
    return None, ()


def missed_by(question: str, replies: Iterable[Outgoing], origin: Origin) -> Consequences:
    """Return the log's entry for a question that ended in nearest or refused."""
    decision, units = _outcome(replies)
    if decision in (None, Decision.ANSWER):
        return Consequences()
    return Consequences(missed=missed(question, origin, decision, units))


def mark(asked: Asked | None, origin: Origin) -> tuple[Outgoing, Consequences]:
    """Take the asker's word that the last answer did not fit; the second time changes nothing."""
    if asked is None or asked.decision is None:
        return _says(sentences.NOTHING_TO_MARK), Consequences()
    if asked.is_marked:
        return _says(sentences.MARKED_ALREADY, sentences.AFTER_MARK), Consequences()
    return _says(sentences.MARKED, sentences.AFTER_MARK), Consequences(missed=_marked(asked, asked.decision, origin))


def _marked(asked: Asked, decision: Decision, origin: Origin) -> MissedQuestion | None:
    # what ended in nearest or refused is in the log since it was asked
    times = 1 if decision is Decision.ANSWER else 0
    return missed(asked.question, origin, decision, asked.units, times=times, marked=1)


def hand_over(
    asked: Asked | None, incoming: Incoming, profile: Profile, waiting: Iterable[HandOver]
) -> tuple[Outgoing, Consequences]:
    """Put the last question on the duty desk's list, unless it is there already."""
    if asked is None:
        return _says(sentences.NOTHING_TO_HAND_OVER), Consequences()
    if any(other.question == asked.question for other in waiting):
        return _says(sentences.HANDED_OVER_ALREADY, decision="handed_over"), Consequences()
    question = HandOver(
        channel=incoming.channel,
        sender=incoming.sender,
        question=asked.question,
        region=profile.region,
        asker=Asker(profile.asker),
        asked_at=incoming.at,
    )
    return _says(sentences.HANDED_OVER, decision="handed_over"), Consequences(hand_over=question)


def duty_reply(answered: HandOver) -> Outgoing:
    """Return the duty desk's reply as the asker reads it."""
    return _says(sentences.duty_reply(answered), decision="duty")


def _says(text: str, choices: tuple[str, ...] = (), decision: str | None = None) -> Outgoing:
    return Outgoing(channel="", recipient="", text=text, choices=choices, decision=decision)
