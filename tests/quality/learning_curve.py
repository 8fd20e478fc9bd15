"""What each part of the bank buys: python -m tests.quality.learning_curve [--retrain] [--by batch] [--write]

Asks the questions held apart of indexes that know none, an eighth, … all of the bank: random parts, each inside
the next. With `--by batch` whole batches (writers) are added instead of single questions. Without `--retrain` every
index has the bundled model, which has learned from the whole bank; with it one is trained for each part (a minute
or two each, kept in indexes/bench). The questions out of scope stay.
"""

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

from assistant.evaluation import Asked, answer_all, figures
from assistant.search import Index
from tests.quality.corpora import ASKERS, CORPUS, ON, bank, held_apart, index_without
from tests.quality.publishing import publish, share, table

SHARES = {"0": 0.0, "1/8": 0.125, "1/4": 0.25, "1/2": 0.5, "1": 1.0}
HEADS = {
    "README.md": ("share of the bank", "questions", "all", *ASKERS),
    "README.zh-CN.md": ("用了多少问法", "条数", "全部", "村民", "干部", "教员"),
}
NOTES = {
    "README.md": "Right clause first / among the first three, on {n} questions held apart, with random parts of the bank, "
    "{model} (`{command}`):",
    "README.zh-CN.md": "用上多少问法，答得多准（第一条就对 / 前三条里有对的；{n} 个没见过的问题，{model}，`{command}`）：",
}
MODELS = {
    "README.md": ("the model trained on the same part", "the bundled model kept"),
    "README.zh-CN.md": ("模型用同样的部分重新训练", "模型不变"),
}


def parts(by: str, seed: int) -> Iterator[tuple[str, set[str]]]:
    """Yield names and questions of growing parts of the bank, each inside the next."""
    questions = bank(CORPUS)
    chance = random.Random(seed)
    if by == "batch":
        batches = sorted({question.batch for question in questions})
        chance.shuffle(batches)
        for count in range(len(batches) + 1):
            yield str(count), {q.question for q in questions if q.batch in batches[:count]}
    else:
        texts = sorted({question.question for question in questions})
        chance.shuffle(texts)
        for name, portion in SHARES.items():
            yield name, set(texts[: round(portion * len(texts))])


def right(index: Index, asked: list[Asked]) -> dict[str, str]:
    """Return hit@1/hit@3 for all askers and each kind of them."""
    predictions = {prediction.id: prediction for prediction in answer_all(asked, index, ON)}
    found = figures(asked, predictions, index.catalogue)
    return {who: f"{share(row['hit@1'])}/{share(row['hit@3'])}" for who, row in found.items()}


def curve(asked: list[Asked], by: str, seed: int, *, retrain: bool) -> list[list[str]]:
    """Return the rows of the table."""
    whole = {question.question for question in bank(CORPUS)}
    rows = []
    for name, known in parts(by, seed):
        with index_without(CORPUS, whole - known, retrain=retrain) as index:
            cells = right(index, asked)
        rows.append([name, f"{len(known):,}", *(cells[who] for who in ("all", *ASKERS))])
    return rows


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("questions", type=Path, nargs="*", help="files of questions held apart; every one where none")
    options.add_argument("--by", choices=["question", "batch"], default="question")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--retrain", action="store_true")
    options.add_argument("--write", action="store_true", help="into the READMEs instead of to the screen")
    chosen = options.parse_args()
    asked = held_apart(chosen.questions)
    rows = curve(asked, chosen.by, chosen.seed, retrain=chosen.retrain)
    command = (
        "python -m tests.quality.learning_curve"
        + " --retrain" * chosen.retrain
        + " --by batch" * (chosen.by == "batch")
    )
    count = sum(bool(question.relevant) for question in asked)
    texts = {}
    for file, heads in HEADS.items():
        note = NOTES[file].format(n=count, model=MODELS[file][not chosen.retrain], command=command)
        texts[file] = f"{note}\n\n{table(heads, rows)}"
    publish("learning-curve", texts, write=chosen.write)


if __name__ == "__main__":
    main()
