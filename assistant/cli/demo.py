"""yingda demo."""

import click

from assistant.cli.options import now, settings
from assistant.cli.people import open_store
from assistant.desk.demo import fill
from assistant.desk.democlock import fill_clock
from assistant.documents import load_catalogue
from assistant.rules import load_rules
from assistant.wording.people import demo_lines


@click.command()
def demo() -> None:
    """在空数据库里放入一个示例镇，什么都可以试。"""
    with open_store().work(now()) as work:
        filled = fill(work)
        people = {resident.person.name: resident.person for resident in filled}
        fill_clock(work, people, load_catalogue(settings().corpus), load_rules())
        residents = [(resident.person, resident.grants) for resident in filled]
        lines = demo_lines(residents)
    click.echo("\n".join(lines))
