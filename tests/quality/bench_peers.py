"""The product beside its peers: python -m tests.quality.bench_peers [FILE…] [--write]

Same questions, same documents, same run. Quality: a result counts where one of the first one or three shows a clause
that answers (a LangChain chunk shows every clause that it overlaps). Every system gets the documents of the asker's
places and those that the question names; "no filter" gets all of them. Ours without the bank has an index and
a model that never saw a question. Speed: one core, one process, every question asked of all in turn; ours is the whole answer with
its quotes compared, the others' only a ranking, and the filter is handed to them ready. Memory and first answer:
a process of its own for each system, which loads nothing of the others.
"""

import argparse
import importlib.util
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.answers import Request, answer
from assistant.documents import Catalogue, Level
from assistant.evaluation import Asked
from assistant.search import Index
from assistant.search.parts import document_entries
from tests.quality import peers
from tests.quality.corpora import ASKERS, CORPUS, ON, everything, held_apart, index_of, reach, trained, without
from tests.quality.footprint import own_footprint, own_packages, packages, peer_footprint
from tests.quality.publishing import publish, share, table

ROUNDS = 3
"""Every question is asked so often; the first round is for warming up and is not counted."""
ANSWERS = 2
"""The grade of a clause that answers."""
MISSING = "LangChain is not installed, so it is left out. To compare with it: make peers"
NEEDS = {
    "bm25s": ["bm25s", "jieba"],
    "langchain": ["langchain-community", "langchain-text-splitters", "rank-bm25", "jieba"],
}
NAMES = {
    "README.md": {
        "bm25s": "bm25s + jieba",
        "langchain": "LangChain, its Chinese path",
        "no bank": "ours without the bank",
        "ours": "ours",
    },
    "README.zh-CN.md": {
        "bm25s": "bm25s + jieba",
        "langchain": "LangChain（中文用法）",
        "no bank": "应答，不用问法",
        "ours": "应答",
    },
}
UNFILTERED = {"README.md": ", no filter", "README.zh-CN.md": "，不分地区"}
QUALITY = {
    "README.md": ("right first / in three", "all", *ASKERS, "clauses in the first result", "another province in three"),
    "README.zh-CN.md": (
        "第一条就对 / 前三条里有",
        "全部",
        "村民",
        "干部",
        "教员",
        "第一个结果含几条",
        "前三条里有外省的",
    ),
}
COST = {
    "README.md": (
        "what it costs", "median", "p99", "beside bm25s", "memory", "packages", "first answer ever", "first answer later",
    ),
    "README.zh-CN.md": (
        "代价", "一问（中位）", "p99", "是 bm25s 的", "内存", "安装包", "装好后第一答", "以后启动第一答",
    ),
}  # fmt: skip
NOTES = {
    "README.md": "Beside other systems, on {n} questions held apart (`python -m tests.quality.bench_peers`, after `make peers`). Each "
    "searches the documents of the asker's places; *no filter*: all. bm25s gets our clauses; LangChain cuts the texts itself, and a "
    "chunk counts for every clause that it touches. Neither peer has an embedding model: none comes without a download.",
    "README.zh-CN.md": "和别的系统比，{n} 个没见过的问题（先 `make peers`，再 `python -m tests.quality.bench_peers`）。每个系统都只查提问人所在地方和上级的文件，"
    "“不分地区”是查全部。bm25s 用的是我们切好的条款；LangChain 自己切，一段碰到哪几条就都算。这两个系统都没有用向量模型，因为要另外下载。",
}
AFTER = {
    "README.md": "Times are of one core, each question asked of all in turn; ours is the whole answer with its quotes compared, the "
    "others' a ranking. Packages of ours bring the web server and the readers of docx and pdf, too. First answer ever: index and all.",
    "README.zh-CN.md": "时间是单核、同一个问题轮流问各系统量的；应答给出的是核对过的完整答复，别的只是排序。应答的安装包还带着网页服务和读 docx、pdf 的部分。“装好后第一答”连建索引在内。",
}

Ask = Callable[[int], peers.Result]
"""Number of a question → results."""


def plain_data(index: Index, asked: Sequence[Asked]) -> peers.Data:
    """Return what the peers get: our clauses, the texts, where the clauses stand, and the questions."""
    catalogue, outlines = index.catalogue, index.outlines
    clauses = [(e.unit, e.whole) for d in catalogue.values() for e in document_entries(CORPUS, d)]
    spans = {
        name: [
            (*outlines[name].clause_span(unit.address), f"{name}/{unit.address}") for unit in outlines[name].clauses()
        ]
        for name in catalogue
    }
    texts = {document.id: document.text for document in catalogue.values()}
    questions = [(one.question, sorted(reach(one.question, one.region, catalogue))) for one in asked]
    return {"clauses": clauses, "documents": texts, "spans": spans, "asked": questions}


def hits(results: Sequence[peers.Result], asked: Sequence[Asked], catalogue: Catalogue) -> list[str]:
    """Return the cells of a row: hit@1/hit@3 for all and each asker, clauses shown, foreign."""
    cells = []
    for group in ("all", *ASKERS):
        found = [_first_right(r, a) for r, a in zip(results, asked, strict=True) if group in ("all", a.asker.value)]
        cells.append("/".join(share(sum(place < k for place in found) / len(found)) for k in (1, 3)))
    foreign = [_is_foreign(r, a, catalogue) for r, a in zip(results, asked, strict=True)]
    shown = statistics.mean(len(result[0]) for result in results if result)
    return [*cells, f"{shown:.1f}", share(statistics.mean(foreign))]


def _first_right(result: peers.Result, asked: Asked) -> int:
    right = {unit for unit, grade in asked.relevant.items() if grade == ANSWERS}
    return next((place for place, units in enumerate(result) if right & set(units)), len(result) + peers.SHOWN)


def _is_foreign(result: peers.Result, asked: Asked, catalogue: Catalogue) -> bool:
    near = reach(asked.question, asked.region, catalogue)
    shown = {unit.split("/")[0] for units in result[:3] for unit in units}
    return any(catalogue[name].level is not Level.CENTRAL for name in shown - near)


def ours(index: Index, one: Asked) -> peers.Result:
    """Answer as the product does."""
    return [[unit] for unit in answer(Request(one.question, one.region, one.asker, ON), index).ranked]


def quality(systems: Mapping[str, Ask], asked: Sequence[Asked], catalogue: Catalogue) -> dict[str, list[str]]:
    """Return the cells of each system."""
    return {name: hits([ask(place) for place in range(len(asked))], asked, catalogue) for name, ask in systems.items()}


def milliseconds(systems: Mapping[str, Ask], count: int) -> dict[str, npt.NDArray[np.float64]]:
    """Ask every question of all systems in turn, each time another first, on one core: float[rounds × questions]."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    taken: dict[str, list[float]] = {name: [] for name in systems}
    names = list(systems)
    for turn in range(ROUNDS * count):
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            begun = time.perf_counter()
            systems[name](turn % count)
            if turn >= count:
                taken[name].append((time.perf_counter() - begun) * 1000)
    os.sched_setaffinity(0, before)
    return {name: np.array(values) for name, values in taken.items()}


def peer(search: peers.Search, data: peers.Data, *, is_filtered: bool = True) -> Ask:
    """Return a peer as a system that answers questions by their numbers."""
    questions = [(question, set(documents) if is_filtered else None) for question, documents in data["asked"]]
    return lambda place: search(*questions[place])


def opened(data: peers.Data) -> dict[str, peers.Search]:
    """Return the peers that are installed; says what is missing."""
    if importlib.util.find_spec("langchain_community"):
        return {name: open_peer(data) for name, open_peer in peers.PEERS.items()}
    print(MISSING, file=sys.stderr)
    return {"bm25s": peers.open_bm25s(data)}


def costs(
    taken: Mapping[str, npt.NDArray[np.float64]], footprints: Mapping[str, Sequence[float]]
) -> dict[str, list[str]]:
    """Return the cells of each system."""
    cells = {}
    for name, ms in taken.items():
        memory, ever, later = footprints[name]
        size = packages(NEEDS[name]) if name in NEEDS else own_packages()
        times = [
            f"{np.median(ms):.1f} ms",
            f"{np.percentile(ms, 99):.1f} ms",
            f"{np.median(ms / taken['bm25s']):.1f} ×",
        ]
        cells[name] = [*times, f"{memory / 1e6:.0f} MB", f"{size / 1e6:.0f} MB", f"{ever:.1f} s", f"{later:.1f} s"]
    return cells


def footprints(
    data: peers.Data, names: Sequence[str], asked: Sequence[Asked], corpora: Mapping[str, dict[str, str]]
) -> dict[str, list[float]]:
    """Return memory and seconds of each system, in processes of their own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        lines = [json.dumps({"question": a.question, "region": a.region, "asker": a.asker.value}) for a in asked]
        (folder / "batch.jsonl").write_text("\n".join(lines), encoding="utf-8")
        first = (asked[0].question, asked[0].region)
        found = {peer: peer_footprint(peer, folder / "data.json") for peer in names}
        return found | {
            system: own_footprint(first, folder / "batch.jsonl", folder, environment)
            for system, environment in corpora.items()
        }


def measure(asked: Sequence[Asked]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the cells of both tables; a system without the filter is named with a trailing *."""
    with tempfile.TemporaryDirectory() as name:
        bare = Path(name) / "corpus"
        without(CORPUS, everything(CORPUS), bare)
        model = trained(bare)
        corpora = {
            "no bank": {"YINGDA_CORPUS": str(bare), "YINGDA_MODEL": str(model)},
            "ours": {"YINGDA_CORPUS": str(CORPUS), "YINGDA_MODEL": "bundled"},
        }
        with index_of(bare, model) as less, index_of(CORPUS) as index:
            data = plain_data(index, asked)
            searches = opened(data)
            systems = {name: peer(search, data) for name, search in searches.items()}
            systems |= {
                "no bank": lambda place: ours(less, asked[place]),
                "ours": lambda place: ours(index, asked[place]),
            }
            unfiltered = {f"{name}*": peer(search, data, is_filtered=False) for name, search in searches.items()}
            right = quality(systems | unfiltered, asked, index.catalogue)
            taken = milliseconds(systems, len(asked))
        return right, costs(taken, footprints(data, list(searches), asked, corpora))


def text(file: str, right: Mapping[str, Sequence[str]], cost: Mapping[str, Sequence[str]], count: int) -> str:
    """Return both tables in the language of a README."""
    names = NAMES[file] | {f"{name}*": NAMES[file][name] + UNFILTERED[file] for name in peers.PEERS}
    ordered = [name for one in NAMES[file] for name in (f"{one}*", one) if name in right]
    first = table(QUALITY[file], [[names[name], *right[name]] for name in ordered])
    second = table(COST[file], [[names[name], *cost[name]] for name in NAMES[file] if name in cost])
    return f"{NOTES[file].format(n=count)}\n\n{first}\n\n{AFTER[file]}\n\n{second}"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("questions", type=Path, nargs="*", help="files of questions held apart; every one where none")
    options.add_argument("--write", action="store_true", help="into the READMEs instead of to the screen")
    chosen = options.parse_args()
    asked = [one for one in held_apart(chosen.questions) if one.relevant]
    right, cost = measure(asked)
    if chosen.write and len(cost) < len(NAMES["README.md"]):
        options.exit(1, f"{MISSING}\n")
    publish("peers", {file: text(file, right, cost, len(asked)) for file in NAMES}, write=chosen.write)


if __name__ == "__main__":
    main()
