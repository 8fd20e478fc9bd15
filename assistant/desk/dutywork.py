"""Questions about the roster by chat (值班问询): who, when, which telephone; what is not on the roster is not invented."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from assistant.desk.knowledge import plain
from assistant.duty import LOCAL, Asked, Post, PostKind, on_at, read_question
from assistant.people import Person, Role
from assistant.ports import Incoming, Outgoing
from assistant.rules import covers
from assistant.store import Work
from assistant.store import duty as rosters
from assistant.store import people as stored
from assistant.triage import danger
from assistant.wording import duty as words

KEPT = timedelta(minutes=30)
# 县里 我们镇上 村委会 · 大雾村
LEVEL = re.compile(
    r"(?:我们|你们|咱们?|俺们?|本)?(?P<level>省|州|市|县|区|镇|乡|街道|村|社区)(?:里头|里|上|委会|政府|应急局|应急办|公所)?"
)
# 上河村 示例镇 · 老粮站后面
SETTLEMENT = re.compile(r"[\u4e00-\u9fff]{2,8}(?:县|区|镇|乡|街道|村|社区)")
# 三组 第一网格 · 应急组
GROUP = re.compile(r"(?:组|网格)$")
NIGHT = time(20)
MAY_SEE = frozenset(
    role.value for role in (Role.DUTY, Role.LEADER, Role.DIRECTOR, Role.DISPATCHER, Role.GRID, Role.ADMIN)
)
LEVELS = {"省": ("省",), "州": ("州",), "市": ("市",), "县": ("县",), "区": ("区",)} | {
    "镇": ("镇", "乡", "街道"),
    "乡": ("乡", "镇", "街道"),
    "街道": ("街道", "镇", "乡"),
    "村": ("村", "社区"),
    "社区": ("社区", "村"),
}


@dataclass(frozen=True, slots=True)
class Sought:
    """A question with all that is needed to answer it."""

    asked: Asked
    region: str
    named: str
    """The place in the asker's words, empty where none was named."""
    unit: str
    """The office that was named, empty where none was."""
    is_unknown: bool
    """The place that was named is on no roster."""
    day: date
    is_now: bool
    is_night: bool
    kind: PostKind | None
    last: int | None
    """Id of the person who was talked about last."""


def attend(
    text: str, incoming: Incoming, person: Person, work: Work, context: dict[str, Any]
) -> tuple[list[Outgoing], dict[str, Any]] | None:
    """Answer a question about the roster; None where the message asks something else.

    context: what this function returned the last time; a follow-up (副的呢) goes on from it for half an hour.
    """
    now = work.now.astimezone(LOCAL)
    if danger(text) is not None:
        return None
    asked = read_question(text, now)
    asked = asked or _by_name(text, fresh(context, work.now), work) or _by_place(text, fresh(context, work.now), work)
    before = fresh(context, work.now)
    if asked is None or (asked.needs_context and not before):
        return None
    found = sought(asked, before, person, incoming, work)
    if found is None:
        return [plain(words.NO_REGION)], {}
    posts = _posts(found, work)
    said, about = _telephone(found, posts, person, work) if asked.wants_phone else _who(found, posts, work)
    return [plain(said)], kept(found, about, work.now)


def fresh(context: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Return what was talked about, nothing where that was too long ago."""
    at = context.get("at")
    return context if at and now - datetime.fromisoformat(at) <= KEPT else {}


def kept(sought: Sought, about: list[int], now: datetime) -> dict[str, Any]:
    """Return what a follow-up goes on from; about: ids of the persons who were named."""
    return {
        "at": now.isoformat(),
        "day": sought.day.isoformat(),
        "is_now": sought.is_now,
        "is_night": sought.is_night,
        "kind": sought.kind.value if sought.kind else "",
        "region": sought.region,
        "named": sought.named,
        "unit": sought.unit,
        "person": about[0] if len(about) == 1 else None,
    }


def _by_name(text: str, before: dict[str, Any], work: Work) -> Asked | None:
    """Return a question for the telephone of somebody on the roster who is called by name (张示例的电话)."""
    if not before or not any(word in text for word in ("电话", "号码", "手机", "联系")):
        return None
    posts = rosters.posts_of(work.session, before["region"], date.fromisoformat(before["day"]))
    named = [post for post in posts if _name(post, work) in text]
    return Asked(wants_phone=True, goes_on=True, person=named[0].person_id) if len(named) == 1 else None


def _by_place(text: str, before: dict[str, Any], work: Work) -> Asked | None:
    """Return the same question for another place that is named without a word more (上河村)."""
    said = text.strip("。，,！!？? ")
    if not before or not said:
        return None
    known = {name for region, unit in rosters.places(work.session) for name in (*region.split("/")[-3:], unit) if name}
    is_known = said in known or LEVEL.fullmatch(said) is not None or SETTLEMENT.fullmatch(said) is not None
    return Asked(needs_context=True, place=said) if is_known else None


def sought(asked: Asked, before: dict[str, Any], person: Person, incoming: Incoming, work: Work) -> Sought | None:
    """Complete a question from the one before it; None where no place is known."""
    goes_on = bool(before) and asked.goes_on
    own = person.region or work.profile(incoming.channel, incoming.sender).region
    where = _Where(before["region"], before["named"], before["unit"]) if goes_on else _nearby(own, work)
    if asked.place:
        where = _named_place(asked.place, own, work)
    if where is None:
        return None
    day, is_now, is_night = work.now.astimezone(LOCAL).date(), True, False
    if goes_on:
        day, is_now, is_night = date.fromisoformat(before["day"]), before["is_now"], before["is_night"]
    if asked.when is not None:
        day, is_now, is_night = asked.when.day, asked.when.is_now, asked.when.is_night
    kept = PostKind(before["kind"]) if goes_on and before["kind"] and _keeps_kind(asked) else None
    last = asked.person or (before["person"] if asked.wants_phone and goes_on and asked.kind is None else None)
    return Sought(
        asked, where.region, where.named, where.unit, where.is_unknown, day, is_now, is_night, asked.kind or kept, last
    )


def _keeps_kind(asked: Asked) -> bool:
    """那明天呢 asks for the same kind as before, 其他人呢 for all."""
    return asked.when is not None or asked.wants_phone or bool(asked.place)


@dataclass(frozen=True, slots=True)
class _Where:
    region: str
    named: str = ""
    unit: str = ""
    is_unknown: bool = False


def _nearby(own: str, work: Work) -> _Where | None:
    """Return the asker's place; where no roster is kept there or above, the only one below; None where it is unknown."""
    known = rosters.places(work.session)
    if any(covers(region, own) for region, _ in known):
        return _Where(own)
    below = {region for region, _ in known if covers(own, region)}
    if len(below) == 1:
        return _Where(below.pop())
    return _Where(own) if own else None


def _named_place(said: str, own: str, work: Work) -> _Where:
    """Return the place or office that is named, or the level (县里) above the asker's own place."""
    places, above = rosters.places(work.session), _above(own)
    if GROUP.search(said):
        return _group(said, own, work)
    units = [(region, unit) for region, unit in places if unit and (said in unit or unit in said)]
    last = {path: path.rpartition("/")[2] for path in [*(region for region, _ in places), *above]}
    paths = [path for path in last if last[path] and last[path] in said]
    level = LEVEL.fullmatch(said)
    if not paths and level:
        paths = [path for path in above if last[path].endswith(LEVELS[level["level"]])]
    if paths:
        return _Where(max(paths, key=len), said)
    return _Where(units[0][0], said, units[0][1]) if units else _Where("", said, is_unknown=True)


def _group(said: str, own: str, work: Work) -> _Where:
    """Return the group of villagers that is named, of several the one nearest to the asker; else the asker's own place."""
    alike = [place.path for place in stored.places(work.session) if place.path.rpartition("/")[2] == said]
    near = [
        path
        for above in _above(own)
        for path in [*alike, *_above(own)]
        if covers(above, path) and path.endswith(f"/{said}")
    ]
    return _Where(near[0] if near else own)


def _above(region: str) -> list[str]:
    parts = region.split("/") if region else []
    return ["/".join(parts[:count]) for count in range(len(parts), 0, -1)]


def _posts(sought: Sought, work: Work) -> list[Post]:
    if sought.is_unknown:
        return []
    if sought.is_now:
        posts = rosters.posts_now(work, sought.region)
    else:
        posts = rosters.posts_of(work.session, sought.region, sought.day)
    if sought.is_night and not sought.is_now:
        posts = on_at(posts, datetime.combine(sought.day, NIGHT, LOCAL)) or posts
    return [post for post in posts if sought.unit in ("", post.unit)]


def _who(sought: Sought, posts: list[Post], work: Work) -> tuple[str, list[int]]:
    """Return who is on duty, office by office, and the ids of those who were asked for."""
    if not posts:
        return nobody(sought, work), []
    offices: dict[str, list[Post]] = {}
    for post in posts:
        offices.setdefault(words.place(post), []).append(post)
    lines = [_office(sought, where, held, work) for where, held in offices.items()]
    if _is_above(sought, posts):
        lines.insert(0, words.ABOVE.format(named=sought.named, above=words.place(posts[0])))
    elif _is_from_above(sought, posts):
        lines[0] = words.OWN_ABOVE.format(own=sought.region.rpartition("/")[2]) + lines[0]
    about = [post.person_id for post in posts if sought.kind in (None, post.kind)]
    return "\n".join(lines), about


def _office(sought: Sought, where: str, posts: list[Post], work: Work) -> str:
    """Return who is on duty at one office."""
    day = _day(sought, posts, work)
    named = {kind: held for kind in words.KINDS if (held := names(posts, kind, work))}
    if sought.kind is None:
        return words.on_roster(where + day, named, words.until(posts))
    if sought.kind in named:
        return words.of_kind(where, day, sought.kind, named[sought.kind])
    listed = "，".join(f"{words.KINDS[kind]}{'、'.join(names)}" for kind, names in named.items())
    nobody = words.NOBODY_OF_KIND.format(where=where, day=day, kind=words.KINDS[sought.kind])
    return nobody + words.OTHERS.format(listed=listed)


def _is_above(sought: Sought, posts: list[Post]) -> bool:
    return bool(sought.named and posts[0].region) and posts[0].region != sought.region


def _is_from_above(sought: Sought, posts: list[Post]) -> bool:
    """Say whether somebody asks for the first time where no roster is kept: the answer is of a place above."""
    is_above = bool(posts[0].region) and posts[0].region != sought.region and covers(posts[0].region, sought.region)
    return is_above and not sought.asked.needs_context


def _telephone(sought: Sought, posts: list[Post], asker: Person, work: Work) -> tuple[str, list[int]]:
    """Return a telephone: that of the duty room to everybody, that of a person only to those who may know it."""
    room = rosters.room_phone(work.session, sought.region)
    where = words.place(posts[0]) if posts else sought.region.rpartition("/")[2] or sought.named
    if sought.asked.is_room:
        said = words.ROOM.format(where=where, phone=room) if room else words.NO_ROOM.format(where=where)
        return f"{said}{words.EMERGENCY}", []
    chosen = [post for post in posts if sought.last in (None, post.person_id)]
    if sought.kind is not None and sought.last is None:
        chosen = [post for post in chosen if post.kind == sought.kind.value]
    if not posts or (not chosen and sought.last is None):
        return _who(sought, posts, work)
    if not may_see(asker, sought.region, posts, work):
        return private(sought.region, where, work), [post.person_id for post in chosen]
    if not chosen:
        person = work.person_by_id(sought.last or 0)
        return words.phone_of(person.name, None, person.phone), [person.id or 0]
    lines = [_phone_line(post, work) for post in chosen]
    room_line = [words.ROOM.format(where=where, phone=room)] if room else []
    return "\n".join([*dict.fromkeys(lines), *room_line]), [post.person_id for post in chosen]


def private(region: str, where: str, work: Work) -> str:
    """Return that a person's telephone is not told, with that of the duty room instead."""
    room = rosters.room_phone(work.session, region)
    instead = words.ROOM_INSTEAD.format(phone=room) if room else words.NO_ROOM.format(where=where)
    return f"{words.PRIVATE}{instead}{words.EMERGENCY}"


def may_see(asker: Person, region: str, posts: Iterable[Post], work: Work) -> bool:
    """Say whether somebody may know the telephones of those on duty: staff of the place, above it or within it."""
    places = {post.region for post in posts} or {region}
    held = [grant.region for grant in work.grants(asker) if grant.role in MAY_SEE]
    is_staff = any(covers(one, place) or covers(place, one) for one in held for place in places)
    return is_staff or any(post.person_id == asker.id for post in posts)


def _phone_line(post: Post, work: Work) -> str:
    person = work.person_by_id(post.person_id)
    return words.phone_of(person.name, PostKind(post.kind), person.phone)


def nobody(sought: Sought, work: Work) -> str:
    """Return that nobody is written down, and whom to ask instead."""
    room = rosters.room_phone(work.session, sought.region) if sought.region else ""
    ask = words.ASK_ROOM.format(phone=room) if room else words.ASK_OFFICE
    if sought.is_unknown:
        return words.UNKNOWN_PLACE.format(named=sought.named) + ask.removeprefix("请")
    where = sought.region.rpartition("/")[2]
    kind = f"的{words.KINDS[sought.kind]}" if sought.kind else "谁值班"
    day = words.day_words(sought.day, work.now.astimezone(LOCAL).date())
    return words.NOBODY.format(where=where, day=day, kind=kind) + ask


def names(posts: Iterable[Post], kind: PostKind, work: Work) -> list[str]:
    """Return the names of one kind of post, each once."""
    return list(dict.fromkeys(_name(post, work) for post in posts if post.kind == kind.value))


def _name(post: Post, work: Work) -> str:
    return work.person_by_id(post.person_id).name


def _day(sought: Sought, posts: list[Post], work: Work) -> str:
    day = posts[0].day if sought.is_now else sought.day
    return words.day_words(day, work.now.astimezone(LOCAL).date())
