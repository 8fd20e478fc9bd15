"""A town on a fake official account: the real desk, the real callback over loopback, and a clock that stands still."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from pydantic import SecretStr

from assistant.config import Settings
from assistant.desk import Desk
from assistant.people import Grant, Identity, Person, Role
from assistant.ports import Outgoing
from assistant.store import Lane, Store, Work
from assistant.store.outbox import OutboxRow
from bots.fakes.serving import Served
from bots.fakes.wechat import FakeWeChat
from bots.fakes.wechat_account import AES_KEY, Account
from bots.fakes.wechat_phone import WeChatPhone
from bots.web.app import create_app
from bots.wechat.channel import WeChat
from tests.world import VILLAGE

CALLED = "【橙色预警】示例镇今晚有大到暴雨"
CHOICES = ("收到", "需要支援")


class Clock:
    """Of the bot and of the platform."""

    def __init__(self) -> None:
        self.now = datetime(2026, 7, 1, 4, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def seconds(self) -> float:
        return self.now.timestamp()

    def after(self, **span: float) -> None:
        self.now += timedelta(**span)


class Town:
    """One account with its bot."""

    def __init__(self, desk: Desk, store: Store, url: str = "", **settings: str) -> None:
        """url: of the platform, where it is not the fake one."""
        self.clock, self.desk, self.store = Clock(), desk, store
        self.account = Account(clock=self.clock.seconds)
        self.fake = FakeWeChat(self.account)
        self.settings = Settings(
            _env_file=None,
            wechat_app_id=self.account.app_id,
            wechat_secret=SecretStr(self.account.app_secret),
            wechat_token=SecretStr(self.account.token),
            wechat_aes_key=SecretStr(AES_KEY),
            wechat_api_url=url or self.fake.url,
            **settings,
        )
        self.live = WeChat(self.settings, desk, self.clock)
        app = create_app(desk, self.clock)
        self.live.register(app)
        self.served = Served(app)
        self.account.callback = f"{self.served.url}/wechat"
        self.sender = desk.sender([self.live.channel])

    def phone(self, name: str = "openid-cunmin-jia") -> WeChatPhone:
        return self.fake.phone(name)

    def staff(self, name: str, role: Role) -> WeChatPhone:
        """A phone of somebody whom the ledger knows."""
        with self.desk.work(self.clock()) as work:
            person = Person(name=name, region=VILLAGE, created_at=self.clock())
            work.session.add(person)
            work.session.flush()
            account = Identity(channel="wechat", sender=f"openid-{name.encode().hex()}", person_id=person.id or 0, last_seen_at=self.clock())  # fmt: skip
            work.session.add(account)
            work.session.add(Grant(person_id=person.id or 0, role=role.value, region=VILLAGE))
            return self.phone(account.sender)

    def tell(self, phone: WeChatPhone, text: str = CALLED, choices: tuple[str, ...] = CHOICES, key: str = "t") -> None:
        """Queue a message to somebody."""
        with self.desk.work(self.clock()) as work:
            person = work.person("wechat", phone.name, "")
            work.tell(person, Outgoing("", "", text, choices=choices), key=key, lane=Lane.URGENT)

    def send(self, messages: int = 1) -> None:
        """Send what may go now; several messages to one person go one after another."""
        for number in range(messages):
            self.clock.after(seconds=1.3 if number else 0)
            for lane in Lane:
                while self.sender.step(lane, self.clock()):
                    pass

    def outbox(self) -> list[tuple[str, str]]:
        """Return state and error of every message, oldest first."""
        with self.desk.work(self.clock()) as work:
            return [(row.state, row.error) for row in _rows(work)]


def _rows(work: Work) -> list[OutboxRow]:
    from sqlmodel import col, select

    return list(work.session.exec(select(OutboxRow).order_by(col(OutboxRow.id))).all())


@contextmanager
def town_of(desk: Desk, store: Store, url: str = "", **settings: str) -> Iterator[Town]:
    """Open the platform, and the bot before it."""
    town = Town(desk, store, url, **settings)
    with town.fake:
        town.served.start()
        yield town
        town.live.stop()
        town.served.close()
