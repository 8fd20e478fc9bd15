"""yingda ingest, build, train-model."""

import json
from pathlib import Path

import click

from assistant.cli.options import corpus_option, index_option, settings, show_progress
from assistant.documents import Level
from assistant.errors import UnfoundedExplanations
from assistant.ingest.pipeline import Described, ingest_files
from assistant.models import load_embedder
from assistant.models.training import Recipe, train
from assistant.search import build as build_index
from assistant.triage import build_reader
from assistant.wording import explain
from assistant.wording.console import build_line, report_lines, trained_line

LEVELS = click.Choice([level.value for level in Level])


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--id", "document_id", required=True, help="文件编号，例如 yunnan-2025")
@click.option("--title", help="文件标题；不写则从正文里找")
@click.option("--level", type=LEVELS, default=Level.TOWNSHIP.value, show_default=True, help="发文级别")
@click.option("--region", default="", help="适用地区，例如 云南省/示例州/示例县；中央文件不写")
@click.option("--related", multiple=True, help="相关文件的编号，用来核对异文（默认取资料库里的全部意见）")
@click.option("--ocr", is_flag=True, help="识别扫描件（需要 ocr 组件，结果标明未校对）")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出报告")
@corpus_option
def ingest(  # noqa: PLR0913  (one parameter per option)
    files: tuple[Path, ...],
    document_id: str,
    title: str | None,
    level: str,
    region: str,
    related: tuple[str, ...],
    ocr: bool,  # noqa: FBT001  (a click flag)
    as_json: bool,  # noqa: FBT001
    corpus: Path | None,
) -> None:
    """把一份文件的一个或几个副本导入资料库，并报告缺漏。"""
    described = Described(id=document_id, title=title, level=Level(level), region=region)
    report = ingest_files(files, described, settings(corpus=corpus).corpus, related=related, ocr=ocr)
    click.echo(json.dumps(report.as_dict(), ensure_ascii=False) if as_json else "\n".join(report_lines(report)))


@click.command()
@corpus_option
@index_option
def build(corpus: Path | None, index: Path | None) -> None:
    """建立或更新索引；没有变动的文件不重建。"""
    chosen = settings(corpus=corpus, index=index)
    report = build_index(chosen.corpus, chosen.index, load_embedder(chosen.model), show_progress)
    build_reader(chosen.corpus, chosen.index, show_progress)
    click.echo(build_line(report))
    if report.withheld:
        click.echo(explain(UnfoundedExplanations(names="、".join(report.withheld))))


@click.command(name="train-model")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="模型输出目录")
@click.option("--seed", type=int, default=0, show_default=True, help="随机种子")
@corpus_option
def train_model(out: Path, seed: int, corpus: Path | None) -> None:
    """用资料库和问题库训练自带的静态向量模型（需要 embed 组件）。"""
    trained = train(settings(corpus=corpus).corpus, out, Recipe(seed=seed), show_progress)
    click.echo(trained_line(trained, str(out)))
