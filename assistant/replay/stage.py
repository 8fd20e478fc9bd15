"""What every conversation is played on: the desk's maker, the message reader, the rules, and the moment at which it begins."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from assistant.desk import Desk
from assistant.dialogue.heard import Ear
from assistant.rules import Rules, load_rules
from assistant.store import Store

CHANNEL = "replay"
START = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
"""A Wednesday at ten in the morning in China."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The index is loaded once; each conversation gets a desk of its own on an empty ledger."""

    desk_on: Callable[[Store], Desk]
    ear: Ear
    rules: Rules
    start: datetime = START

    @classmethod
    def of(cls, desk_on: Callable[[Store], Desk], ear: Ear) -> "Stage":
        """Return a stage with the shipped rules."""
        return cls(desk_on, ear, load_rules())
