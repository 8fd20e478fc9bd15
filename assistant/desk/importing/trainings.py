"""Importing who was trained when (导入培训名单): one row is one person at one training; nothing is taken away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.desk.importing.rows import Importer, each_row, place_in, read_table
from assistant.duty.dates import around, days_in
from assistant.errors import RowRefused, SeveralPersons, UnknownPerson
from assistant.hazards.moments import day
from assistant.ingest.sheets import SheetRow
from assistant.people import Person
from assistant.people import cells as read
from assistant.people.headings import TRAININGS, Field
from assistant.people.importing import Line, Outcome, Reason, Report
from assistant.store import Work, people
from assistant.store import training as stored
from assistant.store.duty import person_named
from assistant.training import Attendance

LEAST = (frozenset({Field.NAME}), frozenset({Field.DAY}))
LONGEST = 200


@dataclass(frozen=True, slots=True)
class File:
    """What all rows of a file share."""

    work: Work
    importer: Importer
    paths: tuple[str, ...]
    name: str


def import_trainings(path: Path, work: Work, importer: Importer, *, is_trial: bool = False) -> Report:
    """Take the rows of a table as trainings of people who are known; the same row twice is one.

    Raises: NoHeading, and what `read_sheets` raises.
    """
    table = read_table(path, TRAININGS, LEAST)
    file = File(work, importer, tuple(place.path for place in people.places(work.session)), path.name)
    return each_row(table, lambda row, given: _take(row, given, file), is_trial=is_trial)


def _take(row: SheetRow, given: Mapping[Field, str], file: File) -> Line:
    home = file.importer.home
    region = place_in(given[Field.REGION], file.paths, home) if Field.REGION in given else home
    name = read.name(given.get(Field.NAME, ""))
    person = _person(name, region, file.work)
    file.importer.check(region or person.region)
    subject = " ".join(given.get(Field.SUBJECT, "").split())
    if len(subject) > LONGEST:
        raise RowRefused(reason=Reason.TOO_LONG, limit=LONGEST)
    held = _day(given.get(Field.DAY, ""), day(file.work.now))
    made = Attendance(person_id=person.id or 0, on=held.isoformat(), subject=subject, source=file.name)
    is_new = stored.attend(file.work.session, made)
    return Line(row.number, Outcome.ADDED if is_new else Outcome.UNCHANGED, name)


def _day(cell: str, today: date) -> date:
    days = days_in(cell, around("", today)).days
    if len(days) != 1 or days[0] > today:
        raise RowRefused(reason=Reason.NOT_A_DAY, value=cell[:20])
    return days[0]


def _person(name: str, region: str, work: Work) -> Person:
    try:
        return person_named(work.session, name, region)
    except UnknownPerson as error:
        near = "、".join(people.near(name, sorted({person.name for person in people.everybody(work.session)})))
        raise RowRefused(reason=Reason.UNKNOWN_PERSON, value=name, near=near) from error
    except SeveralPersons as error:
        raise RowRefused(reason=Reason.SEVERAL_PERSONS, value=name, listed=error.details["listed"]) from error
