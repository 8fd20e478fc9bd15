"""The ledger as points on a map (GeoJSON, RFC 7946): public text only, an anonymous report some hundred metres off."""

import json
from collections.abc import Iterable
from typing import Any

from assistant.exports.entries import Entry
from assistant.hazards import HazardState
from assistant.wording import exports as words

UNTRUE = (HazardState.REJECTED.value, HazardState.WITHDRAWN.value, HazardState.DUPLICATE.value)
"""What proved to be none, or is another one, is no point on a map."""


def to_geojson(found: Iterable[Entry]) -> bytes:
    """Return a FeatureCollection of the entries that have a point; WGS-84, longitude first."""
    features = [_feature(entry) for entry in found if entry.lat is not None and entry.state not in UNTRUE]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, indent=1).encode()


def _feature(entry: Entry) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": entry.number,
        "geometry": {"type": "Point", "coordinates": [entry.lon, entry.lat]},
        "properties": {
            "number": entry.number,
            "category": entry.category,
            "category_name": words.category(entry.category),
            "urgency": entry.urgency,
            "state": entry.state,
            "state_name": words.state(entry.state),
            "region": entry.region,
            "place": entry.place,
            "text": entry.text,
            "registered_at": entry.registered_at.isoformat() if entry.registered_at else None,
            "is_approximate": entry.is_anonymous,
        },
    }
