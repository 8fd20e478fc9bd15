"""The map as a drawing (地图绘制): points on a plain sheet, near ones as one dot with a number, names where there is room."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians

from assistant.desk.mapview import Item, Label

WIDTH = 1000.0
LOWEST, HIGHEST = 500.0, 1100.0
MARGIN = 90.0
NEAR = 70.0
"""Dots nearer than this would cover each other's numbers."""
LETTER, LINE = 42.0, 50.0
"""Size of a name on a phone, where it is largest beside the drawing."""
LEAST_SPAN = 0.004
"""Degrees: a single point is not blown up to a sheet of ten metres."""
METRES_PER_DEGREE = 111_195.0
ROUND = (100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""
NORTH: Box = (890.0, 0.0, 1000.0, 150.0)
"""Where the arrow stands."""
NEAR_ALL = 0.1
"""Degrees around the cases within which a place's name is worth the room: some ten kilometres."""


@dataclass(frozen=True, slots=True)
class Dot:
    """Cases at one spot."""

    number: int
    """As the list beside the map has it."""
    x: float
    y: float
    items: tuple[Item, ...]

    @property
    def is_incident(self) -> bool:
        """Whether one of them is happening now."""
        return any(item.is_incident for item in self.items)

    @property
    def is_overdue(self) -> bool:
        """Whether a deadline of one of them has passed."""
        return any(item.is_overdue for item in self.items)


@dataclass(frozen=True, slots=True)
class Name:
    """A place's name beside its point."""

    text: str
    x: float
    y: float
    anchor: str
    """start, middle or end of the text is at x."""
    spot_x: float
    spot_y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything in the units of the sheet, x to the east and y to the south."""

    height: float
    dots: tuple[Dot, ...]
    names: tuple[Name, ...]
    bar: float
    """Length of the scale bar."""
    bar_metres: int
    unplaced: tuple[Item, ...]
    """Cases of which nobody knows the point."""


class _Sheet:
    """The projection: equirectangular, true to scale in the middle; enough for a county."""

    def __init__(self, points: Sequence[tuple[float, float]]) -> None:
        lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
        self.lat, self.lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
        self.narrow = max(cos(radians(self.lat)), 0.01)
        wide = max((max(lons) - min(lons)) * self.narrow, LEAST_SPAN)
        high = max(max(lats) - min(lats), LEAST_SPAN)
        self.scale = min((WIDTH - 2 * MARGIN) / wide, (HIGHEST - 2 * MARGIN) / high)
        self.height = max(LOWEST, high * self.scale + 2 * MARGIN)

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        x = WIDTH / 2 + (lon - self.lon) * self.narrow * self.scale
        return round(x, 1), round(self.height / 2 - (lat - self.lat) * self.scale, 1)


def draw(items: Iterable[Item], labels: Sequence[Label]) -> Drawing | None:
    """Return the drawing; None where nothing has a point."""
    listed = list(items)
    placed = [(item, item.lat, item.lon) for item in listed if item.lat is not None and item.lon is not None]
    points = [(lat, lon) for _, lat, lon in placed] or [(one.lat, one.lon) for one in labels]
    if not points:
        return None
    sheet = _Sheet([*points, *((one.lat, one.lon) for one in labels if _is_near(one, points))])
    dots = _dots([(item, *sheet.at(lat, lon)) for item, lat, lon in placed])
    metres = next((one for one in reversed(ROUND) if _length(one, sheet) <= WIDTH / 3), ROUND[0])
    return Drawing(
        height=sheet.height,
        dots=dots,
        names=_names(labels, sheet, dots),
        bar=_length(metres, sheet),
        bar_metres=metres,
        unplaced=tuple(item for item in listed if item.lat is None or item.lon is None),
    )


def _is_near(label: Label, points: Sequence[tuple[float, float]]) -> bool:
    return any(abs(label.lat - lat) <= NEAR_ALL and abs(label.lon - lon) <= NEAR_ALL for lat, lon in points)


def _length(metres: int, sheet: _Sheet) -> float:
    return round(metres / METRES_PER_DEGREE * sheet.scale, 1)


def _dots(placed: list[tuple[Item, float, float]]) -> tuple[Dot, ...]:
    groups: list[tuple[float, float, list[Item]]] = []
    for item, x, y in placed:
        near = next((one for one in groups if (one[0] - x) ** 2 + (one[1] - y) ** 2 < NEAR**2), None)
        if near is None:
            groups.append((x, y, [item]))
        else:
            near[2].append(item)
    return tuple(Dot(number, x, y, tuple(found)) for number, (x, y, found) in enumerate(groups, 1))


def _names(labels: Sequence[Label], sheet: _Sheet, dots: Sequence[Dot]) -> tuple[Name, ...]:
    """Return the names that find room beside their point: clear of the edge, each other and the dots; higher places first."""
    taken = [(dot.x - NEAR / 2, dot.y - NEAR / 2, dot.x + NEAR / 2, dot.y + NEAR / 2) for dot in dots]
    taken.append(NORTH)
    found: list[Name] = []
    for label in labels:
        tried = _beside(label.name, *sheet.at(label.lat, label.lon))
        name = next((one for one in tried if _is_free(_box(one), taken, sheet.height)), None)
        if name is not None:
            taken.append(_box(name))
            found.append(name)
    return tuple(found)


def _beside(text: str, x: float, y: float) -> list[Name]:
    """Return where a name may stand: right, left, below, above, and farther off where it is crowded."""
    gap = NEAR / 2 + 6
    sides = [Name(text, x + gap, y + LETTER / 3, "start", x, y), Name(text, x - gap, y + LETTER / 3, "end", x, y)]
    rows = [side * (gap + step * LETTER) + (LETTER if side > 0 else 0) for step in range(4) for side in (1, -1)]
    return [*sides, *(Name(text, x, y + row, "middle", x, y) for row in rows)]


def _box(name: Name) -> Box:
    wide = len(name.text) * LETTER
    left = {"start": name.x, "end": name.x - wide, "middle": name.x - wide / 2}[name.anchor]
    return left, name.y - LETTER, left + wide, name.y + LETTER / 4


def _is_free(box: Box, taken: Iterable[Box], height: float) -> bool:
    is_inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= height - 2 * LINE
    return is_inside and not any(_overlap(box, other) for other in taken)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
