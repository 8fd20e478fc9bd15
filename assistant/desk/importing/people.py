"""Importing people (导入人员): one row is a person in a role; a person with two roles has two rows."""

from dataclasses import dataclass, field
from pathlib import Path

from assistant.desk.importing.rows import Importer, Table, categories_in, each_row, place_in, read_table
from assistant.errors import RowRefused
from assistant.events import Fact
from assistant.hazards.moments import day
from assistant.ingest.sheets import SheetRow
from assistant.people import Grant, Person, Rank, Role
from assistant.people import cells as read
from assistant.people.headings import PEOPLE, Field
from assistant.people.importing import Change, Line, Outcome, Reason, Report
from assistant.store import Work
from assistant.store import people as stored

LEAST = (frozenset({Field.NAME}), frozenset({Field.PHONE, Field.ROLE, Field.REGION, Field.UNIT}))
Changes = list[tuple[Change, str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One row, read."""

    name: str
    phone: str
    unit: str
    regions: tuple[str, ...]
    roles: tuple[Role, ...]
    rank: Rank | None
    categories: tuple[str, ...] | None
    """None where the cell is empty: what was known stays."""


@dataclass(slots=True)
class Roll:
    """Who is known, and what this file has said so far."""

    work: Work
    importer: Importer
    journal: stored.Journal
    paths: list[str]
    by_name: dict[str, list[Person]] = field(default_factory=dict)
    by_phone: dict[str, Person] = field(default_factory=dict)
    grants: dict[int, list[Grant]] = field(default_factory=dict)
    phones: frozenset[str] = frozenset()
    """All numbers of the file."""
    rows: dict[int, int] = field(default_factory=dict)
    """Person id → first row that spoke of them."""
    roles: dict[tuple[int, str, str], int] = field(default_factory=dict)
    """Person id, role, region → row that gave it."""


def import_people(path: Path, work: Work, importer: Importer, *, is_trial: bool = False) -> Report:
    """Take the persons and roles of a table into the ledger; what a file does not name stays as it is.

    Raises: NoHeading, and what `read_sheets` raises.
    """
    table = read_table(path, PEOPLE, LEAST)
    roll = _roll(table, work, importer)
    return each_row(table, lambda row, cells: _take(row, _read(cells, roll), roll), is_trial=is_trial)


def _roll(table: Table, work: Work, importer: Importer) -> Roll:
    paths = [place.path for place in stored.places(work.session)]
    roll = Roll(work, importer, stored.Journal(work.session, importer.actor, work.now), paths)
    for person in stored.everybody(work.session):
        _enter(roll, person)
    today = day(work.now)
    for grant in stored.grants(work.session):
        if grant.until is None or today <= grant.until:
            roll.grants.setdefault(grant.person_id, []).append(grant)
    roll.phones = frozenset(filter(None, (_phone(table.header.cells(row.cells)) for row in table.rows)))
    return roll


def _enter(roll: Roll, person: Person) -> None:
    roll.by_name.setdefault(person.name, []).append(person)
    if person.phone:
        roll.by_phone.setdefault(person.phone, person)


def _phone(cells: dict[Field, str]) -> str:
    try:
        return read.phone(cells.get(Field.PHONE, ""))
    except RowRefused:
        return ""


def _read(cells: dict[Field, str], roll: Roll) -> Entry:
    entry = Entry(
        name=read.name(cells.get(Field.NAME, "")),
        phone=read.phone(cells.get(Field.PHONE, "")),
        unit=read.unit(cells.get(Field.UNIT, "")),
        regions=_regions(cells.get(Field.REGION, ""), roll),
        roles=read.roles(cells.get(Field.ROLE, "")),
        rank=read.rank(cells.get(Field.RANK, "")),
        categories=categories_in(cells[Field.CATEGORIES]) if Field.CATEGORIES in cells else None,
    )
    for region in entry.regions:
        roll.importer.check(region)
    return entry


def _regions(cell: str, roll: Roll) -> tuple[str, ...]:
    """Return the places of a cell: one, or several villages or groups apart by 、."""
    try:
        return (place_in(cell, roll.paths, roll.importer.home),)
    except RowRefused as error:
        parts = cell.replace("，", "、").replace("；", "、").split("、")
        if len(parts) < 2 or error.details["reason"] is Reason.NO_PLACE:
            raise
        return tuple(dict.fromkeys(place_in(part, roll.paths, roll.importer.home) for part in parts))


def _take(row: SheetRow, entry: Entry, roll: Roll) -> Line:
    person = _known(entry, roll)
    if person is None:
        return _added(row.number, entry, roll)
    first = roll.rows.get(person.id or 0)
    _refuse_repetition(person, entry, roll, first)
    changes = _changed(person, entry, roll) if first is None else []
    changes += _granted(row.number, person, entry, roll)
    roll.rows.setdefault(person.id or 0, row.number)
    return Line(row.number, Outcome.CHANGED if changes else Outcome.UNCHANGED, entry.name, tuple(changes))


def _known(entry: Entry, roll: Roll) -> Person | None:
    """Return the person that a row means: by telephone number, else by name and place."""
    owner = roll.by_phone.get(entry.phone) if entry.phone else None
    if owner is not None:
        if owner.name != entry.name:
            raise RowRefused(reason=Reason.DUPLICATE_PHONE, other=owner.name, row=roll.rows.get(owner.id or 0))
        return owner
    alike = [person for person in roll.by_name.get(entry.name, []) if person.region == entry.regions[0]]
    if entry.phone:
        # who has another number in this same file is somebody else of that name
        alike = [person for person in alike if person.phone not in roll.phones]
    if len(alike) > 1:
        alike = [person for person in alike if entry.unit and person.unit == entry.unit]
        if len(alike) != 1:
            raise RowRefused(reason=Reason.SEVERAL_ALIKE)
    return alike[0] if alike else None


def _refuse_repetition(person: Person, entry: Entry, roll: Roll, first: int | None) -> None:
    given = [roll.roles.get((person.id or 0, role.value, region)) for role in entry.roles for region in entry.regions]
    if first is not None and all(row is not None for row in given):
        raise RowRefused(reason=Reason.TWICE, row=given[0] if given else first)


def _added(row: int, entry: Entry, roll: Roll) -> Line:
    person = Person(
        name=entry.name, phone=entry.phone, unit=entry.unit, region=entry.regions[0], created_at=roll.work.now
    )
    roll.work.session.add(person)
    roll.work.session.flush()
    roll.journal.open(person, Fact("created", {"region": person.region, "unit": person.unit}))
    _enter(roll, person)
    changes = _granted(row, person, entry, roll)
    roll.rows[person.id or 0] = row
    return Line(row, Outcome.ADDED, entry.name, tuple(changes))


def _changed(person: Person, entry: Entry, roll: Roll) -> Changes:
    """Take over what the row says otherwise; an empty cell changes nothing."""
    said = ((Change.PHONE, entry.phone), (Change.UNIT, entry.unit), (Change.REGION, entry.regions[0]))
    changes = [(change, value) for change, value in said if value and getattr(person, change.value) != value]
    for change, value in changes:
        setattr(person, change.value, value)
    if changes:
        roll.by_phone.setdefault(person.phone, person)
        roll.work.session.add(person)
        roll.journal.note(person, Fact("changed", {"fields": [change.value for change, _ in changes]}))
    return changes


def _granted(row: int, person: Person, entry: Entry, roll: Roll) -> Changes:
    changes: Changes = []
    for role in entry.roles:
        for region in entry.regions:
            roll.roles.setdefault((person.id or 0, role.value, region), row)
            held = roll.grants.setdefault(person.id or 0, [])
            grant = next((g for g in held if g.role == role.value and g.region == region), None)
            if grant is None:
                changes.append((Change.ROLE, role.value))
                _grant(person, role, region, entry, roll)
            else:
                changes += _altered(person, grant, entry, roll)
    return changes


def _grant(person: Person, role: Role, region: str, entry: Entry, roll: Roll) -> None:
    grant = Grant(
        person_id=person.id or 0,
        role=role.value,
        region=region,
        categories=",".join(entry.categories or ()),
        rank=(entry.rank or Rank.A).value,
    )
    roll.work.session.add(grant)
    roll.grants[person.id or 0].append(grant)
    roll.journal.note(person, stored.granted(grant))


def _altered(person: Person, grant: Grant, entry: Entry, roll: Roll) -> Changes:
    changes: Changes = []
    if entry.rank is not None and grant.rank != entry.rank.value:
        grant.rank = entry.rank.value
        changes.append((Change.RANK, grant.rank))
    if entry.categories is not None and grant.categories != ",".join(entry.categories):
        grant.categories = ",".join(entry.categories)
        changes.append((Change.CATEGORIES, grant.categories))
    if changes:
        roll.work.session.add(grant)
        roll.journal.note(person, stored.granted(grant))
    return changes
