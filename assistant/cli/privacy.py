"""yingda identity, person."""

import json
from pathlib import Path

import click

from assistant.cli.options import now, settings
from assistant.desk.opening import open_store
from assistant.files import write_private
from assistant.people import Person
from assistant.store import Work, personal
from assistant.store.people import person_called
from assistant.store.sealed import open_identities
from assistant.wording import privacy as words

CONSOLE = "console"


@click.command()
@click.argument("number")
@click.option("--by", required=True, help="谁来查看（姓名），必须是保密员")
@click.option("--reason", required=True, help="为什么查看，会记在案里")
def identity(number: str, by: str, reason: str) -> None:
    """查看一件隐患或突发事件的报告人；只有保密员能看，每次都留记录。"""
    with open_store(settings()).work(now()) as work:
        opener = person_called(work.session, by)
        opened = open_identities(work, number.upper(), opener, reason, CONSOLE)
        shown = words.identities(number.upper(), opened)
    click.echo(shown)


@click.command()
@click.argument("action", type=click.Choice(["export", "erase"]))
@click.argument("name", required=False)
@click.option("--channel", default=None, help="账号所在的渠道，例如 web")
@click.option("--sender", default=None, help="账号在那个渠道里的编号")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="导出到哪个文件（json）")
@click.option("--yes", "is_sure", is_flag=True, help="删除时不再问")
def person(  # noqa: PLR0913  (one parameter per option)
    action: str,
    name: str | None,
    channel: str | None,
    sender: str | None,
    out: Path | None,
    is_sure: bool,  # noqa: FBT001
) -> None:
    """导出或者删除一个人的全部数据：写姓名，或者写 --channel 和 --sender。"""
    moment = now()
    with open_store(settings()).work(moment) as work:
        found = _person(work, name, channel, sender)
        if action == "export":
            _export(work, found, out)
        else:
            if not is_sure:
                click.confirm(words.SURE, abort=True)
            counted = personal.erase(work, found)
            click.echo(words.ERASED_ROWS.format(**counted), err=True)


def _export(work: Work, found: Person, out: Path | None) -> None:
    record = json.dumps(personal.exported(work, found), ensure_ascii=False, indent=2)
    if out is None:
        click.echo(record)
        return
    write_private(out, f"{record}\n".encode())
    click.echo(words.EXPORTED_TO.format(path=out), err=True)


def _person(work: Work, name: str | None, channel: str | None, sender: str | None) -> Person:
    if name:
        return person_called(work.session, name)
    if channel and sender:
        return personal.person_behind(work, channel, sender)
    raise click.UsageError("name")
