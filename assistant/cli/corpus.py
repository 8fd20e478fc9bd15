"""yingda ingest, build, show, train-model."""

import json
from pathlib import Path

import click

from assistant.citations import parse_unit_id
from assistant.clauses import Outline, split
from assistant.cli.options import corpus_option, index_option, settings, show_progress
from assistant.documents import Document, Level, load_catalogue
from assistant.errors import UnfoundedExplanations, UnknownDocument, UnknownUnit
from assistant.ingest.pipeline import Described, ingest_files
from assistant.models import load_embedder
from assistant.models.training import Recipe, train
from assistant.search import build as build_index
from assistant.wording import explain
from assistant.wording.console import build_line, catalogue_lines, outline_lines, report_lines, trained_line, unit_lines

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
    click.echo(build_line(report))
    if report.withheld:
        click.echo(explain(UnfoundedExplanations(names="、".join(report.withheld))))


@click.command()
@click.argument("unit", required=False)
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
@corpus_option
def show(unit: str | None, as_json: bool, corpus: Path | None) -> None:  # noqa: FBT001
    """看一条原文，或一份文件的目录；不写参数则列出全部文件。"""
    catalogue = load_catalogue(settings(corpus=corpus).corpus)
    if unit is None:
        listed = [{"document": d.id, "title": d.title, "level": d.level.value} for d in catalogue.values()]
        _print(listed, catalogue_lines(catalogue), as_json=as_json)
        return
    document_id = unit.partition("/")[0]
    if document_id not in catalogue:
        raise UnknownDocument(document=document_id)
    document = catalogue[document_id]
    outline = split(document.text)
    if unit == document_id:
        described = [_unit(document, outline, u.address) for u in outline.clauses()]
        _print(
            {"document": document.id, "title": document.title, "units": described},
            outline_lines(document, outline),
            as_json=as_json,
        )
        return
    _, address = parse_unit_id(unit)
    if address not in outline:
        raise UnknownUnit(unit=unit)
    _print(_unit(document, outline, address), unit_lines(document, outline, address), as_json=as_json)


def _unit(document: Document, outline: Outline, address: str) -> dict[str, object]:
    unit = outline[address]
    return {
        "unit": f"{document.id}/{address}",
        "document": document.id,
        "document_title": document.title,
        "label": unit.label,
        "title": unit.title,
        "path": outline.path(address),
        "text": outline.plain(address),
    }


def _print(fields: object, lines: list[str], *, as_json: bool) -> None:
    click.echo(json.dumps(fields, ensure_ascii=False) if as_json else "\n".join(lines))


@click.command(name="train-model")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="模型输出目录")
@click.option("--seed", type=int, default=0, show_default=True, help="随机种子")
@corpus_option
def train_model(out: Path, seed: int, corpus: Path | None) -> None:
    """用资料库和问题库训练自带的静态向量模型（需要 embed 组件）。"""
    trained = train(settings(corpus=corpus).corpus, out, Recipe(seed=seed), show_progress)
    click.echo(trained_line(trained, str(out)))
