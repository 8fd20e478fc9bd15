"""From obligations to items (排日程): one item for each place that must do it, and each time within the year."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from assistant.drills.case import ItemState
from assistant.drills.kinds import FOLLOWED, is_of_both, is_of_villages
from assistant.events import Fact
from assistant.obligations import Obligation, windows
from assistant.rules import covers

Key = tuple[str, str, str, int]
"""Obligation, region, last day, turn: there is one item for each."""


def items_for(obligation: Obligation, places: Iterable[str], year: int) -> list[Fact]:
    """Return the items of a year for some places; none for duties of which no calendar or no act tells."""
    if obligation.kind not in FOLLOWED:
        return []
    return [_fact(obligation, place, window) for place in places for window in _numbered(obligation, place, year)]


def doers(obligation: Obligation, places: Iterable[str], villages: Iterable[str]) -> list[str]:
    """Return who must do what holds for `places`: each village at or below them, these places themselves, or both."""
    confirmed = list(places)
    is_both = is_of_both(obligation)
    if not is_both and not is_of_villages(obligation):
        return confirmed
    below = {one for one in villages if any(covers(place, one) for place in confirmed)}
    return sorted(below | set(confirmed)) if is_both else sorted(below)


def key_of(fact: Fact) -> Key:
    """Return what tells an item from all others."""
    fields = fact.data["set"]
    return fields["obligation"], fields["region"], fields["due_on"], fields["turn"]


def is_open(fact: Fact, today: date, since: date) -> bool:
    """Say whether the window has opened, and was not over when the obligation was confirmed."""
    fields = fact.data["set"]
    return bool(fields["opens_on"] <= today.isoformat() and fields["due_on"] >= since.isoformat())


def _numbered(obligation: Obligation, place: str, year: int) -> Iterator[tuple[date, date, int]]:
    seen: Counter[date] = Counter()
    for first, last in windows(obligation, year, place=place):
        yield first, last, seen[last]
        seen[last] += 1


def _fact(obligation: Obligation, place: str, window: tuple[date, date, int]) -> Fact:
    first, last, turn = window
    fields = {
        "obligation": obligation.number,
        "turn": turn,
        "region": place,
        "kind": obligation.kind,
        "subject": obligation.subject,
        "opens_on": first.isoformat(),
        "due_on": last.isoformat(),
        "state": ItemState.OPEN.value,
    }
    return Fact("opened", {"set": fields}, obligation.unit)
