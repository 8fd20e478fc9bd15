"""How much is answered, and how much of that is wrong: python -m tests.quality.risk_coverage [--write]

Every question held apart, in and out of scope, surest first. Coverage: share of all questions that are answered when
only so sure ones are. Risk: share of the answered whose first clause does not answer, be it the wrong clause or a
question that no clause answers. The two borders of the shipped calibration are points of the curve.
AURC: mean risk over all coverages (Geifman & El-Yaniv 2017). AUROC: chance that a question with a right first clause
is surer than one without.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.answers import Decision, Request, answer
from assistant.answers.decision import Calibration, confidence
from assistant.answers.weighing import weigh
from assistant.evaluation import Asked
from assistant.search import Index
from assistant.search.exact import documents_named
from tests.quality.corpora import CORPUS, ON, held_apart, index_of
from tests.quality.publishing import publish, share, table

COVERAGES = tuple(tenth / 10 for tenth in range(1, 11))
ANSWERS = 2
"""The grade of a clause that answers."""
WIDTH, HEIGHT = 50, 10
HEADS = {
    "README.md": ("point", "surer than", "coverage", "risk, first clause", "risk, first three"),
    "README.zh-CN.md": ("位置", "把握不低于", "答了多少", "第一条答错", "前三条都错"),
}
POINTS = {
    "README.md": ("answered plainly", "at least the nearest clauses", "as shipped: plain answers"),
    "README.zh-CN.md": ("直接回答", "至少给出最接近的", "实际直接回答的"),
}
NOTES = {
    "README.md": "Risk over coverage on {n} questions held apart, {outside} of them without an answer "
    "(`python -m tests.quality.risk_coverage`). AUROC {auroc}; AURC {aurc}, of a random order {chance}.",
    "README.zh-CN.md": "答得越少，错得越少：{n} 个没见过的问题，其中 {outside} 个文件里没有答案"
    "（`python -m tests.quality.risk_coverage`）。AUROC {auroc}；AURC {aurc}，乱序为 {chance}。",
}

Row = tuple[float, bool, bool, bool]
"""Confidence; wrong first clause; wrong first three; plainly answered as shipped."""


def rows(index: Index, asked: Sequence[Asked]) -> list[Row]:
    """Return what is known of each question, surest first; equals in the order of the file."""
    return sorted((_row(index, question) for question in asked), key=lambda row: -row[0])


def _row(index: Index, asked: Asked) -> Row:
    request = Request(asked.question, asked.region, asked.asker, ON)
    weighed = weigh(request, index, documents_named(asked.question, index.catalogue, asked.region))
    right = {unit for unit, grade in asked.relevant.items() if grade == ANSWERS}
    sure = confidence(weighed.signals, Calibration()) if weighed else 0.0
    answered = answer(request, index)
    first, three = (right & set(answered.ranked[:count]) for count in (1, 3))
    return sure, not first, not three, answered.decision is Decision.ANSWER


def auroc(values: Sequence[float], is_positive: npt.NDArray[np.bool_]) -> float:
    """Return the chance that a positive one is above a negative one; equals count half (Mann & Whitney 1947)."""
    values = np.asarray(values)
    above = values[is_positive][:, None] - values[~is_positive][None, :]
    return float(((above > 0) + 0.5 * (above == 0)).mean())


def curve(found: Sequence[Row]) -> npt.NDArray[np.float64]:
    """Return the risk of the first clause after 1, 2, … questions."""
    wrong = np.array([first for _, first, _, _ in found])
    return np.cumsum(wrong) / np.arange(1, len(wrong) + 1)


def points(found: Sequence[Row], names: Sequence[str]) -> list[list[str]]:
    """Return the rows of the table: the borders, what the product plainly answers, and each tenth."""
    borders = (Calibration().answer_from, Calibration().nearest_from)
    cells = []
    for name, border in zip(names, borders, strict=False):
        cells.append([name, share(border), *_risks(found, [row for row in found if row[0] >= border])])
    cells.append([names[-1], "–", *_risks(found, [row for row in found if row[3]])])
    for coverage in COVERAGES:
        taken = found[: round(coverage * len(found))]
        cells.append([f"{coverage:.0%}", share(taken[-1][0]), *_risks(found, taken)])
    return cells


def _risks(found: Sequence[Row], answered: Sequence[Row]) -> list[str]:
    count = max(1, len(answered))
    wrong = [sum(row[place] for row in answered) / count for place in (1, 2)]
    return [share(len(answered) / len(found)), *map(share, wrong)]


def plot(risks: npt.NDArray[np.float64], label: str) -> str:
    """Draw the curve with characters: coverage to the right, risk upwards."""
    columns = [risks[round((column + 1) / WIDTH * len(risks)) - 1] for column in range(WIDTH)]
    top = max(0.1, float(np.ceil(max(columns) * 10) / 10))
    lines = []
    for level in range(HEIGHT, 0, -1):
        risk_at = f"{top * level / HEIGHT:.2f}" if level % 2 == 0 else "    "
        marks = "".join("█" if risk * HEIGHT / top >= level - 0.5 else " " for risk in columns)
        lines.append(f"{risk_at} |{marks}".rstrip())
    axis = "     +" + "-" * WIDTH
    return "\n".join([*lines, axis, f"     0{label:^{WIDTH - 4}}100%"])


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("questions", type=Path, nargs="*", help="files of questions held apart; every one where none")
    options.add_argument("--write", action="store_true", help="into the READMEs instead of to the screen")
    chosen = options.parse_args()
    asked = held_apart(chosen.questions)
    with index_of(CORPUS) as index:
        found = rows(index, asked)
    risks = curve(found)
    is_right = ~np.array([row[1] for row in found])
    figures = {
        "n": len(found),
        "outside": sum(not question.relevant for question in asked),
        "auroc": share(auroc([row[0] for row in found], is_right)),
        "aurc": share(float(risks.mean())),
        "chance": share(float(risks[-1])),
    }
    texts = {
        file: f"{NOTES[file].format(**figures)}\n\n{table(heads, points(found, POINTS[file]))}\n\n"
        f"```text\n{plot(risks, heads[2])}\n```"
        for file, heads in HEADS.items()
    }
    publish("risk-coverage", texts, write=chosen.write)


if __name__ == "__main__":
    main()
