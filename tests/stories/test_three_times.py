"""A message that is delivered three times, one after another or at once, has one effect and one reply, whatever it is."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from fastapi.testclient import TestClient
from sqlmodel import SQLModel

from assistant.desk import Desk
from assistant.people import Grant, Role
from assistant.ports import Incoming
from bots.web.app import create_app
from tests.pictures import picture
from tests.world import TOWN, VILLAGE, World

pytestmark = pytest.mark.ledger

CRACK = "老粮站后面坡上裂了条缝"
FIRE = "着火了我妈还在楼上"
STAFF = {"李网格": (Role.GRID, VILLAGE), "钱值班": (Role.DUTY, TOWN), "赵调度": (Role.DISPATCHER, TOWN)}
PEOPLE = ("村民甲", "村民乙", *STAFF)
PHOTO = "[photo]"
TOKEN = re.compile(r"[0-9a-f]{32}")
"""Who is sealed, which browser it is, which form: random each time."""

Said = tuple[str, str]
TOLD: dict[str, tuple[tuple[Said, ...], Said]] = {
    "a report begins": ((), ("村民甲", "路灯不亮了")),
    "a report in one sentence": ((), ("村民甲", CRACK)),
    "a photo belongs to what is being told": ((("村民甲", "路灯不亮了"),), ("村民甲", PHOTO)),
    "a photo comes later": ((("村民甲", CRACK),), ("村民甲", PHOTO)),
    "a place completes a report": ((("村民甲", "路灯不亮了"),), ("村民甲", "小学门口")),
    "a number answers a question": ((("村民甲", CRACK), ("村民甲", "取消")), ("村民甲", "1")),
    # the second delivery must not answer what the first one asked
    "a number leads to another question": ((("村民甲", CRACK), ("村民乙", CRACK)), ("村民乙", "1")),
    "somebody is in danger": ((), ("村民甲", FIRE)),
    "an emergency interrupts a report": ((("村民甲", "路灯不亮了"),), ("村民甲", FIRE)),
    "duty acknowledges": ((("村民甲", FIRE),), ("钱值班", "收到，马上去")),
    "the grid worker signs for": ((("村民甲", CRACK),), ("李网格", "签收")),
    "the grid worker has repaired it": ((("村民甲", CRACK), ("李网格", "签收")), ("李网格", "整改好了 回填夯实了")),
    "the grid worker refuses": ((("村民甲", CRACK),), ("李网格", "退回 不归我管，是公路段的")),
    "a report is taken back": ((("村民甲", CRACK),), ("村民甲", "撤了吧 村长已经填平了")),
    "what was taken back is wanted again": (
        (("村民甲", CRACK), ("村民甲", "撤了吧 村长已经填平了")),
        ("村民甲", "还是要报"),
    ),
    "a question": ((), ("村民甲", "村里一年要演练几回")),
    "duty is asked for": ((("村民甲", "明天猪肉多少钱一斤"),), ("村民甲", "转人工")),
}
"""What was said before, and what then comes three times."""


@dataclass
class Lines:
    """How people's messages come to the desk of a world; each has a number, and repeated it keeps it."""

    world: World
    sent: int = 0

    def say(self, who: str, text: str, times: int = 1, at_once: int = 1) -> list[str]:
        """Send one message so many times; return the replies of each delivery."""
        self.sent += 1
        deliver = self.delivery(who, text, f"m-{self.sent}")
        with ThreadPoolExecutor(at_once) as threads:
            return [TOKEN.sub("", reply) for reply in threads.map(deliver, range(times))]

    def delivery(self, who: str, text: str, name: str) -> Callable[[int], str]:
        raise NotImplementedError


@dataclass
class Messages(Lines):
    """Straight to two desks on one database, as of two processes."""

    desks: list[Desk] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.desks = [self.world.desk]
        self.world.restart()
        self.desks.append(self.world.desk)
        for who in PEOPLE:
            enter(self.world, "test", who, who)

    def delivery(self, who: str, text: str, name: str) -> Callable[[int], str]:
        def deliver(number: int) -> str:
            store = self.world.store
            photos = (store.media.keep(picture(seed=3)),) if text == PHOTO else ()
            words = "" if photos else text
            message = Incoming("test", name, who, words, self.world.now, photos)
            return repr(self.desks[number % 2].receive(message, self.world.now))

        return deliver


@dataclass
class Forms(Lines):
    """Over HTTP, with the form's nonce as the number."""

    browsers: dict[str, TestClient] = field(default_factory=dict)

    def __post_init__(self) -> None:
        app = create_app(self.world.desk, lambda: self.world.now)
        for who in PEOPLE:
            self.browsers[who] = TestClient(app)
            self.browsers[who].get("/")
            enter(self.world, "web", self.browsers[who].cookies["yingda"], who)

    def delivery(self, who: str, text: str, name: str) -> Callable[[int], str]:
        said = {"nonce": name} if text == PHOTO else {"nonce": name, "text": text}
        files = [("photo", ("a.jpg", picture(seed=3), "image/jpeg"))] if text == PHOTO else None

        def deliver(_: int) -> str:
            answer = self.browsers[who].post("/chat", data=said, files=files, headers={"X-Requested-With": "fetch"})
            assert answer.status_code == 200
            return answer.text

        return deliver


def enter(world: World, channel: str, sender: str, name: str) -> None:
    with world.store.work(world.now) as work:
        role, region = STAFF.get(name, (None, VILLAGE))
        person = work.person(channel, sender, region)
        person.name, person.region = name, region
        if role is not None:
            work.session.add(Grant(person_id=person.id or 0, role=role.value, region=region))


def effect(world: World) -> dict[str, list[str]]:
    """Return all rows of all tables; a server's counter of the inbox may leave gaps."""
    with world.store.work(world.now) as work:
        return {
            table.name: sorted(
                TOKEN.sub("", repr([item for item in row._mapping.items() if item[0] != "id"]))
                for row in work.session.connection().execute(table.select())
            )
            for table in SQLModel.metadata.sorted_tables
        }


def told(lines: Lines, kind: str, times: int, at_once: int) -> list[str]:
    before, (who, text) = TOLD[kind]
    for one in before:
        lines.say(*one)
    return lines.say(who, text, times, at_once)


@pytest.mark.parametrize(
    ("way", "at_once"),
    [
        (Messages, 3),
        *(pytest.param(*rest, marks=pytest.mark.slow) for rest in ((Messages, 1), (Forms, 1), (Forms, 3))),
    ],
)
@pytest.mark.parametrize("kind", TOLD)
def test_three_deliveries_are_one_message(
    world: World, other_world: World, kind: str, at_once: int, way: type[Lines]
) -> None:
    (once,) = told(way(other_world), kind, 1, 1)
    assert told(way(world), kind, 3, at_once) == [once] * 3
    assert effect(world) == effect(other_world)
