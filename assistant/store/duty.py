"""What the desk looks up about duty: posts of a place and day, who is to be told, who may be entered."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from sqlmodel import Session, col, select

from assistant.duty import (
    OrderKind,
    Origin,
    Override,
    Post,
    Roster,
    Slot,
    in_order,
    load_calendar,
    nearest,
    on_at,
    shift,
)
from assistant.errors import SeveralPersons, UnknownPerson
from assistant.people import Person, Role
from assistant.rules import Rules, covers
from assistant.store.directory import LOCAL
from assistant.store.rosters import order_override
from assistant.store.settling import Office
from assistant.store.work import Work


def keep_roster(work: Work, roster: Roster, rules: Rules, by: str = "console") -> list[Post]:
    """Enter the roster of a place and day in place of the one that was there; who has a telephone in it may be new.

    Raises: UnknownPerson, SeveralPersons.
    """
    starts_at, ends_at = shift(roster.day, roster.region, rules)
    slots = [
        Slot(roster.day, kind, found(work, name, roster).id or 0, starts_at, ends_at, Origin.TABLE)
        for kind, name in roster.names()
    ]
    keep_table(work, Office(roster.region, roster.unit, roster.room_phone), slots, by)
    known = select(Post).where(Post.region == roster.region, Post.unit == roster.unit, Post.day == roster.day)
    return list(work.session.exec(known.order_by(col(Post.id))).all())


def keep_table(work: Work, office: Office, slots: Sequence[Slot], by: str) -> None:
    """Enter slots as they stand in a table: each day of them replaces what was there."""
    calendar = load_calendar()
    for day in sorted({slot.day for slot in slots}):
        of_day = tuple(slot for slot in slots if slot.day == day)
        table = Override(OrderKind.TABLE, day, day, slots=of_day)
        order_override(work, office, table, by, calendar)


def found(work: Work, name: str, roster: Roster) -> Person:
    """Return the person of a roster, with the telephone that it names; a new one where it names one."""
    phone = roster.phones.get(name, "")
    person = known_or_new(work, name, phone, Office(roster.region, roster.unit))
    person.phone = phone or person.phone
    work.session.add(person)
    work.session.flush()
    return person


def known_or_new(work: Work, name: str, phone: str, office: Office) -> Person:
    """Return the person of a name at an office, of several the one with the telephone; a new one where it has one.

    Raises: UnknownPerson, SeveralPersons.
    """
    try:
        return person_named(work.session, name, office.region)
    except UnknownPerson:
        if not phone:
            raise
    except SeveralPersons:
        alike = work.session.exec(select(Person).where(Person.name == name, Person.phone == phone)).all()
        if not phone or len(alike) != 1:
            raise
        return alike[0]
    person = Person(name=name, phone=phone, region=office.region, unit=office.unit, created_at=work.now)
    work.session.add(person)
    work.session.flush()
    return person


def person_named(session: Session, name: str, region: str = "") -> Person:
    """Return the active person of a name who belongs to a place, to one above it or below it; `#12` is a number.

    Raises: UnknownPerson, SeveralPersons.
    """
    is_number = name.startswith("#") and name[1:].isdigit()
    chosen = Person.id == int(name[1:]) if is_number else Person.name == name
    rows = [one for one in session.exec(select(Person).where(chosen)).all() if one.is_active]
    near = [one for one in rows if covers(one.region, region) or covers(region, one.region)]
    people = near or rows
    if not people:
        raise UnknownPerson(name=name, near="")
    if len(people) > 1:
        raise SeveralPersons(name=name, listed="、".join(f"#{one.id}（{one.region or one.unit}）" for one in people))
    return people[0]


def posts_of(session: Session, region: str, day: date) -> list[Post]:
    """Return the posts of a day at the nearest place above `region` that has any, in the order of entry."""
    return nearest(session.exec(select(Post).where(Post.day == day).order_by(col(Post.id))).all(), region)


def posts_on(session: Session, day: date) -> list[Post]:
    """Return the posts of a day everywhere, place by place."""
    rows = session.exec(select(Post).where(Post.day == day).order_by(Post.region, Post.unit, col(Post.id))).all()
    return list(rows)


def posts_now(work: Work, region: str) -> list[Post]:
    """Return the posts that are held now at the nearest place above `region` that has any, in the order of calling."""
    return in_order(nearest(_running(work), region))


def on_duty(work: Work, region: str, *, but: Collection[int] = ()) -> list[Person]:
    """Return whom to tell of what happens at a place: leader, staff, deputy of now; else holders of duty, then leader.

    It goes up place by place until it has somebody with a channel; whoever it met on the way is told as well.
    but: ids of people who are passed over.
    """
    running = _running(work)
    people: dict[int, Person] = {}
    for place in _upwards(region):
        posts = in_order(post for post in running if post.region == place)
        here = [work.person_by_id(post.person_id) for post in posts] or _holders(work, place)
        people |= {
            person.id or 0: person
            for person in here
            if person.is_active and person.id not in but and person.id not in people
        }
        if any(work.has_channel(person) for person in people.values()):
            break
    return list(people.values())


def room_phone(session: Session, region: str) -> str:
    """Return the telephone of the duty room that is nearest above a place, as it was entered last; empty where none is."""
    rows = session.exec(select(Post).where(Post.room_phone != "").order_by(col(Post.id))).all()
    near = nearest(rows, region)
    return near[-1].room_phone if near else ""


def places(session: Session) -> list[tuple[str, str]]:
    """Return the places and offices that keep a roster."""
    return list(session.exec(select(Post.region, Post.unit).distinct().order_by(Post.region, Post.unit)).all())


def _running(work: Work) -> list[Post]:
    today = work.now.astimezone(LOCAL).date()
    days = (today - timedelta(days=1), today)
    rows = work.session.exec(select(Post).where(col(Post.day).in_(days)).order_by(col(Post.id))).all()
    return on_at(rows, work.now)


def _holders(work: Work, place: str) -> list[Person]:
    """Return who holds duty or leads at exactly this place."""
    held = [person for role in (Role.DUTY, Role.LEADER) for person in work.holders(role, place)]
    here = {
        grant.person_id for role in (Role.DUTY, Role.LEADER) for grant in work.grants_of(role) if grant.region == place
    }
    return [person for person in held if person.id in here]


def _upwards(region: str) -> list[str]:
    """Return a place and all above it, the nearest first, the whole country last."""
    parts = region.split("/") if region else []
    return ["/".join(parts[:count]) for count in range(len(parts), 0, -1)] + [""]
