"""yingda chat, serve, check."""

import sys
from collections.abc import Callable
from pathlib import Path

import click

from assistant.answers import Asker
from assistant.cli.options import corpus_option, index_option, now, settings
from assistant.config import NEEDED, Settings, is_wanted, lacking
from assistant.desk import open_desk
from assistant.documents import load_catalogue
from assistant.errors import ChannelUnready, NobodyToTell, UnfoundedExplanations, YingdaError
from assistant.models import load_embedder
from assistant.search import load
from assistant.search.explanations import load_explanations, unfounded
from assistant.store import Store, binding, open_engine
from assistant.triage import Reader
from assistant.wording import explain
from assistant.wording.channels import NAMES
from assistant.wording.console import CHECKS, FILLED_IN, SERVING, UNWANTED, check_line

ROLES = click.Choice([asker.value for asker in Asker])


@click.command()
@click.option("--as", "name", default="me", show_default=True, help="自己的名字，用来接着上次说")
@click.option("--role", type=ROLES, default=None, help="身份：干部、村民、教员")
@click.option("--region", default=None, help="所在地区，例如 云南省")
@corpus_option
@index_option
def chat(name: str, role: str | None, region: str | None, corpus: Path | None, index: Path | None) -> None:
    """在终端里对话，和各个聊天渠道走同一个值班台。"""
    from bots.terminal import converse  # noqa: PLC0415  (channels stand above the core)

    chosen = settings(corpus=corpus, index=index)
    with Store(open_engine(chosen.database_url)).work(now()) as work:
        binding.seat(work, name)
    desk = open_desk(chosen)
    if role or region:
        desk.set_profile("terminal", name, region=region, asker=role)
    converse(desk, name, now, sys.stdin, sys.stdout)


@click.command()
@click.option("--host", default=None, help="监听地址（YINGDA_HOST）")
@click.option("--port", type=click.IntRange(1, 65535), default=None, help="端口（YINGDA_PORT）")
@corpus_option
@index_option
def serve(host: str | None, port: int | None, corpus: Path | None, index: Path | None) -> None:
    """启动网页对话。"""
    from bots.serve import serve as run  # noqa: PLC0415  (loads the web framework)

    chosen = settings(host=host, port=port, corpus=corpus, index=index)
    click.echo(SERVING.format(host=chosen.host, port=chosen.port), err=True)
    run(chosen)


@click.command()
@corpus_option
@index_option
def check(corpus: Path | None, index: Path | None) -> None:
    """检查资料库、索引、模型和数据库，说明哪里不对、怎么修。"""
    chosen = settings(corpus=corpus, index=index)
    failed = False
    for part in CHECKS:
        try:
            note = _check_channel(part, chosen) if part in NEEDED else _check(part, chosen)
        except YingdaError as error:
            failed = True
            click.echo(check_line(part, explain(error)))
        else:
            click.echo(check_line(part, None, note))
    if failed:
        sys.exit(1)


def _check(part: str, chosen: Settings) -> str:
    PARTS[part](chosen)
    return ""


def _check_channel(channel: str, chosen: Settings) -> str:
    """Say whether a channel is filled in, without asking its platform."""
    if not is_wanted(chosen, channel):
        return UNWANTED.format(names="、".join(f"YINGDA_{name.upper()}" for name in NEEDED[channel]))
    if names := lacking(chosen, channel):
        raise ChannelUnready(channel=NAMES[channel], names="、".join(names))
    return FILLED_IN


def _check_index(chosen: Settings) -> None:
    load(chosen.corpus, chosen.index, load_embedder(chosen.model))


def _check_explanations(chosen: Settings) -> None:
    withheld = unfounded(load_explanations(chosen.corpus), load_catalogue(chosen.corpus))
    if withheld:
        raise UnfoundedExplanations(names="、".join(withheld))


def _check_incidents(chosen: Settings) -> None:
    if numbers := Store(open_engine(chosen.database_url)).unattended():
        raise NobodyToTell(numbers="、".join(numbers))


PARTS: dict[str, Callable[[Settings], object]] = {
    "corpus": lambda chosen: load_catalogue(chosen.corpus),
    "model": lambda chosen: load_embedder(chosen.model),
    "index": _check_index,
    "reader": lambda chosen: Reader.load(chosen.index, chosen.corpus),
    "explanations": _check_explanations,
    "database": lambda chosen: Store(open_engine(chosen.database_url)).answers(),
    "incidents": _check_incidents,
    "messages": lambda chosen: Store(open_engine(chosen.database_url)).check_messages(),
}
