"""yingda ask, yingda evaluate."""

import json
from pathlib import Path

import click

from assistant.answers import Asker, Request, answer
from assistant.citations import parse_unit_id
from assistant.cli.comparing import comparison_fields
from assistant.cli.options import corpus_option, index_option, settings, show_progress, today
from assistant.config import Settings
from assistant.errors import UnknownRegion
from assistant.evaluation import Table, answer_all, figures, message_figures, read_questions
from assistant.files import write_lines
from assistant.models import load_embedder
from assistant.search import Index, load
from assistant.triage import Reader, is_message_file, read, read_examples
from assistant.wording import answer_text
from assistant.wording.console import figure_lines

ASKERS = click.Choice([asker.value for asker in Asker])


@click.command()
@click.argument("question", required=False)
@click.option("--region", help="提问人所在地区，例如 云南省（YINGDA_REGION）")
@click.option("--asker", type=ASKERS, default=Asker.CADRE.value, show_default=True, help="提问人：干部、村民、教员")
@click.option("--batch", type=click.Path(path_type=Path), help="问题文件（JSONL，一行一问）")
@click.option("--out", type=click.Path(path_type=Path), help="回答文件（JSONL）")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
@corpus_option
@index_option
def ask(  # noqa: PLR0913  (one parameter per option)
    question: str | None,
    region: str | None,
    asker: str,
    batch: Path | None,
    out: Path | None,
    as_json: bool,  # noqa: FBT001  (a click flag)
    corpus: Path | None,
    index: Path | None,
) -> None:
    """问一个问题，或用 --batch 一次问很多。"""
    chosen = settings(corpus=corpus, index=index, region=region)
    if batch is not None and out is not None and question is None:
        _ask_all(batch, out, chosen)
    elif question is not None and batch is None and out is None:
        _ask_one(question, Asker(asker), chosen, as_json=as_json)
    else:
        raise click.UsageError("question")


def _ask_one(question: str, asker: Asker, chosen: Settings, *, as_json: bool) -> None:
    index = open_index(chosen)
    known = index.catalogue.regions()
    if chosen.region and chosen.region not in known:
        raise UnknownRegion(region=chosen.region, known="、".join(known))
    answered = answer(Request(question, chosen.region, asker, today()), index)
    if not as_json:
        click.echo(answer_text(answered))
        return
    citations = [
        {"unit": c.unit, "document": parse_unit_id(c.unit)[0], "title": c.title, "label": c.label, "quote": c.quote}
        for passage in answered.passages
        for c in passage.citations
    ]
    fields: dict[str, object] = {
        "question": question,
        "decision": answered.decision.value,
        "ranked": answered.ranked,
    }
    if answered.comparison is not None:
        fields["comparison"] = comparison_fields(answered.comparison)
    explanations = [{"id": e.id, "text": e.text, "reviewed": e.reviewed.isoformat()} for e in answered.explanations]
    shown = {"answer": answer_text(answered), "citations": citations, "explanation": next(iter(explanations), None)}
    click.echo(json.dumps(fields | shown, ensure_ascii=False))


def _ask_all(batch: Path, out: Path, chosen: Settings) -> None:
    questions = read_questions(batch)
    index = open_index(chosen)
    write_lines(out, (prediction.as_json() for prediction in answer_all(questions, index, today())))


def open_index(chosen: Settings) -> Index:
    """Open the index that the settings name."""
    return load(chosen.corpus, chosen.index, load_embedder(chosen.model))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
@corpus_option
@index_option
def evaluate(file: Path, as_json: bool, corpus: Path | None, index: Path | None) -> None:  # noqa: FBT001
    """用带答案的问题文件或带标注的消息文件评测，输出各项得分。"""
    chosen = settings(corpus=corpus, index=index)
    table = _message_table(file, chosen) if is_message_file(file) else _question_table(file, chosen)
    click.echo(json.dumps(table, ensure_ascii=False) if as_json else "\n".join(figure_lines(table)))


def _question_table(file: Path, chosen: Settings) -> Table:
    questions = read_questions(file)
    opened = open_index(chosen)
    predictions = {}
    for done, prediction in enumerate(answer_all(questions, opened, today()), 1):
        predictions[prediction.id] = prediction
        show_progress("ask", done, len(questions))
    return figures(questions, predictions, opened.catalogue)


def _message_table(file: Path, chosen: Settings) -> Table:
    examples = read_examples(file)
    reader = Reader.load(chosen.index, chosen.corpus)
    return {"all": message_figures(examples, [read(example.text, reader) for example in examples])}
