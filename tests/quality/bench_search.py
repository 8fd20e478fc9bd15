"""How fast search is. Figures, not tests: run it on a quiet machine.

    python -m tests.quality.bench_search shipped                 the corpus of the repository
    python -m tests.quality.bench_search scale STATUTES          100,000 clauses from a folder of statutes

Every stage runs in a process of its own, on one core. The peer is plain bm25s over jieba words with the same
clauses and questions, in the same run; it has no question bank and no vectors (weigh_search.py says what they find).
"""

import argparse
import os
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jieba
import numpy as np

from assistant.documents import ladder, load_catalogue
from assistant.models import load_embedder
from assistant.search import build, load
from assistant.search.parts import document_entries
from assistant.search.questions import load_questions
from tests.quality.peers import jieba_bm25

ROUNDS = 3
"""Every question is asked so often; the first round is for warming up and is not counted."""


def alone(stage: Callable[..., dict[str, Any]], *arguments: Any) -> dict[str, Any]:
    """Run one stage in a fresh process on one core and print its figures."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=one_core) as pool:
        figures = pool.submit(stage, *arguments).result()
    print(f"{stage.__name__:16}" + "  ".join(f"{name} {value}" for name, value in figures.items()), flush=True)
    return figures


def one_core() -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def memory_mb(kind: str) -> float:
    """VmRSS: everything; RssAnon: without the files of the index that are mapped; VmHWM: the most at any time."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(round(int(line.split()[1]) / 1024) for line in lines if line.startswith(kind))


def percentiles(seconds: list[tuple[float, float]]) -> dict[str, Any]:
    """Of (wall, processor) seconds; the processor's are what a quiet machine would need."""
    ms, busy = (np.array(column) * 1000 for column in zip(*seconds, strict=True))
    return {
        "questions/s": round(len(ms) / (ms.sum() / 1000)),
        "cpu_p50_ms": round(float(np.percentile(busy, 50)), 2),
        "cpu_p99_ms": round(float(np.percentile(busy, 99)), 2),
        "p50_ms": round(float(np.percentile(ms, 50)), 2),
        "p99_ms": round(float(np.percentile(ms, 99)), 2),
        "max_ms": round(float(ms.max()), 2),
    }


def build_stage(corpus: Path, index: Path) -> dict[str, Any]:
    embedder = load_embedder("bundled")
    begun = time.perf_counter()
    report = build(corpus, index, embedder)
    size = sum(path.stat().st_size for path in index.rglob("*") if path.is_file())
    return {
        "documents": report.documents,
        "clauses": report.clauses,
        "questions": report.questions,
        "rebuilt": len(report.rebuilt),
        "seconds": round(time.perf_counter() - begun, 2),
        "index_mb": round(size / 1e6, 1),
        "most_memory_mb": memory_mb("VmHWM"),
    }


def first_answer(corpus: Path, index: Path, question: str, region: str) -> dict[str, Any]:
    """From loading the model to the first hit, imports not counted."""
    begun = time.perf_counter()
    embedder = load_embedder("bundled")
    loaded = load(corpus, index, embedder)
    ready = time.perf_counter()
    documents = jurisdiction(loaded.catalogue, region)
    hit = loaded.search(question, documents=documents)[0]
    return {
        "load_s": round(ready - begun, 2),
        "first_s": round(time.perf_counter() - ready, 2),
        "rss_mb": memory_mb("VmRSS"),
        "best": hit.unit,
    }


def jurisdiction(catalogue: Any, region: str) -> list[str]:
    places = set(ladder(region))
    return [document.id for document in catalogue.values() if document.region in places]


def search_stage(corpus: Path, index: Path, asked: list[tuple[str, str]]) -> dict[str, Any]:
    """Ask (question, region) one by one."""
    loaded = load(corpus, index, load_embedder("bundled"))
    chains = {region: jurisdiction(loaded.catalogue, region) for _, region in asked}
    seconds = []
    for number in range(ROUNDS):
        for question, region in asked:
            begun = time.perf_counter(), time.process_time()
            loaded.search(question, documents=chains[region])
            if number:
                seconds.append((time.perf_counter() - begun[0], time.process_time() - begun[1]))
    return percentiles(seconds) | {"rss_mb": memory_mb("VmRSS"), "anonymous_mb": memory_mb("RssAnon")}


def peer_stage(corpus: Path, asked: list[tuple[str, str]]) -> dict[str, Any]:
    """Plain bm25s over jieba words, the clauses of other places masked out."""
    catalogue = load_catalogue(corpus)
    entries = [entry for document in catalogue.values() for entry in document_entries(corpus, document)]
    peer = jieba_bm25([entry.whole for entry in entries])
    owner = [entry.unit.split("/")[0] for entry in entries]
    masks = {region: np.isin(owner, jurisdiction(catalogue, region)) for _, region in asked}
    seconds = []
    for number in range(ROUNDS):
        for question, region in asked:
            begun = time.perf_counter(), time.process_time()
            scores = peer.get_scores(jieba.lcut(question)) * masks[region]
            np.argsort(-scores)[:10]
            if number:
                seconds.append((time.perf_counter() - begun[0], time.process_time() - begun[1]))
    return percentiles(seconds) | {"rss_mb": memory_mb("VmRSS")}


def shipped(corpus: Path) -> None:
    catalogue = load_catalogue(corpus)
    asked = [
        (question.question, document.region)
        for document in catalogue.values()
        for question in load_questions(corpus / document.id / "questions.jsonl")
    ]
    with TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        alone(build_stage, corpus, index)
        alone(build_stage, corpus, index)
        alone(first_answer, corpus, index, *asked[0])
        ours = alone(search_stage, corpus, index, asked)
        compare(ours, alone(peer_stage, corpus, asked))


PROVINCES, COUNTIES, TOWNSHIPS = 4, 5, 5
"""Counties of each province, townships of each county."""


def write_statutes(statutes: Path, corpus: Path, clauses: int) -> tuple[int, list[str]]:
    """Write copies of the statutes until there are so many articles: the first copy for the centre, each further
    one for a place at province, county or township level in turn; return articles and sentences to ask.
    """
    texts = [text for path in sorted(statutes.glob("*.md")) if "条" in (text := path.read_text(encoding="utf-8"))]
    chance = np.random.default_rng(0)
    written, copy = 0, 0
    while written < clauses:
        for number, text in enumerate(texts):
            write_statute(corpus / f"s{copy}-{number}", text, region(copy, chance))
            written += text.count("\n第")
        copy += 1
    sentences = [line for text in texts for line in text.splitlines() if line.startswith("第") and len(line) > 40]
    starts = chance.integers(10, 20, len(sentences))
    return written, [line[start : start + 18] for line, start in zip(sentences, starts, strict=True)]


def region(copy: int, chance: np.random.Generator) -> str:
    if not copy:
        return ""
    province, county, township = (int(chance.integers(n)) for n in (PROVINCES, COUNTIES, TOWNSHIPS))
    return "/".join([f"省{province}", f"县{county}", f"镇{township}"][: 1 + copy % 3])


def write_statute(folder: Path, text: str, place: str) -> None:
    level = ("central", "province", "county", "township")[len(place.split("/")) if place else 0]
    folder.mkdir(parents=True)
    (folder / "document.toml").write_text(
        f'id = "{folder.name}"\ntitle = "{text.splitlines()[0].lstrip("# ")}"\nkind = "statute"\n'
        f'level = "{level}"\nregion = "{place}"\n',
        encoding="utf-8",
    )
    (folder / "text.md").write_text(text, encoding="utf-8")


def scale(statutes: Path, clauses: int) -> None:
    with TemporaryDirectory() as folder:
        corpus, index = Path(folder) / "corpus", Path(folder) / "index"
        written, sentences = write_statutes(statutes, corpus, clauses)
        village = "省1/县1/镇1"
        chain = jurisdiction(load_catalogue(corpus), village)
        print(f"about {written} articles; {len(chain)} documents in the jurisdiction of {village}")
        alone(build_stage, corpus, index)
        alone(build_stage, corpus, index)
        changed = corpus / "s1-1" / "text.md"
        changed.write_text(changed.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        alone(build_stage, corpus, index)
        alone(first_answer, corpus, index, sentences[0], village)
        chance = np.random.default_rng(1)
        asked = [(sentences[place], village) for place in chance.choice(len(sentences), 500, replace=False)]
        ours = alone(search_stage, corpus, index, asked)
        compare(ours, alone(peer_stage, corpus, asked))


def compare(ours: dict[str, Any], peer: dict[str, Any]) -> None:
    print(f"questions/s, ours to bm25s + jieba: {ours['questions/s'] / peer['questions/s']:.2f}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("what", choices=["shipped", "scale"])
    options.add_argument("statutes", type=Path, nargs="?")
    options.add_argument("--corpus", type=Path, default=Path("corpus"))
    options.add_argument("--clauses", type=int, default=100_000)
    chosen = options.parse_args()
    if chosen.what == "shipped":
        shipped(chosen.corpus)
    elif chosen.statutes is None:
        options.error("scale needs the folder of statutes")
    else:
        scale(chosen.statutes, chosen.clauses)


if __name__ == "__main__":
    main()
