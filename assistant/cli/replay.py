"""yingda replay."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from assistant.cli.options import corpus_option, index_option, settings
from assistant.config import Settings
from assistant.desk.hearing import TrainedEar
from assistant.desk.opening import desk_maker
from assistant.files import replace_file, write_lines
from assistant.replay import Dialogue, Played, Stage, failures, play, read_dialogues, transcript
from assistant.triage import Reader
from assistant.wording import replay as words


@click.command()
@click.argument("dialogues", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="结果文件（JSONL，一行一段对话）")
@click.option("--read", "to_read", type=click.Path(path_type=Path), help="另写一份给人看的笔录（Markdown）")
@click.option("--check", is_flag=True, help="核对文件里能由机器核对的条目；有一条不符，退出状态为 1")
@corpus_option
@index_option
def replay(  # noqa: PLR0913  (one parameter per option)
    dialogues: Path,
    out: Path,
    to_read: Path | None,
    check: bool,  # noqa: FBT001  (a click flag)
    corpus: Path | None,
    index: Path | None,
) -> None:
    """把写好的对话逐段重演一遍：每段用一本空台账，时钟定住不走。"""
    written = read_dialogues(dialogues)
    stage = open_stage(settings(corpus=corpus, index=index))
    played = [play(dialogue, stage) for dialogue in written]
    write_lines(out, (one.as_json() for one in played))
    if to_read is not None:
        replace_file(to_read, (f"{transcript(one)}\n" for one in played))
    if check and not _check(written, played):
        sys.exit(1)


def open_stage(chosen: Settings) -> Stage:
    """Load index and message reader once.

    Raises: MissingIndex, StaleIndex, ForeignIndex, DamagedIndex, MissingModel.
    """
    reader = Reader.load(chosen.index, chosen.corpus)
    return Stage.of(desk_maker(chosen), TrainedEar(reader))


def _check(written: Sequence[Dialogue], played: Sequence[Played]) -> bool:
    failed = {one.dialogue.id: failures(one) for one in played}
    for dialogue in written:
        for failure in failed[dialogue.id]:
            number = dialogue.checks.index(failure.check) + 1
            check = json.dumps(failure.check, ensure_ascii=False)
            click.echo(words.failed(dialogue.id, number, check, failure.found))
    checks = sum(len(dialogue.checks) for dialogue in written)
    wrong = sum(map(len, failed.values()))
    click.echo(words.share(checks - wrong, checks, sum(not found for found in failed.values()), len(written)))
    return wrong == 0
