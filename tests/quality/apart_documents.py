"""A document whose questions nobody has written yet: python -m tests.quality.apart_documents [--retrain] [--write]

The documents are parted into folds; for each fold an index is built, with --retrain also a model trained, without
any question of its documents: their text stays, as with an office's new plan. Then those questions are asked, by
the asker that they were written for: of the document alone, and of all that an asker of its place gets. Without
--retrain the bundled model stays, which has seen the questions: only good for a quick look.

The peer is plain character BM25: bm25s over the same grams with the same stop list, no titles, no bank, no model.
"of its misses": the share of what the peer misses that ours finds; "net": those less what ours loses. In the asker's
places an equally apt clause of another document counts as a miss, for both; and the right one always stands in a
document without questions, so that figure alone would reward a search that prefers such documents.

    python -m tests.quality.apart_documents --statutes DIR --questions FILE

adds real statutes, which have no bank, to the shipped corpus and asks of them: JSON lines with question, asker,
statute (name of the file without .md) and article. The bundled model has never seen them; with --retrain one learns
from their text, too, as `yingda train-model` does.
"""

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import bm25s
import numpy as np

from assistant.answers import Asker, Request, answer
from assistant.documents import Level
from assistant.ingest.pipeline import Described, ingest_files
from assistant.search import Index
from assistant.search.parts import document_entries
from assistant.search.terms import grams
from tests.quality.corpora import ASKERS, CORPUS, ON, bank, index_of, index_without, reach, trained, without
from tests.quality.publishing import publish, share, table

FOLDS = 5
FAR = 1000
"""The place of a clause that was not found."""
POOLS = ("own", "places")
HEADS = {
    "README.md": ("asker", "where", "questions", "character BM25", "ours", "of its misses", "net"),
    "README.zh-CN.md": ("提问人", "查哪里", "问题数", "按字检索（BM25）", "应答", "它漏的找回", "净增"),
}
WHO = {
    "README.md": ("all", *ASKERS),
    "README.zh-CN.md": ("全部", "村民", "干部", "教员"),
}
WHERE = {
    "documents": {
        "README.md": ("the document", "the asker's places"),
        "README.zh-CN.md": ("这份文件", "提问人所在地方和上级"),
    },
    "statutes": {"README.md": ("the statute", "all statutes"), "README.zh-CN.md": ("这部法规", "全部法规")},
}
NOTES = {
    "documents": {
        "README.md": "Documents of which no question was known (`{command}`): right first / among the first three.",
        "README.zh-CN.md": "新文件（一条问法都没有）答得怎样（`{command}`）：第一条就对 / 前三条里有对的。",
    },
    "statutes": {
        "README.md": "{n} questions on statutes that no bank has anything on (`{command}`): right first / among the first three.",
        "README.zh-CN.md": "加进来但没有问法的法规，{n} 个问题（`{command}`）：第一条就对 / 前三条里有对的。",
    },
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question with what answers it."""

    question: str
    asker: str
    document: str
    units: frozenset[str]


@dataclass(frozen=True, slots=True)
class Places:
    """Where the first right clause stands, from 0, by system and pool."""

    asker: str
    peer: tuple[int, ...]
    ours: tuple[int, ...]


class CharacterBM25:
    """bm25s over character grams of the clauses."""

    def __init__(self, index: Index, corpus: Path) -> None:
        entries = [e for document in index.catalogue.values() for e in document_entries(corpus, document)]
        self.units = [entry.unit for entry in entries]
        self.owners = np.array([unit.split("/")[0] for unit in self.units])
        self.plain = bm25s.BM25()
        self.plain.index([grams(entry.whole) for entry in entries], show_progress=False)

    def ranked(self, question: str, pools: Sequence[set[str]]) -> list[list[str]]:
        """Return the clauses of each pool of documents, best first."""
        known = [gram for gram in grams(question) if gram in self.plain.vocab_dict]
        scores = self.plain.get_scores(known) if known else np.zeros(len(self.units))
        found = []
        for pool in pools:
            masked = np.where(np.isin(self.owners, list(pool)), scores, -1.0)
            found.append([self.units[place] for place in np.argsort(-masked, kind="stable")[:3]])
        return found


def places(index: Index, corpus: Path, wanted: Sequence[Wanted]) -> Iterator[Places]:
    """Ask each question of the peer and of ours, of its document and of its asker's places."""
    peer = CharacterBM25(index, corpus)
    for one in wanted:
        region = index.catalogue[one.document].region
        near = reach(one.question, region, index.catalogue) | {one.document}
        own = [hit.unit for hit in index.search(one.question, documents={one.document}, limit=3)]
        answered = answer(Request(one.question, region, Asker(one.asker), ON), index)
        ours = (own, answered.ranked[:3])
        found = peer.ranked(one.question, ({one.document}, near))
        yield Places(one.asker, *(tuple(_first(units, one.units) for units in pools) for pools in (found, ours)))


def _first(units: Sequence[str], right: frozenset[str]) -> int:
    return next((place for place, unit in enumerate(units) if unit in right), FAR)


def folds(counts: dict[str, int], number: int) -> list[set[str]]:
    """Part documents so that each fold has about as many questions; large ones first, so that they stand apart."""
    parted: list[set[str]] = [set() for _ in range(number)]
    for document in sorted(counts, key=lambda name: (-counts[name], name)):
        min(parted, key=lambda fold: sum(counts[name] for name in fold)).add(document)
    return [fold for fold in parted if fold]


def documents_apart(number: int, *, retrain: bool) -> Iterator[Places]:
    """Hold each fold of documents apart and ask its questions."""
    units: dict[str, set[str]] = {}
    for question in bank(CORPUS):
        units.setdefault(question.question, set()).add(question.unit)
    wanted = [Wanted(q.question, q.asker, q.unit.split("/")[0], frozenset(units[q.question])) for q in bank(CORPUS)]
    counts = {name: sum(one.document == name for one in wanted) for name in {one.document for one in wanted}}
    for fold in folds(counts, number):
        asked = [one for one in wanted if one.document in fold]
        with index_without(CORPUS, {one.question for one in asked}, retrain=retrain) as index:
            yield from places(index, CORPUS, [_by_clause(one, index) for one in asked])


def _by_clause(one: Wanted, index: Index) -> Wanted:
    """A question on a sub-item counts for its clause, as in search."""
    pairs = [unit.split("/", 1) for unit in one.units]
    units = frozenset(f"{name}/{index.outlines[name].clause_of(address).address}" for name, address in pairs)
    return Wanted(one.question, one.asker, one.document, units)


def statutes_apart(folder: Path, questions: Path, *, retrain: bool) -> Iterator[Places]:
    """Add statutes to the shipped corpus and ask of them."""
    lines = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines() if line.strip()]
    with tempfile.TemporaryDirectory() as name:
        corpus, ids = Path(name) / "corpus", {}
        without(CORPUS, (), corpus)
        for path in sorted(folder.glob("*.md")):
            if path.name != "README.md":
                ids[path.stem] = f"statute-{len(ids)}"
                ingest_files([path], Described(ids[path.stem], path.stem, Level.CENTRAL, ""), corpus)
        wanted = [
            Wanted(
                line["question"],
                line["asker"],
                ids[line["statute"]],
                frozenset([f"{ids[line['statute']]}/{line['article']}"]),
            )
            for line in lines
        ]
        with index_of(corpus, trained(corpus) if retrain else None) as index:
            yield from places(index, corpus, [_by_clause(one, index) for one in wanted])


def rows(found: Sequence[Places], who: Sequence[str], where: Sequence[str]) -> list[list[str]]:
    """Return the rows of the table."""
    cells = []
    for name, asker in zip(who, ("all", *ASKERS), strict=True):
        group = [one for one in found if asker in ("all", one.asker)]
        for pool, place in enumerate(where):
            pairs = [[(one.peer[pool] < k, one.ours[pool] < k) for one in group] for k in (1, 3)]
            cells.append(
                [
                    name,
                    place,
                    f"{len(group):,}",
                    *("/".join(column) for column in zip(*map(_cells, pairs), strict=True)),
                ]
            )
    return cells


def _cells(pairs: Sequence[tuple[bool, bool]]) -> tuple[str, str, str, str]:
    """Return hit@k of the peer, of ours, the share of the peer's misses found, and that less what ours loses."""
    peer, ours = (sum(column) / len(pairs) for column in zip(*pairs, strict=True))
    missed = max(1e-9, 1 - peer)
    found = sum(our and not his for his, our in pairs) / len(pairs)
    return share(peer), share(ours), share(found / missed), share((ours - peer) / missed)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--folds", type=int, default=FOLDS, help="as many as documents: each alone")
    options.add_argument("--retrain", action="store_true")
    options.add_argument("--statutes", type=Path, help="a folder of statutes")
    options.add_argument("--questions", type=Path, help="questions on them")
    options.add_argument("--write", action="store_true", help="into the READMEs instead of to the screen")
    chosen = options.parse_args()
    if (chosen.statutes is None) != (chosen.questions is None):
        options.error("--statutes and --questions go together")
    command = "python -m tests.quality.apart_documents"
    if chosen.statutes:
        kind, command = "statutes", f"{command} --statutes … --questions {chosen.questions.name}"
        found = list(statutes_apart(chosen.statutes, chosen.questions, retrain=chosen.retrain))
    else:
        kind = "documents"
        found = list(documents_apart(chosen.folds, retrain=chosen.retrain))
    command += " --retrain" * chosen.retrain
    texts = {}
    for file, heads in HEADS.items():
        note = NOTES[kind][file].format(command=command, n=len(found))
        texts[file] = f"{note}\n\n{table(heads, rows(found, WHO[file], WHERE[kind][file]))}"
    publish(f"apart-{kind}", texts, write=chosen.write)


if __name__ == "__main__":
    main()
