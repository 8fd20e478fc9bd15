"""What stands on the map (地图): cases with a point in the viewer's places; the public sees villages, never a house or an incident."""

from dataclasses import dataclass

from assistant.desk.incidentview import listing as incidents_of
from assistant.desk.photos import told_point
from assistant.exports.entries import UNTRUE, Entry, entries, incident_entries
from assistant.hazards.steps import LIVE, Action
from assistant.people import Person, Place, PlaceLevel
from assistant.people.tree import level_of, up_to
from assistant.permissions import may
from assistant.rules import Rules, covers
from assistant.store import Work, people
from assistant.store.ledger import Chosen
from assistant.wording.showing import short_region


@dataclass(frozen=True, slots=True)
class Item:
    """One case on the map."""

    number: str
    """Empty for the public."""
    category: str
    state: str
    place: str
    lat: float | None
    lon: float | None
    is_incident: bool = False
    is_overdue: bool = False
    is_exact: bool = True
    """Else the point is that of its village or group."""


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a place at its point."""

    name: str
    lat: float
    lon: float
    level: str


@dataclass(frozen=True, slots=True)
class MapView:
    """All that is drawn and listed."""

    region: str
    items: tuple[Item, ...]
    labels: tuple[Label, ...]


def for_staff(work: Work, person: Person, rules: Rules) -> MapView:
    """Return the open cases that somebody of the staff may read, incidents first."""
    grants = work.grants(person)
    numbers = tuple(row.incident.number for row in incidents_of(work, person, rules))
    happening = incident_entries(work.session, Chosen(numbers=numbers)) if numbers else []
    found = [one for one in entries(work.session, Chosen(states=LIVE_STATES), work.now) if _is_open(one)]
    hazards = [one for one in found if may(grants, Action.LEDGER, one.region, one.category)]
    items = [*(_item(work, one, is_incident=True) for one in happening), *(_item(work, one) for one in hazards)]
    regions = tuple(grant.region for grant in grants)
    return MapView(_named(regions), tuple(items), _labels(work, regions))


def for_the_public(work: Work, region: str) -> MapView:
    """Return the open hazards of a place, each at the point of its village."""
    found = entries(work.session, Chosen(region=region, states=LIVE_STATES), work.now)
    villages = {place.path: place for place in people.places(work.session)}
    items = tuple(_in_village(one, villages) for one in found if _is_open(one))
    return MapView(short_region(region) if region else "", items, _labels(work, (region,)))


LIVE_STATES = frozenset(str(state) for state in LIVE)


def _is_open(entry: Entry) -> bool:
    return entry.state in LIVE_STATES and entry.state not in UNTRUE


def _item(work: Work, entry: Entry, *, is_incident: bool = False) -> Item:
    is_exact = entry.lat is not None and not entry.is_anonymous
    case = work.incident(entry.number) if is_incident else work.hazard(entry.number)
    point = (entry.lat, entry.lon) if entry.lat is not None else told_point(work, case) or (None, None)
    return Item(
        number=entry.number,
        category=entry.category,
        state=entry.state,
        place=entry.place,
        lat=point[0],
        lon=point[1],
        is_incident=is_incident,
        is_overdue=entry.is_overdue,
        is_exact=is_exact,
    )


def _in_village(entry: Entry, places: dict[str, Place]) -> Item:
    village = up_to(entry.region, PlaceLevel.VILLAGE)
    place = places.get(village)
    lat, lon = (place.lat, place.lon) if place is not None else (None, None)
    return Item("", entry.category, entry.state, short_region(village or entry.region), lat, lon, is_exact=False)


def _named(regions: tuple[str, ...]) -> str:
    return "、".join(dict.fromkeys(short_region(one) for one in regions if one))


def _labels(work: Work, regions: tuple[str, ...]) -> tuple[Label, ...]:
    """Return the places with a point in some regions, the higher ones first."""
    known = [one for one in people.places(work.session) if any(covers(region, one.path) for region in regions)]
    found = [
        Label(one.path.rpartition("/")[2], one.lat, one.lon, level_of(one.path).value)
        for one in known
        if one.lat is not None and one.lon is not None
    ]
    order = {level.value: place for place, level in enumerate(PlaceLevel)}
    return tuple(sorted(found, key=lambda label: order[label.level]))
