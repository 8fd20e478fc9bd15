"""The drawing of the map: true directions, near points as one, names that cover nothing."""

from math import hypot

from hypothesis import given
from hypothesis import strategies as st

from assistant.desk.mapview import Item, Label
from bots.web.drawing import NEAR, WIDTH, draw


def item(lat: float | None, lon: float | None, **more: object) -> Item:
    return Item("YH1", "fire", "registered", "上河村", lat, lon, **more)


def test_north_is_up_east_is_right_and_the_scale_is_true():
    drawing = draw([item(25.00, 100.00), item(25.02, 100.00), item(25.00, 100.02)], [])
    south, north, east = drawing.dots
    assert north.y < south.y and east.x > south.x and north.x == south.x and east.y == south.y
    up, right = south.y - north.y, east.x - south.x
    assert abs(right / up - 0.9063) < 0.01  # cosine of 25 degrees
    assert abs(drawing.bar / drawing.bar_metres * 2224 - up) < 3  # 0.02 degrees are 2,224 metres


def test_near_points_are_one_dot_and_far_ones_are_not():
    drawing = draw([item(25.0, 100.0), item(25.0, 100.0, is_incident=True), item(25.1, 100.1)], [])
    assert [len(dot.items) for dot in drawing.dots] == [2, 1]
    assert [dot.number for dot in drawing.dots] == [1, 2]
    assert drawing.dots[0].is_incident and not drawing.dots[1].is_incident


def test_what_has_no_point_is_listed_and_nothing_at_all_is_no_map():
    assert draw([item(None, None)], []) is None
    drawing = draw([item(None, None), item(25.0, 100.0)], [])
    assert len(drawing.unplaced) == 1 and len(drawing.dots) == 1


def test_a_name_stands_beside_its_dot_and_two_names_never_on_each_other():
    labels = [Label("上河村", 25.0, 100.0, "village"), Label("一组", 25.0001, 100.0, "grid")]
    drawing = draw([item(25.0, 100.0), item(25.02, 100.02)], labels)
    first, second = drawing.names
    assert first.text == "上河村"
    assert abs(first.y - second.y) >= 42 or abs(first.x - second.x) >= 42
    assert all(hypot(name.x - drawing.dots[0].x, name.y - drawing.dots[0].y) >= NEAR / 2 for name in drawing.names)


POINTS = st.tuples(st.floats(-85, 85), st.floats(-179, 179))


@given(st.lists(POINTS, min_size=1, max_size=12))
def test_every_dot_is_on_the_sheet(points: list[tuple[float, float]]):
    drawing = draw([item(*point) for point in points], [Label("村", *points[0], "village")])
    assert all(0 <= dot.x <= WIDTH and 0 <= dot.y <= drawing.height for dot in drawing.dots)
    assert sum(len(dot.items) for dot in drawing.dots) == len(points)
