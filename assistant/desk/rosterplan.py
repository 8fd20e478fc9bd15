"""What a change of the roster in words would do (改班预览): whose posts on which days, or what has still to be said."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from assistant.desk.knowledge import plain
from assistant.duty import LOCAL, OrderKind, Override, Post, PostKind, Turn, load_calendar
from assistant.duty.changes import Change, read_change
from assistant.errors import UnknownPerson
from assistant.events import utc
from assistant.people import Person
from assistant.ports import Outgoing
from assistant.rules import covers
from assistant.store import Work
from assistant.store import rosters as kept
from assistant.store.duty import person_named
from assistant.store.settling import Office
from assistant.wording import rosterorders as words
from assistant.wording import rosters as roster_words
from assistant.wording.duty import KINDS, short

LONGEST = 31
"""Days of one change."""
SOON = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Planned:
    """A change with all that it will do."""

    office: Office
    overrides: tuple[Override, ...]
    lines: tuple[str, ...]
    by: Person | None
    is_busy: bool


def plan(text: str, at: datetime, work: Work, regions: list[str]) -> Planned | Outgoing | None:
    """Return what a message would change, what has still to be said, or None where it orders nothing.

    at: when it was said. Raises: UnknownPerson, SeveralPersons.
    """
    change = read_change(text, at.astimezone(LOCAL), load_calendar())
    if change is None or (change.days is None and not change.is_marked):
        return None
    who = _person(change.who, work, regions)
    if change.who and who is None:
        if not change.is_marked:
            return None
        raise UnknownPerson(name=change.who, near="")
    if (wrong := _wrong_days(change, work)) is not None:
        return plain(wrong)
    return _within(change, who, text, work, regions)


def _wrong_days(change: Change, work: Work) -> str | None:
    if change.days is None:
        return words.SAY_DAY
    if change.days.last < work.now.astimezone(LOCAL).date():
        return words.PAST
    return words.TOO_LONG.format(most=LONGEST) if len(change.days.days) > LONGEST else None


def _person(name: str, work: Work, regions: list[str]) -> Person | None:
    try:
        return person_named(work.session, name, regions[0]) if name else None
    except UnknownPerson:
        return None


def _within(change: Change, who: Person | None, text: str, work: Work, regions: list[str]) -> Planned | Outgoing:
    """Find the posts that are meant, of one office, and say what becomes of them; raises UnknownPerson, SeveralPersons."""
    held = _held(change, work, regions)
    if not held:
        return plain(words.NO_ROSTER)
    is_whole = change.kind is OrderKind.ADD
    meant = held if is_whole else [one for one in held if _is_meant(one, change, who)]
    is_empty_post = not meant and who is None
    offices = list(dict.fromkeys((one.region, one.unit) for one in (held if is_empty_post else meant)))
    if not offices:
        return plain(words.NOT_ON.format(who=change.who))
    named = [one for one in offices if _is_named(one, text)]
    if len(named or offices) > 1:
        return plain(_which_office(offices, change))
    office = Office(*(named or offices)[0])
    ours = [one for one in meant if (one.region, one.unit) == (office.region, office.unit)]
    by = person_named(work.session, change.by, regions[0]) if change.by else None
    if change.kind is OrderKind.REPLACE and by is None:
        lines = [words.line(one, change.who, "？") for one in ours]
        return plain("\n".join([words.SAY_WHO.format(who=change.who), *lines[: words.MOST]]))
    if is_whole or is_empty_post:
        everybody = [one for one in held if (one.region, one.unit) == (office.region, office.unit)]
        return _added(change, by, office, everybody, work)
    return _crowded(change, ours, work) or _changed(change, by, office, ours, work)


def _held(change: Change, work: Work, regions: list[str]) -> list[Post]:
    """Return the posts of the days that are not over, where the keeper may change them."""
    if change.days is None:
        return []
    posts = kept.posts_between(work.session, change.days.first, change.days.last)
    return [one for one in posts if utc(one.ends_at) > work.now and any(covers(own, one.region) for own in regions)]


def _is_meant(post: Post, change: Change, who: Person | None) -> bool:
    is_post = change.post is None or post.kind == change.post.value
    return is_post and (who is None or post.person_id == who.id)


def _is_named(office: tuple[str, str], text: str) -> bool:
    place, unit = office[0].rpartition("/")[2], office[1]
    return bool(unit and unit in text) or bool(place and place in text)


def _which_office(offices: list[tuple[str, str]], change: Change) -> str:
    names = [roster_words.office(*one) for one in offices]
    day = short(change.days.first) if change.days else ""
    return words.WHICH_OFFICE.format(offices=words.listed(names), first=names[0], day=day)


def _crowded(change: Change, posts: list[Post], work: Work) -> Outgoing | None:
    """Ask who is meant, where only the post was named and several hold it in one shift."""
    starts = [utc(one.starts_at) for one in posts]
    if change.who or len(set(starts)) == len(starts) or change.post is None:
        return None
    first = [one for one in posts if utc(one.starts_at) == starts[0]]
    names = [work.person_by_id(one.person_id).name for one in first]
    day, kind = short(first[0].day), KINDS[change.post]
    return plain(words.WHICH_PERSON.format(kind=kind, names=words.listed(names), day=day, first=names[0], by=change.by))


def _changed(change: Change, by: Person | None, office: Office, posts: list[Post], work: Work) -> Planned:
    """Replace or remove each person who is meant, on the days on which they are."""
    coming, running = (
        [one for one in posts if not _has_begun(one, work)],
        [one for one in posts if _has_begun(one, work)],
    )
    other = (by.id or 0) if by else 0
    overrides = [
        Override(change.kind, one.day, one.day, one.person_id, other, PostKind(one.kind), _rest(one, work))
        for one in running
    ]
    for person in dict.fromkeys(one.person_id for one in coming):
        days = [one.day for one in coming if one.person_id == person]
        overrides.append(Override(change.kind, min(days), max(days), person, other, change.post))
    after = by.name if by else ""
    lines = tuple(words.line(_left(one, work), work.person_by_id(one.person_id).name, after) for one in posts)
    return Planned(office, tuple(overrides), lines, by, _is_busy(by, posts, work))


def _added(change: Change, by: Person | None, office: Office, held: list[Post], work: Work) -> Planned:
    """Add somebody to every shift of the days."""
    shifts = list({utc(one.starts_at): one for one in held}.values())
    post, person = change.post or PostKind.STAFF, (by.id or 0) if by else 0
    coming = [one.day for one in shifts if not _has_begun(one, work)]
    overrides = [
        Override(OrderKind.ADD, one.day, one.day, person, 0, post, _rest(one, work))
        for one in shifts
        if _has_begun(one, work)
    ]
    overrides += [Override(OrderKind.ADD, coming[0], coming[-1], person, 0, post)] if coming else []
    new = [Post(**_left(one, work).model_dump() | {"kind": post.value}) for one in shifts]
    lines = tuple(words.line(one, "", by.name if by else "") for one in new)
    return Planned(office, tuple(overrides), lines, by, _is_busy(by, shifts, work))


def _has_begun(post: Post, work: Work) -> bool:
    return utc(post.starts_at) <= work.now


def _left(post: Post, work: Work) -> Post:
    """Return a copy of a post that holds what is left of it: what is past cannot be changed."""
    begins = max(utc(post.starts_at), work.now.replace(second=0, microsecond=0) + SOON)
    return Post(**post.model_dump() | {"starts_at": begins})


def _rest(post: Post, work: Work) -> Turn:
    """Return the hours of a running shift that are left, from the next minute on."""
    begins, ends = _left(post, work).starts_at.astimezone(LOCAL), utc(post.ends_at).astimezone(LOCAL)
    return Turn(time(begins.hour, begins.minute), time(ends.hour, ends.minute))


def _is_busy(by: Person | None, posts: list[Post], work: Work) -> bool:
    """Say whether who comes has a shift already that overlaps with one of these."""
    if by is None:
        return False
    own = kept.posts_between(work.session, posts[0].day - timedelta(days=1), posts[-1].day + timedelta(days=1))
    theirs = [one for one in own if one.person_id == by.id]
    return any(one.starts_at < post.ends_at and post.starts_at < one.ends_at for one in theirs for post in posts)
