"""Copies of a corpus without some of its questions, and indexes that have never seen those (留出).

A trained model is kept in indexes/bench under the digest of all that it was trained from: the second run of a
command takes seconds. `make clean` removes them.
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from assistant.documents import Catalogue, ladder
from assistant.evaluation import Asked, read_questions
from assistant.models import load_embedder
from assistant.models import pairs as pairs_module
from assistant.models import training as training_module
from assistant.models.training import train
from assistant.search import Index, build, load
from assistant.search import entries as entries_module
from assistant.search import terms as terms_module
from assistant.search.exact import documents_named
from assistant.search.questions import OUTSIDE, BankQuestion, load_outside, load_questions

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CORPUS = ROOT / "corpus"
KEPT_MODELS = ROOT / "indexes" / "bench"
ON = date(2026, 7, 1)
"""The day on which questions are asked."""
ASKERS = ("villager", "cadre", "trainer")
LEARNS_FROM = (training_module, pairs_module, entries_module, terms_module)
"""A change in one of them may change what is trained."""


def held_apart(named: Collection[Path] = ()) -> list[Asked]:
    """Return the questions of the files named, else of every held-apart batch, in the order of their names."""
    files = sorted(named) or sorted(HERE.glob("held-apart-*.jsonl"))
    return [asked for path in files for asked in read_questions(path)]


def bank(corpus: Path) -> list[BankQuestion]:
    """Return the questions of all documents, by document and line."""
    return [question for path in sorted(corpus.glob("*/questions.jsonl")) for question in load_questions(path)]


def everything(corpus: Path) -> set[str]:
    """Return all questions of a corpus, in scope and out of it."""
    return {question.question for question in bank(corpus)} | set(load_outside(corpus))


def without(corpus: Path, held: Collection[str], out: Path) -> None:
    """Copy a corpus without the questions `held`, in scope or out of it."""
    shutil.copytree(corpus, out, ignore=shutil.ignore_patterns("sources"))
    for path in [*out.glob("*/questions.jsonl"), out / OUTSIDE]:
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        kept = [line for line in lines if json.loads(line)["question"].strip() not in held]
        path.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")


def trained(corpus: Path) -> Path:
    """Return the folder of the model trained on a corpus; the same seed gives the same bytes, so it is kept."""
    digest = hashlib.sha256()
    files = [path for path in corpus.rglob("*") if path.name in ("text.md", "questions.jsonl", "document.toml")]
    for path in [*sorted(files), *(Path(module.__file__ or "") for module in LEARNS_FROM)]:
        digest.update(f"{path.parent.name}/{path.name}".encode() + path.read_bytes())
    model = KEPT_MODELS / digest.hexdigest()[:16]
    if not model.is_dir():
        KEPT_MODELS.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=KEPT_MODELS) as unfinished:
            train(corpus, Path(unfinished) / "model")
            (Path(unfinished) / "model").rename(model)
    return model


@contextmanager
def index_of(corpus: Path, model: Path | None = None) -> Iterator[Index]:
    """Build and open an index with a model, else with the bundled one."""
    embedder = load_embedder(str(model) if model else "bundled")
    with tempfile.TemporaryDirectory() as folder:
        build(corpus, Path(folder), embedder)
        yield load(corpus, Path(folder), embedder)


@contextmanager
def index_without(corpus: Path, held: Collection[str], *, retrain: bool = True) -> Iterator[Index]:
    """Open an index, and unless told otherwise a model, that have never seen the questions `held`."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "corpus"
        without(corpus, held, copy)
        with index_of(copy, trained(copy) if retrain else None) as index:
            yield index


def reach(question: str, region: str, catalogue: Catalogue) -> set[str]:
    """Return the documents that answer an asker: those in force in the places above, and those that the question names."""
    places = set(ladder(region))
    own = {document.id for document in catalogue.values() if document.region in places and document.in_force(ON)}
    return own | {document.id for document in documents_named(question, catalogue, region)}
