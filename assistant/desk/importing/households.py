"""Importing household rolls (导入住户名册): one row is a household; helper, backup and keeper are persons who are known."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assistant.desk.importing.rows import Importer, each_row, place_in, read_table
from assistant.errors import RowRefused, SeveralPersons, UnknownPerson
from assistant.evacuation import Household, cells
from assistant.ingest.sheets import SheetRow
from assistant.people import Person
from assistant.people import cells as read
from assistant.people.headings import HOUSEHOLDS, Field
from assistant.people.importing import Change, Line, Outcome, Reason, Report
from assistant.store import Work, people
from assistant.store import evacuation as stored
from assistant.store.duty import person_named

LEAST = (
    frozenset({Field.NAME}),
    frozenset({Field.MEMBERS, Field.SHELTER, Field.HELPER, Field.WAY, Field.VULNERABLE}),
)
LONGEST = 60
PERSONS = {Field.HELPER: "helper_id", Field.BACKUP: "backup_id", Field.KEEPER: "keeper_id"}
TEXTS = {Field.WAY: "route", Field.SHELTER: "shelter", Field.NOTE: "note"}


@dataclass(slots=True)
class Register:
    """What is known of households, and what this file has said so far."""

    work: Work
    importer: Importer
    paths: list[str]
    homes: dict[tuple[str, str], Household] = field(default_factory=dict)
    """Region, head."""
    rows: dict[tuple[str, str], int] = field(default_factory=dict)


def import_households(path: Path, work: Work, importer: Importer, *, is_trial: bool = False) -> Report:
    """Take the households of a table into the roll; an empty cell changes nothing, and nobody is taken away.

    Raises: NoHeading, and what `read_sheets` raises.
    """
    table = read_table(path, HOUSEHOLDS, LEAST)
    known = Register(work, importer, [place.path for place in people.places(work.session)])
    known.homes = {(home.region, home.head): home for home in stored.roll(work.session)}
    return each_row(table, lambda row, given: _take(row, given, known), is_trial=is_trial)


def _take(row: SheetRow, given: Mapping[Field, str], known: Register) -> Line:
    region = place_in(given.get(Field.REGION, ""), known.paths, known.importer.home)
    known.importer.check(region)
    key = (region, read.name(given.get(Field.NAME, "")))
    if key in known.rows:
        raise RowRefused(reason=Reason.TWICE, row=known.rows[key])
    said = _read(given, region, known)
    home = known.homes.get(key)
    is_new = home is None
    home = home or Household(region=region, head=key[1])
    changed = [name for name, value in said.items() if getattr(home, name) != value]
    for name in changed:
        setattr(home, name, said[name])
    known.rows[key] = row.number
    known.homes[key] = home
    known.work.session.add(home)
    known.work.session.flush()
    if is_new:
        return Line(row.number, Outcome.ADDED, key[1])
    changes = tuple((Change.DETAIL, _heading(name)) for name in changed if name != "person_id")
    return Line(row.number, Outcome.CHANGED if changes else Outcome.UNCHANGED, key[1], changes)


def _heading(name: str) -> str:
    return next((kind.value for kind, attribute in PERSONS.items() if attribute == name), name)


def _read(given: Mapping[Field, str], region: str, known: Register) -> dict[str, object]:
    """Return what a row says, by attribute; what it leaves empty is not among it."""
    said: dict[str, object] = {}
    if (count := cells.members(given.get(Field.MEMBERS, ""))) is not None:
        said["members"] = count
    if Field.VULNERABLE in given:
        said["vulnerable"] = ",".join(one.value for one in cells.weaknesses(given[Field.VULNERABLE]))
    for kind in (Field.KNOWN_AS, Field.ZONE):
        if kind in given:
            said[kind.value] = cells.names(given[kind])
    if phone := read.phone(given.get(Field.PHONE, "")):
        said["phone"] = phone
    said |= {attribute: _text(given[kind]) for kind, attribute in TEXTS.items() if kind in given}
    said |= {attribute: _person(given[kind], region, known).id for kind, attribute in PERSONS.items() if kind in given}
    own = _own(given, phone, known)
    return said | ({"person_id": own.id} if own is not None else {})


def _text(cell: str) -> str:
    if len(cell) > LONGEST:
        raise RowRefused(reason=Reason.TOO_LONG, limit=LONGEST)
    return " ".join(cell.split())


def _person(cell: str, region: str, known: Register) -> Person:
    try:
        return person_named(known.work.session, cell.strip(), region)
    except UnknownPerson as error:
        names = sorted({person.name for person in people.everybody(known.work.session)})
        near = "、".join(people.near(cell.strip(), names))
        raise RowRefused(reason=Reason.UNKNOWN_PERSON, value=cell[:20], near=near) from error
    except SeveralPersons as error:
        raise RowRefused(reason=Reason.SEVERAL_PERSONS, value=cell[:20], listed=error.details["listed"]) from error


def _own(given: Mapping[Field, str], phone: str, known: Register) -> Person | None:
    """Return the person of the roll of people who is the head of this household: the same name and number."""
    name = read.name(given.get(Field.NAME, ""))
    alike = [
        one for one in people.everybody(known.work.session) if one.name == name and one.phone and one.phone == phone
    ]
    return alike[0] if len(alike) == 1 else None
