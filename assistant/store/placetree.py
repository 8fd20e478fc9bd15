"""Which place a report means (whereabouts): the place tree is read anew only when somebody has changed it.

Every transaction that changes a place or a name of one leaves a new random stamp beside it; who has gathered the tree
under the stamp that stands there now has nothing to read. A transaction that is undone takes its stamp with it.
"""

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event
from sqlmodel import Session, col, select

from assistant.people import Place, PlaceName, locate
from assistant.people.gazetteer import Gazetteer, gazetteer
from assistant.people.resolving import resolve_in
from assistant.ports import Location
from assistant.rules import covers
from assistant.store.counter import CounterRow

STAMP = "places"
LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class PlaceTree:
    """All places with their names, and by which words they are called."""

    stamp: int
    places: tuple[Place, ...]
    names: tuple[PlaceName, ...]
    gazetteer: Gazetteer


class Kept:
    """The tree that was gathered last in this process."""

    tree: PlaceTree | None = None


def place_tree(session: Session) -> PlaceTree:
    """Return the tree as it stands in the database."""
    stamp = session.exec(select(CounterRow.value).where(CounterRow.name == STAMP)).first() or 0
    if Kept.tree is None or not stamp or Kept.tree.stamp != stamp:
        Kept.tree = _read(session, stamp)
    return Kept.tree


def _read(session: Session, stamp: int) -> PlaceTree:
    rows = session.exec(select(Place).order_by(col(Place.path))).all()
    names = session.exec(select(PlaceName).order_by(col(PlaceName.id))).all()
    # copies that belong to no session, so that they can be kept
    places = tuple(Place(**row.model_dump()) for row in rows)
    called = tuple(PlaceName(**name.model_dump()) for name in names)
    return PlaceTree(stamp, places, called, gazetteer(places, called))


def whereabouts(session: Session, words: str, point: Location | None, region: str, within_m: float) -> str:
    """Return the most precise known place of a report: what its words name, or a shared point within that; else `region`.

    region: the reporter's. within_m: `place.nearest` of the rules.
    """
    tree = place_tree(session)
    said = resolve_in(tree.gazetteer, words, region)
    shown = locate(point.lat, point.lon, tree.places, tree.names, within_m=within_m) if point is not None else None
    if said is None or (shown is not None and covers(said, shown)):
        return shown or region
    return said


def _stamp(session: Session, _context: Any, _instances: Any) -> None:
    changed = (*session.new, *session.dirty, *session.deleted)
    if any(isinstance(one, Place | PlaceName) for one in changed):
        row = session.get(CounterRow, STAMP) or CounterRow(name=STAMP)
        row.value = 1 + secrets.randbelow(LARGEST)
        session.add(row)


# for every session of every process that imports the store
event.listen(Session, "before_flush", _stamp)
