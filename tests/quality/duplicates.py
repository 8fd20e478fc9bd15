"""The labelled pairs of reports, and the figures of the duplicate proposal on them."""

import hashlib
import json
import math
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.hazards.duplicates import Sighting, likeness

PAIRS = Path(__file__).with_name("duplicate-pairs.jsonl")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports and whether they tell of the same thing."""

    id: str
    first: Sighting
    second: Sighting
    is_same: bool
    kind: str
    part: str


@dataclass(frozen=True, slots=True)
class Figures:
    """Of the pairs of one part."""

    pairs: int
    precision: float
    recall: float


def load_pairs(part: str) -> list[Pair]:
    """Return the pairs of `tune` or `test`."""
    rows = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    return [_pair(row) for row in rows if row["part"] == part]


def figures(pairs: list[Pair], kinds: tuple[str, ...] = ()) -> Figures:
    """Measure the proposal as the desk uses it."""
    chosen = [pair for pair in pairs if not kinds or pair.kind in kinds]
    asked = [pair for pair in chosen if likeness(pair.first, pair.second).is_likely]
    right = sum(pair.is_same for pair in asked)
    same = sum(pair.is_same for pair in chosen)
    return Figures(len(chosen), right / len(asked) if asked else math.nan, right / same if same else math.nan)


def _pair(row: dict[str, Any]) -> Pair:
    return Pair(row["id"], _sighting(row["first"]), _sighting(row["second"]), row["same"], row["kind"], row["part"])


def _sighting(row: dict[str, Any]) -> Sighting:
    return Sighting(
        text=row["text"],
        category=row["category"],
        region=row["village"] or "",
        at=datetime.fromisoformat(row["at"]),
        place=row["place"] or "",
        lat=row["lat"],
        lon=row["lon"],
        photos=(_fingerprint(row["photo"]),) if row["photo"] else (),
    )


def _fingerprint(name: str) -> str:
    """Return 64 bits for a picture's name: equal for the same, some 32 bits apart for others."""
    return hashlib.sha256(name.encode()).hexdigest()[:16]
