"""Importing places (导入地点): the tree, other names and landmarks, with points where they are known."""

from dataclasses import dataclass, field
from pathlib import Path

from assistant.desk.importing.rows import Importer, each_row, read_table
from assistant.errors import BadPlace, RowRefused
from assistant.ingest.sheets import SheetRow
from assistant.people import Place, PlaceName
from assistant.people.cells import several
from assistant.people.headings import LEVELS, PLACES, Field
from assistant.people.importing import Change, Line, Outcome, Reason, Report
from assistant.people.locating import is_point
from assistant.people.tree import MUNICIPALITIES, planted, tidied
from assistant.store import Work
from assistant.store import people as stored

LEAST = (frozenset({Field.REGION, Field.TOWNSHIP, Field.VILLAGE, Field.GRID}),)
LONGEST_NAME = 40
Point = tuple[float, float]


@dataclass(slots=True)
class Map:
    """What is known of places."""

    work: Work
    importer: Importer
    places: dict[str, Place] = field(default_factory=dict)
    names: dict[tuple[str, str, bool], PlaceName] = field(default_factory=dict)
    """Path, name, is it a landmark."""


def import_places(path: Path, work: Work, importer: Importer, *, is_trial: bool = False) -> Report:
    """Take the places of a table into the tree, with all above them; none is taken away.

    Raises: NoHeading, and what `read_sheets` raises.
    """
    table = read_table(path, PLACES, LEAST)
    known = Map(work, importer, {place.path: place for place in stored.places(work.session)})
    known.names = {(name.path, name.name, name.is_landmark): name for name in stored.place_names(work.session)}
    return each_row(table, lambda row, cells: _take(row, cells, known), is_trial=is_trial)


def _take(row: SheetRow, cells: dict[Field, str], known: Map) -> Line:
    path = _path(cells, known.importer.home)
    known.importer.check(path)
    point = _point(cells)
    aliases = _names(cells.get(Field.ALIAS, ""))
    landmarks = _names(cells.get(Field.LANDMARK, ""))
    is_new = path not in known.places
    changes = _planted(path, known)
    # a point beside one landmark is the landmark's
    of_landmark = point if len(landmarks) == 1 else None
    changes += _pointed(known.places[path], None if of_landmark else point, known)
    changes += [(Change.ALIAS, name) for name in aliases if _named(path, name, None, known, is_landmark=False)]
    changes += [
        (Change.LANDMARK, name) for name in landmarks if _named(path, name, of_landmark, known, is_landmark=True)
    ]
    outcome = Outcome.ADDED if is_new else Outcome.CHANGED if changes else Outcome.UNCHANGED
    return Line(row.number, outcome, path, tuple(changes))


def _path(cells: dict[Field, str], home: str) -> str:
    """Return the whole path: of one cell, of the columns of the levels, or of both."""
    levels = [cells[level].strip() for level in LEVELS if level in cells]
    parts = [*levels, *filter(None, [cells.get(Field.REGION, "").strip()])]
    if not parts:
        raise RowRefused(reason=Reason.NO_PLACE)
    written = "/".join(parts)
    try:
        path = tidied(written)
        first = path.split("/")[0]
        if not (first in MUNICIPALITIES or first.endswith(("省", "自治区", "特别行政区"))):
            path = tidied(f"{_above(home, path)}/{path}")
    except BadPlace as error:
        raise RowRefused(reason=Reason.NOT_A_PLACE, value=written[:30]) from error
    return path


def _above(home: str, path: str) -> str:
    """Return what stands above a path that begins in the middle: all of home up to the name with which it begins."""
    if not home:
        raise RowRefused(reason=Reason.NO_PLACE)
    names, first = home.split("/"), path.split("/")[0]
    return "/".join(names[: names.index(first)]) if first in names[1:] else home


def _point(cells: dict[Field, str]) -> Point | None:
    lat, lon = cells.get(Field.LAT, ""), cells.get(Field.LON, "")
    if not lat and not lon:
        return None
    try:
        point = float(lat.rstrip("°NE")), float(lon.rstrip("°NE"))
    except ValueError as error:
        raise RowRefused(reason=Reason.NOT_A_POINT) from error
    if 73 <= point[0] <= 136 and 3 <= point[1] <= 54:  # China, the wrong way round
        raise RowRefused(reason=Reason.POINT_SWAPPED)
    if not is_point(*point):
        raise RowRefused(reason=Reason.NOT_A_POINT)
    return point


def _names(cell: str) -> list[str]:
    names = list(dict.fromkeys(several(cell)))
    if any(len(name) > LONGEST_NAME or not name.isprintable() for name in names):
        raise RowRefused(reason=Reason.TOO_LONG, limit=LONGEST_NAME)
    return names


def _planted(path: str, known: Map) -> list[tuple[Change, str]]:
    made = planted(path, known.places)
    for place in made:
        known.work.session.add(place)
        known.work.session.flush()
        known.places[place.path] = place
    return [(Change.PARENTS, place.path.rpartition("/")[2]) for place in made[:-1]]


def _pointed(place: Place, point: Point | None, known: Map) -> list[tuple[Change, str]]:
    if point is None or (place.lat, place.lon) == point:
        return []
    place.lat, place.lon = point
    known.work.session.add(place)
    return [(Change.POINT, "")]


def _named(path: str, name: str, point: Point | None, known: Map, *, is_landmark: bool) -> bool:
    """Keep another name; False where it was known like this."""
    key = (path, name, is_landmark)
    row = known.names.get(key)
    if row is not None and (point is None or (row.lat, row.lon) == point):
        return False
    row = row or PlaceName(path=path, name=name, is_landmark=is_landmark)
    row.lat, row.lon = point or (row.lat, row.lon)
    known.work.session.add(row)
    known.names[key] = row
    return True
