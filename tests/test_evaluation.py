"""The figures, on hand-made predictions."""

from assistant.answers import Asker, Decision
from assistant.documents import Catalogue
from assistant.evaluation import Asked, Prediction, figures
from assistant.search import Index


def asked(number: int, relevant: dict[str, int], facts: tuple[str, ...] = (), region: str = "云南省") -> Asked:
    return Asked(str(number), "演练几次", region, Asker.CADRE, relevant, facts, "number")


def predicted(
    number: int, ranked: tuple[str, ...], answer: str = "", decision: Decision = Decision.ANSWER
) -> Prediction:
    return Prediction(str(number), ranked, answer, decision, (), 1.0)


def table(questions: list[Asked], predictions: list[Prediction], catalogue: Catalogue) -> dict[str, float]:
    return figures(questions, {p.id: p for p in predictions}, catalogue)["all"]


def test_ranks_count_grade_two_only(index: Index) -> None:
    questions = [asked(1, {"yunnan-2025/17": 2, "yunnan-2025/10": 1}), asked(2, {"yunnan-2025/17": 2})]
    ranked = ("yunnan-2025/10", "yunnan-2025/17")
    result = table(questions, [predicted(1, ranked), predicted(2, ("yunnan-2025/17",))], index.catalogue)
    assert result["hit@1"] == 0.5 and result["hit@3"] == 1.0 and result["mrr@10"] == 0.75
    assert result["recall@5"] == 1.0 and 0.8 < result["ndcg@5"] < 1.0


def test_facts_are_compared_without_width_and_punctuation(index: Index) -> None:
    questions = [asked(1, {"yunnan-2025/17": 2}, ("每年至少组织1次", "综合演练"))]
    answered = predicted(1, ("yunnan-2025/17",), "每年至少，组织１次……综合演练。")
    assert table(questions, [answered], index.catalogue)["facts"] == 1.0
    assert table(questions, [predicted(1, (), "每年")], index.catalogue)["facts"] == 0.0


def test_another_province_is_foreign_unless_it_is_named(index: Index) -> None:
    questions = [asked(1, {"yunnan-2025/17": 2}), asked(2, {"yunnan-2025/17": 2}, region="北京市")]
    predictions = [
        predicted(1, ("yunnan-2025/17", "beijing-2025/10")),
        predicted(2, ("beijing-2025/10", "central-2024/13")),
    ]
    assert table(questions, predictions, index.catalogue)["foreign"] == 0.5


def test_abstention_is_measured_on_all_questions(index: Index) -> None:
    questions = [asked(1, {"yunnan-2025/17": 2}), asked(2, {}), asked(3, {})]
    predictions = [
        predicted(1, (), decision=Decision.NEAREST),
        predicted(2, (), decision=Decision.REFUSED),
        predicted(3, (), decision=Decision.ANSWER),
    ]
    result = table(questions, predictions, index.catalogue)
    assert result["abstain_f1"] == 0.5 and result["wrongly_abstained"] == 1.0
