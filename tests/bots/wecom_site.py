"""A whole WeCom: the fake platform with its phones, our channel with its callback address, a desk, and one clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from fastapi import FastAPI

from assistant.config import Settings
from assistant.desk import Desk
from bots.fakes.serving import Served
from bots.fakes.wecom import FakeWeCom
from bots.wecom import LiveWeCom, open_wecom
from bots.worker import Worker
from tests.world import NOON


class Site:
    """The clock stands still until it is set forward; `sends` empties the outbox."""

    def __init__(self, desk: Desk, fake: FakeWeCom) -> None:
        self.now, self.desk, self.fake = NOON, desk, fake
        fake.now = lambda: self.now.timestamp()
        live = open_wecom(settings(fake), desk, self.clock)
        assert live is not None
        self.live: LiveWeCom = live
        self.worker = Worker(desk, [self.live.channel], self.clock)

    def clock(self) -> datetime:
        return self.now

    def sends(self) -> None:
        self.worker.once()

    def after(self, **time: float) -> None:
        self.now += timedelta(**time)
        self.worker.once()


def settings(fake: FakeWeCom, **others: str) -> Settings:
    """Return the settings as an operator fills them in."""
    given = {name.removeprefix("YINGDA_").lower(): value for name, value in fake.settings().items()}
    return Settings(_env_file=None, **{**given, **others})  # type: ignore[arg-type]


@contextmanager
def opened(desk: Desk) -> Iterator[Site]:
    """Open a site."""
    with FakeWeCom() as fake:
        site = Site(desk, fake)
        app = FastAPI()
        site.live.register(app)
        served = Served(app)
        served.start()
        fake.callback = f"{served.url}/wecom"
        try:
            yield site
        finally:
            served.close()
            site.live.stop()
