"""What a system costs to set up and to keep: seconds of whole processes, memory, bytes of packages (占用); Linux."""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import distribution
from pathlib import Path
from select import select

from packaging.requirements import Requirement

from tests.quality.corpora import ROOT

STARTS = 5
SAMPLED = 0.01
"""Seconds between two looks at the memory of a process."""


def process(command: Sequence[object], environment: Mapping[str, str]) -> tuple[float, int]:
    """Return seconds from the start of a Python module to its first line, and its most memory in bytes.

    Raises: RuntimeError where it fails.
    """
    begun, memory = time.perf_counter(), 0
    with tempfile.TemporaryFile() as errors:
        words = [sys.executable, "-m", *map(str, command)]
        child = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=errors, cwd=ROOT, env=os.environ | environment)
        with child:
            assert child.stdout is not None
            first = 0.0
            while child.poll() is None:
                if first:
                    time.sleep(SAMPLED)
                elif select([child.stdout], [], [], SAMPLED)[0]:
                    first = time.perf_counter() - begun
                memory = max(memory, _high_water(child.pid))
        if child.returncode:
            errors.seek(0)
            raise RuntimeError(f"{command}: {errors.read().decode()}")
    return first or time.perf_counter() - begun, memory


def _high_water(pid: int) -> int:
    """Return the most memory of a running process so far; a child's getrusage would count its parent's pages too."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except ProcessLookupError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)


def peer_footprint(name: str, data: Path) -> list[float]:
    """Return bytes of memory after all questions, and seconds to the first answer, now and later: it keeps nothing."""
    runs = [process(["tests.quality.peers", name, data], {}) for _ in range(STARTS)]
    seconds, memory = (statistics.median(column) for column in zip(*runs, strict=True))
    return [memory, seconds, seconds]


def own_footprint(asked: tuple[str, str], batch: Path, folder: Path, environment: Mapping[str, str]) -> list[float]:
    """Return the same of the product, by its own commands: build and ask, ask, and ask --batch."""
    question, region = asked
    index = folder / "footprint"
    environment = dict(environment) | {"YINGDA_INDEX": str(index)}
    ever, later = [], []
    for _ in range(STARTS):
        shutil.rmtree(index, ignore_errors=True)
        begun = time.perf_counter()
        process(["assistant", "build"], environment)
        process(["assistant", "ask", question, "--region", region], environment)
        ever.append(time.perf_counter() - begun)
        later.append(process(["assistant", "ask", question, "--region", region], environment)[0])
    _, memory = process(["assistant", "ask", "--batch", batch, "--out", folder / "answers.jsonl"], environment)
    return [memory, statistics.median(ever), statistics.median(later)]


def packages(names: Iterable[str]) -> int:
    """Return the bytes of installed packages with all that they need, without compiled bytecode."""
    todo, sizes = list(map(Requirement, names)), {}
    while todo:
        wanted = todo.pop()
        key = re.sub(r"[-_.]+", "-", wanted.name).lower()
        if key in sizes:
            continue
        found = distribution(wanted.name)
        files = [Path(str(file.locate())) for file in found.files or () if file.suffix != ".pyc"]
        sizes[key] = sum(path.stat().st_size for path in files if path.is_file())
        needed = map(Requirement, found.requires or ())
        todo += [each for each in needed if each.marker is None or each.marker.evaluate({"extra": ""})]
    return sum(sizes.values())


def own_packages() -> int:
    """Return the bytes of the product with all that it needs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    files = [path for name in ("assistant", "bots") for path in (ROOT / name).rglob("*") if path.is_file()]
    return packages(project["dependencies"]) + sum(path.stat().st_size for path in files if path.suffix != ".pyc")
