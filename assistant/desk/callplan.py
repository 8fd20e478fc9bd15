"""Who is called for a warning, and by which steps (叫应方案): looked up once, when the warning begins, and then frozen."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.people import Grant, PlaceLevel, Rank, Role
from assistant.people.tree import up_to
from assistant.rules import Rules, covers
from assistant.store import Work, place_tree
from assistant.store import duty as rosters
from assistant.store import warnings as stored
from assistant.warnings import As, Level, Step
from assistant.warnings.ladder import LOCAL, Plan, ladder_for, steps, waves

LEVELS_ABOVE = 2
"""So many places further up have somebody who is called when person and deputy stay silent."""
IN = "in"
MANNED = (Role.GRID, Role.REPORTER, Role.LEADER, Role.DUTY, Role.DIRECTOR)
"""Roles in which somebody is called, and in which somebody may stand in."""


@dataclass(frozen=True, slots=True)
class Threat:
    """What a warning is about, as far as that chooses the ladder."""

    event: str
    level: Level
    places: tuple[str, ...]
    """Paths of the warned places, at least one."""
    onset: datetime | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A person who is to be called."""

    person: int
    region: str
    must_act: bool


def plan_for(work: Work, threat: Threat, rules: Rules, *, is_exercise: bool) -> Plan:
    """Return the numbers and waves that hold for a warning from now on; an exercise moves nobody.

    Raises: UnknownRule.
    """
    region = threat.places[0]
    ladder = ladder_for(threat.event, threat.level, region)
    on = work.now.astimezone(LOCAL).date()

    def number(name: str) -> float:
        return rules.find(f"warning.{name}", region, on).value

    begun = [] if is_exercise else waves(ladder, threat.level, region, threat.onset, rules, work.now)
    level = threat.level.value
    return Plan(
        ladder=ladder.id,
        source=ladder.source,
        unit=ladder.unit,
        answer=number(f"answer.{level}"),
        step=number(f"step.{level}"),
        act=number(f"act.{level}"),
        recalls=int(number("recalls")),
        waves=tuple(begun),
    )


def named_by_ladder(work: Work, threat: Threat) -> list[Wanted]:
    """Return who is called by role and place, each once: who is in a warned place first, then who is in charge of it."""
    ladder = ladder_for(threat.event, threat.level, threat.places[0])
    found: dict[int, Wanted] = {}
    for role, where in ladder.call:
        must_act = role in ladder.act
        people = _inside(work, role, threat.places) if where == IN else _in_charge(work, role, threat.places)
        for person, region in people:
            found.setdefault(person, Wanted(person, region, must_act))
    gone = work.inactive()
    return [one for one in found.values() if one.person not in gone]


def without_anybody(work: Work, plan: Plan, threat: Threat, wanted: Collection[Wanted]) -> Plan:
    """Return the plan with the warned villages for which nobody who must act was found: such a gap is said at once."""
    villages = [place.path for place in place_tree(work.session).places if place.level == PlaceLevel.VILLAGE.value]
    warned = [path for path in villages if any(covers(area, path) or covers(path, area) for area in threat.places)]
    manned = {one.region for one in wanted if one.must_act}
    empty = [path for path in warned if not any(covers(path, one) or covers(one, path) for one in manned)]
    return replace(plan, empty=tuple(empty))


def ladders_of(work: Work, plan: Plan, wanted: Sequence[Wanted], *, calls_above: bool) -> dict[int, list[Step]]:
    """Return by person the steps of the own ladder: own channels, deputies, and where it is wanted the level above."""
    standing = _standing_in(work)
    above = _Above(work)
    chains: dict[int, list[tuple[int, As]]] = {}
    for one in wanted:
        deputies = standing.get(one.person, [])
        up = above.of(one.region, {one.person, *deputies}) if calls_above else []
        chains[one.person] = [(one.person, As.SELF), *((d, As.DEPUTY) for d in deputies), *((p, As.ABOVE) for p in up)]
    everybody = {person for chain in chains.values() for person, _ in chain}
    accounts = stored.accounts(work.session, sorted(everybody))
    return {
        person: steps(plan, ((one, place, accounts.get(one, [])) for one, place in chain))
        for person, chain in chains.items()
    }


def _inside(work: Work, role: Role, places: Iterable[str]) -> list[tuple[int, str]]:
    """Return who has a role in the places or below; B only where a place has no A."""
    grants = [one for one in work.grants_of(role) if any(covers(place, one.region) for place in places)]
    with_a = {one.region for one in grants if one.rank == Rank.A.value}
    return [(one.person_id, one.region) for one in grants if one.rank == Rank.A.value or one.region not in with_a]


def _in_charge(work: Work, role: Role, places: Iterable[str]) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for place in dict.fromkeys(up_to(one, PlaceLevel.TOWNSHIP) for one in places):
        if role is Role.DUTY:
            found += [(one.id or 0, place) for one in rosters.on_duty(work, place)]
        else:
            held = [one for one in work.grants_of(role) if covers(one.region, place)]
            nearest = max((len(one.region) for one in held), default=0)
            found += [(one.person_id, one.region) for one in held if len(one.region) == nearest]
    return found


def _standing_in(work: Work) -> dict[int, list[int]]:
    """Return by person who stands in: the other rank of the same role at the same place."""
    found: dict[int, list[int]] = defaultdict(list)
    gone = work.inactive()
    for role in MANNED:
        here: dict[str, list[Grant]] = defaultdict(list)
        for grant in work.grants_of(role):
            here[grant.region].append(grant)
        for grants in here.values():
            for own in grants:
                others = [g.person_id for g in grants if g.rank != own.rank and g.person_id not in gone]
                found[own.person_id] += [one for one in others if one not in (own.person_id, *found[own.person_id])]
    return found


class _Above:
    """Looks up each place once."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._known: dict[str, list[int]] = {}

    def of(self, region: str, but: set[int]) -> list[int]:
        """Return one person for each of the next places up; who has a channel is preferred."""
        found: list[int] = []
        place = region.rpartition("/")[0]
        while place and len(found) < LEVELS_ABOVE:
            here = [one for one in self._at(place) if one not in but and one not in found]
            found += here[:1]
            place = place.rpartition("/")[0]
        return found

    def _at(self, place: str) -> list[int]:
        if place not in self._known:
            people = rosters.on_duty(self._work, place)
            people.sort(key=lambda one: not self._work.has_channel(one))
            self._known[place] = [one.id or 0 for one in people]
        return self._known[place]
