"""Persons, their roles and places in the database; every change of one is an event in `person/<id>`.

Events are never erased, so they say which field changed and hold neither name nor number.
"""

import json
from collections.abc import Sequence
from datetime import datetime

from rapidfuzz import process
from sqlmodel import Session, SQLModel, col, func, select

from assistant.errors import SeveralPersons, UnknownPerson, UnknownPlace
from assistant.events import Actor, Event, Fact
from assistant.people import Grant, Identity, Person, Place, PlaceName
from assistant.people.tree import planted, tidied

NEAR, LEAST_ALIKE = 3, 50
"""Near misses that are shown, and how alike they must be, of 100."""


def stream(person: Person) -> str:
    """Return the stream of a person's events."""
    return f"person/{person.id}"


class Journal:
    """Records what one actor does to persons; the sequences of their streams are looked up once."""

    def __init__(self, session: Session, actor: Actor, now: datetime) -> None:
        self._session = session
        self._actor = actor
        self._now = now
        self._last: dict[str, int] = {}

    def open(self, person: Person, fact: Fact) -> Event:
        """Record the first that is known of a person who has just been added."""
        self._last[stream(person)] = 0
        return self.note(person, fact)

    def note(self, person: Person, fact: Fact) -> Event:
        """Record what happened to a person, who has been flushed."""
        own = stream(person)
        if own not in self._last:
            self._session.exec(select(Person.id).where(Person.id == person.id).with_for_update()).first()
            last = self._session.exec(select(func.max(Event.sequence)).where(Event.stream == own)).one()
            self._last[own] = last or 0
        self._last[own] += 1
        event = Event(
            stream=own,
            sequence=self._last[own],
            kind=fact.kind,
            actor=self._actor.name,
            channel=self._actor.channel,
            at=self._now,
            rule=fact.rule,
            data=json.dumps(fact.data, ensure_ascii=False),
        )
        self._session.add(event)
        return event


def note(session: Session, person: Person, fact: Fact, actor: Actor, now: datetime) -> Event:
    """Record what happened to a person."""
    session.flush()
    return Journal(session, actor, now).note(person, fact)


def everybody(session: Session) -> list[Person]:
    """Return all persons who have a name and are active, by id; those who only wrote are no part of it."""
    query = select(Person).where(Person.name != "", col(Person.is_active)).order_by(col(Person.id))
    return list(session.exec(query).all())


def person_called(session: Session, name: str) -> Person:
    """Return the active person with that name, telephone number or #id.

    Raises: UnknownPerson(name, near), SeveralPersons(name, listed).
    """
    people = everybody(session)
    found = [p for p in people if name in (p.name, f"#{p.id}") or (p.phone and p.phone == name)]
    if len(found) > 1:
        raise SeveralPersons(name=name, listed="、".join(f"#{p.id}（{p.unit or p.region}）" for p in found))
    if not found:
        raise UnknownPerson(name=name, near="、".join(near(name, sorted({p.name for p in people}))))
    return found[0]


def near(name: str, known: Sequence[str]) -> list[str]:
    """Return the known names that are most like one, best first."""
    return [found[0] for found in process.extract(name, known, limit=NEAR, score_cutoff=LEAST_ALIKE)]


def grants(session: Session) -> list[Grant]:
    """Return all roles, ended ones included."""
    return list(session.exec(select(Grant).order_by(col(Grant.id))).all())


def identities(session: Session) -> list[Identity]:
    """Return all accounts."""
    return list(session.exec(select(Identity).order_by(col(Identity.channel), col(Identity.sender))).all())


def places(session: Session) -> list[Place]:
    """Return the whole tree, parents before children."""
    return list(session.exec(select(Place).order_by(col(Place.path))).all())


def place_names(session: Session) -> list[PlaceName]:
    """Return all aliases and landmarks."""
    return list(session.exec(select(PlaceName).order_by(col(PlaceName.id))).all())


def plant(session: Session, path: str, known: set[str]) -> list[Place]:
    """Add a place, and those above it, where they are missing; `known` is brought up to date."""
    made = planted(path, known)
    for place in made:
        session.add(place)
        session.flush()
    known.update(place.path for place in made)
    return made


def known_place(text: str, known: Sequence[str], home: str = "") -> str:
    """Return the path of a known place that is written in full, from `home` on, or by its last names where these are unique.

    Raises: BadPlace, UnknownPlace(place, near).
    """
    path = tidied(text)
    paths = set(known)
    for whole in (path, f"{home}/{path}"):
        if whole in paths:
            return whole
    ending = "".join(path.split("/"))
    found = [
        one for one in known if one.endswith(f"/{path}") or one.replace("/", "").endswith(ending) and _cut(one, ending)
    ]
    if len(found) == 1:
        return found[0]
    last = {one.rpartition("/")[2]: one for one in known}
    raise UnknownPlace(place=path, near="、".join(found[:NEAR] or near(path.rpartition("/")[2], sorted(last))))


def _cut(path: str, ending: str) -> bool:
    """Say whether an ending without strokes begins where a name of the path begins: 示例镇上河村, not 例镇上河村."""
    names = path.split("/")
    return any("".join(names[start:]) == ending for start in range(len(names)))


def is_empty(session: Session, tables: Sequence[type[SQLModel]]) -> bool:
    """Say whether none of these tables holds a row."""
    return all(session.exec(select(table).limit(1)).first() is None for table in tables)


def granted(grant: Grant) -> Fact:
    """Return the fact that somebody has a role, in its new shape."""
    return Fact(
        "granted",
        {"role": grant.role, "region": grant.region, "rank": grant.rank, "categories": grant.categories},
    )
