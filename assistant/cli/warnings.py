"""yingda warn, call-sheet, rehearsal, cap."""

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path

import click

from assistant.cli.options import LOCAL, now, settings
from assistant.desk import callsheetwork, callview, callwork, capwork, rehearsalresult, relaywork
from assistant.desk.relaywork import Relay
from assistant.events import Actor
from assistant.exports.tables import to_csv, to_xlsx
from assistant.files import write_bytes
from assistant.rules import load_rules
from assistant.store import Store, Work, open_engine
from assistant.store import cap as messages
from assistant.store import warnings as stored
from assistant.store.duty import person_named
from assistant.warnings import Level
from assistant.wording import callpages as pages
from assistant.wording import warnings as calls

UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1)}
BY = Actor("rule", "cli")
MOMENT = click.DateTime(["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"])
LEVELS = {words: code for code, words in pages.LEVELS.items() if words}


def _within(_context: click.Context, _option: click.Parameter, value: str) -> timedelta:
    """Read a length of time, 30m or 2h; raises BadParameter."""
    count, unit = value[:-1], value[-1:]
    if unit not in UNITS or not count.isdigit() or not int(count):
        raise click.BadParameter(value)
    return int(count) * UNITS[unit]


@click.command()
@click.option("--title", default="", help="预警的名称，例如 暴雨橙色预警")
@click.option("--area", default="", help="范围，用预警里的原话")
@click.option("--region", "regions", multiple=True, help="地点全路径，可以写几次，例如 云南省/示例州/示例县/示例镇")
@click.option("--to", "names", multiple=True, help="只叫这些人（不逐级上叫），可以写几次；不写就按叫应方案叫")
@click.option(
    "--within", callback=_within, default="30m", show_default=True, help="和 --to 一起用，多久之内要应答：30m 或 2h"
)
@click.option("--level", type=click.Choice(list(LEVELS)), default=None, help="颜色")
@click.option("--event", default="", help="灾种，例如 暴雨")
@click.option("--sender", default="", help="发布单位，例如 示例县气象台")
@click.option("--onset", type=MOMENT, default=None, help="预计发生的时间，例如 2026-07-01T20:00")
@click.option("--exercise", is_flag=True, help="演练：每条消息都标【演练】")
@click.option(
    "--cap",
    "path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=None,
    help="CAP 1.2 文件；范围对不上时用 --region 写明",
)
def warn(  # noqa: PLR0913  (one parameter per option)
    title: str,
    area: str,
    regions: tuple[str, ...],
    names: tuple[str, ...],
    within: timedelta,
    level: str | None,
    event: str,
    sender: str,
    onset: datetime | None,
    exercise: bool,  # noqa: FBT001  (a click flag)
    path: Path | None,
) -> None:
    """转发一条预警，逐人叫应；本程序自己不发布预警。"""
    places = tuple(region.strip("/") for region in regions)
    if path is None and not (title and places):
        raise click.UsageError("warn")
    with Store(open_engine(settings().database_url)).work(now()) as work:
        if path is not None:
            click.echo(capwork.take(work, path.read_bytes(), load_rules(), BY, places).said)
            return
        if names:
            click.echo(_to_some(work, title, area, places[0], names, within))
            return
        one = Relay(
            title=title,
            event=event,
            level=Level(LEVELS[level]) if level else Level.NONE,
            places=places,
            issued_at=work.now,
            sender=sender,
            area=area or "、".join(place.rpartition("/")[2] for place in places),
            source="cli",
            onset_at=onset and onset.replace(tzinfo=LOCAL),
            is_exercise=exercise,
        )
        if hindered := relaywork.hindrance(work, one):
            click.echo(hindered, err=True)
            sys.exit(1)
        click.echo(relaywork.issued_text(work, relaywork.relay(work, one, load_rules(), BY)))


def _to_some(work: Work, title: str, area: str, region: str, names: tuple[str, ...], within: timedelta) -> str:  # noqa: PLR0913
    people = [person_named(work.session, name, region) for name in names]
    warning = callwork.issue_warning(work, title, area, region, now(), within, people)
    silent = [person.name for person in people if not work.has_channel(person)]
    return calls.issued(warning, [person.name for person in people], silent)


@click.command(name="call-sheet")
@click.argument("number")
@click.option(
    "--format", "form", type=click.Choice(["xlsx", "csv"]), default="xlsx", show_default=True, help="文件格式"
)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="写到哪个文件")
@click.option("--households", "is_of_homes", is_flag=True, help="只要到户敲门单（csv 一份只装得下一张表）")
def call_sheet(number: str, form: str, out: Path, is_of_homes: bool) -> None:  # noqa: FBT001  (a click flag)
    """打印用的叫应单和敲门单，有电话号码，只给值班的人用。"""
    with Store(open_engine(settings().database_url)).work(now()) as work:
        view = callview.seen(work, stored.warning(work, number), sees_phones=True, may_relay=False)
        table = callsheetwork.houses(work, view) if is_of_homes else callsheetwork.table(work, view)
        write_bytes(out, to_xlsx(table, work.now) if form == "xlsx" else to_csv(table))
    click.echo(pages.SHEET_WRITTEN.format(number=number, count=len(table.rows), path=out), err=True)


@click.command()
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, help="给程序读的 JSON")
def rehearsal(number: str, as_json: bool) -> None:  # noqa: FBT001  (a click flag)
    """一次叫应演练的结果：每人用时、按时的比例、一直没应答的人，和上一次比。"""
    with Store(open_engine(settings().database_url)).work(now()) as work:
        warning = stored.warning(work, number)
        if not warning.is_exercise:
            raise click.UsageError("rehearsal")
        if as_json:
            click.echo(json.dumps(rehearsalresult.record(work, warning), ensure_ascii=False))
        else:
            click.echo(rehearsalresult.text(work, warning))


@click.command()
@click.argument("number")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="写到哪个文件")
@click.option("--sender", required=True, help="本单位在 CAP 里的发布者代号，例如 yingda@example")
@click.option("--ack", is_flag=True, help="写一份回执：这条 CAP 预警收到了、已转发")
def cap(number: str, out: Path, sender: str, ack: bool) -> None:  # noqa: FBT001  (a click flag)
    """把一条预警写成 CAP 1.2，或者写它的回执。"""
    with Store(open_engine(settings().database_url)).work(now()) as work:
        warning = stored.warning(work, number)
        row = messages.of_warning(work.session, number)
        if ack and row is None:
            raise click.UsageError("cap")
        content = capwork.acknowledge(work, row, sender) if ack and row else capwork.written(work, warning, sender)
    write_bytes(out, content)
    click.echo(pages.CAP_WRITTEN.format(number=number, path=out), err=True)
