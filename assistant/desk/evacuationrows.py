"""The households that somebody speaks of (名下的户): rows with their households, and what is told to whom about them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.desk import callnotices as notices
from assistant.evacuation import HelperList, Household, Sum, Transfer, sum_of
from assistant.events import Event, utc
from assistant.people import Person
from assistant.permissions import EvacuationAction, may
from assistant.store import Work
from assistant.store import duty as rosters
from assistant.store import evacuation as stored
from assistant.store import warnings as relayed
from assistant.warnings import RelayedWarning
from assistant.wording import evacuation as wording


@dataclass(frozen=True, slots=True)
class Rows:
    """Transfers with their households, in order."""

    rows: tuple[Transfer, ...]
    homes: dict[int, Household]

    def pairs(self, rows: Iterable[Transfer] | None = None) -> list[tuple[Transfer, Household]]:
        """Return rows, all by default, each with its household."""
        return [(row, self.homes[row.household]) for row in (self.rows if rows is None else rows)]

    @property
    def roll(self) -> list[Household]:
        """The households, each once."""
        return [self.homes[one] for one in dict.fromkeys(row.household for row in self.rows)]

    def of(self, household: int) -> Transfer | None:
        """Return the row of a household."""
        return next((row for row in self.rows if row.household == household), None)

    def some(self, rows: Iterable[Transfer]) -> "Rows":
        """Return a part of the rows."""
        return Rows(tuple(rows), self.homes)

    def left(self, *, unsafe: bool = False) -> list[str]:
        """Return who is not done, by name; unsafe: with those who refuse."""
        states = steps_unsafe if unsafe else wording.is_open
        return [wording.left(home, row) for row, home in self.pairs() if states(row)]


def steps_unsafe(row: Transfer) -> bool:
    """Say whether somebody of a household may still be in danger."""
    return wording.is_open(row) or row.stands.value == "refused"


def with_homes(work: Work, rows: Iterable[Transfer]) -> Rows:
    """Return transfers with their households."""
    known = tuple(rows)
    return Rows(known, stored.households(work.session, {row.household for row in known}))


def today(work: Work) -> date:
    """Return the day for which a rule is asked."""
    return utc(work.now).date()


def own(known: Rows, person: Person) -> Rows:
    """Return the rows that somebody helps with now."""
    return known.some(row for row in known.rows if row.helper == person.id)


def within_reach(work: Work, known: Rows, person: Person) -> Rows:
    """Return the rows of which somebody may tell: the own list, then what the role, the shelter or the own home gives."""
    grants = work.grants(person)

    def may_tell(row: Transfer) -> bool:
        home = known.homes[row.household]
        is_near = person.id in (row.helper, home.helper_id, home.backup_id, home.keeper_id, home.person_id)
        return is_near or may(grants, EvacuationAction.TELL_TRANSFER, row.region)

    return known.some(row for row in known.rows if may_tell(row))


def list_of(work: Work, warning: str, person: int) -> HelperList | None:
    """Return a helper's list for a warning."""
    return next((one for one in stored.lists_of(work.session, warning) if one.person == person), None)


def warning_of(work: Work, row: Transfer) -> RelayedWarning:
    """Return the warning for which a household is moved."""
    return relayed.warning(work, row.warning)


def by_village(known: Rows) -> dict[str, Rows]:
    """Return the rows of each village, by the village's name."""
    found: dict[str, list[Transfer]] = {}
    for row in known.rows:
        found.setdefault(village(row.region), []).append(row)
    return {place: known.some(rows) for place, rows in found.items()}


def village(region: str) -> str:
    """Return the name of the village in which a place lies; a group has its village above it."""
    parts = region.split("/")
    named = [part for part in parts if part.endswith(("村", "社区"))]
    return named[-1] if named else parts[-1]


def sums(known: Rows) -> dict[str, Sum]:
    """Return the sum of each village."""
    return {place: sum_of(rows.rows) for place, rows in by_village(known).items()}


def in_charge(work: Work, row: Transfer, *, but: Iterable[int] = ()) -> list[Person]:
    """Return duty and leader of a household's place."""
    return rosters.on_duty(work, row.region, but=frozenset(but))


def reachable(work: Work, people: Iterable[Person]) -> str:
    """Return by name who has been reached, or that nobody has."""
    names = [notices.name(person) for person in people if work.has_channel(person)]
    return "、".join(names) or wording.NOBODY_TOLD


def tell(work: Work, event: Event, what: str, people: Sequence[Person], text: str) -> None:
    """Tell people of an event, each once, in the urgent lane."""
    notices.send(work, event, what, people, text)


def helper_of(work: Work, row: Transfer) -> Person | None:
    """Return who sees to a household now."""
    return work.person_by_id(row.helper) if row.helper is not None else None
