"""The shape of CAP 1.2 (消息结构): which elements there are, in which order, how often, and what they may hold."""

import re
from dataclasses import dataclass
from datetime import datetime

from assistant.errors import BadCap

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
LARGEST = 1 << 20
"""Bytes of a message; real ones have some ten thousand."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What may stand in one kind of element."""

    name: str
    order: tuple[str, ...]
    required: tuple[str, ...]
    many: frozenset[str]
    pairs: frozenset[str] = frozenset()
    inner: frozenset[str] = frozenset()

    @property
    def texts(self) -> frozenset[str]:
        """The elements that hold text alone."""
        return frozenset(self.order) - self.pairs - self.inner


ALERT = Shape(
    "alert",
    tuple(
        "identifier sender sent status msgType source scope restriction addresses code note references incidents info".split()
    ),
    ("identifier", "sender", "sent", "status", "msgType", "scope"),
    frozenset({"code"}),
    inner=frozenset({"info"}),
)
INFO = Shape(
    "info",
    tuple(
        "language category event responseType urgency severity certainty audience eventCode effective onset expires"
        " senderName headline description instruction web contact parameter resource area".split()
    ),
    ("category", "event", "urgency", "severity", "certainty"),
    frozenset({"category", "responseType"}),
    pairs=frozenset({"eventCode", "parameter"}),
    inner=frozenset({"resource", "area"}),
)
RESOURCE = Shape(
    "resource",
    ("resourceDesc", "mimeType", "size", "uri", "derefUri", "digest"),
    ("resourceDesc", "mimeType"),
    frozenset(),
)
AREA = Shape(
    "area",
    ("areaDesc", "polygon", "circle", "geocode", "altitude", "ceiling"),
    ("areaDesc",),
    frozenset({"polygon", "circle"}),
    pairs=frozenset({"geocode"}),
)
VALUES = {
    "status": frozenset({"Actual", "Exercise", "System", "Test", "Draft"}),
    "msgType": frozenset({"Alert", "Update", "Cancel", "Ack", "Error"}),
    "scope": frozenset({"Public", "Restricted", "Private"}),
    "category": frozenset("Geo Met Safety Security Rescue Fire Health Env Transport Infra CBRNE Other".split()),
    "responseType": frozenset("Shelter Evacuate Prepare Execute Avoid Monitor Assess AllClear None".split()),
    "urgency": frozenset({"Immediate", "Expected", "Future", "Past", "Unknown"}),
    "severity": frozenset({"Extreme", "Severe", "Moderate", "Minor", "Unknown"}),
    "certainty": frozenset({"Observed", "Likely", "Possible", "Unlikely", "Unknown", "Very Likely"}),
}
"""Very Likely is CAP 1.0's, which 1.2 asks readers to take for Likely."""
TIMES = frozenset({"sent", "effective", "onset", "expires"})
# 2026-07-01T12:00:00+08:00 · near miss: 2026-07-01T04:00:00Z, which 1.2 forbids
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d")
PLAIN = re.compile(r"[^\s,<&]+")
NUMBER = r"-?\d{1,3}(?:\.\d+)?"
POINT = re.compile(rf"(?P<lat>{NUMBER}),(?P<lon>{NUMBER})")
CIRCLE = re.compile(rf"(?P<lat>{NUMBER}),(?P<lon>{NUMBER}) (?P<km>\d+(?:\.\d+)?)")
REFERENCE = re.compile(rf"[^\s,<&]+,[^\s,<&]+,{TIME.pattern}")
CORNERS = 4
"""A polygon has at least so many points, the last of which is the first."""


def check_value(name: str, text: str) -> None:
    """Check the text of an element; raises BadCap."""
    if name in VALUES and text not in VALUES[name]:
        raise BadCap(reason="choice", field=name, value=text)
    if name in TIMES and not _is_time(text):
        raise BadCap(reason="time", field=name, value=text)
    if name in ("identifier", "sender") and not PLAIN.fullmatch(text):
        raise BadCap(reason="plain", field=name, value=text)
    if name == "references" and not all(REFERENCE.fullmatch(one) for one in text.split()):
        raise BadCap(reason="references", field=name, value=text[:80])
    if name == "polygon":
        polygon(text)
    if name == "circle":
        circle(text)


def _is_time(text: str) -> bool:
    if not TIME.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def polygon(text: str) -> list[tuple[float, float]]:
    """Return the points of a polygon as (lat, lon), WGS-84 degrees; raises BadCap."""
    points = [_point(one, text, "polygon") for one in text.split()]
    if len(points) < CORNERS or points[0] != points[-1]:
        raise BadCap(reason="shape", field="polygon", value=text[:80])
    return points


def circle(text: str) -> tuple[float, float, float]:
    """Return a circle as latitude, longitude, radius in km; raises BadCap."""
    found = CIRCLE.fullmatch(text)
    if found is None:
        raise BadCap(reason="shape", field="circle", value=text[:80])
    lat, lon = _point(text.partition(" ")[0], text, "circle")
    return lat, lon, float(found["km"])


def _point(one: str, text: str, field: str) -> tuple[float, float]:
    found = POINT.fullmatch(one)
    lat, lon = (float(found["lat"]), float(found["lon"])) if found else (99.0, 0.0)
    if abs(lat) > 90 or abs(lon) > 180:
        raise BadCap(reason="shape", field=field, value=text[:80])
    return lat, lon


def is_inside(lat: float, lon: float, corners: list[tuple[float, float]]) -> bool:
    """Say whether a point lies in a polygon, by the even-odd rule on the plain of degrees."""
    inside = False
    for (lat_a, lon_a), (lat_b, lon_b) in zip(corners, corners[1:], strict=False):
        if (lat_a > lat) != (lat_b > lat) and lon < (lon_b - lon_a) * (lat - lat_a) / (lat_b - lat_a) + lon_a:
            inside = not inside
    return inside
