"""How well an explanation knows its own matter: python -m tests.quality.calibrate_explanations [SEED]

Prints, border by border, the share of the asks of an explanation (each left out once) that reach it and the share of
the asks of the other explanations of the same clause that reach it too; then sixty villagers' questions of the bank
with the explanation that each is shown, to be read by a person.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random

from assistant.answers import Asker, Request, answer
from assistant.answers.explaining import NEAR, score
from assistant.citations import parse_unit_id
from assistant.config import Settings
from assistant.models import load_embedder
from assistant.search import Index, load
from assistant.search.explanations import Explanation
from assistant.search.questions import load_questions
from tests.conftest import CORPUS

BORDERS = (0.38, 0.43, NEAR, 0.53, 0.58)
READ = 60


def own_and_foreign(index: Index) -> tuple[list[float], list[float]]:
    """Return the scores of asks with their own explanation and with the others of its clause."""
    own, foreign = [], []
    for entry in index.explanations.entries:
        for unit in entry.rests_on:
            for ask in entry.asks:
                known = replace(entry, asks=tuple(other for other in entry.asks if other != ask))
                own.append(scored(index, known, unit, ask))
                foreign += [
                    scored(index, other, unit, ask) for other in index.explanations.of(unit) if other.id != entry.id
                ]
    return own, foreign


def scored(index: Index, entry: Explanation, unit: str, question: str) -> float:
    return score(entry, max(index.nearness(question, [entry.matter, *entry.asks])), unit, question, index)


def shown(index: Index, seed: int) -> Iterator[tuple[str, Explanation]]:
    """Yield villagers' questions in random order with the explanation that the asker would see."""
    bank = [
        question
        for document in index.catalogue
        for question in load_questions(CORPUS / document / "questions.jsonl")
        if question.asker == "villager"
    ]
    Random(seed).shuffle(bank)
    for question in bank:
        region = index.catalogue[parse_unit_id(question.unit)[0]].region
        answered = answer(Request(question.question, region, Asker.VILLAGER, date(2026, 11, 22)), index)
        yield from ((question.question, entry) for entry in answered.explanations)


def main() -> None:
    index = load(CORPUS, Settings().index, load_embedder("bundled"))
    own, foreign = own_and_foreign(index)
    print(f"{len(own)} own asks, {len(foreign)} of other explanations of the same clause")
    for border in BORDERS:
        kept, wrong = (sum(value >= border for value in values) / len(values) for values in (own, foreign))
        print(f"border {border:.2f}: own {kept:.2f}, foreign {wrong:.2f}")
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    for place, (question, entry) in zip(range(1, READ + 1), shown(index, seed), strict=False):
        print(f"{place}. {question} → {entry.matter}：{entry.text}")


if __name__ == "__main__":
    main()
