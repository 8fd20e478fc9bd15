"""Rosters as offices keep them (值班表): a list by days, dates across, marks, a calendar page; every row is accounted for."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.duty import grids
from assistant.duty.dates import Around, around
from assistant.duty.entries import Entry, Fate, Line, Reading, Row, text_of
from assistant.duty.headings import find_headings, heads_anew
from assistant.duty.lists import read_list
from assistant.duty.names import is_landline, phones_in

# 上河村值班表（2026年9月） 示例镇派出所2026年9月值班安排表 · near miss: 值班表
OFFICE = re.compile(r"(?P<unit>[\u4e00-\u9fff]{2,14}?)(?:20\d\d年|\d{1,2}月份?|值班|带班|排班)")
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
    further = next((at for at in range(first, len(rows)) if heads_anew(rows[at][1])), len(rows))
    entries, lines = read_list(rows[first:further], headings, known)
    lines = _above(rows[:first], headings.rows) + lines
    if further == len(rows):
        return entries, lines
    title = text_of(rows[further - 1][1]) if lines[-1].fate is Fate.TITLE else ""
    more = _as_list(rows[further:], _known_by(title, known))
    return (entries, lines) if more is None else (entries + _of_office(title, more[0]), lines + more[1])


def _known_by(title: str, known: Around) -> Around:
    """Return what the title of a second table says of year and month, else what is known of the first."""
    named = around(title, known.today)
    return named if named.month is not None else known


def _of_office(title: str, entries: list[Entry]) -> list[Entry]:
    """Return the shifts of a second table as those of the office that its title names."""
    found = OFFICE.match(title)
    return [replace(one, unit=one.unit or found["unit"]) for one in entries] if found else entries


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
