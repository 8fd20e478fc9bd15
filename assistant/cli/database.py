"""yingda migrate, backup, restore, tick."""

from datetime import datetime
from pathlib import Path

import click

from assistant.cli.options import LOCAL, corpus_option, index_option, settings
from assistant.cli.options import now as clock
from assistant.desk import open_desk
from assistant.store import backup as copies
from assistant.store.engine import connect
from assistant.store.engine import migrate as take_steps
from assistant.store.revisions import HEAD
from assistant.wording.console import BACKED_UP, MIGRATED, RESTORED, RESTORED_NEW, TICKED, UP_TO_DATE

file_argument = click.argument("file", type=click.Path(path_type=Path, dir_okay=False))


@click.command()
def migrate() -> None:
    """把数据库升级到这个版本要用的表；别的命令打开数据库时也会自动升级。"""
    engine = connect(settings().database_url)
    before = take_steps(engine)
    engine.dispose()
    click.echo(UP_TO_DATE.format(step=HEAD) if before == HEAD else MIGRATED.format(before=before or "0000", step=HEAD))


@click.command()
@file_argument
def backup(file: Path) -> None:
    """把数据库备份成一个文件；服务不用停。"""
    copies.back_up(settings().database_url, file)
    click.echo(BACKED_UP.format(path=file))


@click.command()
@file_argument
def restore(file: Path) -> None:
    """用备份文件恢复数据库；现有内容先另存一份。"""
    kept = copies.restore(file, settings().database_url)
    click.echo(RESTORED.format(path=file, kept=kept) if kept else RESTORED_NEW.format(path=file))


@click.command()
@click.option(
    "--now", "moment", type=datetime.fromisoformat, default=None, help="当作这个时间，例如 2026-07-01T12:00+08:00"
)
@corpus_option
@index_option
def tick(moment: datetime | None, corpus: Path | None, index: Path | None) -> None:
    """把到了时间该做的事做一遍：该催的催，该发的发，没办完的接着办。"""
    from bots.worker import Worker  # noqa: PLC0415  (channels stand above the core)

    desk = open_desk(settings(corpus=corpus, index=index))
    if moment is None:
        Worker(desk, (), clock).once()
    else:
        at = moment if moment.tzinfo else moment.replace(tzinfo=LOCAL)
        Worker(desk, (), lambda: at).once()
    click.echo(TICKED)
