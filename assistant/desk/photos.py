"""Photos of a case as evidence (照片为证): when and where each was taken, and how far that is from the told place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from assistant.errors import DamagedMedia, MissingMedia
from assistant.hazards import Hazard
from assistant.incidents import Incident
from assistant.people import Place, PlaceLevel
from assistant.people.locating import distance_m
from assistant.people.tree import ancestors, level_of
from assistant.ports import Location
from assistant.store import Work
from assistant.store.media import Noted

NEAR = (PlaceLevel.VILLAGE, PlaceLevel.GRID)
"""The point of a whole township says nothing about a photo."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture, and what its hidden data says; anybody can change that, so it is shown, never asserted."""

    digest: str
    taken_at: datetime | None = None
    point: Location | None = None
    """Where the camera stood; nobody reads it of an anonymous report."""
    metres: int | None = None
    """From there to the told place."""
    is_from_place: bool = False
    """The told place is a name: its point on the list of places is what the distance is reckoned to."""


def photos(work: Work, case: Hazard | Incident, digests: Iterable[str]) -> tuple[Photo, ...]:
    """Return the pictures of a case for staff who may see its evidence."""
    told = told_point(work, case)
    is_named = case.lat is None
    return tuple(_photo(digest, _noted(work, digest), told, case, is_named=is_named) for digest in digests)


def told_point(work: Work, case: Hazard | Incident) -> tuple[float, float] | None:
    """Return where a case is: the shared point, else that of its group or village."""
    if case.lat is not None and case.lon is not None:
        return case.lat, case.lon
    above = [path for path in ancestors(case.region) if level_of(path) in NEAR] if case.region else []
    for path in reversed(above):
        place = work.session.get(Place, path)
        if place is not None and place.lat is not None and place.lon is not None:
            return place.lat, place.lon
    return None


def _photo(
    digest: str, noted: Noted, told: tuple[float, float] | None, case: Hazard | Incident, *, is_named: bool
) -> Photo:
    point = noted.location
    if point is None or case.is_anonymous:
        return Photo(digest, noted.taken_at)
    metres = round(distance_m((point.lat, point.lon), told)) if told is not None else None
    return Photo(digest, noted.taken_at, point, metres, is_named)


def _noted(work: Work, digest: str) -> Noted:
    try:
        return work.media.noted(digest)
    except (MissingMedia, DamagedMedia):
        return Noted()
