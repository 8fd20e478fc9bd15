"""A sample township on duty: people with phones, a clock that stands still, the outbox as what each phone shows."""

import json
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, select

from assistant.desk import callwork
from assistant.duty import Roster
from assistant.events import Event
from assistant.people import Grant, Identity, Person, Rank, Role
from assistant.ports import Incoming
from assistant.rules import load_rules
from assistant.store import Store, Work, keep_roster
from assistant.store.duty import person_named
from assistant.store.outbox import OutboxRow
from assistant.triage import Reader, read
from assistant.warnings import Call, RelayedWarning

RULES = load_rules()
NOON = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
"""Noon of a Wednesday in China."""
COUNTY = "云南省/示例州/示例县"
TOWN = f"{COUNTY}/示例镇"
VILLAGE = f"{TOWN}/上河村"
PEOPLE = {
    "李网格": (Role.GRID, VILLAGE, Rank.A),
    "李副手": (Role.GRID, VILLAGE, Rank.B),
    "周网格": (Role.GRID, f"{TOWN}/下河村", Rank.A),
    "吴网格": (Role.GRID, f"{TOWN}/下河村", Rank.A),
    "钱值班": (Role.DUTY, TOWN, Rank.A),
    "孙主任": (Role.DIRECTOR, TOWN, Rank.A),
    "县值班": (Role.DUTY, COUNTY, Rank.A),
    "村民甲": (Role.VILLAGER, VILLAGE, Rank.A),
    "没号的人": (Role.GRID, VILLAGE, Rank.A),
}
PHONES = {"李网格": "12300000001", "吴网格": "12300000002"}


class Town:
    """The township on an empty database."""

    def __init__(self, engine: Engine, reader: Reader | None = None) -> None:
        self.engine = engine
        self.store = Store(engine)
        self.reader = reader
        self.now = NOON
        self.sent = 0
        self.read: dict[str, int] = {}
        self.contexts: dict[str, dict] = {}
        with self.store.work(self.now) as work:
            for name, (role, region, rank) in PEOPLE.items():
                self._enter(work, name, role, region, rank)

    def _enter(self, work: Work, name: str, role: Role, region: str, rank: Rank) -> None:
        person = Person(name=name, region=region, phone=PHONES.get(name, ""), created_at=self.now)
        work.session.add(person)
        work.session.flush()
        if name != "没号的人":
            work.session.add(Identity(channel="test", sender=name, person_id=person.id or 0, last_seen_at=self.now))
        if role is not Role.VILLAGER:
            work.session.add(Grant(person_id=person.id or 0, role=role.value, region=region, rank=rank.value))

    def enters(self, name: str, role: str, region: str) -> None:
        with self.store.work(self.now) as work:
            self._enter(work, name, Role(role), region, Rank.A)

    def roster(self, day: date, region: str = TOWN, **who: object) -> None:
        with self.store.work(self.now) as work:
            keep_roster(work, Roster(region=region, day=day, **who), RULES)

    def warns(self, *names: str, title: str = "暴雨橙色预警", ago: timedelta = timedelta(0), minutes: int = 30) -> str:
        with self.store.work(self.now) as work:
            people = [person_named(work.session, name) for name in names]
            within = timedelta(minutes=minutes)
            warning = callwork.issue_warning(work, title, "沿河各组", TOWN, self.now - ago, within, people)
            return warning.number

    def says(self, who: str, text: str) -> str | None:
        """Send a message to the warnings' part of the desk; return the replies, None where it is not for it."""
        self.sent += 1
        incoming = Incoming("test", f"m-{self.sent}", who, text, self.now)
        assert self.reader is not None
        reading = read(text, self.reader)
        with self.store.work(self.now) as work:
            row = work.entry(incoming)
            replies = callwork.attend(text, incoming, work.person("test", who), work, reading)
            work.finish(row, tuple(replies or ()))
            return None if replies is None else "\n".join(reply.text for reply in replies)

    def passes(self, **time: float) -> int:
        """Let time pass, and the clock look once; return how many events that made."""
        self.now += timedelta(**time)
        with self.store.work(self.now) as work:
            return callwork.due(work)

    def loses_channel(self, *names: str) -> None:
        with self.store.work(self.now) as work:
            for identity in work.session.exec(select(Identity)).all():
                if identity.sender in names:
                    work.session.delete(identity)

    def hears(self, who: str) -> list[str]:
        """Return what has come on somebody's phone since they looked last."""
        with Session(self.engine) as session:
            rows = session.exec(select(OutboxRow).where(OutboxRow.recipient == who).order_by(OutboxRow.id)).all()
        new = rows[self.read.get(who, 0) :]
        self.read[who] = len(rows)
        return [json.loads(row.payload)["text"] for row in new]

    def everybody_looks(self) -> dict[str, list[str]]:
        """Return what each phone shows, without those that show nothing."""
        heard = {who: self.hears(who) for who in PEOPLE}
        return {who: messages for who, messages in heard.items() if messages}

    def call(self, who: str, number: str = "YJ20260701-01") -> Call:
        """Return the call of a person."""
        with Session(self.engine, expire_on_commit=False) as session:
            person = session.exec(select(Person).where(Person.name == who)).one()
            return session.exec(select(Call).where(Call.person == person.id, Call.warning == number)).one()

    def kinds(self, number: str) -> list[str]:
        """Return the kinds of the events of a case, in order."""
        with Session(self.engine) as session:
            return [one.kind for one in session.exec(select(Event).where(Event.stream == number).order_by(Event.id))]

    def rederives(self) -> None:
        """Compare every warning and call with the fold of its events."""
        with Session(self.engine) as session:
            for kind in (RelayedWarning, Call):
                for case in session.exec(select(kind)).all():
                    events = session.exec(select(Event).where(Event.stream == case.number).order_by(Event.sequence))
                    again = kind.rederive(events.all())
                    assert _bare(again) == _bare(case)


def _bare(case: Call | RelayedWarning) -> dict[str, object]:
    fields = case.model_dump()
    return {name: one.replace(tzinfo=None) if isinstance(one, datetime) else one for name, one in fields.items()}
