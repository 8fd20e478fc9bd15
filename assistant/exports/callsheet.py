"""The call sheet (叫应单) for when the network is cut: whom to telephone and at whose door to knock, with boxes to tick."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.exports.tables import Column, Table
from assistant.wording import callpages as words


@dataclass(frozen=True, slots=True)
class Line:
    """One person on the sheet."""

    region: str
    name: str
    phone: str
    deputies: str
    """Names with telephones."""
    so_far: str
    """What has become of the call until now."""
    is_open: bool
    """Nobody has answered yet: these make the knock list."""


def sheet(title: str, lines: Sequence[Line]) -> Table:
    """Return the sheet with everybody, and as a second one the knock list of those who have not answered."""
    return Table(title, _columns(), _rows(lines), (Table(words.KNOCK_LIST, _columns(), _rows(_open(lines))),))


def _open(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.is_open]


def _columns() -> tuple[Column, ...]:
    return tuple(Column(name, width) for name, width in words.SHEET_COLUMNS)


def _rows(lines: Sequence[Line]) -> tuple[tuple[str | int, ...], ...]:
    blank = ("",) * words.BLANKS
    return tuple(
        (number, line.region.rpartition("/")[2], line.name, line.phone, line.deputies, line.so_far, *blank)
        for number, line in enumerate(lines, 1)
    )
