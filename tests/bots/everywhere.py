"""The same people on any channel: what they say reaches the desk as that channel carries it, what they see is what it shows.

`on("wechat", …)` opens a whole service with the fake platform beside it. What people do and see is told alike everywhere:
`service.user("张三").sends("1").expects("已确认").expects_nothing(within=1)`. `direct` is the desk without any channel,
against which the others are compared.
"""

import io
import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import eviltransform
from fastapi.testclient import TestClient
from lxml import html
from sqlmodel import col, func, select

from assistant.config import Settings
from assistant.desk import Desk
from assistant.people import Grant, Identity, Person, Role
from assistant.ports import Incoming, Location, Outgoing, Pressed
from assistant.replay.records import records
from assistant.store import Delivery, Lane, Store
from assistant.store.inbox import InboxRow
from assistant.store.outbox import OutboxRow
from assistant.store.spool import SpoolRow
from bots.channels import Channels, pushed
from bots.fakes.serving import Served
from bots.fakes.showing import Shown
from bots.fakes.telegram import FakeTelegram
from bots.fakes.wechat import FakeWeChat
from bots.fakes.wechat_account import Account
from bots.fakes.wecom import FakeWeCom
from bots.terminal import NAME, PROMPT, converse
from bots.web.app import create_app
from tests.pictures import picture
from tests.world import VILLAGE

PATIENCE_S = 15.0
STEP = timedelta(seconds=1)
PART = re.compile(r"（\d+/\d+）")
DeskOn = Callable[[frozenset[str]], Desk]


@dataclass(slots=True)
class Clock:
    """Stands still until it is moved."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


class Handset(Protocol):
    """What a person holds."""

    def says(self, text: str) -> None: ...
    def shows(self, photo: bytes) -> None: ...
    def points(self, lat: float, lon: float) -> None: ...
    def presses(self, label: str) -> None: ...
    def read(self) -> list[Shown]: ...


@dataclass(slots=True)
class Direct:
    """The desk itself: the channel of the tests (TestChannel)."""

    desk: Desk
    clock: Clock
    sender: str
    channel: str = "test"
    sent: int = 0
    shown: list[Outgoing] = field(default_factory=list)
    seen: int = 0

    def says(self, text: str) -> None:
        self._send(text)

    def shows(self, photo: bytes) -> None:
        self._send("", attachments=(self.desk.gallery.keep(photo),))

    def points(self, lat: float, lon: float) -> None:
        self._send("", location=Location(lat, lon))

    def presses(self, label: str) -> None:
        asked = next((one for one in reversed(self.shown) if label in one.choices), None)
        assert asked is not None, f"no button {label} among {[one.choices for one in self.shown]}"
        self._send(label, pressed=Pressed(asked.prompt, asked.choices.index(label)))

    def read(self) -> list[Shown]:
        self.shown += self.desk.pending(self.channel, self.sender, self.clock())
        new, self.seen = self.shown[self.seen :], len(self.shown)
        return [Shown(one.text, one.choices) for one in new]

    def _send(self, text: str, **more: Any) -> None:
        self.sent += 1
        incoming = Incoming(self.channel, f"{self.sender}-{self.sent}", self.sender, text, self.clock(), **more)
        self.shown += self.desk.receive(incoming, self.clock())


@dataclass(slots=True)
class Typist:
    """Somebody at the terminal; there are no buttons, so what they say is typed."""

    desk: Desk
    clock: Clock
    sender: str
    folder: Path
    out: str = ""

    def says(self, text: str) -> None:
        self._type(text)

    def shows(self, photo: bytes) -> None:
        path = self.folder / "photo.jpg"
        path.write_bytes(photo)
        self._type(f"/照片 {path}")

    def points(self, lat: float, lon: float) -> None:
        self._type(f"/位置 {lat},{lon}")

    def presses(self, label: str) -> None:
        self._type(label)

    def read(self) -> list[Shown]:
        self._type("")
        said, self.out = self.out, ""
        answers = re.sub(f"(?m)^(?:{PROMPT})+", "", said)
        return [Shown(one.strip()) for one in re.split(f"(?m)^{NAME}", answers) if one.strip()]

    def _type(self, line: str) -> None:
        out = io.StringIO()
        converse(self.desk, self.sender, self.clock, io.StringIO(f"{line}\n"), out)
        self.out += out.getvalue()


@dataclass(slots=True)
class Browser:
    """Somebody with the chat page open."""

    client: TestClient
    seen: int = 0

    def says(self, text: str) -> None:
        self._post(text=text)

    def shows(self, photo: bytes) -> None:
        self.client.post("/chat", data={"nonce": str(time.monotonic())}, files={"photo": ("a.jpg", photo)})

    def points(self, lat: float, lon: float) -> None:
        self._post(point=f"{lat},{lon}")

    def presses(self, label: str) -> None:
        self._post(text=label)

    def read(self) -> list[Shown]:
        page = html.fromstring(self.client.get("/").text)
        sections = page.xpath("//article//section[contains(@class, 'reply') and not(ancestor::template)]")
        new, self.seen = sections[self.seen :], len(sections)
        return [Shown(one.text_content(), tuple(one.xpath(".//form//button/@value"))) for one in new]

    def _post(self, **form: str) -> None:
        self.client.post("/chat", data={"nonce": str(time.monotonic()), **form})


@dataclass(slots=True)
class OnPlatform:
    """Somebody with a phone of a fake platform."""

    phone: Any
    is_gcj02: bool
    screen: list[Shown] = field(default_factory=list)

    def says(self, text: str) -> None:
        self.phone.says(text)

    def shows(self, photo: bytes) -> None:
        self.phone.sends_photo(photo)

    def points(self, lat: float, lon: float) -> None:
        self.phone.sends_location(*(eviltransform.wgs2gcj(lat, lon) if self.is_gcj02 else (lat, lon)))

    def presses(self, label: str) -> None:
        """A button where there is one, else the words that stand there instead."""
        if any(label in one.buttons for one in self.phone.screen.all()):
            self.phone.presses(label)
        else:
            self.phone.says(label)

    def read(self) -> list[Shown]:
        return self.phone.read()


@dataclass(slots=True)
class User:
    """One person of a service; each act is over when everything has happened that comes of it."""

    service: "Service"
    handset: Handset
    seen: str = ""
    """What was shown since the last act of this person."""
    everything: str = ""

    def sends(self, text: str) -> "User":
        return self._acts(lambda: self.handset.says(text))

    def shows(self, photo: int) -> "User":
        return self._acts(lambda: self.handset.shows(picture(seed=photo)))

    def points(self, lat: float, lon: float) -> "User":
        return self._acts(lambda: self.handset.points(lat, lon))

    def presses(self, label: str) -> "User":
        return self._acts(lambda: self.handset.presses(label))

    def expects(self, *contains: str) -> "User":
        """All these words are shown; line breaks and blanks are the channel's own matter."""
        self._look()
        assert [words for words in contains if _plain(words) not in self.seen] == [], f"shown: {self.seen}"
        return self

    def expects_nothing(self, *, within: float = 0.0) -> "User":
        """Nothing (more) is shown, for so many seconds."""
        self.seen = ""
        until = time.monotonic() + within
        while time.monotonic() < until and not self.seen:
            time.sleep(0.02)
            self.service.settle()
            self._look()
        self._look()
        assert self.seen == ""
        return self

    def lacks(self, texts: list[str]) -> list[str]:
        """Return which of these texts have not been shown whole, in one message or in several."""
        self._look()
        shown = PART.sub("", self.everything)
        return [text for text in texts if _plain(text) not in shown]

    def _acts(self, act: Callable[[], None]) -> "User":
        self._look()
        self.seen = ""
        act()
        self.service.acts += 1
        self.service.settle()
        return self

    def _look(self) -> None:
        new = _plain("".join(one.text for one in self.handset.read()))
        self.seen += new
        self.everything += new


def _plain(text: str) -> str:
    return "".join(text.split())


@dataclass(slots=True)
class Service:
    """One desk with its channel, its worker (stepped by hand) and the people on it."""

    store: Store
    desk: Desk
    clock: Clock
    channel: str
    hold: Callable[[str], Handset]
    """Gives a handset to whoever has this account."""
    sender: Callable[[], int] = lambda: 0
    users: dict[str, User] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    acts: int = 0

    def person(self, name: str, role: str | None = None, region: str = VILLAGE, asker: str = "") -> None:
        """Make somebody known, with an account on this channel."""
        account = self._account(len(self.accounts) + 1)
        with self.store.work(self.clock()) as work:
            person = Person(name=name, region=region, created_at=self.clock())
            work.session.add(person)
            work.session.flush()
            known = {"person_id": person.id or 0, "last_seen_at": self.clock()}
            work.session.add(Identity(channel=self.channel, sender=account, **known))
            if role is not None:
                work.session.add(Grant(person_id=person.id or 0, role=Role(role).value, region=region))
        self.store.set_profile(self.channel, account, region=region, asker=asker or ("cadre" if role else "villager"))
        self.accounts[name], self.users[name] = account, User(self, self.hold(account))

    def user(self, name: str) -> User:
        """Return somebody who has been made known."""
        return self.users[name]

    def settle(self) -> None:
        """Send and wait until everything that was said has been answered and everything has left."""
        until = time.monotonic() + PATIENCE_S
        while not (self._is_heard() and not self._waiting()):
            assert time.monotonic() < until, "something is still on its way"
            if self.sender():
                continue
            if self._is_heard():
                self.clock.now += STEP  # what waits now waits for its turn
            else:
                time.sleep(0.005)

    def _is_heard(self) -> bool:
        """Say whether all that was said has been attended to."""
        with self.store.work(self.clock()) as work:
            one = work.session.exec
            done = one(select(func.count()).select_from(InboxRow).where(InboxRow.state != "received")).one()
            spooled = one(select(func.count()).select_from(SpoolRow)).one()
        return done >= self.acts and not spooled

    def _waiting(self) -> int:
        """Return how many messages are to leave yet; nothing leaves by itself where people fetch theirs."""
        if self.channel not in ("wechat", "wecom", "telegram"):
            return 0
        mine = (OutboxRow.channel == self.channel, OutboxRow.state == Delivery.PENDING.value)
        with self.store.work(self.clock()) as work:
            return work.session.exec(select(func.count()).select_from(OutboxRow).where(*mine)).one()

    def _account(self, number: int) -> str:
        forms = {"web": f"{number:032x}", "telegram": str(1000 + number), "wecom": f"user{number}"}
        return forms.get(self.channel, f"person-{number}")

    def transcript(self) -> dict[str, list[str]]:
        """Return what the desk has said to each person, whatever became of it on the way."""
        said: dict[str, list[str]] = {}
        with self.store.work(self.clock()) as work:
            for name, account in self.accounts.items():
                rows = work.session.exec(select(InboxRow).where(InboxRow.sender == account).order_by(col(InboxRow.id)))
                said[name] = [
                    text for row in rows if not row.message_id.startswith("outbox/") for text in _texts(row.replies)
                ]
                sent = select(OutboxRow).where(OutboxRow.recipient == account).order_by(col(OutboxRow.id))
                told = [row for row in work.session.exec(sent) if not row.key.startswith("inbox/")]
                said[name] += [text for row in told for text in _texts(f"[{row.payload}]")]
        return said

    def ledger(self) -> list[dict[str, Any]]:
        """Return the cases, without what depends on the second."""
        kept = (
            "kind",
            "number",
            "state",
            "category",
            "urgency",
            "region",
            "place",
            "photos",
            "has_location",
            "person",
            "answer",
        )
        with self.store.work(self.clock()) as work:
            found = records(work)
        return [
            {name: one.get(name) for name in kept} | {"history": [event["kind"] for event in one["history"]]}
            for one in found
        ]


def _texts(replies: str) -> list[str]:
    return [one["text"] for one in json.loads(replies)]


@contextmanager
def on(channel: str, desk_on: DeskOn, store: Store, clock: Clock, folder: Path) -> Iterator[Service]:
    """Open a service with one channel."""
    with ExitStack() as stack:
        if channel in ("wechat", "wecom", "telegram"):
            yield _on_platform(channel, desk_on, store, clock, stack)
            return
        desk = desk_on(frozenset())
        if channel == "web":
            app = create_app(desk, clock)
            hold = lambda account: Browser(TestClient(app, cookies={"yingda": account}))  # noqa: E731
        elif channel == "terminal":
            hold = lambda account: Typist(desk, clock, account, folder)  # noqa: E731
        else:
            hold = lambda account: Direct(desk, clock, account)  # noqa: E731
        yield Service(store, desk, clock, "test" if channel == "direct" else channel, hold)


def _on_platform(channel: str, desk_on: DeskOn, store: Store, clock: Clock, stack: ExitStack) -> Service:
    fake: Any = {
        "wechat": lambda: FakeWeChat(Account(clock=lambda: clock().timestamp())),
        "wecom": lambda: FakeWeCom(now=lambda: clock().timestamp()),
        "telegram": lambda: FakeTelegram(clock=lambda: clock().timestamp()),
    }[channel]()
    stack.enter_context(fake)
    values = {name.removeprefix("YINGDA_").lower(): value for name, value in fake.settings().items()}
    settings = Settings(_env_file=None, **values)
    desk = desk_on(pushed(settings))
    channels = Channels.of(settings, desk, clock)
    app = create_app(desk, clock, channels=channels.health)
    channels.register(app)
    served = Served(app)
    served.start()
    stack.callback(served.close)
    stack.enter_context(channels)
    if channel != "telegram":
        (fake.account if channel == "wechat" else fake).callback = f"{served.url}/{channel}"
    sender = desk.sender(channels.senders)
    steps = lambda: sum(sender.step(lane, clock()) for lane in Lane)  # noqa: E731
    return Service(
        store, desk, clock, channel, lambda account: OnPlatform(fake.phone(account), channel != "telegram"), steps
    )
