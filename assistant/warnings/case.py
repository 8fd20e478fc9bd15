"""The warning (预警) and the call (叫应): one call for each named person, each followed by itself."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field

from assistant.events import Case


class CallState(StrEnum):
    """How far a call has come; handed over is not answered, and answered is not acted."""

    PENDING = "pending"  # 待应
    SILENT = "silent"  # 超时未应答
    ANSWERED = "answered"  # 已应
    ACTED = "acted"  # 已行动
    CLOSED = "closed"  # 已结束


class AnswerKind(StrEnum):
    """What a person has answered."""

    RECEIVED = "received"  # 收到
    AT_POST = "at_post"  # 已上岗
    TOLD = "told"  # 已通知到户
    SUPPORT = "support"  # 需要支援
    ABSENT = "absent"  # 不在岗，请转副手


OPEN = (CallState.PENDING.value, CallState.SILENT.value, CallState.ANSWERED.value)
"""Something is still owed: an answer, or households."""


class RelayedWarning(Case, table=True):
    """A warning that was relayed; the product issues none itself."""

    __tablename__ = "warning"

    title: str = ""
    area: str = ""
    """Where, in the words of the warning."""
    region: str = Field(default="", max_length=255, index=True)
    issued_at: datetime | None = None
    ack_within_minutes: int = 0


class Call(Case, table=True):
    """What one person has to answer to one warning."""

    __tablename__ = "warning_call"

    warning: str = Field(default="", max_length=32, index=True)
    person: int = Field(default=0, index=True)
    state: str = Field(default=CallState.PENDING.value, max_length=16, index=True)
    due_at: datetime | None = Field(default=None, index=True)
    answered_at: datetime | None = None
    """Of the first answer; later ones do not move it."""
    kind: str = ""
    """An AnswerKind."""
    is_late: bool = False
    """Not answered in time, whatever came later."""
    instead_of: str = Field(default="", max_length=32)
    """Number of the call that was passed on to this person."""
    households: int | None = None
    """To be told, as far as the person has said."""
    reached: int = 0
    missing: str = ""
    """Who was not reached, with the reason, apart by semicolons."""

    @property
    def is_open(self) -> bool:
        """Whether the person still owes something: an answer, or households."""
        return self.state in OPEN

    @property
    def not_reached(self) -> dict[str, str]:
        """The households that were named as not reached, with the reason."""
        return {name: why for name, _, why in (entry.partition("：") for entry in self.missing.split("；")) if name}
