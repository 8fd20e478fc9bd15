"""A sample township under a warning: people with several channels each, some of them dead; every message has to be read."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, select

from assistant.desk import callwork, rehearsalorders, relayorders, relaywork
from assistant.desk.relaywork import Relay
from assistant.events import Actor, Event
from assistant.people import Grant, Identity, Person, Place, Rank, Role
from assistant.ports import Incoming, Receipt
from assistant.rules import load_rules
from assistant.store import Lane, Store, Work
from assistant.store import warnings as stored
from assistant.store.duty import person_named
from assistant.store.limits import Limits
from assistant.store.outbox import Outbox
from assistant.triage import Reader, read
from assistant.warnings import Call, Level, RelayedWarning

RULES = load_rules()
NOON = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
COUNTY = "云南省/示例州/示例县"
TOWN = f"{COUNTY}/示例镇"
UPPER, LOWER, PINE = (f"{TOWN}/{name}" for name in ("上河村", "下河村", "松岭村"))
PEOPLE: dict[str, tuple[Role, str, Rank, str]] = {
    "李网格": (Role.GRID, UPPER, Rank.A, "wechat"),
    "李副手": (Role.GRID, UPPER, Rank.B, "wechat"),
    "周网格": (Role.GRID, LOWER, Rank.A, "wechat telegram"),
    "周副手": (Role.GRID, LOWER, Rank.B, ""),
    "吴网格": (Role.GRID, PINE, Rank.A, ""),
    "郑村长": (Role.LEADER, UPPER, Rank.A, "wechat"),
    "钱值班": (Role.DUTY, TOWN, Rank.A, "wechat"),
    "冯带班": (Role.LEADER, TOWN, Rank.A, "wechat"),
    "县值班": (Role.DUTY, COUNTY, Rank.A, "wechat"),
    "村民甲": (Role.VILLAGER, UPPER, Rank.A, "wechat"),
}


class RelayTown:
    """The township; its clock looks once a minute, and the channels take at once what is for them."""

    def __init__(self, engine: Engine, reader: Reader | None = None, people: dict | None = None) -> None:
        self.engine, self.reader = engine, reader
        self.now = NOON
        self.sent = 0
        self.dead: set[tuple[str, str]] = set()
        self.phones: dict[str, list[str]] = defaultdict(list)
        self.log: list[tuple[str, str]] = []
        self.restart()
        with self.store.work(self.now) as work:
            for path in (COUNTY, TOWN, UPPER, LOWER, PINE):
                level = {3: "county", 4: "township", 5: "village"}[path.count("/") + 1]
                work.session.add(Place(path=path, level=level))
            for count, (name, (role, region, rank, channels)) in enumerate((people or PEOPLE).items()):
                self._enter(work, count, name, role, region, rank, channels)

    def _enter(self, work: Work, count: int, name: str, role: Role, region: str, rank: Rank, channels: str) -> None:
        person = Person(name=name, region=region, phone=f"123000000{count:02d}", created_at=self.now)
        work.session.add(person)
        work.session.flush()
        for later, channel in enumerate(channels.split()):
            seen = self.now - timedelta(days=later)
            work.session.add(Identity(channel=channel, sender=name, person_id=person.id or 0, last_seen_at=seen))
        if role is not Role.VILLAGER:
            work.session.add(Grant(person_id=person.id or 0, role=role.value, region=region, rank=rank.value))

    def restart(self) -> None:
        """Go on with a new store on the same database, as after a crash."""
        self.store = Store(self.engine)
        self.store.outbox = Outbox(self.engine, lambda channel: Limits(channel, (), ()))  # pacing has tests of its own

    @contextmanager
    def work(self) -> Iterator[Work]:
        with self.store.work(self.now) as work:
            yield work

    def warns(self, *places: str, **more: object) -> str:
        """Relay a warning to those whom its ladder names, and deliver; return its number."""
        given = {"title": "暴雨红色预警", "event": "暴雨", "level": Level.RED, "sender": "县气象台"} | more
        onset = {"onset_at": self.now + timedelta(hours=20)} | given
        one = Relay(places=places or (UPPER, LOWER), issued_at=self.now, **onset)
        with self.work() as work:
            number = relaywork.relay(work, one, RULES, Actor("person/1", "console")).number
        self.deliver()
        return number

    def deliver(self) -> None:
        """Let the channels take what is due; a dead account refuses for good."""
        for lane in Lane:
            while claimed := self.store.outbox.claim(lane, {"wechat", "telegram", "test"}, self.now, 50):
                for one in claimed:
                    name, channel = one.outgoing.recipient, one.channel
                    if (name, channel) in self.dead:
                        self.store.outbox.give_up(one, "blocked")
                        continue
                    self.store.outbox.handed_over(one, Receipt(f"v-{one.id}"), self.now)
                    self.phones[name].append(f"{channel}：{one.outgoing.text}")
                    self.log.append((one.key, name))

    def tick(self) -> None:
        """Let the clock look once, and deliver."""
        with self.work() as work:
            callwork.due(work)
        self.deliver()

    def passes(self, minutes: int) -> None:
        """Let time pass, the clock looking every minute."""
        for _ in range(minutes):
            self.now += timedelta(minutes=1)
            self.tick()

    def says(self, who: str, text: str) -> str | None:
        """Send a message to the warnings' part of the desk; return the replies, None where it is not for it."""
        self.sent += 1
        incoming = Incoming("wechat", f"m-{self.sent}", who, text, self.now)
        assert self.reader is not None
        reading = read(text, self.reader)
        with self.work() as work:
            row = work.entry(incoming)
            replies = callwork.attend(text, incoming, work.person("wechat", who), work, reading)
            work.finish(row, tuple(replies or ()))
            said = None if replies is None else "\n".join(reply.text for reply in replies)
        self.deliver()
        return said

    def orders(self, who: str, text: str) -> str | None:
        """Send an order about warnings; return the replies, None where it is none."""
        self.sent += 1
        incoming = Incoming("wechat", f"m-{self.sent}", who, text, self.now)
        with self.work() as work:
            row = work.entry(incoming)
            person = work.person("wechat", who)
            replies = relayorders.attend(text, incoming, person, work, RULES)
            if replies is None:
                replies = rehearsalorders.attend(text, incoming, person, work, RULES)
            work.finish(row, tuple(replies or ()))
            said = None if replies is None else "\n".join(reply.text for reply in replies)
        self.deliver()
        return said

    def heard(self) -> dict[str, list[str]]:
        """Read all that came, by name; phones on which nothing came are left out."""
        found = {name: texts for name, texts in self.phones.items() if texts}
        self.phones = defaultdict(list)
        return found

    def call(self, who: str, number: str = "YJ20260701-01") -> Call:
        """Return the call of a person."""
        with Session(self.engine, expire_on_commit=False) as session:
            person = session.exec(select(Person).where(Person.name == who)).one()
            return session.exec(select(Call).where(Call.person == person.id, Call.warning == number)).one()

    def calls(self, number: str = "YJ20260701-01") -> list[Call]:
        """Return all calls of a warning."""
        with self.work() as work:
            found = stored.calls_of(work.session, number)
            work.session.expunge_all()
        return found

    def kinds(self, number: str) -> list[str]:
        """Return the kinds of the events of a case, in order."""
        with Session(self.engine) as session:
            return [one.kind for one in session.exec(select(Event).where(Event.stream == number).order_by(Event.id))]

    def person(self, work: Work, name: str) -> Person:
        """Return a person by name."""
        return person_named(work.session, name)

    def rederives(self) -> None:
        """Compare every warning and call with the fold of its events."""
        with Session(self.engine) as session:
            for kind in (RelayedWarning, Call):
                for case in session.exec(select(kind)).all():
                    events = session.exec(select(Event).where(Event.stream == case.number).order_by(Event.sequence))
                    assert _bare(kind.rederive(events.all())) == _bare(case)


def _bare(case: Call | RelayedWarning) -> dict[str, object]:
    fields = case.model_dump()
    return {name: one.replace(tzinfo=None) if isinstance(one, datetime) else one for name, one in fields.items()}
