"""How an incident was reported upwards (上报情况): who took it over, and the true times of the reports."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from assistant.events import Event, utc
from assistant.incidents.clocks import happened
from assistant.store import ledger

KINDS = ("acknowledged", "phoned", "wrote", "followed_up", "final", "late")


@dataclass(frozen=True, slots=True)
class Reported:
    """True times, however late; None for what has not been done."""

    taken_by: str = ""
    taken_at: datetime | None = None
    phoned_at: datetime | None = None
    wrote_at: datetime | None = None
    follow_ups: int = 0
    final_at: datetime | None = None
    is_late: bool = False
    """Some report was not recorded in time."""


def reports(session: Session, numbers: Iterable[str]) -> dict[str, Reported]:
    """Return by incident how it was reported."""
    names = ledger.names(session)
    return {number: _reported(events, names) for number, events in ledger.of_kinds(session, numbers, KINDS).items()}


def _reported(events: Sequence[Event], names: dict[int, str]) -> Reported:
    first: dict[str, Event] = {}
    for event in events:
        first.setdefault(event.kind, event)
    times = {kind: happened(event) for kind, event in first.items()}
    taken = first.get("acknowledged")
    return Reported(
        taken_by=names.get(int(taken.actor.removeprefix("person/")), "") if taken else "",
        taken_at=utc(taken.at) if taken else None,
        phoned_at=times.get("phoned"),
        wrote_at=times.get("wrote"),
        follow_ups=sum(event.kind == "followed_up" for event in events),
        final_at=times.get("final"),
        is_late="late" in first,
    )
