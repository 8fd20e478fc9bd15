"""What a person and the desk are talking about; kept in the database between two messages, whatever the channel."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from assistant.dialogue.report import Report
from assistant.ports import Attachment, Location

TOPIC = timedelta(minutes=30)
LONGEST_TOPIC = 400
SPELLED = 2
"""Characters; who writes so few at a time is spelling a sentence."""


class Question(StrEnum):
    """What a numbered prompt asks."""

    WITHDRAW = "withdraw"  # 要撤回吗
    SAME_SPOT = "same_spot"  # 是同一处吗
    WHICH = "which"  # 说的是哪一条
    MENU = "menu"  # 菜单
    NOW = "now"  # 是现在正在发生的吗
    SAY = "say"  # 这个数字答的是哪一条
    QUIZ = "quiz"  # 测验题


class Wanted(StrEnum):
    """What a draft still lacks; asked for one at a time, the matter first."""

    MATTER = "matter"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question with numbered answers; a bare number means an answer to it and to nothing else."""

    question: Question
    options: tuple[str, ...]
    """In the order of their numbers, as the person reads them."""
    asked_at: datetime
    about: tuple[str, ...] = ()
    """Numbers of the cases that the question is about."""
    said: str = ""
    """The words that led to the question: a withdrawal's reason."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A hazard (草稿) of which something is still missing."""

    started_at: datetime
    texts: tuple[str, ...] = ()
    category: str = ""
    urgency: str = ""
    place: str = ""
    casualties: bool | None = None
    location: Location | None = None
    attachments: tuple[Attachment, ...] = ()
    asked: int = 0
    """How often the place was asked for; after the second answer what is known has to do."""
    is_told: bool = False
    """The duty desk has been told that somebody stopped in the middle."""

    @property
    def wanted(self) -> Wanted | None:
        """Return what must be asked next, None where the draft can be registered."""
        if not self.texts or not self.category:
            return Wanted.MATTER
        return None if self.place or self.location else Wanted.PLACE

    @property
    def text(self) -> str:
        """The person's words, one message a line; what is written a character at a time is one line."""
        lines: list[str] = []
        is_spelled = False
        for text in self.texts:
            is_short = len(text) <= SPELLED
            if is_short and is_spelled:
                lines[-1] += text
            else:
                lines.append(text)
            is_spelled = is_short
        return "\n".join(lines)

    def report(self, talk: "Talk", region: str) -> Report:
        """Return the draft as a report."""
        return Report(
            text=self.text,
            category=self.category,
            urgency=self.urgency,
            region=region,
            place=self.place,
            casualties=self.casualties,
            location=self.location,
            attachments=self.attachments,
            is_anonymous=talk.is_anonymous,
            wishes=talk.wishes,
        )


@dataclass(frozen=True, slots=True)
class Talk:
    """The whole state of one conversation."""

    draft: Draft | None = None
    parked: Draft | None = None
    """A draft that an emergency has interrupted."""
    dropped: Draft | None = None
    """A draft that was given up; 还是报吧 takes it up again until something is registered."""
    prompt: Prompt | None = None
    case: str = ""
    """Number of the report talked about last."""
    case_at: datetime | None = None
    """When it was talked about last."""
    is_anonymous: bool = False
    """Asked for before or within a report; holds until the next one."""
    wishes: str = ""
    topic: str = ""
    """What was said last without being a report (算不算隐患): what follows is read together with it."""
    topic_at: datetime | None = None
    refused_at: datetime | None = None
    """When something was declined; who presses on is declined again."""
    staff: dict[str, Any] = field(default_factory=dict)
    """What staff work remembers (desk/casework.py)."""
    roster: dict[str, Any] = field(default_factory=dict)
    """What was asked of the roster (desk/dutywork.py)."""
    heard_at: datetime | None = None

    def about(self, number: str, now: datetime) -> "Talk":
        """Return the state after something was said of a case."""
        return replace(self, case=number, case_at=now, topic="", topic_at=None, dropped=None)

    def on_topic(self, text: str, now: datetime) -> "Talk":
        """Return the state after something was asked; what was asked within the half hour before stays beside it."""
        before = self.topic_within(now, TOPIC)
        return replace(self, topic=f"{before}\n{text}".strip()[-LONGEST_TOPIC:], topic_at=now)

    def is_about_case(self, now: datetime, within: timedelta) -> bool:
        """Say whether the last report is still what the talk is about."""
        return bool(self.case) and self.case_at is not None and now - self.case_at <= within

    def topic_within(self, now: datetime, within: timedelta) -> str:
        """Return what was talked about, empty where that was too long ago."""
        return self.topic if self.topic_at is not None and now - self.topic_at <= within else ""


_ADAPTER: TypeAdapter[Talk] = TypeAdapter(Talk)


def load_talk(text: str) -> Talk:
    """Read the state as the database keeps it; `{}` is a new conversation."""
    return _ADAPTER.validate_json(text)


def dump_talk(talk: Talk) -> str:
    """Return the state as the database keeps it."""
    return _ADAPTER.dump_json(talk).decode()
