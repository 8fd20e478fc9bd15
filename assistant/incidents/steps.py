"""What may happen to an incident (突发事件流转): every step is a fact; nothing that was said is ever dropped or overwritten."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from assistant.errors import WrongState
from assistant.events import Fact, utc
from assistant.incidents.case import Incident, IncidentState

OVER = frozenset({IncidentState.FINAL.value, IncidentState.WITHDRAWN.value})
WAITING = frozenset({IncidentState.KNOWN.value, IncidentState.PASSED_ON.value})
"""Nobody has taken it over yet."""
FOUND_NOBODY = "nobody"
REPORTS = {"phone": "phoned", "written": "wrote", "follow_up": "followed_up", "final": "final"}
"""How a report went up → kind of its event."""


def is_over(incident: Incident) -> bool:
    """Say whether an incident has had its final report, or was a false alarm."""
    return incident.state in OVER


def known(said: Mapping[str, Any], now: datetime) -> Fact:
    """An emergency has become known (已知); `said`: fields of the case."""
    start = {"state": IncidentState.KNOWN.value, "registered_at": utc(now).isoformat()}
    return Fact("known", {"message": said.get("text", ""), "set": {**said, **start}})


def passed_on(incident: Incident, told: Sequence[int], rung: int, unreachable: Sequence[int]) -> Fact:
    """It was passed on to people (已转值守); `rung` 0 at once, higher each time that nobody has answered."""
    state = IncidentState.PASSED_ON.value if incident.state in WAITING else incident.state
    data = {"told": list(told), "rung": rung, "unreachable": list(unreachable), "set": {"state": state}}
    return Fact("passed_on", data, "incident.acknowledge")


def found_nobody(unreachable: Sequence[int]) -> Fact:
    """Nobody can be told: no duty officer, leader or director of any place above has a channel."""
    return Fact(FOUND_NOBODY, {"unreachable": list(unreachable)}, "incident.acknowledge")


def updated(incident: Incident, message: str, changes: Mapping[str, Any], attachments: int = 0) -> Fact:
    """More became known: the words are added to the text; of a changed field old and new stand in the event."""
    changed = {name: value for name, value in changes.items() if value != getattr(incident, name)}
    old = {name: getattr(incident, name) for name in changed}
    if message:
        changed["text"] = "\n".join(filter(None, (incident.text, message)))
    data = {"message": message, "old": old, "attachments": attachments, "set": changed}
    return Fact("updated", data)


def linked(incident: Incident, hazard: str) -> Fact:
    """It came from a hazard that had been reported before."""
    return Fact("linked", {"old": {"hazard": incident.hazard}, "set": {"hazard": hazard}})


def acknowledged(incident: Incident, person_id: int, now: datetime, message: str) -> Fact:
    """A person has taken it over (值守已接); who answers later is recorded beside the first one."""
    if incident.state not in WAITING:
        return Fact("seen", {"person": person_id, "message": message})
    taken = {
        "state": IncidentState.ACKNOWLEDGED.value,
        "acknowledged_by": person_id,
        "acknowledged_at": utc(now).isoformat(),
    }
    return Fact("acknowledged", {"message": message, "set": taken}, "incident.acknowledge")


def noted(kind: str, message: str, at: datetime, **more: object) -> Fact:
    """Something was done on the scene (arrived, called, handled, counted, measured); `at`: as the person says."""
    return Fact(kind, {"message": message, "at": utc(at).isoformat(), **more})


def reported(incident: Incident, how: str, to: str, at: datetime, message: str) -> Fact:
    """It was reported upwards at a true time, however late; how: phone, written, follow_up or final.

    Raises: WrongState for a final report before any other one: an incident that was never reported has no end.
    """
    if incident.state in OVER:
        raise WrongState(action=how, number=incident.number, state=incident.state)
    if how == "final" and incident.state != IncidentState.REPORTED.value:
        raise WrongState(action=how, number=incident.number, state=incident.state)
    state = IncidentState.FINAL if how == "final" else IncidentState.REPORTED
    data = {"message": message, "to": to, "at": utc(at).isoformat(), "set": {"state": state.value}}
    return Fact(REPORTS[how], data, f"incident.{how}")


def exempted(incident: Incident, reason: str) -> Fact:
    """A person decides, with a reason, that it need not be reported upwards; it is closed.

    Raises: WrongState where nobody has taken it over, where it has been reported (then it needs a final report) or is over.
    """
    if incident.state != IncidentState.ACKNOWLEDGED.value:
        raise WrongState(action="exempt", number=incident.number, state=incident.state)
    return Fact("exempted", {"reason": reason, "set": {"state": IncidentState.FINAL.value}})


def retracted(message: str) -> Fact:
    """The caller says that it was a false alarm; that alone changes nothing."""
    return Fact("retracted", {"message": message})


def withdrawn(incident: Incident, reason: str) -> Fact:
    """A person on duty confirms a false alarm (误报).

    Raises: WrongState where it is over, or has been reported upwards: then a final report says so.
    """
    if incident.state in OVER or incident.state == IncidentState.REPORTED.value:
        raise WrongState(action="withdraw", number=incident.number, state=incident.state)
    return Fact("withdrawn", {"reason": reason, "set": {"state": IncidentState.WITHDRAWN.value}})


def late(step: str, rule: str, due_at: datetime) -> Fact:
    """A report was not recorded in time; said once, and never taken back."""
    return Fact("late", {"step": step, "due_at": utc(due_at).isoformat()}, rule)
