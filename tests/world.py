"""The small world of the tests: phones that talk to the desk, and a clock that stands still."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from sqlmodel import SQLModel, col, select
from sqlmodel.sql.expression import SelectOfScalar

from assistant.desk import Desk
from assistant.dialogue.talk import Talk, load_talk
from assistant.events import Event
from assistant.hazards import Hazard
from assistant.incidents import Incident
from assistant.people import Grant, Identity, Person, Role
from assistant.ports import Incoming, Location, Outgoing, Pressed
from assistant.replay.dialogue import span
from assistant.store import Delivery, Store, Work
from assistant.store.handovers import HandOverRow
from assistant.store.outbox import OutboxRow
from tests.pictures import picture

NOON = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)
"""Noon in China."""
RowT = TypeVar("RowT", bound=SQLModel)
CHANNEL = "test"
TOWN = "云南省/示例州/示例县/示例镇"
VILLAGE = f"{TOWN}/上河村"
STEP = timedelta(minutes=5)
"""How often the clock looks while time passes."""
LONG, LONG_STEP = timedelta(hours=4), timedelta(hours=1)
"""So far from the begin and the end of what it waits for it looks more seldom."""
WAITED_FOR = (
    select(OutboxRow.recipient).where(OutboxRow.channel == CHANNEL, OutboxRow.state == Delivery.PENDING.value),
    select(HandOverRow.sender).where(HandOverRow.channel == CHANNEL, col(HandOverRow.delivered_at).is_(None)),
)
"""Whose phones need to be looked at: most of the time nobody's, and there are many moments."""


class Phone:
    """One person on one channel; every message gets a new id unless one is given."""

    def __init__(self, desk: Desk, sender: str, *, region: str = "", asker: str = "") -> None:
        self.desk = desk
        self.sender = sender
        self.sent = 0
        if region or asker:
            desk.set_profile("test", sender, region=region, asker=asker or None)

    def says(self, text: str, message_id: str | None = None) -> list[Outgoing]:
        """Send a message, return all replies."""
        self.sent += 1
        message = Incoming("test", message_id or f"{self.sender}-{self.sent}", self.sender, text, NOON)
        return self.desk.receive(message, NOON)

    def reads(self, text: str) -> str:
        """Send a message that must get exactly one reply, return its text."""
        (reply,) = self.says(text)
        return reply.text


@dataclass(slots=True)
class Handset:
    """A phone in the world: what it is answered is returned at once, what comes by itself waits until it is read."""

    world: "World"
    name: str
    role: Role | None = None
    waiting: list[str] = field(default_factory=list)
    """Came by the outbox and was not read yet."""
    asked: list[Outgoing] = field(default_factory=list)
    """Came with buttons."""

    def says(self, text: str, *, photo: int = 0, at: Location | None = None, again: str = "") -> str:
        """Send a message and return the text of all replies, one a line.

        photo: seed of a picture that goes with it; again: id of a message that is delivered once more.
        """
        world = self.world
        world.sent += 0 if again else 1
        pictures = (world.store.media.keep(picture(seed=photo)),) if photo else ()
        name = again or f"m-{world.sent}"
        incoming = Incoming(CHANNEL, name, self.name, text, world.now, pictures, at)
        replies = world.desk.receive(incoming, world.now)
        world.look()
        return "\n".join(reply.text for reply in replies)

    def presses(self, label: str, prompt: str = "") -> str:
        """Press a button of the last message that has it, or of another one by its name; return all replies."""
        world = self.world
        world.sent += 1
        asked = next((one for one in reversed(self.asked) if label in one.choices), None)
        choice = asked.choices.index(label) if asked else 0
        pressed = Pressed(prompt or (asked.prompt if asked else ""), choice)
        incoming = Incoming(CHANNEL, f"m-{world.sent}", self.name, label, world.now, pressed=pressed)
        replies = world.desk.receive(incoming, world.now)
        world.look()
        return "\n".join(reply.text for reply in replies)

    def shows(self, photo: int = 1) -> str:
        """Send a picture without words."""
        return self.says("", photo=photo)

    def points(self, lat: float = 25.1872, lon: float = 100.3211, label: str = "") -> str:
        """Share a point without words."""
        return self.says("", at=Location(lat, lon, label))

    def hears(self) -> list[str]:
        """Read all that came by itself."""
        heard, self.waiting = self.waiting, []
        return heard

    @property
    def talk(self) -> Talk:
        """What the desk remembers of the conversation."""
        with self.world.desk.work(self.world.now) as work:
            return load_talk(work.conversation(work.person(CHANNEL, self.name)).state)


class World:
    """A ledger with phones around it; the clock moves only in `after`, and every message has to be read."""

    def __init__(self, open_store: Callable[[], Store], desk_on: Callable[[Store], Desk]) -> None:
        """open_store: the same ledger each time; desk_on: makes a desk that remembers nothing by itself."""
        self._open_store, self._desk_on = open_store, desk_on
        self.now = NOON
        self.sent = 0
        self.phones: dict[str, Handset] = {}
        self.restart()

    def restart(self) -> None:
        """Go on with a new desk on the same database, as after a crash."""
        self.store = self._open_store()
        self.desk = self._desk_on(self.store)

    def phone(self, name: str, role: Role | None = None, region: str = VILLAGE) -> Handset:
        """Give somebody a phone; without a role a villager."""
        with self.store.work(self.now) as work:
            person = Person(name=name, region=region, created_at=self.now)
            work.session.add(person)
            work.session.flush()
            identity = Identity(channel=CHANNEL, sender=name, person_id=person.id or 0, last_seen_at=self.now)
            work.session.add(identity)
            if role is not None:
                work.session.add(Grant(person_id=person.id or 0, role=role.value, region=region))
        self.store.set_profile(CHANNEL, name, region=region, asker="cadre" if role else "villager")
        self.phones[name] = Handset(self, name, role)
        return self.phones[name]

    def after(self, time: str) -> None:
        """Let time pass (40m, 2h, 1d): the clock looks every five minutes, in the middle of a long time every hour."""
        begun, until = self.now, self.now + span(time)
        while self.now < until:
            is_middle = min(self.now - begun, until - self.now) >= LONG
            self.now = min(self.now + (LONG_STEP if is_middle else STEP), until)
            self.desk.tick(self.now)
            self.look()

    def look(self) -> None:
        """Put what the outbox holds on the phones."""
        with self.store.work(self.now) as work:
            waited_for = {name for query in WAITED_FOR for name in work.session.exec(query)}
        for phone in (phone for phone in self.phones.values() if phone.name in waited_for):
            came = self.desk.pending(CHANNEL, phone.name, self.now)
            phone.waiting += [one.text for one in came]
            phone.asked += [one for one in came if one.choices]

    def heard(self) -> dict[str, list[str]]:
        """Read what came by itself on all phones, by name; phones on which nothing came are left out."""
        return {phone.name: texts for phone in self.phones.values() if (texts := phone.hears())}

    def heard_by_staff(self) -> dict[str, list[str]]:
        """Read what came on the phones of people with a role."""
        return {phone.name: phone.hears() for phone in self.phones.values() if phone.role is not None}

    def hazards(self) -> list[Hazard]:
        """Return the hazards of the ledger, oldest first."""
        with self.store.work(self.now) as work:
            return self._apart(work, select(Hazard).order_by(col(Hazard.number)))

    def incidents(self) -> list[Incident]:
        """Return the incidents of the ledger, oldest first."""
        with self.store.work(self.now) as work:
            return self._apart(work, select(Incident).order_by(col(Incident.number)))

    @staticmethod
    def _apart(work: Work, query: SelectOfScalar[RowT]) -> list[RowT]:
        rows = list(work.session.exec(query).all())
        for row in rows:
            work.session.expunge(row)
        return rows

    def events(self, number: str) -> list[Event]:
        """Return what happened to a case."""
        with self.store.work(self.now) as work:
            found = work.events(number)
            for event in found:
                work.session.expunge(event)
            return found
