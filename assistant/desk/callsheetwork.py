"""The call sheet of a warning (叫应单、敲门单): persons and households, as far as is known now, to be printed."""

from dataclasses import dataclass

from assistant.desk.callview import Row, View
from assistant.evacuation import Household, Transfer, threatened
from assistant.exports import callsheet
from assistant.exports.callsheet import HouseLine, Line
from assistant.exports.tables import Table
from assistant.people import masked
from assistant.store import Work
from assistant.store import evacuation as rolls
from assistant.warnings.climbing import Outcome
from assistant.wording import callpages as words
from assistant.wording import evacuation

UNANSWERED = (Outcome.OPEN, Outcome.UNREACHABLE, Outcome.CLOSED)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Who stands on it."""

    people: tuple[Line, ...]
    houses: tuple[HouseLine, ...]

    @property
    def silent(self) -> tuple[Line, ...]:
        """Those who have not answered yet."""
        return tuple(line for line in self.people if line.is_open)


def sheet(work: Work, view: View) -> Sheet:
    """Return what stands on the sheet; telephones are whole only where the reader may see them."""
    return Sheet(tuple(map(_line, view.rows)), tuple(_houses(work, view)))


def table(work: Work, view: View) -> Table:
    """Return the sheet with everybody, the knock list of those who have not answered, and the one of the households."""
    known = sheet(work, view)
    return callsheet.sheet(words.sheet_title(view.warning), known.people, known.houses)


def houses(work: Work, view: View) -> Table:
    """Return the knock list of the households alone."""
    return callsheet.houses(sheet(work, view).houses)


def _line(row: Row) -> Line:
    return Line(
        region=row.call.region,
        name=row.who.name,
        phone=row.who.phone,
        deputies=words.deputies([(one.name, one.phone) for one in row.deputies]),
        so_far=words.so_far(row.call, row.outcome),
        is_open=row.outcome in UNANSWERED,
    )


def _houses(work: Work, view: View) -> list[HouseLine]:
    """Return the threatened households of the roll, place by place, the vulnerable first; an exercise knocks at no door."""
    warning = view.warning
    if warning.is_exercise:
        return []
    moving = {row.household: row for row in rolls.transfers_of(work.session, warning.number)}
    meant = threatened(rolls.roll(work.session), warning.places, warning.area)
    homes = sorted(meant, key=lambda one: (one.region, not one.weak, one.id or 0))
    return [_house(work, home, moving.get(home.id or 0), sees_phones=view.sees_phones) for home in homes]


def _house(work: Work, home: Household, row: Transfer | None, *, sees_phones: bool) -> HouseLine:
    helper = row.helper if row is not None else home.helper_id
    person = work.person_by_id(helper) if helper is not None else None

    def phone(number: str) -> str:
        return number if sees_phones else masked(number)

    return HouseLine(
        region=home.region,
        head=evacuation.name(home),
        phone=phone(home.phone),
        members=home.members,
        vulnerable=evacuation.weak(home),
        helper=words.deputies([(person.name, phone(person.phone))]) if person is not None else "",
        route=home.route,
        shelter=home.shelter,
        so_far=evacuation.STATES[row.stands] if row is not None else "",
    )
