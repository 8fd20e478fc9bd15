"""yingda duty with its commands, warn."""

from datetime import datetime, timedelta

import click

from assistant.cli import rosters
from assistant.cli.options import LOCAL, now, settings
from assistant.desk import callwork
from assistant.duty import Post, Roster
from assistant.people import Person
from assistant.rules import load_rules
from assistant.store import Store, Work, keep_roster, open_engine
from assistant.store.duty import person_named, posts_on
from assistant.wording import duty as words
from assistant.wording import warnings as calls

DAY = click.DateTime(formats=["%Y-%m-%d"])
UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1)}


def _within(_context: click.Context, _option: click.Parameter, value: str) -> timedelta:
    """Read a length of time, 30m or 2h; raises BadParameter."""
    count, unit = value[:-1], value[-1:]
    if unit not in UNITS or not count.isdigit() or not int(count):
        raise click.BadParameter(value)
    return int(count) * UNITS[unit]


@click.group()
def duty() -> None:
    """值班表：登记、导入、轮班、检查和查看。"""


for command in rosters.COMMANDS:
    duty.add_command(command)


@duty.command()
@click.option("--region", required=True, help="地点全路径，例如 云南省/示例州/示例县/示例镇")
@click.option("--day", type=DAY, required=True, help="哪一天，例如 2026-07-01")
@click.option("--unit", default="", help="哪个单位的值班表")
@click.option("--leader", default="", help="带班领导的姓名")
@click.option("--deputy", default="", help="副班（备班）的姓名")
@click.option("--staff", multiple=True, help="值班员的姓名，可以写几次")
@click.option("--phone", "phones", multiple=True, help="姓名=电话；名册里没有的人写了电话就新建")
@click.option("--room-phone", default="", help="值班电话，谁都可以知道")
def add(  # noqa: PLR0913  (one parameter per option)
    region: str,
    day: datetime,
    unit: str,
    leader: str,
    deputy: str,
    staff: tuple[str, ...],
    phones: tuple[str, ...],
    room_phone: str,
) -> None:
    """登记一个地方一天的值班表；再登记一次就换掉原来的。"""
    known = dict(phone.partition("=")[::2] for phone in phones)
    roster = Roster(region, day.date(), unit, leader, deputy, staff, known, room_phone)
    if not roster.names() or not all(known.values()):
        raise click.UsageError("duty")
    with Store(open_engine(settings().database_url)).work(now()) as work:
        posts = keep_roster(work, roster, load_rules())
        click.echo("\n".join(_lines(work, posts)))


@duty.command()
@click.option("--day", type=DAY, default=None, help="哪一天，不写就是今天")
def show(day: datetime | None) -> None:
    """查看一天的值班表。"""
    on = day.date() if day else now().astimezone(LOCAL).date()
    with Store(open_engine(settings().database_url)).work(now()) as work:
        posts = posts_on(work.session, on)
        click.echo("\n".join(_lines(work, posts)) if posts else words.EMPTY_DAY.format(day=on))


@click.command()
@click.option("--title", required=True, help="预警的名称，例如 暴雨橙色预警")
@click.option("--area", default="", help="范围，用预警里的原话")
@click.option("--region", required=True, help="地点全路径，例如 云南省/示例州/示例县/示例镇")
@click.option("--to", "names", multiple=True, required=True, help="要叫应的人的姓名，可以写几次")
@click.option("--within", callback=_within, default="30m", show_default=True, help="多久之内要应答：30m 或 2h")
def warn(title: str, area: str, region: str, names: tuple[str, ...], within: timedelta) -> None:
    """转发一条预警，逐人叫应；本程序自己不发布预警。"""
    with Store(open_engine(settings().database_url)).work(now()) as work:
        people = [person_named(work.session, name, region) for name in names]
        warning = callwork.issue_warning(work, title, area, region, now(), within, people)
        silent = [person.name for person in people if not work.has_channel(person)]
        click.echo(calls.issued(warning, [person.name for person in people], silent))


def _lines(work: Work, posts: list[Post]) -> list[str]:
    people: dict[int, Person] = {post.person_id: work.person_by_id(post.person_id) for post in posts}
    return [words.line(post, people[post.person_id]) for post in posts]
