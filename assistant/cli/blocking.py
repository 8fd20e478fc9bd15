"""yingda block, unblock, blocked."""

import json

import click

from assistant.cli.followup import json_option
from assistant.cli.options import now
from assistant.cli.people import CONSOLE, actor_of, by_option, open_store
from assistant.people import Person
from assistant.permissions import PeopleAction
from assistant.store import Work, blocking
from assistant.store.people import person_called
from assistant.store.personal import person_behind
from assistant.wording import blocks as words


@click.command()
@click.argument("target")
@click.option("--reason", required=True, help="为什么屏蔽；密存，只有保密员能看")
@by_option
def block(target: str, reason: str, by: str | None) -> None:
    """屏蔽一个人：写姓名，或者 渠道:账号，例如 telegram:1001。有人有危险时照样办。"""
    with open_store().work(now()) as work:
        person = _named(work, target)
        blocking.block(work, person, reason, actor_of(work, by, PeopleAction.BLOCK, person.region))
        said = words.DONE.format(name=words.name_of(person), target=target)
    click.echo(said)


@click.command()
@click.argument("target")
@by_option
def unblock(target: str, by: str | None) -> None:
    """恢复一个屏蔽了的人。"""
    with open_store().work(now()) as work:
        person = _named(work, target)
        blocking.unblock(work, person, actor_of(work, by, PeopleAction.BLOCK, person.region))
        said = words.UNDONE.format(name=words.name_of(person))
    click.echo(said)


@click.command()
@click.option("--by", "by", default=None, help="谁来查看原因（姓名），必须是保密员；不写就不显示原因")
@json_option
def blocked(by: str | None, as_json: bool) -> None:  # noqa: FBT001  (a click flag)
    """列出屏蔽了的人；原因只给保密员看，每次都留记录。"""
    with open_store().work(now()) as work:
        reasons = {} if by is None else blocking.open_reasons(work, person_called(work.session, by), CONSOLE)
        shown = _as_json(work, reasons) if as_json else "\n".join(_lines(work, reasons))
    click.echo(shown)


def _lines(work: Work, reasons: dict[int, str]) -> list[str]:
    return words.lines(blocking.listed(work.session), reasons) or [words.NOBODY]


def _as_json(work: Work, reasons: dict[int, str]) -> str:
    found = [
        {
            "person": person.id,
            "name": person.name,
            "accounts": [f"{one.channel}:{one.sender}" for one in accounts],
            "since": row.since.isoformat(),
            "reason": reasons.get(row.person_id),
        }
        for person, row, accounts in blocking.listed(work.session)
    ]
    return json.dumps(found, ensure_ascii=False)


def _named(work: Work, target: str) -> Person:
    channel, _, sender = target.partition(":")
    return person_behind(work, channel, sender) if sender else person_called(work.session, target)
