"""How fast the product is as its user meets it. Figures, not tests: run it on a quiet machine.

    python tests/quality/bench_product.py [STATUTES]      STATUTES: a folder of statutes as Markdown

Prints a Markdown table with the aim of each figure; the commands are those of a user, each in a process of its own.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from assistant.documents import Level
from assistant.ingest.pipeline import Described, ingest_files

ROOT = Path(__file__).parents[2]
YINGDA = [sys.executable, "-m", "assistant"]
STARTS = 7
REPEATS = 10


def run(*arguments: object, corpus: Path = ROOT / "corpus", index: Path) -> float:
    """Run one command, return its seconds."""
    environment = os.environ | {"YINGDA_CORPUS": str(corpus), "YINGDA_INDEX": str(index)}
    begun = time.perf_counter()
    subprocess.run([*YINGDA, *map(str, arguments)], check=True, capture_output=True, env=environment, cwd=ROOT)
    return time.perf_counter() - begun


def row(what: str, figure: str, aim: str, command: str) -> None:
    """Print one line of the table."""
    print(f"| {what} | {figure} | {aim} | `{command}` |", flush=True)


def builds(index: Path) -> None:
    """Build from nothing, then again without a change."""
    row("build of the shipped corpus", f"{run('build', index=index):.1f} s", "< 20 s", "yingda build")
    row("unchanged rebuild", f"{run('build', index=index):.1f} s", "< 3 s", "yingda build")


def cold_starts(index: Path) -> None:
    """From the shell to the printed answer."""
    seconds = [run("ask", "村里一年要演练几回", "--region", "云南省", index=index) for _ in range(STARTS)]
    row("cold start to the first answer", f"{statistics.median(seconds):.2f} s", "< 2 s", "yingda ask …")


def batch(folder: Path, index: Path) -> None:
    """Answer the questions held apart, ten times over, in one process on one core."""
    lines = (ROOT / "tests/quality/held-apart-c1.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line) | {"id": f"{n}-{i}"} for n in range(REPEATS) for i, line in enumerate(lines)]
    questions, out = folder / "questions.jsonl", folder / "out.jsonl"
    questions.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in asked), encoding="utf-8")
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    run("ask", "--batch", questions, "--out", out, index=index)
    os.sched_setaffinity(0, before)
    ms = sorted(json.loads(line)["ms"] for line in out.read_text(encoding="utf-8").splitlines())
    row("questions a second, one core", f"{1000 * len(ms) / sum(ms):.0f}", "≥ 300", "yingda ask --batch")
    row("slowest of a hundred answers (p99)", f"{ms[int(len(ms) * 0.99)]:.1f} ms", "< 20 ms", "yingda ask --batch")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    row("most memory of any of these commands", f"{peak:.0f} MB", "< 400 MB", "yingda ask --batch")


def statutes(folder: Path, files: Path) -> None:
    """Ingest and build all statutes."""
    corpus, index = folder / "statutes", folder / "statutes-index"
    begun, count = time.perf_counter(), 0
    for path in sorted(files.glob("*.md")):
        if path.name != "README.md":
            count += 1
            ingest_files([path], Described(f"statute-{count}", path.stem, Level.CENTRAL, ""), corpus)
    ingested = time.perf_counter() - begun
    built = run("build", corpus=corpus, index=index)
    row(f"{count} statutes ingested and built", f"{ingested + built:.1f} s", "< 60 s", "yingda ingest, yingda build")


def main() -> None:
    """Print all figures."""
    print("| what | measured | aim | command |\n| --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        builds(folder / "index")
        cold_starts(folder / "index")
        batch(folder, folder / "index")
        if len(sys.argv) > 1:
            statutes(folder, Path(sys.argv[1]))


if __name__ == "__main__":
    main()
