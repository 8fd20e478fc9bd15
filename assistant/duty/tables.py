"""Rosters as offices keep them (值班表): a list by days, dates across, marks, a calendar page; every row is accounted for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.duty import grids
from assistant.duty.dates import Around, around
from assistant.duty.entries import Entry, Fate, Line, Reading, Row, text_of
from assistant.duty.headings import find_headings
from assistant.duty.lists import read_list
from assistant.duty.names import is_landline, phones_in

Read = tuple[list[Entry], list[Line]]


def read_roster(rows: Sequence[Row], today: date, name: str = "") -> Reading | None:
    """Return who is on by a sheet, None where it is no roster.

    today: for dates without a year, the nearest. name: of the sheet or file, which may be all that names the month.
    """
    titles = _titles(rows)
    known = around(titles, today)
    if known.month is None:
        named = around(f"{name} {titles}", today)
        known = named if named.month is not None else known
    read = _as_list(rows, known) or _as_grid(rows, known)
    if read is None:
        return None
    entries, lines = read
    if not entries:
        return None
    return Reading(tuple(entries), tuple(lines), _room_phone(lines))


def _titles(rows: Sequence[Row]) -> str:
    """Return what the first rows say that are one cell only: title, month, office."""
    alone = [text_of(cells) for _, cells in rows[: grids.LOOKED_AT] if len({cell for cell in cells if cell}) <= 2]
    return " ".join(alone[:4])


def _as_list(rows: Sequence[Row], known: Around) -> Read | None:
    headings = find_headings([cells for _, cells in rows], with_weekdays=known.first is not None)
    if headings is None:
        return None
    first = headings.last + 1
    entries, lines = read_list(rows[first:], headings, known)
    return entries, _above(rows[:first], headings.rows) + lines


def _as_grid(rows: Sequence[Row], known: Around) -> Read | None:
    # a calendar page has days of the week over it, and numbers of days in several rows
    weekdays = grids.find_calendar(rows)
    across = grids.find_across(rows, known)
    if weekdays is not None and (across is None or _is_page(rows[weekdays + 1 :], known)):
        entries, lines = grids.read_calendar(rows[weekdays + 1 :], rows[weekdays][1], known)
        if entries:
            return entries, _above(rows[: weekdays + 1], 1) + lines
    if across is None:
        return None
    entries, lines = grids.read_across(rows[across.at + 1 :], across)
    return (entries, _above(rows[: across.at + 1], 1) + lines) if entries else None


def _is_page(rows: Sequence[Row], known: Around) -> bool:
    """Say whether dates stand in more than one row."""
    return (
        grids.find_across(rows, known) is not None
        and sum(grids.find_across([row], replace(known, first=None, last=None)) is not None for row in rows) > 1
    )


def _above(rows: Sequence[Row], headings: int) -> list[Line]:
    first = len(rows) - headings
    return [
        Line(number, Fate.HEADING if at >= first else Fate.TITLE, text_of(cells))
        for at, (number, cells) in enumerate(rows)
    ]


def _room_phone(lines: Sequence[Line]) -> str:
    """Return the telephone that a title or a foot names as the duty room's."""
    told = [line.text for line in lines if line.fate is Fate.TITLE and "电话" in line.text]
    phones = [phone for text in told for phone in phones_in(text)]
    return next((phone for phone in phones if is_landline(phone)), phones[0] if phones else "")
