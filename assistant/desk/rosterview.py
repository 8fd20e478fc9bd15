"""The roster as the console shows it (值班表页): a month as a table, who is on now, what is wrong."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.desk import rosterwork
from assistant.duty import LOCAL, Post, PostKind, load_calendar, on_at
from assistant.errors import NotAllowed
from assistant.people import Person
from assistant.permissions import PeopleAction, may, roles_for
from assistant.rules import Rules, covers
from assistant.store import Work
from assistant.store import rosters as kept
from assistant.wording import people as people_words
from assistant.wording import rosters as words

KINDS = (PostKind.LEADER, PostKind.STAFF, PostKind.DEPUTY)


@dataclass(frozen=True, slots=True)
class Shift:
    """One shift of one office."""

    day: date
    where: str
    hours: str
    holiday: str
    names: tuple[str, ...]
    """Of leaders, staff and deputies, in this order."""


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows."""

    month: date
    before: date
    after: date
    shifts: tuple[Shift, ...]
    now: tuple[Shift, ...]
    report: str
    places: tuple[str, ...]
    """Where the reader may enter rosters."""


def view(work: Work, person: Person, rules: Rules, month: date | None) -> View:
    """Return a month of the rosters that somebody may see; raises NotAllowed."""
    regions = rosterwork.regions_of(work, person)
    if not regions:
        action = people_words.ACTIONS[PeopleAction.ROSTER]
        raise NotAllowed(action=action, role=" ".join(roles_for(PeopleAction.ROSTER)))
    today = work.now.astimezone(LOCAL).date()
    first = (month or today).replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    posts = _seen(kept.posts_between(work.session, first, after - timedelta(days=1)), regions)
    running = on_at(kept.posts_between(work.session, today - timedelta(days=1), today), work.now)
    grants = work.grants(person)
    return View(
        first,
        (first - timedelta(days=1)).replace(day=1),
        after,
        tuple(_shifts(work, posts)),
        tuple(_shifts(work, _seen(running, regions))),
        rosterwork.report(work, rules, regions),
        tuple(one for one in dict.fromkeys(regions) if may(grants, PeopleAction.ROSTER, one)),
    )


def _seen(posts: Iterable[Post], regions: list[str]) -> list[Post]:
    return [post for post in posts if any(covers(region, post.region) for region in regions)]


def _shifts(work: Work, posts: list[Post]) -> list[Shift]:
    calendar = load_calendar()
    groups: dict[tuple[date, str, str], list[Post]] = {}
    for post in posts:
        key = (post.day, words.office(post.region, post.unit), words.hours(post.starts_at, post.ends_at))
        groups.setdefault(key, []).append(post)
    shifts = []
    for (day, where, hours), held in sorted(groups.items()):
        holiday = calendar.holiday(day) if calendar.knows(day.year) else None
        names = ("、".join(_names(work, held, kind)) for kind in KINDS)
        shifts.append(Shift(day, where, hours, holiday.name if holiday else "", tuple(names)))
    return shifts


def _names(work: Work, posts: list[Post], kind: PostKind) -> list[str]:
    return [work.person_by_id(post.person_id).name for post in posts if post.kind == kind.value]
