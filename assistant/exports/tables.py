"""A table (表): columns in an office's order, rows of text, numbers and moments; written as xlsx or csv."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter

from assistant.hazards.moments import LOCAL

Cell = str | int | datetime | None
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Openings that a spreadsheet takes for a formula; full-width ones too."""
STRINGS_STAY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
A3, A4 = 8, 9
"""Numbers of paper sizes. Source: ECMA-376, paperSize."""
WIDE = 14
"""More columns than this cannot be read on A4."""
SPARE_ROWS = 1000
"""So many rows below the last one offer the states too: an office goes on writing by hand."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `choices` are offered as a drop-down."""

    name: str
    width: int = 12
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    further: tuple["Table", ...] = ()
    """More sheets of the same workbook; csv has none."""


def local(moment: datetime) -> datetime:
    """Return a moment as the clock on the wall in China shows it, without its zone: neither xlsx nor people want one."""
    return moment.astimezone(LOCAL).replace(tzinfo=None, second=0, microsecond=0)


def to_xlsx(table: Table, now: datetime) -> bytes:
    """Return a workbook, a sheet for each table: header frozen, filters on, text never a formula, times of China."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, **STRINGS_STAY})
    book.set_properties({"title": table.title, "created": local(now)})
    for one in (table, *table.further):
        _write(book, one, now)
    book.close()
    return out.getvalue()


def _write(book: Any, table: Table, now: datetime) -> None:
    sheet = book.add_worksheet(table.title)
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "bg_color": "#E8EDF2"})
    text = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    time = book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top", "align": "left", "border": 1})
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.name, head)
        sheet.set_column(place, place, column.width)
        if column.choices:
            offered = {"validate": "list", "source": list(column.choices)}
            sheet.data_validation(1, place, len(table.rows) + SPARE_ROWS, place, offered)
    for line, row in enumerate(table.rows, 1):
        for place, cell in enumerate(row):
            if isinstance(cell, datetime):
                sheet.write_datetime(line, place, local(cell), time)
            elif isinstance(cell, int):
                sheet.write_number(line, place, cell, text)
            elif cell:
                sheet.write_string(line, place, cell, text)
            else:
                sheet.write_blank(line, place, None, text)
    _for_printing(sheet, table, now)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)


def _for_printing(sheet: Any, table: Table, now: datetime) -> None:
    """Print lying, one page wide, the heads on every page: an office files it on paper, too."""
    sheet.set_landscape()
    sheet.set_paper(A3 if len(table.columns) > WIDE else A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header(f"&C{table.title}&R{local(now):%Y-%m-%d}")
    sheet.set_footer("&C&P / &N")


def to_csv(table: Table) -> bytes:
    """Return the same in UTF-8 with a byte order mark, as Excel wants it; a formula's opening gets ' before it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(column.name for column in table.columns)
    writer.writerows([_plain(cell) for cell in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return f"{local(cell):%Y-%m-%d %H:%M}"
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(DANGEROUS) else text
