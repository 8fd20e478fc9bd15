"""Fits the decision: python -m tests.quality.calibrate_decision [FOLDS]

The bank is parted into folds; for each fold an index is built and a model trained without its questions, which are
then asked as unseen ones. Questions that no document answers come from corpus/out-of-scope.jsonl. The logistic
model is fitted by Newton's method with a small ridge; the borders are chosen on the same questions, so the honest
figures are those of the batches held apart (tests/quality/test_floors.py).
"""

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from assistant.answers import Asker, Request
from assistant.answers.decision import Signals
from assistant.answers.weighing import weigh
from assistant.search import Index
from assistant.search.exact import documents_named
from tests.quality.corpora import CORPUS, ON, index_without

NAMES = list(Signals.__dataclass_fields__)
BORDERS = (0.1, 0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6)
REGIONS = ("云南省", "北京市", "云南省/示例州/示例县/示例镇", "")


def questions(corpus: Path) -> list[dict]:
    """Return the lines of all banks, each with the region of its document."""
    found = []
    for folder in sorted(path for path in corpus.iterdir() if (path / "questions.jsonl").is_file()):
        described = (folder / "document.toml").read_text(encoding="utf-8")
        region = described.split('region = "')[1].split('"')[0]
        for line in (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines():
            found.append(json.loads(line) | {"region": region, "document": folder.name})
    return found


def signal_rows(index: Index, asked: list[tuple[str, str, set[str]]]) -> Iterator[tuple[list[float], bool]]:
    """Yield the signals of each (question, region, units that answer) and whether the best clause answers."""
    for question, region, units in asked:
        request = Request(question, region, Asker.VILLAGER, ON)
        weighed = weigh(request, index, documents_named(question, index.catalogue, region))
        if weighed is not None:
            row = [getattr(weighed.signals, name) for name in NAMES]
            yield row, bool(units & {hit.unit for hit in weighed.ranked[:3]})


def fit(rows: np.ndarray, truth: np.ndarray, weights: np.ndarray, ridge: float = 1e-2) -> np.ndarray:
    """Return bias and coefficients of a weighted logistic regression."""
    design = np.hstack([np.ones((len(rows), 1)), rows])
    theta = np.zeros(design.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-design @ theta))
        gradient = design.T @ (weights * (truth - p)) - ridge * theta
        hessian = (design * (weights * p * (1 - p))[:, None]).T @ design + ridge * np.eye(len(theta))
        theta = theta + np.linalg.solve(hessian, gradient)
    return theta


def gather(corpus: Path, folds: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the signals of all questions, each asked of an index that did not know it, and 1 where one answers."""
    bank = questions(corpus)
    units: dict[str, set[str]] = {}
    for line in bank:
        units.setdefault(line["question"], set()).add(line["unit"])
    texts = sorted(units)
    random.Random(5).shuffle(texts)
    scope = [json.loads(line)["question"] for line in (corpus / "out-of-scope.jsonl").read_text("utf-8").splitlines()]
    rows: list[list[float]] = []
    truth: list[float] = []
    for fold in range(folds):
        held = set(texts[fold::folds])
        asked = [
            (line["question"], line["region"], units[line["question"]]) for line in bank if line["question"] in held
        ]
        outside_held = set(scope[fold::folds])
        with index_without(corpus, held | outside_held) as index:
            # a wrong clause is no example of a question without an answer
            found = [row for row, answers in signal_rows(index, asked) if answers]
            outside = [(question, region, set()) for question in scope[fold::folds] for region in REGIONS]
            missed = [row for row, _ in signal_rows(index, outside)]
        rows += found + missed
        truth += [1.0] * len(found) + [0.0] * len(missed)
        print(f"fold {fold + 1} of {folds}: {len(truth)} questions", file=sys.stderr)
    return np.array(rows), np.array(truth)


def main() -> None:
    """Print the coefficients and how well they part."""
    x, y = gather(CORPUS, int(sys.argv[1]) if len(sys.argv) > 1 else 4)
    theta = fit(x, y, np.where(y == 1, 0.5 / y.mean(), 0.5 / (1 - y.mean())))
    p = 1 / (1 + np.exp(-np.hstack([np.ones((len(x), 1)), x]) @ theta))
    for name, value in zip(["bias", *NAMES], theta, strict=True):
        print(f"    {name}: float = {value:.3f}")
    for border in BORDERS:
        print(
            f"border {border}: wrongly abstained {np.mean(p[y == 1] < border):.3f}, caught {np.mean(p[y == 0] < border):.3f}"
        )


if __name__ == "__main__":
    main()
