"""yingda show: a clause with its counterparts, an outline, the catalogue; read without embedder and search."""

import json
from collections.abc import Mapping
from pathlib import Path

import click

from assistant.citations import outline_label, parse_unit_id, unit_id
from assistant.clauses import Outline, split
from assistant.cli.options import corpus_option, index_option, settings, today
from assistant.config import Settings
from assistant.documents import Catalogue, Document, load_catalogue
from assistant.errors import (
    DamagedIndex,
    ForeignIndex,
    MissingIndex,
    StaleIndex,
    UnknownDocument,
    UnknownUnit,
)
from assistant.search.counterparts import Counterpart, load_counterparts
from assistant.search.index import Outlines
from assistant.wording.console import catalogue_lines, counterpart_lines, outline_lines, unit_lines


@click.command()
@click.argument("unit", required=False)
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
@corpus_option
@index_option
def show(unit: str | None, as_json: bool, corpus: Path | None, index: Path | None) -> None:  # noqa: FBT001
    """看一条原文和它的对应条款，或一份文件的目录；不写参数则列出全部文件。"""
    chosen = settings(corpus=corpus, index=index)
    catalogue = load_catalogue(chosen.corpus)
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
        shown = {"document": document.id, "title": document.title, "units": described}
        _print(shown, outline_lines(document, outline), as_json=as_json)
        return
    _, address = parse_unit_id(unit)
    if address not in outline:
        raise UnknownUnit(unit=unit)
    found = _counterparts(chosen, catalogue, document_id, outline.clause_of(address).address)
    outlines = Outlines(catalogue)
    aligned = None if found is None else [_aligned(counterpart, outlines) for counterpart in found]
    lines = unit_lines(document, outline, address) + counterpart_lines(found, catalogue, outlines)
    _print(_unit(document, outline, address) | {"aligned": aligned}, lines, as_json=as_json)


def _counterparts(chosen: Settings, catalogue: Catalogue, document_id: str, clause: str) -> list[Counterpart] | None:
    """Return the counterparts of a clause that are in force, None where no index tells them."""
    try:
        known = load_counterparts(chosen.corpus, chosen.index, catalogue)
    except (MissingIndex, StaleIndex, ForeignIndex, DamagedIndex):
        return None
    found = known.of(unit_id(document_id, clause))
    return [c for c in found if catalogue[parse_unit_id(c.unit)[0]].in_force(today())]


def _aligned(counterpart: Counterpart, outlines: Mapping[str, Outline]) -> dict[str, object]:
    document_id, address = parse_unit_id(counterpart.unit)
    outline = outlines[document_id]
    return {
        "unit": counterpart.unit,
        "document": document_id,
        "label": outline_label(outline, outline[address]),
        "title": outline[address].title,
        "relation": counterpart.relation.value,
        "score": round(counterpart.score, 3),
    }


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
