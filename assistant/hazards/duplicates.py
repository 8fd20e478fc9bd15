"""Whether two reports tell of the same thing (重复): a likelihood with its reasons; people decide.

The weights are fitted by `python -m tests.quality.calibrate_duplicates` on the tune part of the labelled pairs and kept
here by hand. Words and vectors of the whole message were tried and carry nothing once thing, place and class are known:
neighbours write 三组排水沟堵了 and 七组排水沟堵了, and the same crack is called by no common word.
"""

import math
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from assistant.hazards import spots
from assistant.hazards.things import are_related, things, wrongs
from assistant.media import bits_apart
from assistant.rules import covers
from assistant.script import simplified
from assistant.search.terms import grams

EARTH_M = 6_371_000
NEAR_M = 150
FAR_M = 400
"""A shared point is where the sender stood: tens of metres say nothing, hundreds say another place."""
NEARLY_EQUAL_BITS = 6
FLAT_BITS = 4
"""A fingerprint with so few bits set, or unset, is of a blank picture and fits everything."""

WEIGHTS = {
    "near": 0.20,
    "far": -2.80,
    "elsewhere": -3.43,
    "place": 0.30,
    "places_apart": -0.66,
    "twins": -2.86,
    "counted_apart": -2.47,
    "counted_alike": 0.13,
    "thing": 0.65,
    "things_apart": -2.07,
    "wrong": 0.69,
    "class": 0.49,
    "classes_apart": -2.97,
    "another": -2.77,
    "time": -0.10,
    "photo": 2.50,
    "photos_apart": -0.27,
}
BIAS = 0.51
LIKELY = 0.45
"""From here on somebody is asked: chosen on the tune part so that nine of ten true pairs are asked about."""
REASONS = ("photo", "place", "near", "thing", "wrong", "counted_alike")
"""What may be named to a person as speaking for it, the strongest first."""
WHERE = frozenset({"photo", "place", "near", "counted_alike"})
"""Reasons by which it is the same spot, and not only the same kind of thing."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One report, as far as the comparison asks."""

    text: str
    category: str
    region: str
    """Path of the place in charge."""
    at: datetime
    place: str = ""
    lat: float | None = None
    lon: float | None = None
    """Of the hazard, WGS-84."""
    photos: tuple[str, ...] = ()
    """Fingerprints."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely two reports tell of the same thing."""

    likelihood: float
    reasons: tuple[str, ...]
    """Out of REASONS."""

    @property
    def is_likely(self) -> bool:
        """Whether it is worth asking."""
        return self.likelihood >= LIKELY

    @property
    def is_there(self) -> bool:
        """Whether something says that it is the same spot."""
        return bool(WHERE & set(self.reasons))


def likeness(one: Sighting, other: Sighting) -> Likeness:
    """Compare two reports; the order counts only where the later one says that an earlier one is settled."""
    first, later = sorted((one, other), key=lambda sighting: sighting.at)
    found = features(first, later)
    score = BIAS + sum(WEIGHTS[name] * value for name, value in found.items())
    reasons = tuple(name for name in REASONS if found[name] > 0.5)
    return Likeness(1 / (1 + math.exp(-score)), reasons)


def may_be_alike(one: Sighting, other: Sighting) -> bool:
    """Say whether two reports are worth comparing: of two places or of unrelated classes only a picture brings together."""
    if one.photos and other.photos:
        return True
    is_there = covers(one.region, other.region) or covers(other.region, one.region)
    return is_there and are_related(one.category, other.category)


def features(first: Sighting, later: Sighting) -> dict[str, float]:
    """Return the value of each feature of WEIGHTS, most between 0 and 1."""
    return {**_where(first, later), **_what(first, later), **_photos(first.photos, later.photos)}


def distance_m(one: Sighting, other: Sighting) -> float | None:
    """Return how far apart two points are, None where one is unknown; flat within a county, which is enough."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    north = math.radians(one.lat - other.lat)
    east = math.radians(one.lon - other.lon) * math.cos(math.radians(one.lat))
    return EARTH_M * math.hypot(north, east)


def _where(first: Sighting, later: Sighting) -> dict[str, float]:
    metres = distance_m(first, later)
    places = simplified(first.place), simplified(later.place)
    share = _share(places[0], places[1])
    is_elsewhere = bool(first.region and later.region) and not (
        covers(first.region, later.region) or covers(later.region, first.region)
    )
    return {
        "near": 0.0 if metres is None else math.exp(-metres / NEAR_M),
        "far": 0.0 if metres is None else min(1.0, max(0.0, (metres - NEAR_M) / FAR_M)),
        "elsewhere": float(is_elsewhere),
        "place": share,
        "places_apart": float(all(places) and share == 0 and (metres is None or metres > NEAR_M)),
        "twins": float(spots.are_twins(*places)),
        "counted_apart": float(spots.counted_apart(first.text, later.text)),
        "counted_alike": float(spots.counted_alike(first.text, later.text)),
    }


def _what(first: Sighting, later: Sighting) -> dict[str, float]:
    named, other_named = things(first.text), things(later.text)
    days = abs((later.at - first.at).total_seconds()) / 86_400
    return {
        "thing": float(bool(named & other_named)),
        "things_apart": float(bool(named and other_named and not named & other_named)),
        "wrong": float(bool(wrongs(first.text) & wrongs(later.text))),
        "class": float(first.category == later.category),
        "classes_apart": float(not are_related(first.category, later.category)),
        "another": float(spots.says_another(later.text)),
        "time": math.log1p(days),
    }


def _photos(some: tuple[str, ...], others: tuple[str, ...]) -> dict[str, float]:
    telling = [[one for one in prints if not _is_flat(one)] for prints in (some, others)]
    pairs = list(product(*telling))
    is_same = any(bits_apart(one, other) <= NEARLY_EQUAL_BITS for one, other in pairs)
    return {"photo": float(is_same), "photos_apart": float(bool(pairs) and not is_same)}


def _is_flat(fingerprint: str) -> bool:
    bits = int(fingerprint, 16).bit_count()
    return min(bits, 64 - bits) <= FLAT_BITS


def _share(one: str, other: str) -> float:
    """Return the share of the shorter name's grams that the other has, 0 to 1."""
    first, second = set(grams(one)), set(grams(other))
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0
