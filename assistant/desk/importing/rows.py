"""What all imports share: the table with its headings, and one row after the other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import BadPlace, NoHeading, RowRefused, TooLarge, UnknownPlace
from assistant.events import Actor
from assistant.ingest.sheets import ROWS, SheetRow, read_sheets
from assistant.people.cells import several
from assistant.people.headings import Field, Header, find_header
from assistant.people.importing import Line, Outcome, Reason, Report
from assistant.people.person import Grant
from assistant.permissions import PeopleAction, may
from assistant.store.people import known_place
from assistant.wording.imports import heading_words
from assistant.wording.terms import CATEGORIES

ALL = frozenset({"全部", "所有", "全部类别", "不限"})
BY_WORD = {word: code for code, word in CATEGORIES.items() if code} | {code: code for code in CATEGORIES if code}


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file below its headings."""

    header: Header
    number: int
    """Of the row with the headings."""
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, slots=True)
class Importer:
    """Who imports, and for where."""

    actor: Actor
    home: str = ""
    """Place of rows that name none, and above those that name only a village."""
    grants: tuple[Grant, ...] | None = None
    """What the importer may do; None at the console, whose user has the database anyway."""

    def check(self, region: str) -> None:
        """Raise RowRefused where somebody imports for a place that is not theirs."""
        if self.grants is not None and not may(self.grants, PeopleAction.IMPORT, region):
            raise RowRefused(reason=Reason.NOT_YOURS, region=region)


def read_table(path: Path, words: Mapping[Field, str], least: Sequence[frozenset[Field]]) -> Table:
    """Return the first sheet that has the headings.

    Raises: NoHeading, TooLarge, and what `read_sheets` raises.
    """
    for rows in read_sheets(path):
        header = find_header([row.cells for row in rows], words, least)
        if header is not None:
            if len(rows) - header.at - 1 > ROWS:
                raise TooLarge(path=path, limit_rows=ROWS)
            return Table(header, rows[header.at].number, tuple(rows[header.at + 1 :]))
    raise NoHeading(path=path, wanted=heading_words(words, least))


def each_row(table: Table, take: Callable[[SheetRow, dict[Field, str]], Line], *, is_trial: bool) -> Report:
    """Return what became of each row; one that is refused stops no other."""
    lines = []
    for row in table.rows:
        cells = table.header.cells(row.cells)
        try:
            if row.formulas & table.header.used():
                raise RowRefused(reason=Reason.FORMULA, column=min(row.formulas & table.header.used()) + 1)
            lines.append(take(row, cells))
        except RowRefused as error:
            lines.append(refused(row.number, cells, error.details))
    return Report(table.number, table.header.unused, tuple(lines), is_trial)


def refused(row: int, cells: Mapping[Field, str], details: Mapping[str, Any]) -> Line:
    """Return the line of a row that cannot be used."""
    what = cells.get(Field.NAME) or cells.get(Field.REGION) or cells.get(Field.VILLAGE) or ""
    about = tuple((name, value) for name, value in details.items() if name != "reason")
    return Line(row, Outcome.REFUSED, what[:30], reason=details["reason"], about=about)


def place_in(cell: str, known: Sequence[str], home: str) -> str:
    """Return the known place that a cell names, `home` for an empty one; raises RowRefused."""
    if not cell.strip():
        if home in known:
            return home
        raise RowRefused(reason=Reason.NO_PLACE)
    try:
        return known_place(cell, known, home)
    except BadPlace as error:
        raise RowRefused(reason=Reason.NOT_A_PLACE, value=cell[:30]) from error
    except UnknownPlace as error:
        raise RowRefused(reason=Reason.UNKNOWN_PLACE, value=cell[:30], near=error.details["near"]) from error


def categories_in(cell: str) -> tuple[str, ...]:
    """Return the classes of hazard in a cell, none for all of them; raises RowRefused for an unknown one."""
    words = several(cell)
    if not words or ALL.intersection(words):
        return ()
    unknown = [word for word in words if word not in BY_WORD]
    if unknown:
        raise RowRefused(reason=Reason.UNKNOWN_CATEGORY, value=unknown[0][:20])
    return tuple(dict.fromkeys(BY_WORD[word] for word in words))
