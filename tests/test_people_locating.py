from datetime import date
from math import inf, nan

import pytest

from assistant.people import Place, PlaceName, locate
from assistant.people.locating import distance_m
from assistant.rules import load_rules

TOWN = "云南省/示例州/示例县/示例镇"
PLACES = [
    Place(path=TOWN, level="township", lat=25.1872, lon=100.3211),
    Place(path=f"{TOWN}/上河村", level="village", lat=25.2000, lon=100.3300),
    Place(path=f"{TOWN}/上河村/一组", level="grid", lat=25.2000, lon=100.3300),
    Place(path=f"{TOWN}/松岭村", level="village"),
]
NAMES = [PlaceName(path=f"{TOWN}/松岭村", name="老粮站", is_landmark=True, lat=25.2100, lon=100.3400)]


@pytest.mark.parametrize(
    ("lat", "lon", "path"),
    [
        (25.2101, 100.3399, f"{TOWN}/松岭村"),  # a landmark's point stands for its village
        (25.2003, 100.3302, f"{TOWN}/上河村/一组"),  # of two at one point the deeper one
        (25.1875, 100.3210, TOWN),
        (26.0, 101.0, None),  # far from all
        (0.0, 0.0, None),
        (nan, 100.0, None),
        (inf, 100.0, None),
        (100.3300, 25.2000, None),  # latitude and longitude the wrong way round
    ],
)
def test_a_point_leads_to_the_nearest_known_place(lat: float, lon: float, path: str | None):
    assert locate(lat, lon, PLACES, NAMES, within_m=1000) == path


def test_nothing_is_near_where_nothing_has_a_point():
    assert locate(25.2, 100.33, PLACES[3:], [], within_m=1e9) is None


def test_a_degree_of_latitude_is_111_kilometres():
    assert distance_m((25.0, 100.0), (26.0, 100.0)) == pytest.approx(111_195, abs=1)
    assert distance_m((0.0, 0.0), (0.0, 180.0)) == pytest.approx(20_015_115, abs=5)


def test_the_distance_is_a_rule():
    rule = load_rules().find("place.nearest", TOWN, date(2026, 7, 1))
    assert (rule.value, rule.unit, rule.is_verified) == (1000, "metres", False)
