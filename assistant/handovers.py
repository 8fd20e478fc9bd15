"""The hand-over (转人工): a question that a person of the duty desk is to answer; only this record knows who asked."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.answers import Asker


class HandOverState(StrEnum):
    """How far a hand-over has come."""

    OPEN = "open"  # 待答复
    ANSWERED = "answered"  # 已答复
    CLOSED = "closed"  # 不用答复


@dataclass(frozen=True, slots=True)
class HandOver:
    """One question on the duty desk's list."""

    channel: str
    sender: str
    question: str
    region: str
    asker: Asker
    asked_at: datetime
    number: int = 0
    """0 for one that is not on the list yet."""
    state: HandOverState = HandOverState.OPEN
    reply: str = ""
    by: str = ""
    """Who of the duty desk has answered or closed it."""
    replied_at: datetime | None = None
    delivered_at: datetime | None = None
    """When the asker was given the reply."""
