"""What the command line prints on drafted questions."""

from collections.abc import Sequence
from itertools import groupby

from assistant.drafting import Decided, Draft, Drafted, Matter, Outcome, Report, Standing
from assistant.wording.errors import REASONS
from assistant.wording.sentences import ASKERS

OUTCOMES = {
    Outcome.DRAFTED: "写了 {} 个问法",
    Outcome.KEPT: "已有草稿或已审过，没有再问",
    Outcome.REFUSED: "模型不肯写",
    Outcome.GARBAGE: "模型的答复里没有能用的问法",
    Outcome.FAILED: "没有得到答复",
}
EXCERPT = 40
NONE = "没有待审的问法草稿。要起草，请运行 yingda draft-questions {document}。"
CHANGED = "（条文已改，草稿是按旧条文写的）"
GONE = "（文件里已没有这一条，只能退掉）"


def report_lines(document: str, report: Report) -> list[str]:
    """Return what a run of drafting did: a line per clause that was asked for, and the sums."""
    kept = sum(clause.outcome is Outcome.KEPT for clause in report.clauses)
    drafted = [clause for clause in report.clauses if clause.outcome is Outcome.DRAFTED]
    questions = sum(clause.questions for clause in drafted)
    lines = [f"{c.unit}  {_outcome(c)}" for c in report.clauses if c.outcome is not Outcome.KEPT]
    lines.append(
        f"起草 {len(drafted)} 条，{questions} 个问法；原来就有的 {kept} 条；"
        f"没有写成的 {len(report.clauses) - kept - len(drafted)} 条；还没问到的 {len(report.left)} 条。"
    )
    lines.append(f"调用 {report.calls} 次，约 {report.tokens} 个 token。")
    if questions:
        lines.append(f"草稿要等人审过才用。请看一遍：yingda drafts {document}")
    return lines


def _outcome(clause: Drafted) -> str:
    dropped = f"，另有 {clause.dropped} 个不合格，没有收" if clause.dropped else ""
    reason = f"（{REASONS.get(clause.reason, f'错误码 {clause.reason}')}）" if clause.reason else ""
    return OUTCOMES[clause.outcome].format(clause.questions) + reason + dropped


def draft_lines(document: str, drafts: Sequence[Draft], clauses: Sequence[Matter]) -> list[str]:
    """Return undecided drafts by clause, each with its number, under the beginning of the clause."""
    known = {matter.unit: matter for matter in clauses}
    order = {unit: place for place, unit in enumerate(known)}
    ranked = sorted(drafts, key=lambda draft: (order.get(draft.unit, len(order)), draft.unit, draft.number))
    lines: list[str] = []
    for unit, group in groupby(ranked, key=lambda draft: draft.unit):
        lines += ["", _clause(unit, known.get(unit))]
        lines += [_draft(draft, known.get(unit)) for draft in group]
    return [*lines[1:], "", _next(document)] if lines else [NONE.format(document=document)]


def _clause(unit: str, matter: Matter | None) -> str:
    if matter is None:
        return f"{unit}{GONE}"
    flat = " ".join(matter.text.split())
    return f"{unit}  {flat if len(flat) <= EXCERPT else flat[:EXCERPT] + '……'}"


def _draft(draft: Draft, matter: Matter | None) -> str:
    is_old = matter is not None and matter.digest != draft.digest
    return f"{draft.number:>5}  {ASKERS.get(draft.asker, '其他')}  {draft.question}{CHANGED if is_old else ''}"


def _next(document: str) -> str:
    return (
        f"先退掉不好的：yingda approve-drafts {document} 编号 编号 --reject --by 姓名\n"
        f"再通过其余的：yingda approve-drafts {document} --all --by 姓名"
    )


def decided_lines(document: str, decided: Decided) -> list[str]:
    """Return what a decision on drafts changed."""
    is_approval = decided.decision is Standing.APPROVED
    lines = [f"{'通过' if is_approval else '退掉'} {decided.changed} 个问法。"]
    if decided.before:
        lines.append(f"{decided.before} 个以前已经处理过，没有改动。")
    if decided.orphaned:
        numbers = "、".join(map(str, decided.orphaned))
        lines.append(f"编号 {numbers} 的条款已不在文件里，没有通过，可以退掉。")
    if is_approval and decided.changed:
        lines.append("请运行 yingda build，查找时就会用上。")
    return lines
