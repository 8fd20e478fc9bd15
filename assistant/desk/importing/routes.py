"""Importing routes (导入派单规则): area and class of hazard → who is in charge, and who catches what is refused."""

from dataclasses import dataclass
from pathlib import Path

from sqlmodel import select

from assistant.desk.importing.rows import Importer, categories_in, each_row, place_in, read_table
from assistant.errors import RowRefused, SeveralPersons, UnknownPerson
from assistant.hazards import Route
from assistant.ingest.sheets import SheetRow
from assistant.people import cells as read
from assistant.people.headings import ROUTES, Field
from assistant.people.importing import Change, Line, Outcome, Reason, Report
from assistant.store import Work
from assistant.store import people as stored

LEAST = (frozenset({Field.OWNER, Field.OWNER_UNIT}), frozenset({Field.REGION, Field.CATEGORIES}))


@dataclass(frozen=True, slots=True)
class Answerable:
    """Who a route leads to: a person, a department, or both."""

    person: int | None
    unit: str


@dataclass(frozen=True, slots=True)
class Routing:
    """What is known of routes."""

    work: Work
    importer: Importer
    paths: list[str]
    routes: dict[tuple[str, str], Route]
    """Region, class."""


def import_routes(path: Path, work: Work, importer: Importer, *, is_trial: bool = False) -> Report:
    """Take the routes of a table into the ledger; a route of the same place and class is replaced.

    Raises: NoHeading, and what `read_sheets` raises.
    """
    table = read_table(path, ROUTES, LEAST)
    routes = {(route.region, route.category): route for route in work.session.exec(select(Route)).all()}
    known = Routing(work, importer, [place.path for place in stored.places(work.session)], routes)
    given: dict[tuple[str, str], int] = {}
    return each_row(table, lambda row, cells: _take(row, cells, known, given), is_trial=is_trial)


def _take(row: SheetRow, cells: dict[Field, str], known: Routing, given: dict[tuple[str, str], int]) -> Line:
    region = place_in(cells.get(Field.REGION, ""), known.paths, known.importer.home)
    known.importer.check(region)
    keys = [(region, category) for category in categories_in(cells.get(Field.CATEGORIES, "")) or ("",)]
    owner = _answerable(cells, Field.OWNER, Field.OWNER_UNIT, known)
    backstop = _answerable(cells, Field.BACKSTOP, Field.BACKSTOP_UNIT, known)
    if owner == Answerable(None, ""):
        raise RowRefused(reason=Reason.NO_OWNER)
    repeated = [given[key] for key in keys if key in given]
    if repeated:
        raise RowRefused(reason=Reason.TWICE, row=repeated[0])
    given.update(dict.fromkeys(keys, row.number))
    is_new = any(key not in known.routes for key in keys)
    changes = [change for key in keys for change in _kept(key, owner, backstop, known)]
    outcome = Outcome.ADDED if is_new else Outcome.CHANGED if changes else Outcome.UNCHANGED
    return Line(row.number, outcome, region, tuple(dict.fromkeys((change, "") for change in changes)))


def _answerable(cells: dict[Field, str], person: Field, unit: Field, known: Routing) -> Answerable:
    said = cells.get(person, "").strip()
    department = read.unit(cells.get(unit, ""))
    if not said:
        return Answerable(None, department)
    try:
        found = stored.person_called(known.work.session, said)
    except UnknownPerson as error:
        raise RowRefused(reason=Reason.UNKNOWN_PERSON, value=said[:20], near=error.details["near"]) from error
    except SeveralPersons as error:
        raise RowRefused(reason=Reason.SEVERAL_PERSONS, value=said[:20], listed=error.details["listed"]) from error
    return Answerable(found.id, department or found.unit)


def _kept(key: tuple[str, str], owner: Answerable, backstop: Answerable, known: Routing) -> list[Change]:
    route = known.routes.get(key) or Route(region=key[0], category=key[1])
    is_same = (route.owner, route.unit) == (owner.person, owner.unit)
    caught = Answerable(route.backstop, route.backstop_unit)
    changes = [] if is_same else [Change.OWNER]
    # an empty cell leaves the backstop as it is
    if backstop not in (Answerable(None, ""), caught):
        changes.append(Change.BACKSTOP)
        route.backstop, route.backstop_unit = backstop.person, backstop.unit
    route.owner, route.unit = owner.person, owner.unit
    known.work.session.add(route)
    known.routes[key] = route
    return changes
