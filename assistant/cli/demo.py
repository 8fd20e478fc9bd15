"""yingda demo."""

import click

from assistant.cli.options import now
from assistant.cli.people import open_store
from assistant.desk.demo import fill
from assistant.wording.people import demo_lines


@click.command()
def demo() -> None:
    """在空数据库里放入一个示例镇，什么都可以试。"""
    with open_store().work(now()) as work:
        residents = [(resident.person, resident.grants) for resident in fill(work)]
        lines = demo_lines(residents)
    click.echo("\n".join(lines))
