"""From a shared point to the nearest known place (定位)."""

from collections.abc import Iterable
from math import asin, cos, isfinite, radians, sin, sqrt

from assistant.people.place import Place, PlaceName

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius. Source: IUGG (Moritz 2000)."""


def distance_m(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the length of the great circle between two points (latitude, longitude) in metres (haversine)."""
    lat_a, lon_a, lat_b, lon_b = map(radians, (*a, *b))
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(half)))


def is_point(lat: float, lon: float) -> bool:
    """Say whether two numbers are a point on earth; 0, 0 is what a phone without reception sends."""
    return isfinite(lat) and isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180 and (lat, lon) != (0, 0)


def locate(
    lat: float, lon: float, places: Iterable[Place], names: Iterable[PlaceName], *, within_m: float
) -> str | None:
    """Return the path of the known place or landmark nearest to a point; None where none is within so many metres.

    lat, lon: degrees, WGS-84. within_m: `place.nearest` of the rules. Of two at one distance the deeper one counts.
    """
    if not is_point(lat, lon):
        return None
    known: list[Place | PlaceName] = [*places, *names]
    points = [
        (distance_m((lat, lon), (point.lat, point.lon)), -point.path.count("/"), point.path)
        for point in known
        if point.lat is not None and point.lon is not None
    ]
    nearest = min(points, default=None)
    return nearest[2] if nearest is not None and nearest[0] <= within_m else None
