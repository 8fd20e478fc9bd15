"""What a person decides on drafts: approved ones go into the bank, rejected ones never come back."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from assistant.clauses import Outline
from assistant.drafting.drafts import Draft, Standing, locked, pending, read_drafts, write_drafts, write_whole
from assistant.errors import UnknownDraft
from assistant.search.questions import load_questions

BANK = "questions.jsonl"


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision changed."""

    decision: Standing
    changed: int
    before: int
    """Drafts that had been decided on already."""
    orphaned: tuple[int, ...] = ()
    """Numbers of drafts whose clause is not in the document any more: they stay undecided."""


def approve(folder: Path, outline: Outline, numbers: Collection[int], by: str, on: date) -> Decided:
    """Put drafts into the bank; no numbers means all that are undecided.

    The bank is written first: after a crash in between, the same command finishes the work and doubles nothing.
    Raises: UnknownDraft, BadQuestionFile, CannotWrite; nothing is changed then, or the bank alone.
    """
    with locked(folder):
        drafts = read_drafts(folder)
        chosen = _chosen(drafts, numbers, folder)
        open_ones = [draft for draft in chosen if draft.decision in (Standing.PENDING, Standing.REJECTED)]
        orphaned = tuple(draft.number for draft in open_ones if not has_clause(outline, draft))
        approved = [draft for draft in open_ones if draft.number not in orphaned]
        _add_to_bank(folder / BANK, approved, by, on)
        _mark(folder, drafts, approved, Standing.APPROVED, (by, on))
    return Decided(Standing.APPROVED, len(approved), len(chosen) - len(open_ones), orphaned)


def reject(folder: Path, numbers: Collection[int], by: str, on: date) -> Decided:
    """Remember drafts as unfit, so that they are not drafted again; no numbers means all that are undecided.

    Raises: UnknownDraft, BadQuestionFile, CannotWrite; nothing is changed then.
    """
    with locked(folder):
        drafts = read_drafts(folder)
        chosen = _chosen(drafts, numbers, folder)
        rejected = pending(chosen)
        _mark(folder, drafts, rejected, Standing.REJECTED, (by, on))
    return Decided(Standing.REJECTED, len(rejected), len(chosen) - len(rejected))


def _chosen(drafts: Sequence[Draft], numbers: Collection[int], folder: Path) -> list[Draft]:
    known = {draft.number: draft for draft in drafts}
    unknown = sorted(set(numbers) - known.keys())
    if unknown:
        raise UnknownDraft(document=folder.name, numbers="、".join(map(str, unknown)))
    return [known[number] for number in sorted(set(numbers))] if numbers else pending(drafts)


def has_clause(outline: Outline, draft: Draft) -> bool:
    """Say whether the clause of a draft is in the document: a build refuses a bank that names another."""
    address = draft.unit.partition("/")[2]
    return address in outline and outline.is_clause(outline.clause_of(address))


def _mark(
    folder: Path, drafts: Iterable[Draft], decided: Sequence[Draft], decision: Standing, who: tuple[str, date]
) -> None:
    numbers = {draft.number for draft in decided}
    if not numbers:
        return
    by, on = who[0], who[1].isoformat()
    write_drafts(
        folder,
        (
            replace(draft, decision=decision, decided_by=by, decided_on=on) if draft.number in numbers else draft
            for draft in drafts
        ),
    )


def _add_to_bank(path: Path, approved: Sequence[Draft], by: str, on: date) -> None:
    """Append the questions that the bank does not have for their clause; every line of it stays as it is."""
    known = {(question.unit, question.question) for question in load_questions(path)}
    new = {(draft.unit, draft.question): draft for draft in approved}
    lines = [
        json.dumps(_bank_line(draft, by, on), ensure_ascii=False) for key, draft in new.items() if key not in known
    ]
    if not lines:
        return
    before = path.read_bytes() if path.is_file() else b""
    gap = b"" if not before or before.endswith(b"\n") else b"\n"
    write_whole(path, before + gap + "".join(f"{line}\n" for line in lines).encode())


def _bank_line(draft: Draft, by: str, on: date) -> dict[str, Any]:
    return {
        "unit": draft.unit,
        "question": draft.question,
        "asker": draft.asker,
        "batch": draft.batch,
        "reviewed": True,
        "reviewed_by": by,
        "reviewed_on": on.isoformat(),
    }
