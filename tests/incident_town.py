"""A sample township for stories of incidents: a real database, a clock that stands still, the outbox as each phone shows it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, select

from assistant.desk import incidentwork
from assistant.dialogue.report import Report
from assistant.events import Event
from assistant.incidents import Incident
from assistant.people import Grant, Identity, Person, Role
from assistant.ports import Incoming
from assistant.rules import load_rules
from assistant.store import Store, Work
from assistant.store.outbox import OutboxRow

RULES = load_rules()
NOON = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
COUNTY = "云南省/示例州/示例县"
TOWN = f"{COUNTY}/示例镇"
VILLAGE = f"{TOWN}/上河村"
STAFF = {
    "钱值班": (Role.DUTY, TOWN),
    "冯带班": (Role.LEADER, TOWN),
    "孙主任": (Role.DIRECTOR, TOWN),
    "县值班": (Role.DUTY, COUNTY),
}


class Town:
    """Villagers and staff; who has no phone is entered with `phone=False`."""

    def __init__(self, engine: Engine, staff: dict[str, tuple[Role, str]] | None = None) -> None:
        self.engine = engine
        self.now = NOON
        self.sent = 0
        self.read: dict[str, int] = {}
        for name, (role, region) in (STAFF if staff is None else staff).items():
            self.enter(name, role, region)
        self.enter("村民甲", None, VILLAGE)
        self.enter("村民乙", None, VILLAGE)

    def enter(self, name: str, role: Role | None, region: str, *, phone: bool = True) -> None:
        with self.work() as work:
            person = Person(name=name, region=region, created_at=self.now)
            work.session.add(person)
            work.session.flush()
            if role is not None:
                work.session.add(Grant(person_id=person.id or 0, role=role.value, region=region))
            if phone:
                known = Identity(channel="test", sender=name, person_id=person.id or 0, last_seen_at=self.now)
                work.session.add(known)

    @contextmanager
    def work(self) -> Iterator[Work]:
        with Store(self.engine).work(self.now) as work:
            yield work

    def person(self, work: Work, name: str) -> Person:
        return work.session.exec(select(Person).where(Person.name == name)).one()

    def cries(self, who: str, text: str, **more: object) -> str:
        """Raise an incident; return its number."""
        said = {
            "category": "fire",
            "urgency": "emergency",
            "region": VILLAGE,
            "place": "老粮站",
            "danger": "fire",
        } | more
        with self.work() as work:
            return incidentwork.raise_incident(work, self.person(work, who), Report(text=text, **said), RULES).number

    def adds(self, who: str, number: str, text: str, **more: object) -> None:
        with self.work() as work:
            incidentwork.update(work, work.incident(number), self.person(work, who), rules=RULES, text=text, **more)

    def retracts(self, who: str, number: str, text: str) -> None:
        with self.work() as work:
            incidentwork.retract(work, work.incident(number), self.person(work, who), text)

    def says(self, who: str, text: str) -> str | None:
        """Send a message to the staff's part of the desk; None where it is not for it."""
        self.sent += 1
        incoming = Incoming("test", f"m-{self.sent}", who, text, self.now)
        with self.work() as work:
            replies = incidentwork.attend(text, incoming, self.person(work, who), work, RULES)
            return None if replies is None else "\n".join(reply.text for reply in replies)

    def passes(self, **time: float) -> int:
        """Let time pass, and the clock look once; return how many events that made."""
        self.now += timedelta(**time)
        with self.work() as work:
            return incidentwork.due(work, RULES)

    def hears(self, who: str) -> list[str]:
        """Return what has come on somebody's phone since they looked last."""
        with Session(self.engine) as session:
            rows = session.exec(select(OutboxRow).where(OutboxRow.recipient == who).order_by(OutboxRow.id)).all()
        new = rows[self.read.get(who, 0) :]
        self.read[who] = len(rows)
        return [json.loads(row.payload)["text"] for row in new]

    def case(self, number: str) -> Incident:
        with Session(self.engine, expire_on_commit=False) as session:
            return session.exec(select(Incident).where(Incident.number == number)).one()

    def events(self, number: str) -> list[Event]:
        with self.work() as work:
            events = work.events(number)
            work.session.expunge_all()
            return events
