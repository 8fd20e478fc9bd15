"""What the desk looks up about shifts: which come near, whose they are, what follows on what, swaps and spot checks."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from assistant.duty import CheckState, Origin, Post, Shift, ShiftState, SpotCheck, Swap, SwapState
from assistant.duty.spotcheck import OPEN
from assistant.errors import UnknownCase
from assistant.events import utc
from assistant.people import Person
from assistant.rules import covers
from assistant.store.work import Work

SHIFT, SWAP, CHECK = "BC", "HB", "CG"
Key = tuple[str, str, datetime]
"""Region, unit and beginning of a shift."""


def key_of(one: Post | Shift) -> Key:
    """Return to which shift a post belongs."""
    return one.region, one.unit, utc(one.starts_at)


def posts_near(session: Session, now: datetime, until: datetime) -> dict[Key, list[Post]]:
    """Return the posts of the shifts that run now or begin before a moment, shift by shift, in order of beginning."""
    query = select(Post).where(col(Post.ends_at) > now, col(Post.starts_at) <= until)
    found: dict[Key, list[Post]] = {}
    for post in session.exec(query.order_by(col(Post.starts_at), col(Post.id))).all():
        found.setdefault(key_of(post), []).append(post)
    return found


def posts_on(session: Session, one: Shift) -> list[Post]:
    """Return who is on a shift, in order of entry; empty where the roster has been changed."""
    query = select(Post).where(Post.region == one.region, Post.unit == one.unit, Post.starts_at == one.starts_at)
    return list(session.exec(query.order_by(col(Post.id))).all())


def known(session: Session, now: datetime) -> set[Key]:
    """Return the shifts that are followed already and have not ended."""
    return {key_of(one) for one in session.exec(select(Shift).where(col(Shift.ends_at) > now)).all()}


def live(session: Session) -> list[Shift]:
    """Return the shifts that are not closed, locked, the earliest first."""
    query = select(Shift).where(Shift.state != ShiftState.CLOSED.value)
    return list(session.exec(query.order_by(col(Shift.starts_at), col(Shift.number)).with_for_update()).all())


def shift(work: Work, number: str) -> Shift:
    """Return a shift, locked; raises UnknownCase."""
    found = work.session.exec(select(Shift).where(Shift.number == number).with_for_update()).first()
    if found is None:
        raise UnknownCase(number=number)
    return found


def since(session: Session, moment: datetime) -> list[Shift]:
    """Return the shifts that end after a moment, the earliest first."""
    query = select(Shift).where(col(Shift.ends_at) > moment).order_by(col(Shift.starts_at), Shift.number)
    return list(session.exec(query).all())


def of_person(session: Session, person_id: int) -> list[Shift]:
    """Return the shifts that are not closed and that a person is on by today's roster, locked, the earliest first."""
    mine = {key_of(post) for post in session.exec(select(Post).where(Post.person_id == person_id)).all()}
    return [one for one in live(session) if key_of(one) in mine]


def before(session: Session, one: Shift) -> Shift | None:
    """Return the last shift of the same office that began before another."""
    query = select(Shift).where(
        Shift.region == one.region, Shift.unit == one.unit, col(Shift.starts_at) < one.starts_at
    )
    return session.exec(query.order_by(col(Shift.starts_at).desc()).with_for_update()).first()


def after(session: Session, one: Shift) -> Shift | None:
    """Return the next shift of the same office."""
    query = select(Shift).where(
        Shift.region == one.region, Shift.unit == one.unit, col(Shift.starts_at) > one.starts_at
    )
    return session.exec(query.order_by(col(Shift.starts_at)).with_for_update()).first()


def running(session: Session, regions: Iterable[str], now: datetime) -> list[Shift]:
    """Return the shifts of some places, and of what lies below them, that are on now and not handed over."""
    wanted = list(regions)
    query = select(Shift).where(col(Shift.starts_at) <= now, col(Shift.ends_at) > now)
    rows = session.exec(query.order_by(Shift.region, Shift.unit)).all()
    return [one for one in rows if any(covers(region, one.region) for region in wanted)]


def equipped_before(session: Session, one: Shift) -> Shift | None:
    """Return the last shift of the same office, this one included, in which equipment was written down."""
    query = select(Shift).where(
        Shift.region == one.region,
        Shift.unit == one.unit,
        col(Shift.starts_at) <= one.starts_at,
        Shift.equipment != "",
    )
    return session.exec(query.order_by(col(Shift.starts_at).desc())).first()


def posts_of_person(session: Session, person_id: int, since: datetime, until: datetime) -> list[Post]:
    """Return the posts of a person that begin within a span, the earliest first."""
    query = select(Post).where(Post.person_id == person_id, col(Post.starts_at) >= since, col(Post.starts_at) <= until)
    return list(session.exec(query.order_by(col(Post.starts_at), col(Post.id))).all())


def posts_on_days(session: Session, person_id: int, first: date, last: date) -> list[Post]:
    """Return the posts of a person on the shifts that begin on some days, the earliest first."""
    query = select(Post).where(Post.person_id == person_id, Post.day >= first, Post.day <= last)
    return list(session.exec(query.order_by(col(Post.starts_at), col(Post.id))).all())


def named_on_roster(session: Session, name: str) -> Person | None:
    """Return the one person of a name who is on any roster, None where there is none or there are several."""
    query = select(Person).where(Person.name == name, col(Person.id).in_(select(Post.person_id)))
    people = [one for one in session.exec(query).all() if one.is_active]
    return people[0] if len(people) == 1 else None


def colleagues(session: Session, give: Post, within: timedelta) -> list[int]:
    """Return who stands on the same roster around a day and not on that shift, in order of entry."""
    query = select(Post).where(Post.region == give.region, Post.unit == give.unit)
    around = [
        post
        for post in session.exec(query.order_by(col(Post.id))).all()
        if abs(utc(post.starts_at) - utc(give.starts_at)) <= within
    ]
    on = {post.person_id for post in around if utc(post.starts_at) == utc(give.starts_at)}
    return [one for one in dict.fromkeys(post.person_id for post in around) if one not in on]


def open_swaps(session: Session) -> list[Swap]:
    """Return the swaps that are asked and not decided, locked, the oldest first."""
    query = select(Swap).where(Swap.state == SwapState.ASKED.value).order_by(Swap.number)
    return list(session.exec(query.with_for_update()).all())


def swaps_in(session: Session, region: str) -> list[Swap]:
    """Return the swaps of a place, the newest first."""
    return list(session.exec(select(Swap).where(Swap.region == region).order_by(col(Swap.number).desc())).all())


def open_checks(session: Session, person_id: int | None = None) -> list[SpotCheck]:
    """Return the spot checks without an answer, locked, the newest first; of one person where one is given."""
    query = select(SpotCheck).where(col(SpotCheck.state).in_(OPEN)).order_by(col(SpotCheck.number).desc())
    if person_id is not None:
        query = query.where(SpotCheck.person == person_id)
    return list(session.exec(query.with_for_update()).all())


def asked_checks(session: Session) -> list[SpotCheck]:
    """Return the spot checks that wait for an answer in time, locked, the oldest first."""
    query = select(SpotCheck).where(SpotCheck.state == CheckState.ASKED.value).order_by(SpotCheck.number)
    return list(session.exec(query.with_for_update()).all())


def checks_since(session: Session, regions: Iterable[str], since: datetime) -> list[SpotCheck]:
    """Return the spot checks of some places and of what lies below them since a moment, the newest first."""
    wanted = list(regions)
    query = select(SpotCheck).where(col(SpotCheck.asked_at) >= since).order_by(col(SpotCheck.number).desc())
    return [one for one in session.exec(query).all() if any(covers(region, one.region) for region in wanted)]


def post_at(session: Session, person_id: int, starts_at: datetime | None) -> Post | None:
    """Return the post of a person that begins at a moment, None where there is none."""
    query = select(Post).where(Post.person_id == person_id, Post.starts_at == starts_at)
    return session.exec(query.order_by(col(Post.id)).with_for_update()).first() if starts_at is not None else None


def posts_with(session: Session, post: Post) -> list[Post]:
    """Return the posts of the shift to which a post belongs."""
    query = select(Post).where(Post.region == post.region, Post.unit == post.unit, Post.starts_at == post.starts_at)
    return list(session.exec(query.order_by(col(Post.id))).all())


def give_post(work: Work, post: Post, person: Person) -> None:
    """Let somebody else hold a post: the roster as it is followed from now on."""
    post.person_id, post.origin = person.id or 0, Origin.SWAP.value
    work.session.add(post)
    work.session.flush()
