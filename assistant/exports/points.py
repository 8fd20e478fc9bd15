"""The ledger as points on a map (GeoJSON, RFC 7946): public text only, an anonymous report some hundred metres off."""

import json
from collections.abc import Iterable
from typing import Any

from assistant.exports.entries import UNTRUE, Entry
from assistant.wording import exports as words


def to_geojson(found: Iterable[Entry], *, is_public: bool = False) -> bytes:
    """Return a FeatureCollection of the entries that have a point; WGS-84, longitude first."""
    features = [
        _feature(entry, is_public=is_public) for entry in found if entry.lat is not None and entry.state not in UNTRUE
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, indent=1).encode()


def _feature(entry: Entry, *, is_public: bool) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": entry.number,
        "geometry": {"type": "Point", "coordinates": [entry.lon, entry.lat]},
        "properties": {
            "number": entry.number,
            "category": entry.category,
            "category_name": words.category(entry.category),
            "trade": entry.trade,
            "department": entry.department,
            "urgency": entry.urgency,
            "state": entry.state,
            "state_name": words.state(entry.state),
            "region": entry.region,
            "place": entry.place,
            "text": entry.text,
            "registered_at": entry.registered_at.isoformat() if entry.registered_at else None,
            "is_approximate": entry.is_anonymous or (entry.is_at_home and is_public),
        },
    }
