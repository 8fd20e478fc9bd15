"""All fake platforms together, for `yingda fake-vendors`: on fixed ports, so that the bot's settings stay as they are."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from fastapi import FastAPI

from bots.fakes.page import PhonePages, Platform
from bots.fakes.serving import Served
from bots.fakes.telegram import FakeTelegram
from bots.fakes.wechat import FakeWeChat
from bots.fakes.wecom import FakeWeCom


@dataclass(frozen=True, slots=True)
class Vendors:
    """Running platforms."""

    url: str
    """Of the page with the phones."""
    settings: str
    """What has to stand in the bot's `.env`, a line for each."""


@contextmanager
def vendors(bot: str, port: int) -> Iterator[Vendors]:
    """Start the page on `port` and the platforms on the ports after it; bot: address of `yingda serve`.

    Raises: OSError where one of the ports is taken.
    """
    address = bot.rstrip("/")
    with ExitStack() as stack:
        wechat = stack.enter_context(FakeWeChat(port=port + 1))
        wecom = stack.enter_context(FakeWeCom(port=port + 2))
        telegram = stack.enter_context(FakeTelegram(port=port + 3))
        wechat.account.callback, wecom.callback = f"{address}/wechat", f"{address}/wecom"
        platforms: dict[str, Platform] = {"wechat": wechat, "wecom": wecom, "telegram": telegram}
        lines = "\n".join(f"{name}={value}" for one in platforms.values() for name, value in one.settings().items())
        app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
        PhonePages(platforms, lines).register(app)
        page = Served(app, port)
        page.start()
        stack.callback(page.close)
        yield Vendors(page.url, lines)
