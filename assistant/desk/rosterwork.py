"""Roster work (值班表): what is wrong with it, asked by chat, console or page; rotations become posts as time goes on."""

import re
from collections import defaultdict
from datetime import datetime, timedelta

from sqlmodel import select

from assistant.desk.knowledge import plain
from assistant.duty import LOCAL, Post, PostKind, Slot, load_calendar
from assistant.duty.post import Origin
from assistant.duty.preflight import Contact, Finding, Limits, Rosters, Village, check
from assistant.events import utc
from assistant.people import Grant, Identity, Person, PlaceLevel, Rank, Role
from assistant.permissions import GRANTED, PeopleAction, SeeAction
from assistant.ports import Incoming, Outgoing
from assistant.rules import Rules, covers
from assistant.store import Work
from assistant.store import people as stored
from assistant.store import rosters as kept
from assistant.wording import rosters as words

# 值班表检查 检查一下值班表 值班表有没有问题 · 怎么检查值班表 值班表谁检查
CHECK = re.compile(
    r"(?:请|帮我|麻烦)?(?:检查|查看?|核对|看看?)(?:一下|下)?(?:本月|这个月|下个?月)?(?:值班表|排班表|排班)(?:有没有(?:问题|漏洞?|空班|空缺))?"
    r"|(?:值班表|排班表|排班)(?:的)?(?:检查|核对|体检|有(?:没有|无|啥|什么)(?:问题|漏洞?|空班|空缺|毛病)|排(?:满|齐)了?(?:没有?|吗))(?:一下|下)?[吗么呢吧]?"
)
MOST = 8
"""Findings in one reply."""
MAY_CHECK = frozenset({SeeAction.INCIDENTS, PeopleAction.ROSTER})


def attend(text: str, _incoming: Incoming, person: Person, work: Work, rules: Rules) -> list[Outgoing] | None:
    """Answer 值班表检查 for those who keep rosters or lead; None for anybody and anything else."""
    said = re.sub(r"[\s，。！？,.!?]", "", text)
    if not CHECK.fullmatch(said):
        return None
    regions = regions_of(work, person)
    if not regions:
        return None
    return [plain(report(work, rules, regions, MOST))]


def report(work: Work, rules: Rules, regions: list[str], most: int | None = None) -> str:
    """Return what is wrong with the rosters of places, in words; at most so many findings."""
    days = _ahead(work, rules, regions).days
    return words.checked(findings(work, rules, regions), names(work), days, most)


def regions_of(work: Work, person: Person) -> list[str]:
    """Return the places whose rosters somebody may check."""
    return [grant.region for grant in work.grants(person) if GRANTED[Role(grant.role)] & MAY_CHECK]


def findings(work: Work, rules: Rules, regions: list[str]) -> list[Finding]:
    """Return what is wrong with the rosters of places and all below them, the worst first."""
    today, region = work.now.astimezone(LOCAL).date(), _common(regions)
    ahead = _ahead(work, rules, regions)
    limits = Limits(
        rules.find("duty.row.most", region, today).duration, int(rules.find("duty.month.most", region, today).value)
    )
    first = today.replace(day=1)
    posts = [
        post
        for post in kept.posts_between(work.session, first, (work.now + ahead).astimezone(LOCAL).date())
        if any(covers(one, post.region) for one in regions)
    ]
    offices: dict[str, list[Slot]] = defaultdict(list)
    for post in posts:
        offices[words.office(post.region, post.unit)].append(slot_of(post))
    for place, unit in _silent(work, regions, posts):
        offices[words.office(place, unit)] = []
    rosters = Rosters(offices, _contacts(work, posts), _villages(work, regions), load_calendar(), limits)
    return check(rosters, work.now, work.now + ahead)


def _ahead(work: Work, rules: Rules, regions: list[str]) -> timedelta:
    return rules.find("duty.check.ahead", _common(regions), work.now.astimezone(LOCAL).date()).duration


def _common(regions: list[str]) -> str:
    """Return the place whose rules hold for all; the country's where there are several."""
    return regions[0] if len(regions) == 1 else ""


def slot_of(post: Post) -> Slot:
    """Return a post as planning has it."""
    return Slot(
        post.day,
        PostKind(post.kind),
        post.person_id,
        utc(post.starts_at),
        utc(post.ends_at),
        Origin(post.origin),
    )


def due(work: Work, rules: Rules) -> None:
    """Plan rotations further ahead as days pass; a second call at the same moment does nothing."""
    kept.extend(work, kept.Planner(rules, load_calendar()))


def _silent(work: Work, regions: list[str], posts: list[Post]) -> list[tuple[str, str]]:
    """Return the offices that have kept a roster before, and have none ahead."""
    known = set(work.session.exec(select(Post.region, Post.unit).distinct()).all())
    present = {(post.region, post.unit) for post in posts}
    return sorted(one for one in known - present if any(covers(region, one[0]) for region in regions))


def _contacts(work: Work, posts: list[Post]) -> dict[int, Contact]:
    ids = {post.person_id for post in posts}
    accounts: dict[int, list[Identity]] = defaultdict(list)
    for one in stored.identities(work.session):
        accounts[one.person_id].append(one)
    return {person.id or 0: _contact(person, accounts) for person in work.people_by_id(sorted(ids))}


def _contact(person: Person, accounts: dict[int, list[Identity]]) -> Contact:
    held = accounts[person.id or 0]
    is_verified = any(one.is_verified for one in held)
    return Contact(person.id or 0, person.phone, bool(held), is_verified, person.is_active)


def _villages(work: Work, regions: list[str]) -> list[Village]:
    """Return the villages of places with how many hold their grids."""
    held = [grant for grant in stored.grants(work.session) if grant.role == Role.GRID and _is_held(grant, work.now)]
    paths = [one.path for one in stored.places(work.session) if one.level == PlaceLevel.VILLAGE]
    return [
        Village(
            path,
            sum(covers(path, grant.region) and grant.rank == Rank.A for grant in held),
            sum(covers(path, grant.region) and grant.rank == Rank.B for grant in held),
        )
        for path in paths
        if any(covers(region, path) for region in regions)
    ]


def _is_held(grant: Grant, now: datetime) -> bool:
    today = now.astimezone(LOCAL).date()
    return (grant.since is None or grant.since <= today) and (grant.until is None or today <= grant.until)


def names(work: Work) -> dict[int, str]:
    """Return the names of all persons by id."""
    return {person.id or 0: person.name for person in stored.everybody(work.session)}
