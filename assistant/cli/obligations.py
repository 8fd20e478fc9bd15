"""yingda obligations find, list, confirm."""

import json
from pathlib import Path

import click

from assistant.cli.options import LOCAL, corpus_option, now, settings
from assistant.desk import obligationwork
from assistant.documents import load_catalogue
from assistant.obligations import Obligation, ObligationState, windows
from assistant.store import Store, open_engine
from assistant.store import obligations as stored
from assistant.store.duty import person_named
from assistant.wording import obligations as words

STATES = click.Choice([state.value for state in ObligationState])
ALL = 10_000


@click.group()
def obligations() -> None:
    """职责：从文件里找出谁、什么时候、多久一次要做什么，由人确认。"""


@obligations.command(name="find")
@corpus_option
def find_(corpus: Path | None) -> None:
    """读资料库里的全部文件，列出找到的职责；文件改过的，撤下原文没有了的。"""
    chosen = settings(corpus=corpus)
    catalogue = load_catalogue(chosen.corpus)
    with Store(open_engine(chosen.database_url)).work(now()) as work:
        for one in obligationwork.refresh(work, catalogue):
            click.echo(words.found_line(one.document, (one.total, one.new, one.moved, one.gone)))


@obligations.command(name="list")
@click.option("--region", default="", help="地点全路径，例如 云南省/示例州/示例县/示例镇")
@click.option("--state", type=STATES, default=None, help="只看一种状态")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def list_(region: str, state: str | None, as_json: bool) -> None:  # noqa: FBT001  (a click flag)
    """列出一个地方的职责和今年的日程。"""
    year = now().astimezone(LOCAL).year
    with Store(open_engine(settings().database_url)).work(now()) as work:
        known = stored.applying(work.session, region, state=state or "")
        if as_json:
            click.echo(json.dumps([_record(one, region, year) for one in known], ensure_ascii=False))
        else:
            click.echo(words.listing(known, ALL) if known else words.EMPTY)


@obligations.command()
@click.argument("numbers", nargs=-1, required=True)
@click.option("--by", "name", required=True, help="谁确认的，要有带班领导、应急负责人或者管理员的身份")
@click.option("--as", "said", default="", help="要求读错了时写对的，例如 每年2次")
@click.option("--reject", is_flag=True, help="不是职责")
def confirm(numbers: tuple[str, ...], name: str, said: str, reject: bool) -> None:  # noqa: FBT001  (a click flag)
    """确认职责；或者改了再确认，或者定为不是职责。"""
    with Store(open_engine(settings().database_url)).work(now()) as work:
        person = person_named(work.session, name)
        for number in numbers:
            known = stored.obligation(work, number)
            before = known.version
            if said:
                click.echo(obligationwork.decide(work, person, known, "amend", said))
            if said and known.version == before:
                continue  # it was not changed, and the sentence has said why
            click.echo(obligationwork.decide(work, person, known, "reject" if reject else "confirm"))


def _record(known: Obligation, region: str, year: int) -> dict[str, object]:
    found = windows(known, year, place=region)
    return known.model_dump(mode="json") | {"windows": [[str(first), str(last)] for first, last in found]}
