"""Tables as offices keep them (xlsx, csv): bytes to rows of text, under limits; formulas are marked, merged cells filled."""

import csv
import io
import posixpath
import re
import warnings
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils.cell import column_index_from_string
from openpyxl.utils.exceptions import InvalidFileException

from assistant.errors import DamagedFile, EmptyFile, EncryptedFile, MissingFile, TooLarge, UnknownTable
from assistant.ingest.limits import MEGABYTE
from assistant.ingest.package import BROKEN, parse, value, xml_parts
from assistant.ingest.sniffing import binary_format
from assistant.ingest.text import decode

FILE_MB, ROWS, COLUMNS = 5, 10_000, 60
"""A township's roll has some hundred rows; whatever is longer is split by whoever hands it in."""
DELIMITERS = ",\t;，|"
LOOKED_AT = 20
"""Lines that may stand above the rows, and in which the sign between cells is counted."""
# ="13812345678" and '13812345678: how programs keep Excel from making a number of a telephone number
PROTECTED = re.compile(r'="(.*)"|\'(.*)', re.DOTALL)
MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*>")
ROW_NUMBER, HIDDEN = re.compile(rb'\sr="(\d{1,7})"'), re.compile(rb'\shidden="(?:1|true)"')
Range = tuple[int, int, int, int]
"""Left, top, right, bottom of merged cells, from 1."""
UNREADABLE = (*BROKEN, KeyError, IndexError, TypeError, AttributeError, SyntaxError, InvalidFileException)
"""What openpyxl raises for damaged parts."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row that is not empty."""

    number: int
    """As the program that made the table counts, from 1."""
    cells: tuple[str, ...]
    formulas: frozenset[int] = frozenset()
    """Columns, from 0, that hold a formula instead of a value."""
    is_hidden: bool = False


def read_sheets(path: Path) -> list[list[SheetRow]]:
    """Return the rows of each sheet of a table, empty ones left out.

    Raises: MissingFile, EmptyFile, TooLarge, UnknownTable, EncryptedFile, DamagedFile, WrongEncoding.
    """
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= FILE_MB * MEGABYTE else b""
    except OSError as error:
        raise MissingFile(path=path) from error
    if size > FILE_MB * MEGABYTE:
        raise TooLarge(path=path, limit_mb=FILE_MB)
    kind = binary_format(data, path.suffix.lower())
    if kind == "encrypted docx":
        raise EncryptedFile(path=path)
    if kind not in (None, "xlsx"):
        raise UnknownTable(path=path)
    sheets = [list(_bounded(path, rows)) for rows in (_workbook(path, data) if kind else [_separated(path, data)])]
    if not any(sheets):
        raise EmptyFile(path=path)
    return sheets


def _bounded(path: Path, rows: Iterable[SheetRow]) -> Iterator[SheetRow]:
    for count, row in enumerate(rows, 1):
        if count > ROWS + LOOKED_AT:
            raise TooLarge(path=path, limit_rows=ROWS)
        yield row


def _separated(path: Path, data: bytes) -> Iterator[SheetRow]:
    text = decode(path, data)
    head = Counter("\n".join(text.split("\n")[:LOOKED_AT]))
    delimiter = max(DELIMITERS, key=lambda sign: head[sign])
    try:
        for number, record in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
            cells = [_unprotected(cell.strip()) for cell in record[:COLUMNS]]
            formulas = frozenset(column for column, cell in enumerate(cells) if cell.startswith("="))
            if any(cells):
                yield SheetRow(number, tuple(cells), formulas)
    except csv.Error as error:
        raise DamagedFile(path=path) from error


def _unprotected(cell: str) -> str:
    found = PROTECTED.fullmatch(cell)
    return (found[1] if found[1] is not None else found[2]).strip() if found else cell


def _workbook(path: Path, data: bytes) -> Iterator[Iterator[SheetRow]]:
    parts = xml_parts(path, data)
    try:
        of_sheets = _parts_of_sheets(path, parts)
        merged = {title: _ranges(path, part) for title, part in of_sheets.items()}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and validations that do not concern the cells
            book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            for sheet in book.worksheets:
                rows = _filled(list(_bounded(path, _rows(sheet))), merged.get(sheet.title, []))
                hidden = _hidden(of_sheets.get(sheet.title, b""))
                yield iter([replace(row, is_hidden=True) if row.number in hidden else row for row in rows])
    except UNREADABLE as error:
        raise DamagedFile(path=path) from error


def _rows(sheet: Any) -> Iterator[SheetRow]:
    # what the file says about its size may be wrong in either direction
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_col=COLUMNS), 1):
        cells = tuple(_text(cell.value) for cell in row)
        formulas = frozenset(column for column, cell in enumerate(row) if cell.value and cell.data_type == "f")
        if any(cells):
            yield SheetRow(number, cells, formulas)


def _text(held: object) -> str:
    if held is None:
        return ""
    if isinstance(held, float) and held.is_integer() and abs(held) < 1e15:
        return str(int(held))
    if isinstance(held, datetime):
        return held.isoformat(" ") if held.hour or held.minute else held.date().isoformat()
    return str(held).strip()


def _hidden(part: bytes) -> set[int]:
    """Return the numbers of the rows that Excel does not show."""
    rows = [found[0] for found in ROW.finditer(part)]
    numbers = [ROW_NUMBER.search(row) for row in rows if HIDDEN.search(row)]
    return {int(found[1]) for found in numbers if found is not None}


def _parts_of_sheets(path: Path, parts: dict[str, bytes]) -> dict[str, bytes]:
    """Return the XML of each sheet by its title."""
    links = {one.get("Id"): str(one.get("Target")) for one in _elements(path, parts, "xl/_rels/workbook.xml.rels")}
    found = {}
    for sheet in _elements(path, parts, "xl/workbook.xml"):
        target = links.get(value(sheet, "id")) if str(sheet.tag).endswith("}sheet") else None
        if target is not None:
            name = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
            found[str(sheet.get("name"))] = parts.get(name, b"")
    return found


def _ranges(path: Path, part: bytes) -> list[Range]:
    found = MERGE.findall(part)
    if len(found) > ROWS:
        raise TooLarge(path=path, limit_rows=ROWS)
    return [(_column(left), int(top), _column(right), int(bottom)) for left, top, right, bottom in found]


def _column(letters: bytes) -> int:
    return int(column_index_from_string(letters.decode()))


def _elements(path: Path, parts: dict[str, bytes], name: str) -> Iterator[etree._Element]:
    yield from parse(path, parts.get(name, b"<none/>")).iter("{*}*")


def _filled(rows: list[SheetRow], ranges: list[Range]) -> list[SheetRow]:
    """Give each row its part of the cells that are merged over it; rows with nothing else stay left out."""
    by_number = {row.number: list(row.cells) for row in rows}
    numbers = sorted(by_number)
    for left, top, right, bottom in ranges:
        first = by_number.get(top)
        if first is None or left > len(first):
            continue
        for number in numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]:
            cells = by_number[number]
            cells += [""] * (min(right, COLUMNS) - len(cells))
            for column in range(left - 1, min(right, COLUMNS)):
                cells[column] = cells[column] or first[left - 1]
    return [SheetRow(row.number, tuple(by_number[row.number]), row.formulas) for row in rows]
