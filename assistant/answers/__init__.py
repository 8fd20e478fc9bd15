"""Answers: a question becomes checked quotes of clauses, or an honest no."""

from assistant.answers.answer import answer
from assistant.answers.model import Answer, Asker, Comparison, Decision, Passage, Reason, Request

__all__ = ["Answer", "Asker", "Comparison", "Decision", "Passage", "Reason", "Request", "answer"]
