"""The call sheet (叫应单、敲门单) for when the network is cut: whom to telephone, at whose door to knock, with boxes to tick."""

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


@dataclass(frozen=True, slots=True)
class HouseLine:
    """One household on the knock list."""

    region: str
    """Path of the village or group."""
    head: str
    phone: str
    members: int
    vulnerable: str
    helper: str
    """Name with telephone."""
    route: str
    shelter: str
    so_far: str
    """How far it has come; empty where it has not been asked to move."""


def sheet(title: str, lines: Sequence[Line], homes: Sequence[HouseLine] = ()) -> Table:
    """Return the sheet with everybody; further ones are the knock lists of those who have not answered, and of the households."""
    knock = Table(words.KNOCK_LIST, _columns(), _rows([line for line in lines if line.is_open]))
    return Table(title, _columns(), _rows(lines), (knock, houses(homes)) if homes else (knock,))


def houses(homes: Sequence[HouseLine]) -> Table:
    """Return the knock list of households."""
    columns = tuple(Column(name, width) for name, width in words.HOUSE_COLUMNS)
    return Table(words.HOUSE_LIST, columns, tuple(_house(number, one) for number, one in enumerate(homes, 1)))


def _columns() -> tuple[Column, ...]:
    return tuple(Column(name, width) for name, width in words.SHEET_COLUMNS)


def _rows(lines: Sequence[Line]) -> tuple[tuple[str | int, ...], ...]:
    blank = ("",) * words.BLANKS
    return tuple(
        (number, line.region.rpartition("/")[2], line.name, line.phone, line.deputies, line.so_far, *blank)
        for number, line in enumerate(lines, 1)
    )


def _house(number: int, one: HouseLine) -> tuple[str | int, ...]:
    place = words.group(one.region)
    known = (one.head, one.phone, one.members, one.vulnerable, one.helper, one.route, one.shelter, one.so_far)
    return (number, place, *known, *("",) * len(words.HOUSE_BOXES))
