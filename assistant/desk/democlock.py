"""What time demands in the sample township (示例镇的日程): confirmed obligations, items planned, held and overdue, a roster ahead."""

from collections.abc import Mapping
from datetime import timedelta

from assistant.desk import drilldue, drillwork, obligationwork
from assistant.documents import Catalogue
from assistant.drills import FOLLOWED, DutyItem
from assistant.drills.kinds import is_drill
from assistant.hazards.moments import day
from assistant.obligations import ObligationState, windows
from assistant.people import Person
from assistant.rules import Rules
from assistant.store import Work
from assistant.store import drills as items
from assistant.store import obligations as stored

GRID, DIRECTOR = "示例丙", "示例癸"
TOLD = "来了43人，练了山洪转移，签到表在村委会"
MOST = 12
"""Obligations that are confirmed; the others wait for whoever tries it."""


def fill_clock(work: Work, people: Mapping[str, Person], catalogue: Catalogue, rules: Rules) -> None:
    """Let the director confirm the dated obligations of the documents, and let the first village plan and hold a drill."""
    obligationwork.refresh(work, catalogue)
    director, grid = people[DIRECTOR], people[GRID]
    for known in stored.applying(work.session, director.region, state=ObligationState.PROPOSED.value):
        is_dated = known.kind in FOLLOWED and windows(known, day(work.now).year, place=director.region)
        is_enough = len(stored.confirmed(work.session, director.region, day(work.now))) >= MOST
        if is_dated and not is_enough and obligationwork.may_decide(work, director, known):
            obligationwork.decide(work, director, known, "confirm")
    drilldue.due(work, rules)
    drills = [one for one in items.within(work.session, [grid.region]) if one.is_undone and is_drill(one.kind)]
    for step, item in zip((_hold, _plan), drills, strict=False):
        step(work, grid, item, rules)
    drillwork.own_plan(work, grid, grid.region, ("special_drill", "山洪"), day(work.now) + timedelta(days=10), rules)


def _hold(work: Work, grid: Person, item: DutyItem, _rules: Rules) -> None:
    drillwork.done(work, grid, item, day(work.now), {"people": 43, "message": TOLD})


def _plan(work: Work, grid: Person, item: DutyItem, rules: Rules) -> None:
    drillwork.plan(work, grid, item, day(work.now) + timedelta(days=5), rules)
