"""yingda duty with its commands."""

from datetime import datetime

import click

from assistant.cli import rosters
from assistant.cli.options import LOCAL, now, settings
from assistant.duty import Post, Roster
from assistant.people import Person
from assistant.rules import load_rules
from assistant.store import Store, Work, keep_roster, open_engine
from assistant.store.duty import posts_on
from assistant.wording import duty as words

DAY = click.DateTime(formats=["%Y-%m-%d"])


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


def _lines(work: Work, posts: list[Post]) -> list[str]:
    people: dict[int, Person] = {post.person_id: work.person_by_id(post.person_id) for post in posts}
    return [words.line(post, people[post.person_id]) for post in posts]
