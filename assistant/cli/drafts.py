"""yingda draft-questions, drafts, approve-drafts."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from assistant.citations import parse_unit_id
from assistant.clauses import Outline, split
from assistant.cli.options import corpus_option, settings, show_progress, today
from assistant.documents import Document, load_catalogue
from assistant.drafting import (
    Decided,
    Order,
    Report,
    approve,
    draft_document,
    matters,
    pending,
    read_drafts,
    reject,
)
from assistant.errors import UnknownDocument, UnknownUnit
from assistant.models.writer import open_writer
from assistant.wording.drafts import decided_lines, draft_lines, report_lines


@click.command(name="draft-questions")
@click.argument("document")
@click.option("--per-clause", type=click.IntRange(1, 30), default=8, show_default=True, help="每条写几个问法")
@click.option("--limit-calls", type=click.IntRange(1), default=500, show_default=True, help="最多调用几次")
@click.option("--limit-tokens", type=click.IntRange(1), default=500_000, show_default=True, help="最多用多少 token")
@click.option("--only", multiple=True, help="只做这一条，例如 yunnan-2025/17；可以写几次")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出报告")
@corpus_option
def draft_questions(  # noqa: PLR0913  (one parameter per option)
    document: str,
    per_clause: int,
    limit_calls: int,
    limit_tokens: int,
    only: tuple[str, ...],
    as_json: bool,  # noqa: FBT001  (a click flag)
    corpus: Path | None,
) -> None:
    """请语言模型为新文件的每一条起草问法，等人审过才用（需要 llm 组件）。"""
    chosen = settings(corpus=corpus)
    described, outline = _open(chosen.corpus, document)
    wanted = matters(described, outline, [_address(described, unit) for unit in only])
    order = Order(per_clause, limit_calls, limit_tokens)
    with open_writer(chosen) as writer:
        report = draft_document(chosen.corpus / document, wanted, writer, order, show_progress)
    click.echo(_report_json(document, report) if as_json else "\n".join(report_lines(document, report)))
    if report.stopped is not None:
        raise report.stopped


def _open(corpus: Path, document: str) -> tuple[Document, Outline]:
    catalogue = load_catalogue(corpus)
    if document not in catalogue:
        raise UnknownDocument(document=document)
    return catalogue[document], split(catalogue[document].text)


def _address(document: Document, unit: str) -> str:
    document_id, address = parse_unit_id(unit)
    if document_id != document.id:
        raise UnknownUnit(unit=unit)
    return address


def _report_json(document: str, report: Report) -> str:
    fields = {
        "document": document,
        "clauses": [asdict(clause) for clause in report.clauses],
        "left": report.left,
        "calls": report.calls,
        "tokens": report.tokens,
        "stopped": type(report.stopped).__name__ if report.stopped else None,
    }
    return json.dumps(fields, ensure_ascii=False)


@click.command()
@click.argument("document")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
@corpus_option
def drafts(document: str, as_json: bool, corpus: Path | None) -> None:  # noqa: FBT001  (a click flag)
    """看一份文件待审的问法草稿，按条款排列。"""
    folder = settings(corpus=corpus).corpus
    described, outline = _open(folder, document)
    listed = pending(read_drafts(folder / document))
    if not as_json:
        click.echo("\n".join(draft_lines(document, listed, matters(described, outline))))
        return
    digests = {matter.unit: matter.digest for matter in matters(described, outline)}
    fields = [
        {"number": d.number, "unit": d.unit, "question": d.question, "asker": d.asker, "batch": d.batch}
        | {"is_current": digests.get(d.unit) == d.digest}
        for d in listed
    ]
    click.echo(json.dumps({"document": document, "drafts": fields}, ensure_ascii=False))


@click.command(name="approve-drafts")
@click.argument("document")
@click.argument("numbers", nargs=-1, type=click.IntRange(1))
@click.option("--all", "everything", is_flag=True, help="全部待审的草稿")
@click.option("--reject", "is_rejection", is_flag=True, help="退掉，以后不再起草同样的问法")
@click.option("--by", required=True, help="审的人")
@corpus_option
def approve_drafts(  # noqa: PLR0913  (one parameter per option)
    document: str,
    numbers: tuple[int, ...],
    everything: bool,  # noqa: FBT001  (a click flag)
    is_rejection: bool,  # noqa: FBT001
    by: str,
    corpus: Path | None,
) -> None:
    """通过问法草稿，放进问题库；或用 --reject 退掉。"""
    if everything == bool(numbers) or not by.strip():
        raise click.UsageError("numbers or --all, and a name")
    folder = settings(corpus=corpus).corpus
    _, outline = _open(folder, document)
    decided: Decided
    if is_rejection:
        decided = reject(folder / document, numbers, by.strip(), today())
    else:
        decided = approve(folder / document, outline, numbers, by.strip(), today())
    click.echo("\n".join(decided_lines(document, decided)))
