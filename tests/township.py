"""A small sample township: staff and villagers with phones, a clock that stands still, the outbox as what each phone shows."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session, select

from assistant.desk import casework, hazardwork
from assistant.dialogue.report import Report
from assistant.events import Event
from assistant.hazards import Hazard, Route
from assistant.people import Grant, Identity, Person, Role
from assistant.ports import Attachment, Incoming
from assistant.rules import load_rules
from assistant.store import Store, Work
from assistant.store.outbox import OutboxRow
from assistant.store.secrets import reveal

RULES = load_rules()
NOON = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
COUNTY = "云南省/示例州/示例县"
TOWN = f"{COUNTY}/示例镇"
VILLAGE = f"{TOWN}/上河村"
STAFF = {
    "李网格": (Role.GRID, VILLAGE, ""),
    "周网格": (Role.GRID, f"{TOWN}/下河村", ""),
    "赵调度": (Role.DISPATCHER, TOWN, ""),
    "钱值班": (Role.DUTY, TOWN, ""),
    "孙主任": (Role.DIRECTOR, TOWN, "示例镇应急办"),
    "吴局长": (Role.DIRECTOR, COUNTY, "示例县应急局"),
}
DEPARTMENTS = {"郑城管": "示例镇城管委", "王消防": "示例镇消防所"}
VILLAGERS = ("村民甲", "村民乙")


class Town:
    """The township on an empty database."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.now = NOON
        self.ids: dict[str, int] = {}
        self.memory: dict[str, dict] = {}
        self.read: dict[str, int] = {}
        self.sent = 0
        with self.work() as work:
            for name, (role, region, unit) in STAFF.items():
                self.enter(work, name, region, unit)
                work.session.add(Grant(person_id=self.ids[name], role=role.value, region=region))
            for name, unit in DEPARTMENTS.items():
                self.enter(work, name, TOWN, unit)
            for name in VILLAGERS:
                self.enter(work, name, VILLAGE, "")

    def enter(self, work: Work, name: str, region: str, unit: str) -> None:
        person = Person(name=name, region=region, unit=unit, created_at=self.now)
        work.session.add(person)
        work.session.flush()
        self.ids[name] = person.id or 0
        identity = Identity(channel="test", sender=name, person_id=person.id or 0, last_seen_at=self.now)
        work.session.add(identity)
        work.session.flush()

    @contextmanager
    def work(self) -> Iterator[Work]:
        with Store(self.engine).work(self.now) as work:
            yield work

    def route(self, region: str, category: str = "", **to: object) -> None:
        with self.work() as work:
            work.session.add(Route(region=region, category=category, **to))

    def reports(self, who: str, text: str, **more: object) -> str:
        """A finished dialogue: what was gathered goes into the ledger; return the number."""
        said = {"category": "geological", "urgency": "urgent", "region": VILLAGE, "place": "老粮站后面"} | more
        with self.work() as work:
            hazard = hazardwork.register(work, self.person(work, who), Report(text=text, **said), RULES)
            return hazard.number

    def person(self, work: Work, who: str) -> Person:
        return work.person_by_id(self.ids[who])

    def says(self, who: str, text: str, pictures: int = 0) -> str | None:
        """Send a message to the staff's part of the desk; return the replies, None where it is not for it."""
        self.sent += 1
        shown = tuple(Attachment("image", f"{self.sent:060d}{n:04d}", "image/jpeg") for n in range(pictures))
        incoming = Incoming("test", f"m-{self.sent}", who, text, self.now, shown)
        with self.work() as work:
            memory = self.memory.get(who, {})
            attended = casework.attend(text, incoming, self.person(work, who), work, RULES, memory)
            if attended is None:
                return None
            self.memory[who] = json.loads(json.dumps(attended.memory, ensure_ascii=False))
            return "\n".join(reply.text for reply in attended.replies)

    def hears(self, who: str) -> list[str]:
        """Return what has come on somebody's phone since they looked last."""
        with Session(self.engine) as session:
            rows = session.exec(select(OutboxRow).where(OutboxRow.recipient == who).order_by(OutboxRow.id)).all()
            texts = [reveal(session, json.loads(row.payload)["text"], self.now) for row in rows]
        new = texts[self.read.get(who, 0) :]
        self.read[who] = len(rows)
        return new

    def everybody_looks(self) -> dict[str, list[str]]:
        """Return what each phone shows, without those that show nothing."""
        heard = {who: self.hears(who) for who in self.ids}
        return {who: messages for who, messages in heard.items() if messages}

    def passes(self, **time: float) -> int:
        """Let time pass, and the clock look once; return how many events that made."""
        self.now += timedelta(**time)
        with self.work() as work:
            return hazardwork.due(work, RULES)

    def case(self, number: str) -> Hazard:
        with Session(self.engine, expire_on_commit=False) as session:
            return session.exec(select(Hazard).where(Hazard.number == number)).one()

    def events(self, number: str) -> list[Event]:
        with self.work() as work:
            events = work.events(number)
            work.session.expunge_all()
            return events
