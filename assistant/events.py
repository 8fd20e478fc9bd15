"""The event log (事件流水): what happened to a case, by whom, when and under which rule; every state is the fold of its events."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Self

from sqlmodel import Field, SQLModel, UniqueConstraint


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did something: `person/12`, `reporter/<token>` for a sealed identity, `clock`, or `rule`."""

    name: str
    channel: str = ""


CLOCK = Actor("clock")
RULE = Actor("rule")


@dataclass(frozen=True, slots=True)
class Fact:
    """What the core has decided; the store makes an event of it."""

    kind: str
    data: dict[str, Any] = field(default_factory=dict)
    """JSON values only, times as ISO text with zone; `set` holds the fields of the case that change."""
    rule: str = ""
    """Id in rules.toml, or unit id of the clause, under which this happened."""


class Event(SQLModel, table=True):
    """One fact about one case; rows are only ever added."""

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("stream", "sequence"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True)
    stream: str = Field(max_length=32, index=True)
    """The number of the case."""
    sequence: int
    """1, 2, 3 … within the stream."""
    kind: str = Field(max_length=32, index=True)
    actor: str = Field(max_length=64)
    channel: str = Field(max_length=32)
    at: datetime = Field(index=True)
    """The server's clock, UTC."""
    rule: str = Field(default="", max_length=64)
    data: str = "{}"

    @property
    def fields(self) -> dict[str, Any]:
        """The data as it was recorded."""
        fields: dict[str, Any] = json.loads(self.data)
        return fields


class Case(SQLModel):
    """What has a number and is changed by events alone."""

    number: str = Field(primary_key=True, max_length=32)
    version: int = 0
    """Sequence of the last event."""

    def apply(self, event: Event) -> None:
        """Take over what an event says: each field that stands under `set` in its data; nothing else counts."""
        for name, value in event.fields.get("set", {}).items():
            is_time = value is not None and name.endswith(("_at", "_until"))
            setattr(self, name, datetime.fromisoformat(value) if is_time else value)

    @classmethod
    def rederive(cls, events: Iterable[Event]) -> Self:
        """Return the case that its events, in order, lead to."""
        known = list(events)
        case = cls(number=known[0].stream)
        for event in known:
            case.apply(event)
            case.version = event.sequence
        return case


def record(case: Case, fact: Fact, actor: Actor, now: datetime) -> Event:
    """Return the event for a fact, already applied to the case."""
    event = Event(
        stream=case.number,
        sequence=case.version + 1,
        kind=fact.kind,
        actor=actor.name,
        channel=actor.channel,
        at=now,
        rule=fact.rule,
        data=json.dumps(fact.data, ensure_ascii=False),
    )
    case.apply(event)
    case.version = event.sequence
    return event


def utc(moment: datetime) -> datetime:
    """Return an aware moment; SQLite hands back UTC without its zone."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
