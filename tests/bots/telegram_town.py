"""A desk, a fake Bot API and what runs between them; every wait is bounded and ends as soon as what it waits for is there."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from assistant.desk import Desk
from bots.fakes.showing import Shown
from bots.fakes.telegram import FakeTelegram
from bots.fakes.telegram_phone import TelegramPhone
from bots.telegram.client import Access
from bots.telegram.live import Telegram
from bots.telegram.polling import Pace
from bots.worker import Worker

PATIENCE_S = 10.0
QUICK = Pace(watchdog_s=1.0, first_s=0.05, longest_s=0.2, again_s=0.2)
Found = TypeVar("Found")


def now() -> datetime:
    """Sending is bound to real seconds: the fake counts them."""
    return datetime.now(UTC)  # noqa: TID251 - sent to a server that goes by the real clock


def access(fake: FakeTelegram, **changed: Any) -> Access:
    """Return how to reach the fake, with short waits."""
    quick = Access(fake.bot.token, fake.url, "", 1.0, 1.0, 1.0, 0.3, (0.05, 0.1))
    return replace(quick, **changed)


@dataclass(slots=True)
class Town:
    """All that takes part in one test."""

    fake: FakeTelegram
    desk: Desk
    live: Telegram

    def phone(self, name: str = "7001") -> TelegramPhone:
        return self.fake.phone(name)

    def heard(self, phone: TelegramPhone) -> str:
        """Return what comes next to a phone, as one text."""
        shown = phone.read(wait_s=PATIENCE_S)
        assert shown, "nothing came"
        return "\n".join(one.text for one in shown)


@contextmanager
def running(fake: FakeTelegram, desk: Desk, **changed: Any) -> Iterator[Town]:
    """Poll, attend and send until the end."""
    live = Telegram(access(fake, **changed), desk, now).polls(QUICK)
    live.start()
    try:
        with Worker(desk, (live.channel,), now):
            yield Town(fake, desk, live)
    finally:
        live.stop()


def until(found: Callable[[], Found], patience_s: float = PATIENCE_S) -> Found:
    """Wait until something is there."""
    end = time.monotonic() + patience_s
    while not (one := found()):
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)
    return one


def texts(shown: list[Shown]) -> list[str]:
    return [one.text for one in shown]
