"""Who is who (通讯录) in one transaction: persons, their accounts and their roles, each looked up once."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from assistant.people import Grant, Identity, Person, Role
from assistant.rules import covers

LOCAL = ZoneInfo("Asia/Shanghai")


class Directory:
    """Keeps what it has looked up until the transaction ends; roles and accounts are changed in transactions of their own."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now
        self._own: dict[tuple[str, str], Identity] = {}
        self._people: dict[int, Person] = {}
        self._seen_last: dict[int | None, Identity | None] = {}
        self._roles: dict[int | None, list[Grant]] = {}
        self._held: dict[Role, list[Grant]] = {}

    def person(self, channel: str, sender: str, region: str = "") -> Person:
        """Return who writes; somebody unknown becomes a new person without a role: a villager."""
        account = self._own.get((channel, sender))
        if account is None:
            account = self._own[channel, sender] = self._account(channel, sender, region)
        return self.person_by_id(account.person_id)

    def _account(self, channel: str, sender: str, region: str) -> Identity:
        query = select(Identity).where(Identity.channel == channel, Identity.sender == sender).with_for_update()
        account = self.session.exec(query).first()
        if account is None:
            person = Person(region=region, created_at=self.now)
            self.session.add(person)
            self.session.flush()
            self._people[person.id or 0] = person
            account = Identity(channel=channel, sender=sender, person_id=person.id or 0, last_seen_at=self.now)
        account.last_seen_at, account.lost_at = self.now, None
        self.session.add(account)
        self._seen_last[account.person_id] = account
        return account

    def person_by_id(self, person_id: int) -> Person:
        """Return a person who is known to exist."""
        person = self._people.get(person_id)
        if person is None:
            person = self._people[person_id] = self.session.get_one(Person, person_id)
        return person

    def people_by_id(self, ids: Iterable[int]) -> list[Person]:
        """Return people who are known to exist, in the order of their ids as given."""
        wanted = list(ids)
        missing = [one for one in wanted if one not in self._people]
        if missing:
            rows = self.session.exec(select(Person).where(col(Person.id).in_(missing))).all()
            self._people |= {person.id or 0: person for person in rows}
        return [self._people[one] for one in wanted]

    def inactive(self) -> set[int]:
        """Return the ids of those who are gone: few, where all others would be many."""
        return {
            one for one in self.session.exec(select(Person.id).where(col(Person.is_active).is_(False))).all() if one
        }

    def grants(self, person: Person) -> list[Grant]:
        """Return a person's roles that hold today."""
        if person.id not in self._roles:
            query = select(Grant).where(Grant.person_id == person.id).order_by(col(Grant.id))
            self._roles[person.id] = self._today(self.session.exec(query).all())
        return list(self._roles[person.id])

    def grants_of(self, role: Role) -> list[Grant]:
        """Return who holds a role today anywhere, A before B."""
        if role not in self._held:
            query = select(Grant).where(Grant.role == role.value).order_by(col(Grant.rank), col(Grant.id))
            self._held[role] = self._today(self.session.exec(query).all())
        return list(self._held[role])

    def _today(self, grants: Iterable[Grant]) -> list[Grant]:
        today = self.now.astimezone(LOCAL).date()
        return [g for g in grants if (g.since is None or g.since <= today) and (g.until is None or today <= g.until)]

    def holders(self, role: Role, region: str) -> list[Person]:
        """Return who has a role in charge of a place, the nearest place first, A before B."""
        held = [grant for grant in self.grants_of(role) if covers(grant.region, region)]
        held.sort(key=lambda grant: -len(grant.region))
        people = self.people_by_id(grant.person_id for grant in held)
        return list({person.id: person for person in people if person.is_active}.values())

    def account_of(self, person: Person) -> Identity | None:
        """Return where a person was seen last and can be reached; None for somebody without a channel."""
        if person.id not in self._seen_last:
            mine = (Identity.person_id == person.id, col(Identity.lost_at).is_(None))
            query = select(Identity).where(*mine).order_by(col(Identity.last_seen_at).desc())
            self._seen_last[person.id] = self.session.exec(query).first()
        return self._seen_last[person.id]

    def foresee(self, ids: Iterable[int]) -> None:
        """Look up many people and where each was seen last, at once: what is asked of them later costs nothing."""
        people = self.people_by_id(dict.fromkeys(ids))
        new = [person.id or 0 for person in people if person.id not in self._seen_last]
        theirs = (col(Identity.person_id).in_(new), col(Identity.lost_at).is_(None))
        query = select(Identity).where(*theirs).order_by(col(Identity.last_seen_at))
        found = {one.person_id: one for one in self.session.exec(query).all()} if new else {}
        self._seen_last |= {one: found.get(one) for one in new}

    def has_channel(self, person: Person) -> bool:
        """Say whether messages can reach a person."""
        return self.account_of(person) is not None

    def lose(self, channel: str, sender: str) -> None:
        """Keep that nothing reaches an account any more: its owner has blocked us or left; unknown ones are nobody's."""
        account = self.session.get(Identity, (channel, sender))
        if account is not None and account.lost_at is None:
            account.lost_at = self.now
            self.session.add(account)
            self._seen_last.pop(account.person_id, None)
