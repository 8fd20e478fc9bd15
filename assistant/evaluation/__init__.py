"""Evaluation (评测): many questions answered at once, and the figures of the answers."""

from assistant.evaluation.batch import Asked, Prediction, answer_all, read_questions
from assistant.evaluation.figures import figures

__all__ = ["Asked", "Prediction", "answer_all", "figures", "read_questions"]
