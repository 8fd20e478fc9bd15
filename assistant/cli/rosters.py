"""yingda duty import, check, pattern, change, orders, revoke."""

import sys
from datetime import datetime
from pathlib import Path

import click

from assistant.cli.options import now, settings
from assistant.desk import rosterchange, rosterwork
from assistant.desk.importing.rosters import import_roster
from assistant.desk.importing.rotation import load_rotation, turn_of
from assistant.desk.importing.rows import Importer
from assistant.duty import OrderKind, Override, PostKind, RosterOrder, Turn, load_calendar
from assistant.duty.names import kind_in
from assistant.errors import NotAllowed, UnknownOrder
from assistant.events import Actor
from assistant.permissions import PeopleAction, may, roles_for
from assistant.rules import load_rules
from assistant.store import Store, Work, open_engine
from assistant.store import people as stored
from assistant.store import rosters as kept
from assistant.store.duty import person_named
from assistant.store.rosters import Planner
from assistant.store.settling import Office
from assistant.wording import people as people_words
from assistant.wording import rosters as words

CONSOLE = Actor("console", "console")
DAY = click.DateTime(formats=["%Y-%m-%d"])
by_option = click.option("--by", "by", default=None, help="办这件事的人（姓名），要有相应权限；不写就记为控制台")
unit_option = click.option("--unit", default="", help="哪个单位的值班表")


def _hours(_context: click.Context, _option: click.Parameter, value: str | None) -> Turn | None:
    """Read 8:00-12:00; raises BadParameter."""
    turn = turn_of(value) if value else None
    if value and turn is None:
        raise click.BadParameter(value)
    return turn


def _post(_context: click.Context, _option: click.Parameter, value: str | None) -> PostKind | None:
    """Read 带班领导, 值班员 or 副班; raises BadParameter."""
    kind = kind_in(value) if value else None
    if value and kind is None:
        raise click.BadParameter(value)
    return kind


def _actor(work: Work, by: str | None, region: str) -> Actor:
    if by is None:
        return CONSOLE
    person = stored.person_called(work.session, by)
    if not may(work.grants(person), PeopleAction.ROSTER, region):
        action = people_words.ACTIONS[PeopleAction.ROSTER]
        raise NotAllowed(action=action, role=" ".join(roles_for(PeopleAction.ROSTER)))
    return Actor(stored.stream(person), "console")


def _store() -> Store:
    return Store(open_engine(settings().database_url))


@click.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--region", default=None, help="地点全路径，例如 云南省/示例州/示例县/示例镇")
@unit_option
@by_option
@click.option("--dry-run", "is_trial", is_flag=True, help="只试一遍，不存")
def import_(file: Path, region: str | None, unit: str, by: str | None, is_trial: bool) -> None:  # noqa: FBT001  (a click flag)
    """从 xlsx、csv 值班表或 .ics 日历导入，逐行报告。"""
    home = region or settings().region
    with _store().work(now()) as work:
        grants = None if by is None else tuple(work.grants(stored.person_called(work.session, by)))
        importer = Importer(CONSOLE if by is None else _actor(work, by, home), home, grants)
        done = import_roster(file, work, importer, load_rules(), unit)
        if is_trial:
            work.session.rollback()
    click.echo("\n".join(words.import_lines(done, is_trial=is_trial)))
    if not done.is_clean:
        sys.exit(1)


@click.command()
@click.option("--region", default=None, help="只查这个地方和它下面的")
def check(region: str | None) -> None:
    """检查今后的值班表：空班、没有带班领导、联系不上的人、没有副手的村、排得太多的人。"""
    with _store().work(now()) as work:
        found = rosterwork.findings(work, load_rules(), [region or ""])
        click.echo(rosterwork.report(work, load_rules(), [region or ""]))
    if found:
        sys.exit(1)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@by_option
@click.option("--temporary", is_flag=True, help="临时值班表：from 到 to 这几天全部按它排，原来的不用")
def pattern(file: Path, by: str | None, temporary: bool) -> None:  # noqa: FBT001  (a click flag)
    """登记一个轮班（TOML 文件），提前排好今后的班。"""
    with _store().work(now()) as work:
        office, rotation = load_rotation(file, work)
        actor, calendar = _actor(work, by, office.region).name, load_calendar()
        if temporary:
            if rotation.ends_on is None:
                raise click.UsageError("to")
            override = Override(OrderKind.TEMPORARY, rotation.starts_on, rotation.ends_on, pattern=rotation)
            order = kept.order_override(work, office, override, actor, calendar)
        else:
            order = kept.order_pattern(work, office, rotation, actor, Planner(load_rules(), calendar))
        click.echo(words.ORDERED.format(number=order.id, what=words.ORDER_KINDS[OrderKind(order.kind)]))


@click.command()
@click.option("--region", required=True, help="地点全路径，例如 云南省/示例州/示例县/示例镇")
@unit_option
@click.option("--first", type=DAY, required=True, help="从哪一天的班起")
@click.option("--last", type=DAY, default=None, help="到哪一天的班止，不写就是一天")
@click.option("--add", default=None, help="加上这个人，要写 --as")
@click.option("--remove", default=None, help="去掉这个人")
@click.option("--replace", default=None, help="换下这个人，要写 --with")
@click.option("--with", "substitute", default=None, help="换上这个人")
@click.option("--as", "post", callback=_post, default=None, help="带班领导、值班员或副班；换人、去人时只动这一种")
@click.option("--hours", callback=_hours, default=None, help="只动每天的这一段，例如 14:00-18:00")
@click.option("--reason", default="", help="原因")
@by_option
def change(  # noqa: PLR0913  (one parameter per option)
    region: str,
    unit: str,
    first: datetime,
    last: datetime | None,
    add: str | None,
    remove: str | None,
    replace: str | None,
    substitute: str | None,
    post: PostKind | None,
    hours: Turn | None,
    reason: str,
    by: str | None,
) -> None:
    """加人、换人、去人；原来的轮班和值班表都留着，撤销就恢复。"""
    named = [name for name in (add, remove, replace) if name]
    if len(named) != 1 or bool(substitute) != bool(replace) or (add and post is None):
        raise click.UsageError("change")
    kind = OrderKind.ADD if add else OrderKind.REPLACE if replace else OrderKind.REMOVE
    with _store().work(now()) as work:
        person = person_named(work.session, named[0], region).id or 0
        other = person_named(work.session, substitute, region).id or 0 if substitute else 0
        override = Override(kind, first.date(), (last or first).date(), person, other, post, hours)
        actor = _actor(work, by, region)
        told = rosterchange.enter(work, Office(region, unit), override, actor, load_calendar(), reason)
        click.echo(words.ORDERED.format(number=told.order.id, what=_what(work, told.order)))


@click.command()
def orders() -> None:
    """列出排班安排：谁在什么时候定了什么，撤销的也在。"""
    with _store().work(now()) as work:
        lines = [rosterchange.line_of(work, one) for one in kept.all_orders(work.session)]
    click.echo("\n".join(lines) or words.NO_ORDERS)


@click.command()
@click.argument("number", type=int)
@by_option
def revoke(number: int, by: str | None) -> None:
    """撤销一条排班安排（编号见 yingda duty orders）。"""
    with _store().work(now()) as work:
        order = next((one for one in kept.all_orders(work.session) if one.id == number), None)
        if order is None:
            raise UnknownOrder(number=number)
        rosterchange.take_back(work, order, _actor(work, by, order.region), load_calendar())
    click.echo(words.REVOKED.format(number=number))


def _what(work: Work, order: RosterOrder) -> str:
    return words.ORDER_KINDS[OrderKind(order.kind)] + words.changed(order, rosterwork.names(work))


COMMANDS = (import_, check, pattern, change, orders, revoke)
