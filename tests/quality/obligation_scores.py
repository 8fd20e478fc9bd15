"""How well obligations are found: precision and recall for each document, and how often each field is right.

python -m tests.quality.obligation_scores
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.clauses import split
from assistant.documents import Document, Level, load_catalogue
from assistant.obligations.finding import Proposal, find

FOLDER = Path(__file__).parent
CORPUS = FOLDER.parents[1] / "corpus"
SENTENCES = ("obligation-sentences", "obligation-sentences-2")
FIELDS = ("count", "per", "before", "within", "amount", "amount_unit")


@dataclass
class Score:
    """Counts of one document."""

    gold: int = 0
    found: int = 0
    matched: int = 0
    right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.matched / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.matched / self.gold if self.gold else 1.0

    def share(self, name: str) -> float:
        return self.right[name] / self.matched if self.matched else 1.0


def agrees(row: dict[str, Any], proposal: Proposal, name: str) -> bool:
    empty = "" if name not in ("count", "amount") else None
    return row.get(name, empty) == getattr(proposal.measure, name)


def likeness(row: dict[str, Any], proposal: Proposal) -> int:
    return sum(agrees(row, proposal, name) for name in FIELDS)


def placed(row: dict[str, Any], text: str, begin: int) -> tuple[int, int]:
    start = begin - 1
    for _ in range(row.get("nth", 1)):
        start = text.index(row["quote"], start + 1)
    return start, start + len(row["quote"])


def match(rows: list[tuple[dict[str, Any], int, int]], proposals: list[Proposal]) -> Score:
    """One row for one proposal: same clause, overlapping words, most fields alike first."""
    score = Score(gold=len(rows), found=len(proposals))
    pairs = [
        (likeness(row, one), -abs(one.citation.start - start), n, m)
        for n, (row, start, end) in enumerate(rows)
        for m, one in enumerate(proposals)
        if one.citation.unit == row["unit"] and one.citation.start < end and start < one.citation.end
    ]
    taken_rows: set[int] = set()
    taken: set[int] = set()
    for _, _, n, m in sorted(pairs, reverse=True):
        if n in taken_rows or m in taken:
            continue
        taken_rows.add(n)
        taken.add(m)
        row, one = rows[n][0], proposals[m]
        score.matched += 1
        for name in FIELDS:
            score.right[name] += agrees(row, one, name)
        score.right["measure"] += likeness(row, one) == len(FIELDS)
        score.right["kind"] += row["kind"] == one.kind.value
        score.right["who"] += row["who"] == one.who
        if likeness(row, one) < len(FIELDS) or row["kind"] != one.kind.value:
            score.wrong.append(f"{row} / {one.kind.value} {one.measure}")
    score.missed += [
        f"missed {row['unit']} {row['quote']}" for n, (row, _, _) in enumerate(rows) if n not in taken_rows
    ]
    score.wrong += [
        f"extra {one.citation.unit} {one.citation.quote} {one.measure}"
        for m, one in enumerate(proposals)
        if m not in taken
    ]
    return score


def gold() -> Iterable[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / "obligations.jsonl").read_text(encoding="utf-8").splitlines()]


def score_documents() -> dict[str, Score]:
    """Score every document of the corpus; one without a row in the list has no obligation."""
    rows = gold()
    scores = {}
    for document in load_catalogue(CORPUS).values():
        outline = split(document.text)
        own = [row for row in rows if row["unit"].startswith(f"{document.id}/")]
        spans = [
            (row, *placed(row, document.text, outline.clause_span(row["unit"].partition("/")[2])[0])) for row in own
        ]
        scores[document.id] = match(spans, find(document, outline))
    return scores


def score_sentences(name: str = "obligation-sentences") -> Score:
    """Score single sentences of statutes, each read as a document of one article."""
    score = Score()
    for entry in map(json.loads, (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()):
        document = alone(entry["text"])
        outline = split(document.text)
        start = document.text.index(entry["text"])
        rows = [
            (row | {"unit": "example/1", "who": "", "quote": entry["text"]}, start, start + len(entry["text"]))
            for row in entry["obligations"]
        ]
        add(score, match(rows, find(document, outline)))
    return score


def alone(text: str) -> Document:
    """Return a statute of one article."""
    return Document(
        id="example",
        title="示例办法",
        short_title="示例办法",
        aliases=(),
        issuer="",
        kind="rule",
        level=Level.TOWNSHIP,
        region="",
        number="",
        issued=None,
        effective=None,
        repealed=None,
        superseded_by=None,
        source="",
        sample=True,
        unchecked=False,
        text=f"# 示例办法\n\n第一条　{text}\n",
        digest="",
    )


def total(scores: Iterable[Score]) -> Score:
    whole = Score()
    for one in scores:
        add(whole, one)
    return whole


def add(whole: Score, one: Score) -> None:
    whole.gold += one.gold
    whole.found += one.found
    whole.matched += one.matched
    for name, count in one.right.items():
        whole.right[name] += count
    whole.missed += one.missed
    whole.wrong += one.wrong


def line(name: str, score: Score, shown: tuple[str, ...] = ("measure", "kind", "who")) -> str:
    fields = " ".join(f"{name} {score.share(name):.2f}" for name in shown)
    return (
        f"{name}: {score.gold} in the list, {score.found} found, P {score.precision:.2f} R {score.recall:.2f}; {fields}"
    )


if __name__ == "__main__":
    scores = score_documents()
    for document_id, score in scores.items():
        print(line(document_id, score))
        print(*(f"    {one}" for one in [*score.missed, *score.wrong]), sep="\n")
    print(line("all", total(scores.values())))
    for name in SENTENCES:
        apart = score_sentences(name)
        print(line(name, apart, ("measure", "kind")))  # who is not labelled there
        print(*(f"    {one}" for one in [*apart.missed, *apart.wrong]), sep="\n")
