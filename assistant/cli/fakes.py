"""yingda fake-vendors."""

from threading import Event

import click

from assistant.cli.options import settings
from assistant.errors import CannotListen
from assistant.wording.console import FAKES

LOOPBACK = "127.0.0.1"


@click.command(name="fake-vendors")
@click.option(
    "--port", type=click.IntRange(1, 65000), default=8300, show_default=True, help="页面的端口；后面三个也要空着"
)
@click.option("--bot", default=None, help="机器人的地址，例如 http://127.0.0.1:8000")
def fake_vendors(port: int, bot: str | None) -> None:
    """在本机开起假的微信、企业微信、Telegram，不用账号就能试。"""
    from bots.fakes.running import vendors  # noqa: PLC0415  (channels stand above the core)

    address = bot or f"http://{LOOPBACK}:{settings().port}"
    try:
        with vendors(address, port) as running:
            click.echo(running.settings)
            click.echo(FAKES.format(url=running.url, bot=address), err=True)
            Event().wait()
    except KeyboardInterrupt:
        click.echo("", err=True)  # Ctrl+C is how a person stops it
    except OSError as error:
        raise CannotListen(host=LOOPBACK, port=port, reason=error.strerror or str(error)) from error
