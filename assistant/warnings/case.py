"""The warning (预警) and the call (叫应): one call for each named person, each followed by itself."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Field

from assistant.events import Case


class CallState(StrEnum):
    """How far a call has come; handed over is not answered, and answered is not acted."""

    PENDING = "pending"  # 待应
    SILENT = "silent"  # 超时未应答
    KNOCK = "knock"  # 消息都叫不应：列入敲门单，由人打电话、上门
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


class WarningState(StrEnum):
    """Whether a warning holds; only one that does is called out."""

    LIVE = "live"  # 生效
    UPDATED = "updated"  # 已被更新
    CANCELLED = "cancelled"  # 已取消
    LIFTED = "lifted"  # 已解除
    EXPIRED = "expired"  # 已过期


class Level(StrEnum):
    """The colour of a warning (预警级别), the gravest first; neither an event's grade nor a response level."""

    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    BLUE = "blue"
    NONE = "none"


class As(StrEnum):
    """In whose place a step of a ladder reaches somebody."""

    SELF = "self"  # 本人
    DEPUTY = "deputy"  # 副手
    ABOVE = "above"  # 上一级
    NAMED = "named"  # 由人改派


OPEN = (CallState.PENDING.value, CallState.SILENT.value, CallState.KNOCK.value, CallState.ANSWERED.value)
"""Something is still owed: an answer, or households."""


@dataclass(frozen=True, slots=True)
class Step:
    """One rung of a call's ladder: one channel of one person, and how long it is given."""

    person: int
    place: str
    """An As."""
    channel: str
    """Empty where the person has none: such a step is skipped at once."""
    sender: str
    minutes: float


class RelayedWarning(Case, table=True):
    """A warning that was relayed; the product issues none itself."""

    __tablename__ = "warning"

    title: str = ""
    area: str = ""
    """Where, in the words of the warning."""
    region: str = Field(default="", max_length=255, index=True)
    issued_at: datetime | None = None
    ack_within_minutes: int = 0
    areas: str = ""
    """Paths of the warned places, apart by semicolons; `region` is the nearest place above them all."""
    source: str = ""
    """How it came to us: chat, console, cli, cap."""
    sender: str = ""
    """Who has issued it (县气象台)."""
    identifier: str = Field(default="", max_length=255, index=True)
    """Of the CAP message; empty for what did not come so."""
    references: str = ""
    """Number of the warning that this one takes the place of."""
    level: str = Level.NONE.value
    event: str = ""
    """What threatens (暴雨)."""
    said: str = ""
    """The issuer's own words, as far as they were handed on."""
    effective_at: datetime | None = None
    onset_at: datetime | None = None
    expires_at: datetime | None = None
    state: str = Field(default=WarningState.LIVE.value, max_length=16, index=True)
    is_exercise: bool = False
    plan: str = ""
    """The frozen ladder as JSON: minutes, waves, sources; empty for calls without a ladder."""
    planned: int = 0
    """So many people are called from the start; who is called in somebody's place comes on top."""
    waves: str = ""
    """Names of the waves that have begun, apart by commas."""

    @property
    def is_live(self) -> bool:
        """Whether the warning holds, as far as its events say."""
        return self.state == WarningState.LIVE.value

    @property
    def places(self) -> list[str]:
        """The warned places."""
        return [path for path in (self.areas or self.region).split(";") if path]


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
    region: str = Field(default="", max_length=255)
    """The place for which this person is called."""
    plan: str = ""
    """The steps that were fixed when the warning began, as JSON; empty for a call without a ladder."""
    step: int = 0
    """Index of the step that is being tried."""
    channel: str = ""
    """Of that step."""
    next_at: datetime | None = Field(default=None, index=True)
    """When that step has had its time; None where nothing more is tried."""
    passed_to: str = Field(default="", max_length=32, index=True)
    """Number of the call of whoever was called instead."""
    unreachable: bool = False
    """No message could be handed to any channel of this person."""
    must_act: bool = False
    """An answer alone is not enough: households are to be told, or a post taken."""
    acted_due_at: datetime | None = Field(default=None, index=True)
    """Until when an answer without action is left alone."""
    recalls: int = 0

    @property
    def is_open(self) -> bool:
        """Whether the person still owes something: an answer, or households."""
        return self.state in OPEN

    @property
    def not_reached(self) -> dict[str, str]:
        """The households that were named as not reached, with the reason."""
        return {name: why for name, _, why in (entry.partition("：") for entry in self.missing.split("；")) if name}

    @property
    def steps(self) -> list[Step]:
        """The frozen ladder."""
        return steps_of(self.plan)


def steps_of(plan: str) -> list[Step]:
    """Return a call's ladder from its JSON."""
    return [Step(**entry) for entry in json.loads(plan)] if plan else []


def as_plan(steps: list[Step]) -> str:
    """Return a ladder as it is kept."""
    entries = [
        {"person": one.person, "place": one.place, "channel": one.channel, "sender": one.sender, "minutes": one.minutes}
        for one in steps
    ]  # ten thousand ladders at once: asdict alone would take a second
    return json.dumps(entries, ensure_ascii=False)
