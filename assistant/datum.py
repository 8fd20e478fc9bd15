"""Systems of degrees (坐标系): a point of WeChat's or another public map of mainland China becomes one of WGS-84, once."""

import eviltransform

from assistant.ports import Datum, Location, Point


def from_gcj02(lat: float, lon: float, label: str = "") -> Location:
    """Return a point that came in GCJ-02, with the degrees as they came; outside China the two systems are one.

    The formula is not official; it is known to agree within two metres.

    >>> shown = from_gcj02(25.2, 100.3)
    >>> round(shown.lat, 4), round(shown.lon, 4)
    (25.2029, 100.2989)
    """
    if not (abs(lat) <= 90 and abs(lon) <= 180):  # noqa: PLR2004 - degrees
        raise ValueError(f"no point on this earth: {lat}, {lon}")
    plain_lat, plain_lon = eviltransform.gcj2wgs_exact(lat, lon)
    return Location(plain_lat, plain_lon, label, Point(lat, lon, Datum.GCJ02))
