"""Evaluation (评测): many questions answered or messages read at once, and the figures."""

from assistant.evaluation.batch import Asked, Prediction, answer_all, read_questions
from assistant.evaluation.figures import Table, figures
from assistant.evaluation.messages import message_figures

__all__ = ["Asked", "Prediction", "Table", "answer_all", "figures", "message_figures", "read_questions"]
