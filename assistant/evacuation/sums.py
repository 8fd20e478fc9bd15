"""The sum of an evacuation: 应转 = 已转 + 拒转 + 外出 + 未完, for households and persons, at every moment."""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.evacuation.transfer import MOVED, UNDONE, State, Transfer


@dataclass(frozen=True, slots=True)
class Count:
    """Households and persons together."""

    households: int = 0
    persons: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.households + other.households, self.persons + other.persons)


NONE = Count()


@dataclass(frozen=True, slots=True)
class Sum:
    """Where everybody is."""

    due: Count
    """All who must move (应转)."""
    moved: Count
    """Away from the danger (已转); those on their way among them."""
    refused: Count
    away: Count
    undone: Count
    on_the_way: Count
    """Have left and are not at the shelter yet."""
    returned: Count

    @property
    def holds(self) -> bool:
        """Whether the parts are the whole."""
        return self.due == self.moved + self.refused + self.away + self.undone

    @property
    def is_done(self) -> bool:
        """Whether nobody is left to be moved, or on the way."""
        return self.undone == NONE and self.on_the_way == NONE


def sum_of(transfers: Iterable[Transfer]) -> Sum:
    """Return where everybody is.

    `due` counts the rows and not their states, so that a state which no part knows would break the sum.
    """
    known = list(transfers)
    return Sum(
        due=_count(known),
        moved=_count(one for one in known if one.stands in MOVED),
        refused=_count(one for one in known if one.stands is State.REFUSED),
        away=_count(one for one in known if one.stands is State.AWAY),
        undone=_count(one for one in known if one.stands in UNDONE),
        on_the_way=_count(one for one in known if one.stands is State.LEFT),
        returned=_count(one for one in known if one.stands is State.RETURNED),
    )


def _count(transfers: Iterable[Transfer]) -> Count:
    known = list(transfers)
    return Count(len(known), sum(one.persons for one in known))
