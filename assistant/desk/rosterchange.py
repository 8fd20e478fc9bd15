"""A change of the roster as one act (改班): the order is entered or taken back, and everybody whose shifts change is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.desk import rosterwork
from assistant.desk.knowledge import plain
from assistant.duty import LOCAL, Calendar, Override, Post, RosterOrder
from assistant.events import Actor, utc
from assistant.people import Person
from assistant.store import Work
from assistant.store import rosters as kept
from assistant.store.settling import Office
from assistant.wording import rosterorders as words
from assistant.wording import rosters as roster_words

Key = tuple[str, int, str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """What was done, and who has been told of it."""

    order: RosterOrder
    people: tuple[Person, ...]


def enter(  # noqa: PLR0913  (what is changed where, by whom and why)
    work: Work, office: Office, override: Override, actor: Actor, calendar: Calendar, reason: str = ""
) -> Told:
    """Enter a change and tell those whom it is about; raises UnknownHolidays."""
    before = _posts(work, office, override.first, override.last)
    order = kept.order_override(work, office, override, actor.name, calendar, reason)
    return Told(order, _tell(work, order, before, actor, "made"))


def take_back(work: Work, order: RosterOrder, actor: Actor, calendar: Calendar) -> Told:
    """Take an order back and tell those whom it is about; raises UnknownOrder, UnknownHolidays."""
    last = order.last or work.now.astimezone(LOCAL).date()
    before = _posts(work, Office(order.region, order.unit), order.first, last)
    kept.revoke(work, order.id or 0, actor.name, calendar)
    return Told(order, _tell(work, order, before, actor, "revoked"))


def line_of(work: Work, order: RosterOrder) -> str:
    """Return an order as a line: what, when, by whom."""
    _, _, number = order.made_by.partition("person/")
    by = work.person_by_id(int(number)).name if number.isdigit() else roster_words.CONSOLE
    return roster_words.order_line(order, roster_words.changed(order, rosterwork.names(work)), by)


def _posts(work: Work, office: Office, first: date, last: date) -> dict[Key, Post]:
    """Return copies of the posts that are not over, by what tells one from another."""
    held = kept.posts_between(work.session, first - timedelta(days=1), last)
    ours = [one for one in held if (one.region, one.unit) == (office.region, office.unit)]
    return {_key(one): Post(**one.model_dump()) for one in ours if utc(one.ends_at) > work.now}


def _key(post: Post) -> Key:
    return post.kind, post.person_id, utc(post.starts_at).isoformat(), utc(post.ends_at).isoformat()


def _tell(work: Work, order: RosterOrder, before: dict[Key, Post], actor: Actor, what: str) -> tuple[Person, ...]:
    """Tell everybody who has lost or gained a post, but whoever has ordered it."""
    after = _posts(work, Office(order.region, order.unit), order.first, order.last or work.now.astimezone(LOCAL).date())
    lost, gained = (
        [before[key] for key in before if key not in after],
        [after[key] for key in after if key not in before],
    )
    by = actor.name.removeprefix("person/")
    name = work.person_by_id(int(by)).name if by.isdigit() else ""
    where = roster_words.office(order.region, order.unit)
    people = work.people_by_id(dict.fromkeys(post.person_id for post in [*lost, *gained]))
    others = [one for one in people if str(one.id) != by]
    for person in others:
        text = words.told(where, _of(person, lost), _of(person, gained), name, order.reason)
        work.tell(person, plain(text), key=f"roster_order/{order.id}/{what}")
    return tuple(others)


def _of(person: Person, posts: Sequence[Post]) -> list[Post]:
    return [post for post in posts if post.person_id == person.id]
