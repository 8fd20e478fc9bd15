"""Who stands in for somebody absent (B 角), in the order of calling."""

from collections.abc import Iterable

from assistant.people.person import Grant
from assistant.rules import covers


def deputies(held: Iterable[Grant], absent: int, region: str) -> list[int]:
    """Return the person ids of those who stand in (B 角) for somebody absent in a role, in the order of calling.

    held: the grants of that role which hold today. B of the nearest place first, then whoever else has the role there,
    then the same in the places above.
    """
    others = [grant for grant in held if grant.person_id != absent and covers(grant.region, region)]
    others.sort(key=lambda grant: (-len(grant.region), grant.rank != "B", grant.id or 0))
    return list(dict.fromkeys(grant.person_id for grant in others))


def deputy(held: Iterable[Grant], absent: int, region: str) -> int | None:
    """Return who is called first in the place of somebody absent; None where nobody stands in."""
    return next(iter(deputies(held, absent, region)), None)
