"""yingda triage."""

import json
from pathlib import Path

import click

from assistant.cli.options import corpus_option, index_option, settings
from assistant.config import Settings
from assistant.files import write_lines
from assistant.triage import Reader, Reading, read, read_messages
from assistant.wording.console import reading_lines


@click.command()
@click.argument("message", required=False)
@click.option("--batch", type=click.Path(path_type=Path), help="消息文件（JSONL，一行一条）")
@click.option("--out", type=click.Path(path_type=Path), help="结果文件（JSONL）")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
@corpus_option
@index_option
def triage(  # noqa: PLR0913  (one parameter per option)
    message: str | None,
    batch: Path | None,
    out: Path | None,
    as_json: bool,  # noqa: FBT001  (a click flag)
    corpus: Path | None,
    index: Path | None,
) -> None:
    """看一条消息是什么：意图、类别、紧急程度、地点、有无人员伤亡；或用 --batch 一次看很多。"""
    chosen = settings(corpus=corpus, index=index)
    if batch is not None and out is not None and message is None:
        _read_all(batch, out, chosen)
    elif message is not None and batch is None and out is None:
        reading = read(message, _reader(chosen))
        shown = json.dumps(_shown(reading), ensure_ascii=False) if as_json else "\n".join(reading_lines(reading))
        click.echo(shown)
    else:
        raise click.UsageError("message")


def _read_all(batch: Path, out: Path, chosen: Settings) -> None:
    messages = read_messages(batch)
    reader = _reader(chosen)
    named = ((fields.get("id", number), read(fields["text"], reader)) for number, fields in messages)
    lines = ({"id": name} | _labels(reading) for name, reading in named)
    write_lines(out, (json.dumps(line, ensure_ascii=False) for line in lines))


def _reader(chosen: Settings) -> Reader:
    return Reader.load(chosen.index, chosen.corpus)


def _labels(reading: Reading) -> dict[str, object]:
    names = ("intent", "category", "urgency", "place", "casualties")
    return {name: getattr(reading, name) for name in names}


def _shown(reading: Reading) -> dict[str, object]:
    more = {"danger": reading.danger, "guard": reading.guard, "confidence": round(reading.confidence, 3)}
    return {"text": reading.text} | _labels(reading) | more
