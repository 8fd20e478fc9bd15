"""The sample township (示例镇): an empty database filled so that everything can be tried."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlmodel import SQLModel

from assistant.answers import Asker
from assistant.desk.importing.rotation import rotation_in
from assistant.duty import LOCAL, load_calendar
from assistant.errors import NotEmpty
from assistant.evacuation import Household
from assistant.events import Actor, Event, Fact
from assistant.hazards import Hazard, Route
from assistant.incidents import Incident
from assistant.people import Grant, Person, Place, PlaceName, Role
from assistant.rules import load_rules
from assistant.store import Profile, Work, binding
from assistant.store import people as stored
from assistant.store.inbox import InboxRow
from assistant.store.rosters import Planner, order_pattern

SHIPPED = Path(__file__).with_name("demo.toml")
TABLES: tuple[type[SQLModel], ...] = (Person, Place, Event, Hazard, Incident, InboxRow, Route)
DEMO = Actor("console", "demo")
HELPER, BACKUP, KEEPER = "示例丙", "示例丁", "示例己"
"""Of the households of the sample village."""


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody of the sample, and their roles."""

    person: Person
    grants: tuple[Grant, ...]


def fill(work: Work) -> list[Resident]:
    """Put the sample township into an empty database; everybody can then be tried by `yingda chat --as NAME`.

    Raises: NotEmpty; nothing is then changed.
    """
    if not stored.is_empty(work.session, TABLES):
        raise NotEmpty()
    sample = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))
    town = sample["region"]
    known: set[str] = set()
    for entry in sample["place"]:
        _place(work, f"{town}/{entry['path']}", entry, known)
    residents = [_resident(work, town, entry) for entry in sample["person"]]
    by_name = {resident.person.name: resident.person for resident in residents}
    for entry in sample["route"]:
        _routes(work, _at(town, entry), entry, by_name)
    _roster(work, town, sample["roster"])
    for entry in sample["household"]:
        work.session.add(_household(_at(town, entry), entry, by_name))
    return residents


def _roster(work: Work, town: str, entry: dict[str, Any]) -> None:
    """Let the township take turns from this month on."""
    first = work.now.astimezone(LOCAL).date().replace(day=1)
    office, pattern = rotation_in(entry | {"region": town, "from": first}, work, SHIPPED.name)
    order_pattern(work, office, pattern, DEMO.name, Planner(load_rules(), load_calendar()))


def _at(town: str, entry: dict[str, Any]) -> str:
    return f"{town}/{entry['at']}" if entry.get("at") else town


def _place(work: Work, path: str, entry: dict[str, Any], known: set[str]) -> None:
    place = stored.plant(work.session, path, known)[-1]
    place.lat, place.lon = entry["lat"], entry["lon"]
    for alias in entry.get("aliases", []):
        work.session.add(PlaceName(path=path, name=alias))
    for landmark in entry.get("landmarks", []):
        work.session.add(PlaceName(path=path, is_landmark=True, **landmark))


def _resident(work: Work, town: str, entry: dict[str, Any]) -> Resident:
    region = _at(town, entry)
    person = Person(
        name=entry["name"],
        phone=entry["phone"],
        unit=entry.get("unit", ""),
        region=region,
        created_at=work.now,
    )
    work.session.add(person)
    work.session.flush()
    journal = stored.Journal(work.session, DEMO, work.now)
    journal.open(person, Fact("created", {"region": region, "unit": person.unit}))
    grants = tuple(
        Grant(person_id=person.id or 0, role=Role(one["role"]).value, region=region, rank=one.get("rank", "A"))
        for one in entry.get("roles", [])
    )
    for grant in grants:
        work.session.add(grant)
        journal.note(person, stored.granted(grant))
    binding.seat(work, person.name)
    asker = Asker(entry.get("asker", Asker.CADRE.value))
    work.keep_profile(binding.TERMINAL, person.name, Profile(region=region, asker=asker.value))
    return Resident(person, grants)


def _household(region: str, entry: dict[str, Any], people: dict[str, Person]) -> Household:
    own = people.get(entry["head"])
    return Household(
        region=region,
        head=entry["head"],
        known_as=entry.get("known_as", ""),
        phone=entry["phone"],
        members=entry["members"],
        vulnerable=entry.get("vulnerable", ""),
        helper_id=people[HELPER].id,
        backup_id=people[BACKUP].id,
        keeper_id=people[KEEPER].id,
        person_id=own.id if own is not None else None,
        route="沿村道往上",
        shelter="上河小学",
        zone=entry["zone"],
        note=entry.get("note", ""),
    )


def _routes(work: Work, region: str, entry: dict[str, Any], people: dict[str, Person]) -> None:
    owner, backstop = people[entry["owner"]], people[entry["backstop"]]
    for category in entry["categories"] or [""]:
        route = Route(
            region=region,
            category=category,
            owner=owner.id,
            unit=owner.unit,
            backstop=backstop.id,
            backstop_unit=backstop.unit,
        )
        work.session.add(route)
