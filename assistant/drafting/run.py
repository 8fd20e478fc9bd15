"""One run of drafting: clause by clause, each written before the next is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from assistant.drafting.budget import Budget
from assistant.drafting.checks import fitting
from assistant.drafting.drafts import BATCH, Draft, add_drafts, is_drafted, is_outdated, read_drafts
from assistant.drafting.prompt import Matter, matter_text
from assistant.drafting.reading import candidates, sounds_refused
from assistant.errors import DraftsMissing, KeyRefused, LimitReached, WriterFailed, YingdaError
from assistant.ports import Progress, Writer, Written, silent
from assistant.search.questions import BankQuestion, load_questions

ATTEMPTS = 2
"""So often one clause is asked for in one run where the answer holds nothing usable."""
MOST_FAILURES = 3
"""After so many clauses in a row without any answer the endpoint is taken for out of order."""


class Outcome(StrEnum):
    """What came of asking for one clause."""

    DRAFTED = "drafted"
    KEPT = "kept"  # it had drafts, or they have been decided on
    REFUSED = "refused"
    GARBAGE = "garbage"  # the answer held no usable question
    FAILED = "failed"  # there was no answer


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted, and what it may cost."""

    per_clause: int
    calls: int
    tokens: int


@dataclass(frozen=True, slots=True)
class Drafted:
    """The outcome for one clause: how many questions were written, how many of the answer could not be used."""

    unit: str
    outcome: Outcome
    questions: int = 0
    dropped: int = 0
    reason: str = ""
    """Why there was no answer: as in WriterFailed."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did."""

    clauses: tuple[Drafted, ...]
    left: tuple[str, ...]
    """Units that were not reached."""
    calls: int
    tokens: int
    stopped: YingdaError | None
    """Why clauses are left or have no drafts; None where every one of them has."""


def draft_document(
    folder: Path, wanted: Sequence[Matter], writer: Writer, order: Order, progress: Progress = silent
) -> Report:
    """Draft questions for the clauses of one document that have none, and report every outcome.

    Whatever happens, what has been drafted stays; a further run goes on with the rest. `progress` hears of `draft`.
    Raises: BadQuestionFile, CannotWrite.
    """
    run = _Run(folder, writer, order)
    clauses: list[Drafted] = []
    stopped: YingdaError | None = None
    try:
        for done, matter in enumerate(wanted, 1):
            clauses.append(run.clause(matter))
            progress("draft", done, len(wanted))
            run.give_up_on_a_dead_endpoint()
    except (LimitReached, KeyRefused, WriterFailed) as error:
        stopped = error
    left = tuple(matter.unit for matter in wanted[len(clauses) :])
    without = sum(clause.outcome not in (Outcome.DRAFTED, Outcome.KEPT) for clause in clauses)
    if isinstance(stopped, LimitReached):
        stopped = LimitReached(**stopped.details, left=len(left))
    elif stopped is None and without:
        stopped = DraftsMissing(left=without)
    return Report(tuple(clauses), left, run.budget.calls, run.budget.tokens, stopped)


class _Run:
    """One run over one document."""

    def __init__(self, folder: Path, writer: Writer, order: Order) -> None:
        self.folder, self.writer, self.order = folder, writer, order
        self.budget = Budget(order.calls, order.tokens)
        self.bank = load_questions(folder / "questions.jsonl")
        self.failures: list[WriterFailed] = []

    def clause(self, matter: Matter) -> Drafted:
        """Return the outcome for one clause; its drafts are on the disk."""
        drafts = read_drafts(self.folder)
        if is_drafted(matter, drafts):
            return Drafted(matter.unit, Outcome.KEPT)
        try:
            asked = self._ask(matter, [*self.bank, *(draft for draft in drafts if not is_outdated(draft, matter))])
        except WriterFailed as error:
            self.failures.append(error)
            return Drafted(matter.unit, Outcome.FAILED, reason=error.details["reason"])
        self.failures.clear()
        return asked

    def give_up_on_a_dead_endpoint(self) -> None:
        """Raise the last failure where there have been too many in a row."""
        if len(self.failures) >= MOST_FAILURES:
            raise self.failures[-1]

    def _ask(self, matter: Matter, known: Sequence[BankQuestion | Draft]) -> Drafted:
        beside = [question.question for question in known if question.unit == matter.unit]
        taken = [question.question for question in known]
        outcome, dropped = Outcome.GARBAGE, 0
        for _ in range(ATTEMPTS):
            written = self.budget.ask(self.writer, matter_text(matter, self.order.per_clause))
            found = candidates(written.text)
            fit = fitting(found, matter.text, beside, taken)[: self.order.per_clause]
            dropped = len(found) - len(fit)
            if fit:
                batch = BATCH.format(self.writer.name)
                new = [Draft(matter.unit, each.question, each.asker, batch, matter.digest) for each in fit]
                return Drafted(matter.unit, Outcome.DRAFTED, add_drafts(self.folder, matter, new), dropped)
            outcome = _what_it_was(written, has_questions=bool(found))
        return Drafted(matter.unit, outcome, dropped=dropped)


def _what_it_was(written: Written, *, has_questions: bool) -> Outcome:
    is_refusal = written.is_refused or not has_questions and sounds_refused(written.text)
    return Outcome.REFUSED if is_refusal else Outcome.GARBAGE
