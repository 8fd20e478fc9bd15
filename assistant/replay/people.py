"""The people of a conversation (参与人): each with a chat of their own; roles come after what happened before."""

from collections.abc import Iterable

from sqlmodel import col, select

from assistant.people import Grant, Identity, Person, Rank, Role
from assistant.replay.dialogue import User
from assistant.replay.stage import CHANNEL
from assistant.store import Work


def enter(work: Work, name: str, region: str, phone: str = "") -> Person:
    """Return somebody by name; who is not there yet gets a chat on the replay's channel."""
    person = work.session.exec(select(Person).where(Person.name == name)).first()
    if person is None:
        person = Person(name=name, region=region, phone=phone, created_at=work.now)
        work.session.add(person)
        work.session.flush()
        identity = Identity(
            channel=CHANNEL, sender=name, person_id=person.id or 0, is_verified=True, last_seen_at=work.now
        )
        work.session.add(identity)
    person.phone = person.phone or phone
    return person


def known(work: Work, name: str) -> bool:
    """Say whether there is somebody of that name."""
    return work.session.exec(select(Person).where(Person.name == name)).first() is not None


def grant(work: Work, person: Person, role: Role, region: str, rank: Rank = Rank.A) -> None:
    """Give a role, once; a villager has none."""
    held = select(Grant).where(Grant.person_id == person.id, Grant.role == role.value, Grant.region == region)
    if role is not Role.VILLAGER and work.session.exec(held).first() is None:
        work.session.add(Grant(person_id=person.id or 0, role=role.value, region=region, rank=rank.value))


def enter_all(work: Work, users: Iterable[User]) -> None:
    """Make the users of a conversation known."""
    for user in users:
        enter(work, user.name, user.region)


def grant_all(work: Work, users: Iterable[User]) -> None:
    """Give the users of a conversation their roles."""
    for user in users:
        grant(work, enter(work, user.name, user.region), user.role, user.region)


def roles(work: Work) -> dict[str, str]:
    """Return role by name, for everybody who has one."""
    people = {person.id: person.name for person in work.session.exec(select(Person)).all()}
    grants = work.session.exec(select(Grant).order_by(col(Grant.id).desc())).all()
    return {people[one.person_id]: one.role for one in grants}
