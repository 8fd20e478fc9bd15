"""Play a conversation: each turn through the desk, the clock standing still in between; then read the ledger."""

import json
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import col, select

from assistant.desk import Desk
from assistant.people import Person
from assistant.ports import Incoming
from assistant.replay import given, people
from assistant.replay.dialogue import Dialogue, Turn
from assistant.replay.pictures import picture
from assistant.replay.records import records
from assistant.replay.stage import CHANNEL, Stage
from assistant.store import Delivery, Store, Work, open_engine
from assistant.store.media import MediaFolder
from assistant.store.outbox import OutboxRow

REFERENCE = re.compile(r"\{([a-z]+-\d+)\}")
FIRST_HOUR = timedelta(hours=1)
SHORT_STEP, LONG_STEP = timedelta(minutes=5), timedelta(hours=1)
"""The clock looks this often while time passes: as the deadlines of emergencies demand, then more seldom."""


@dataclass(frozen=True, slots=True)
class Said:
    """One message that somebody got."""

    to: str
    role: str
    """Empty for a villager."""
    text: str

    def as_fields(self) -> dict[str, str]:
        """Return the message as it stands in the output file."""
        return {"to": self.to, **({"role": self.role} if self.role else {}), "text": self.text}


Replies = tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Played:
    """What came of a conversation."""

    dialogue: Dialogue
    numbers: dict[str, str]
    """Number that the product gave, by the `ref` or `id` of the file."""
    turns: tuple[Replies, ...]
    ledger: list[dict[str, Any]]

    def said(self, turn: Turn) -> str:
        """Return what was written in a turn, with the product's numbers."""
        return REFERENCE.sub(lambda found: self.numbers.get(found[1], found[0]), turn.text)

    def as_json(self) -> str:
        """Return the line of an output file."""
        turns = [{"replies": [one.as_fields() for one in replies]} for replies in self.turns]
        return json.dumps({"id": self.dialogue.id, "turns": turns, "ledger": self.ledger}, ensure_ascii=False)


def play(dialogue: Dialogue, stage: Stage) -> Played:
    """Play one conversation on an empty ledger of its own, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="yingda-replay-") as folder:
        ledger = Path(folder) / "ledger.sqlite3"
        ledger.write_bytes(_empty_ledger())
        engine = open_engine(f"sqlite:///{ledger}")
        try:
            return _Performance(dialogue, stage, engine, MediaFolder(Path(folder) / "media")).play()
        finally:
            engine.dispose()


@cache
def _empty_ledger() -> bytes:
    """Return a database with all tables and no rows: to make one takes longer than many a conversation."""
    with tempfile.TemporaryDirectory(prefix="yingda-replay-") as folder:
        ledger = Path(folder) / "ledger.sqlite3"
        open_engine(f"sqlite:///{ledger}").dispose()
        return ledger.read_bytes()


@dataclass(slots=True)
class _Performance:
    """A conversation while it is played."""

    dialogue: Dialogue
    stage: Stage
    engine: Engine
    media: MediaFolder
    numbers: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)

    def play(self) -> Played:
        store = Store(self.engine)
        self._before(store)
        desk = self.stage.desk_on(store)
        desk.take_time()
        self._wait(desk, store, self._earliest(), self.stage.start)
        now, turns = self.stage.start, []
        for number, turn in enumerate(self.dialogue.turns, 1):
            heard = self._wait(desk, store, now, now + turn.after)
            now += turn.after
            replies = desk.receive(self._incoming(number, turn, now), now)
            heard += [self._said(reply.recipient or turn.user.name, reply.text) for reply in replies]
            turns.append((*heard, *self._handed_out(store, now)))
        with store.work(now) as work:
            return Played(self.dialogue, self.numbers, tuple(turns), records(work))

    def _earliest(self) -> datetime:
        return min((given.began(entry, self.stage.start) for entry in self.dialogue.given), default=self.stage.start)

    def _before(self, store: Store) -> None:
        """Make people known, then what happened, in its order, then roles: the past called nobody of today."""
        users = self.dialogue.users().values()
        with store.work(self._earliest()) as work:
            people.enter_all(work, users)
        for entry in sorted(self.dialogue.given, key=lambda one: given.began(one, self.stage.start)):
            with store.work(given.began(entry, self.stage.start)) as work:
                self._give(work, entry)
        with store.work(self.stage.start) as work:
            people.grant_all(work, users)
            self.roles = people.roles(work)
        for user in users:
            store.set_profile(CHANNEL, user.name, region=user.region, asker=self._asker(user.name))

    def _asker(self, name: str) -> str:
        return "cadre" if name in self.roles else "villager"

    def _give(self, work: Work, entry: Any) -> None:
        if entry["kind"] == "roster":
            given.given_roster(work, entry, self.dialogue, self.stage)
        elif entry["kind"] == "warning":
            self.numbers[entry["id"]] = given.given_warning(work, entry, self.dialogue)
        else:
            self.numbers[entry.get("ref", "")] = given.given_report(work, entry, self.stage)

    def _wait(self, desk: Desk, store: Store, since: datetime, until: datetime) -> list[Said]:
        """Let time pass, the clock looking again and again; return what people got meanwhile."""
        heard: list[Said] = []
        for moment in _moments(since, until):
            desk.tick(moment)
            heard += self._handed_out(store, moment)
        return heard

    def _handed_out(self, store: Store, now: datetime) -> list[Said]:
        """Hand over what waits in the outbox and is due, as the worker would."""
        with store.work(now) as work:
            waits = select(OutboxRow).where(OutboxRow.state == Delivery.PENDING.value, col(OutboxRow.due_at) <= now)
            rows = work.session.exec(waits.order_by(col(OutboxRow.id))).all()
            names = {person.id: person.name for person in work.session.exec(select(Person)).all()}
            for row in rows:
                row.state, row.handed_over_at = Delivery.HANDED_OVER.value, now
            return [self._said(names[row.person_id], json.loads(row.payload)["text"]) for row in rows]

    def _incoming(self, number: int, turn: Turn, now: datetime) -> Incoming:
        text = REFERENCE.sub(lambda found: self.numbers.get(found[1], found[0]), turn.text)
        attachments = (self.media.keep(picture(f"{self.dialogue.id}/{number}")),) if turn.is_image else ()
        return Incoming(CHANNEL, f"{self.dialogue.id}/{number}", turn.user.name, text, now, attachments, turn.location)

    def _said(self, to: str, text: str) -> Said:
        return Said(to, self.roles.get(to, ""), text)


def _moments(since: datetime, until: datetime) -> Iterator[datetime]:
    """Yield the moments at which the clock looks, the last one included; none where no time passes."""
    moment = since
    while moment < until:
        step = SHORT_STEP if moment - since < FIRST_HOUR else LONG_STEP
        moment = min(moment + step, until)
        yield moment
