"""Open311 records: services, requests and updates in the standard's own fields (GeoReport v2, and its update extension)."""

from datetime import datetime
from typing import Any

from assistant.events import Event
from assistant.exports import Entry
from assistant.exports.entries import for_the_public
from assistant.hazards import HazardState
from assistant.hazards.moments import LOCAL
from assistant.hazards.steps import ENDED, Action
from assistant.incidents.steps import OVER
from assistant.store.work import INCIDENT
from assistant.wording import open311 as words

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
CHANGED = "2026-07-01T00:00:00+08:00"
"""When services last changed."""
CASUALTIES = "casualties"
CLOSED_STATES = frozenset(state.value for state in ENDED)
OPEN_STATES = frozenset(state.value for state in HazardState) - CLOSED_STATES
STATES = {"open": OPEN_STATES, "closed": CLOSED_STATES}
PUBLIC = {kind.value: said for kind, said in words.UPDATES.items()}
STAYS_CLOSED = frozenset({Action.SATISFY.value, Action.CALL_BACK.value})


def discovery(url: str) -> dict[str, Any]:
    """Return where which version is served, in which formats."""
    endpoint = {
        "specification": SPECIFICATION,
        "url": url,
        "changeset": CHANGED,
        "type": "production",
        "formats": ["text/xml", "application/json"],
    }
    return {
        "changeset": CHANGED,
        "contact": words.CONTACT,
        "key_service": words.KEY_SERVICE,
        "endpoints": [endpoint],
    }


def services() -> list[dict[str, Any]]:
    """Return the classes of hazards as services."""
    return [
        {
            "service_code": code,
            "service_name": words.service_name(code),
            "description": said,
            "metadata": True,
            "type": "realtime",
            "keywords": said.replace("、", ","),
            "group": words.GROUP,
        }
        for code, said in words.SERVICES.items()
    ]


def definition(code: str) -> dict[str, Any]:
    """Return the further question that a service asks."""
    values = [{"key": key, "name": name} for key, name in words.CASUALTIES_VALUES.items()]
    attribute = {
        "variable": True,
        "code": CASUALTIES,
        "datatype": "singlevaluelist",
        "required": False,
        "datatype_description": words.CASUALTIES_HELP,
        "order": 1,
        "description": words.CASUALTIES,
        "values": values,
    }
    return {"service_code": code, "attributes": [attribute]}


def request(read: Entry) -> dict[str, Any]:
    """Return a case as a service request: public text, no reporter, the point of an anonymous report or a home rounded."""
    entry = for_the_public(read)
    status = _status(entry)
    is_incident = entry.number.startswith(INCIDENT)
    notes = words.INCIDENT_NOTES[status] if is_incident else words.status_notes(entry.state, entry.main)
    return {
        "service_request_id": entry.number,
        "status": status,
        "status_notes": notes,
        "service_name": words.service_name(entry.category),
        "service_code": entry.category,
        "description": entry.text,
        "agency_responsible": entry.unit or None,
        "service_notice": None,
        "requested_datetime": moment(entry.registered_at),
        "updated_datetime": moment(entry.updated_at),
        "expected_datetime": moment(entry.due_at),
        "address": entry.place,
        "address_id": None,
        "zipcode": None,
        "lat": entry.lat,
        "long": entry.lon,
        "media_url": None,
    }


def update(event: Event) -> dict[str, Any]:
    """Return an event as an update: what happened, without reasons and names."""
    state = event.fields["set"].get("state", "")
    is_closed = state in CLOSED_STATES or event.kind in STAYS_CLOSED
    return {
        "update_id": f"{event.stream}-{event.sequence}",
        "service_request_id": event.stream,
        "status": "CLOSED" if is_closed else "OPEN",
        "updated_datetime": moment(event.at),
        "description": PUBLIC[event.kind],
        "media_url": None,
    }


def moment(at: datetime | None) -> str | None:
    """Return a moment as the standard writes it (W3C: 2026-07-01T12:00:00+08:00)."""
    return None if at is None else at.astimezone(LOCAL).isoformat(timespec="seconds")


def _status(entry: Entry) -> str:
    over = OVER if entry.number.startswith(INCIDENT) else CLOSED_STATES
    return "closed" if entry.state in over else "open"
