"""yingda missed, attach, hand-overs, reply."""

import json
from dataclasses import asdict
from datetime import timedelta
from functools import partial
from pathlib import Path

import click

from assistant.cli.options import corpus_option, now, settings, today
from assistant.config import Settings
from assistant.handovers import HandOver
from assistant.missed import MissedQuestion, Settlement, alike, put_out_of_scope
from assistant.missed import attach as attach_to
from assistant.store import Store, open_engine
from assistant.wording.followup import (
    CLOSED,
    DROPPED,
    PURGED,
    REPLIED,
    attached_line,
    hand_over_lines,
    missed_lines,
)

json_option = click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")


def _store(chosen: Settings) -> Store:
    return Store(open_engine(chosen.database_url))


@click.command()
@json_option
@click.option("--all", "everything", is_flag=True, help="连处理过的也列出")
@click.option("--purge", is_flag=True, help="清理处理过的和太久没有人再问的（YINGDA_LOG_DAYS）")
def missed(as_json: bool, everything: bool, purge: bool) -> None:  # noqa: FBT001  (click flags)
    """列出没有查到、没有答到的问题，问得多的在前。"""
    chosen = settings()
    log = _store(chosen).question_log
    if purge:
        count = log.purge(today(), timedelta(days=chosen.log_days))
        click.echo(PURGED.format(count=count, days=chosen.log_days))
        return
    groups = alike([entry for entry in log.entries() if everything or entry.is_open])
    if as_json:
        listed = [_missed(entry, group) for group, members in enumerate(groups, 1) for entry in members]
        click.echo(json.dumps(listed, ensure_ascii=False))
    else:
        click.echo("\n".join(missed_lines(groups)))


def _missed(entry: MissedQuestion, group: int) -> dict[str, object]:
    return asdict(entry) | {
        "group": group,
        "last_on": str(entry.last_on),
        "settled_on": entry.settled_on and str(entry.settled_on),
        "is_open": entry.is_open,
    }


@click.command()
@click.argument("number", type=int)
@click.argument("unit", required=False)
@click.option("--out-of-scope", "reason", help="没有哪份文件管这件事；写明为什么")
@click.option("--drop", is_flag=True, help="略过，不用处理")
@corpus_option
def attach(number: int, unit: str | None, reason: str | None, drop: bool, corpus: Path | None) -> None:  # noqa: FBT001
    """把问题记录里的一个问题补进某一条的问法，或列为不归文件管，或略过。"""
    if [bool(unit), bool(reason and reason.strip()), drop].count(True) != 1:
        raise click.UsageError("unit")
    chosen = settings(corpus=corpus)
    log = _store(chosen).question_log
    entry = log.entry(number)
    if unit:
        settlement, write = Settlement.ATTACHED, partial(attach_to, entry, unit)
    elif reason:
        settlement, write = Settlement.OUT_OF_SCOPE, partial(put_out_of_scope, entry, reason.strip())
    else:
        log.settle(number, Settlement.DROPPED, today())
        click.echo(DROPPED.format(number=number))
        return
    path, is_new = write(chosen.corpus)
    log.settle(number, settlement, today())
    click.echo(attached_line(entry, path, is_new=is_new))


@click.command(name="hand-overs")
@json_option
@click.option("--all", "everything", is_flag=True, help="连答复过的也列出")
def hand_overs(as_json: bool, everything: bool) -> None:  # noqa: FBT001  (click flags)
    """列出等值班人员答复的问题。"""
    listed = _store(settings()).hand_overs.listed(everything=everything)
    if as_json:
        click.echo(json.dumps([_hand_over(waiting) for waiting in listed], ensure_ascii=False))
    else:
        click.echo("\n".join(hand_over_lines(listed)))


def _hand_over(waiting: HandOver) -> dict[str, object]:
    times = {
        name: value.isoformat()
        for name in ("asked_at", "replied_at", "delivered_at")
        if (value := getattr(waiting, name))
    }
    return asdict(waiting) | {"replied_at": None, "delivered_at": None} | times


@click.command()
@click.argument("number", type=int)
@click.argument("text", required=False)
@click.option("--by", "name", required=True, help="答复人的姓名，提问人看得到")
@click.option("--close", is_flag=True, help="不用答复，直接关闭")
def reply(number: int, text: str | None, name: str, close: bool) -> None:  # noqa: FBT001  (a click flag)
    """答复一个转人工的问题；提问人在原来的对话里看到。"""
    said, by = (text or "").strip(), name.strip()
    if bool(said) == close or not by:
        raise click.UsageError("text")
    _store(settings()).hand_overs.answer(number, said, by, now())
    click.echo((CLOSED if close else REPLIED).format(number=number))
