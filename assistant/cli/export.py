"""yingda export."""

from datetime import datetime
from pathlib import Path

import click

from assistant.cli.options import LOCAL, now, settings
from assistant.exports import FORMATS, Order
from assistant.exports import export as exported
from assistant.files import write_bytes
from assistant.store import Store, open_engine
from assistant.store.ledger import Chosen
from assistant.wording.exports import ALL_STATES, EXPORTED, TITLES

STATES = {words: code for code, words in ALL_STATES.items()} | {code: code for code in ALL_STATES}


@click.command()
@click.argument("ledger", type=click.Choice(list(TITLES)))
@click.option("--format", "form", type=click.Choice(FORMATS), required=True, help="文件格式")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="写到哪个文件")
@click.option("--region", default="", help="只要这个地区和它下面的，例如 云南省/示例州/示例县/示例镇")
@click.option(
    "--state", "states", type=click.Choice(list(STATES)), multiple=True, help="只要这个状态的，可写几次，例如 整改中"
)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), default=None, help="只要这一天起登记的，例如 2026-07-01")
@click.option("--public", is_flag=True, help="给公众看的一份：不写责任人、复查人和整改措施")
@click.option("--person", default="", help="值班表：只要这个人的班，例如导成他手机上的日历")
def export(  # noqa: PLR0913  (one parameter per option)
    ledger: str,
    form: str,
    out: Path,
    region: str,
    states: tuple[str, ...],
    since: datetime | None,
    public: bool,  # noqa: FBT001  (a click flag)
    person: str,
) -> None:
    """导出台账：隐患、突发事件、奖励、预警叫应、值班表、转移；报告人和电话号码任何一份里都没有。"""
    chosen = Chosen(region.strip("/"), frozenset(STATES[one] for one in states), since and since.replace(tzinfo=LOCAL))
    moment = now()
    with Store(open_engine(settings().database_url)).work(moment) as work:
        content, count = exported(ledger, form, work.session, Order(chosen, moment, public, person))
    write_bytes(out, content)
    click.echo(EXPORTED.format(title=TITLES[ledger], count=count, path=out), err=True)
