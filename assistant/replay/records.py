"""The ledger as plain records (台账记录): cases of all kinds with their events; a reporter's identity never stands in one."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import col, select

from assistant.events import Case, Event
from assistant.hazards import Hazard
from assistant.incidents import Incident
from assistant.people import Person
from assistant.store import Work
from assistant.store.work import EvidenceRow
from assistant.warnings import Call, RelayedWarning

KINDS: dict[str, type[Case]] = {
    "hazard": Hazard,
    "incident": Incident,
    "warning": RelayedWarning,
    "call": Call,
}
PEOPLE = ("owner", "rectifier", "backstop", "supervisor", "person")
"""Fields that hold a person's id; in a record, the name."""
SEALED = "reporter"


def records(work: Work) -> list[dict[str, Any]]:
    """Return every case, by kind and number."""
    names = {person.id or 0: person.name for person in work.session.exec(select(Person)).all()}
    return [
        _record(kind, case, work, names)
        for kind, entity in KINDS.items()
        for case in work.session.exec(select(entity).order_by(col(entity.number))).all()
    ]


def _record(kind: str, case: Case, work: Work, names: Mapping[int, str]) -> dict[str, Any]:
    fields = {name: value for name, value in case.model_dump(mode="json").items() if name not in (SEALED, "version")}
    for name in PEOPLE:
        if fields.get(name) is not None:
            fields[name] = names.get(fields[name], "")
    if "kind" in fields:
        fields["answer"] = fields.pop("kind")  # what a called person answered; `kind` is the record's own
    events = work.events(case.number)
    pictures = work.session.exec(
        select(EvidenceRow).where(EvidenceRow.case == case.number, EvidenceRow.kind == "image")
    ).all()
    return {
        "kind": kind,
        **fields,
        "photos": len(pictures),
        "has_location": fields.get("lat") is not None,
        "reasons": [event.fields["reason"] for event in events if event.fields.get("reason")],
        "history": [_event(event, names) for event in events],
    }


def _event(event: Event, names: Mapping[int, str]) -> dict[str, Any]:
    data = event.fields
    changed = {name: value for name, value in data.get("set", {}).items() if name != SEALED}
    return {
        "kind": event.kind,
        "at": event.at.isoformat(),
        "actor": _actor(event.actor, names),
        "rule": event.rule,
        "data": {**data, "set": changed},
    }


def _actor(actor: str, names: Mapping[int, str]) -> str:
    """Return who acted: a person by name, a reporter as such, the clock, a rule."""
    kind, _, rest = actor.partition("/")
    return names.get(int(rest), actor) if kind == "person" else kind
