"""Cross-validation of search over the question bank: train on four fifths, ask the last fifth.

    python -m tests.quality.weigh_search [--corpus corpus] [--by batch] [--folds 5] [--seed 0] [--save legs.npz]

With `--by batch` whole batches are held out in turn: other writers, other scenes, nearer to life than a random fifth.

Prints hit@1/hit@3 in percent, by asker, for each leg alone and for their sum, within the clause's own document and
within its jurisdiction (where an equally apt clause of another document counts as a miss). The question itself is
never in the bank that it is asked against, nor in the training of the model.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

import jieba
import numpy as np
import numpy.typing as npt

from assistant.documents import Catalogue, ladder, load_catalogue
from assistant.models.static import StaticEmbedder
from assistant.models.training import Recipe, fit, write_model
from assistant.search import keyword
from assistant.search.bags import bag
from assistant.search.entries import Entry
from assistant.search.fuse import Weights, fuse
from assistant.search.parts import document_entries, make_part
from assistant.search.questions import load_questions
from assistant.search.ranking import Ranker, assemble
from tests.quality.peers import jieba_bm25

ASKERS = ("cadre", "villager", "trainer")
LEGS = ("keyword", "question", "vector", "asked")
Scores = npt.NDArray[np.float32]


@dataclass
class Bank:
    """All clauses in index order, all distinct questions, and who answers what."""

    catalogue: Catalogue
    entries: list[Entry]
    questions: list[str]
    askers: npt.NDArray[np.str_]
    batches: npt.NDArray[np.str_]
    gold: npt.NDArray[np.bool_]  # questions × clauses
    own: npt.NDArray[np.bool_]  # clauses of the same document
    chain: npt.NDArray[np.bool_]  # clauses of the jurisdiction


def read_bank(corpus: Path) -> Bank:
    catalogue = load_catalogue(corpus)
    ordered = sorted(catalogue.values(), key=lambda document: (document.region, document.id))
    entries = [entry for document in ordered for entry in document_entries(corpus, document)]
    written = {q.question: q for d in ordered for q in load_questions(corpus / d.id / "questions.jsonl")}
    questions = sorted({question for entry in entries for question in entry.questions})
    number = {question: place for place, question in enumerate(questions)}
    gold = np.zeros((len(questions), len(entries)), np.bool_)
    for column, entry in enumerate(entries):
        gold[[number[question] for question in entry.questions], column] = True
    names = np.array([entry.unit.split("/")[0] for entry in entries])
    same = names[:, None] == names[None, :]
    seen = {d.id: {o.id for o in ordered if o.region in ladder(d.region)} for d in ordered}
    reach = np.array([[other in seen[name] for other in names] for name in names])
    askers = np.array([written[question].asker for question in questions])
    batches = np.array([written[question].batch for question in questions])
    return Bank(
        catalogue, entries, questions, askers, batches, gold, (gold.astype(int) @ same) > 0, (gold.astype(int) @ reach) > 0,
    )  # fmt: skip


def fold_scores(bank: Bank, asked: Sequence[int], model: Path, recipe: Recipe) -> tuple[dict[str, Scores], float]:
    """Train and index without the questions `asked`, then ask them: float32[asked, clauses] per leg."""
    hidden = {bank.questions[place] for place in asked}
    entries = [replace(e, questions=tuple(q for q in e.questions if q not in hidden)) for e in bank.entries]
    tokens, weights, loss = fit(entries, recipe)
    write_model(model, tokens, weights)
    embedder = StaticEmbedder(model)
    documents = [(name, list(group)) for name, group in groupby(entries, key=lambda e: e.unit.split("/")[0])]
    regions = [(bank.catalogue[name].region, make_part(group, embedder)) for name, group in documents]
    nodes = [[part for _, part in node] for _, node in groupby(regions, key=lambda pair: pair[0])]
    shelves = [(name, bank.catalogue[name].region, len(group)) for name, group in documents]
    ranker = Ranker(shelves, [e.unit for e in entries], assemble(nodes, embedder.dimensions))
    names = [name for name, _ in documents]
    found = [ranker.score(bank.questions[place], embedder, names)[1] for place in asked]
    return {leg: np.array([row[leg] for row in found]) for leg in LEGS}, loss


def hits(bank: Bank, scores: Scores, pool: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Return how many clauses stand before the best right one, for each question."""
    right = np.where(bank.gold, scores, -9).max(axis=1)
    return (np.where(pool & ~bank.gold, scores, -9) >= right[:, None]).sum(axis=1)


def line(bank: Bank, scores: Scores) -> str:
    cells = []
    for pool in (bank.own, bank.chain):
        rank = hits(bank, scores, pool)
        groups = [np.ones(len(rank), np.bool_), *(bank.askers == asker for asker in ASKERS)]
        cells += [f"{100 * (rank[g] < 1).mean():5.1f}/{100 * (rank[g] < 3).mean():5.1f}" for g in groups]
    return " ".join(cells[:4]) + "  |  " + " ".join(cells[4:])


def objective(bank: Bank, scores: Scores) -> float:
    """Mean of hit@1 and hit@3, own document and jurisdiction, each asker alike."""
    ranks = [hits(bank, scores, pool) for pool in (bank.own, bank.chain)]
    return float(np.mean([(r[bank.askers == a] < k).mean() for r in ranks for a in ASKERS for k in (1, 3)]))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--corpus", type=Path, default=Path("corpus"))
    options.add_argument("--by", choices=["question", "batch"], default="question")
    options.add_argument("--folds", type=int, default=5)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--recipe", type=json.loads, default={}, help="fields of Recipe, as JSON")
    options.add_argument("--save", type=Path, help="keep the scores of all legs here")
    options.add_argument("--models", type=Path, help="keep the model of each fold here")
    chosen = options.parse_args()
    bank = read_bank(chosen.corpus)
    fold = np.random.default_rng(chosen.seed).integers(0, chosen.folds, len(bank.questions))
    if chosen.by == "batch":
        names, fold = np.unique(bank.batches, return_inverse=True)
        chosen.folds = len(names)
        print("batches:", *names)
    legs = {leg: np.zeros(bank.gold.shape, np.float32) for leg in LEGS}
    with TemporaryDirectory() as temporary:
        models = chosen.models or Path(temporary)
        for number in range(chosen.folds):
            asked = np.flatnonzero(fold == number)
            scores, loss = fold_scores(bank, asked.tolist(), models / f"fold{number}", Recipe(**chosen.recipe))
            for leg, rows in scores.items():
                legs[leg][asked] = rows
            print(f"fold {number + 1}: {len(asked)} questions, loss {loss:.3f}", flush=True)
    legs |= {"grams": grams_alone(bank), "peer": peer(bank)}
    if chosen.save:
        np.savez(chosen.save, allow_pickle=False, **legs)
    report(bank, legs)


def grams_alone(bank: Bank) -> Scores:
    """Return the keyword leg without jieba words; it needs no bank, so no folds."""
    share, keyword.WORD_SHARE = keyword.WORD_SHARE, 0.0
    rows = [[(1.0, e.context), (keyword.TITLE_WEIGHT, e.title), (1.0, e.body)] for e in bank.entries]
    found = keyword.postings([bag(rows)], [len(rows)])
    scores = np.array([found.score(0, len(rows), found.query(question)) for question in bank.questions])
    keyword.WORD_SHARE = share
    return scores


def peer(bank: Bank) -> Scores:
    """Return the scores of plain bm25s over jieba words, as a common RAG library would search these clauses."""
    plain = jieba_bm25([entry.whole for entry in bank.entries])
    return np.array([plain.get_scores(jieba.lcut(question)) for question in bank.questions])


def report(bank: Bank, legs: dict[str, Scores]) -> None:
    counts = ", ".join(f"{asker} {(bank.askers == asker).sum()}" for asker in ASKERS)
    print(f"{len(bank.questions)} questions ({counts}), {len(bank.entries)} clauses")
    print(f"{'':34}own document: all, cadre, villager, trainer   |  jurisdiction: the same")
    none = dict.fromkeys(LEGS, np.zeros(bank.gold.shape, np.float32))
    chosen = Weights()
    rows = {
        "peer: bm25s + jieba": legs["peer"],
        "BM25 grams": legs["grams"],
        "BM25 grams + words (keyword)": legs["keyword"],
        "bank, one field (question)": legs["question"],
        "bank, question by question (asked)": legs["asked"],
        "static embedding (vector)": legs["vector"],
        "keyword + question": fuse({**none, **{k: legs[k] for k in ("keyword", "question")}}, chosen),
        "keyword + vector": fuse({**none, **{k: legs[k] for k in ("keyword", "vector")}}, chosen),
        "keyword + question + vector": fuse({**none, **{k: legs[k] for k in LEGS[:3]}}, chosen),
        "all four": fuse({k: legs[k] for k in LEGS}, chosen),
    }
    for name, scores in rows.items():
        print(f"{name:34}{line(bank, scores)}   {100 * objective(bank, scores):.1f}")


if __name__ == "__main__":
    main()
