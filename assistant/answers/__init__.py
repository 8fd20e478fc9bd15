"""Answers: a question becomes checked quotes of clauses, or an honest no."""

from assistant.answers.answer import answer
from assistant.answers.model import Answer, Asker, Decision, Passage, Reason, Request

__all__ = ["Answer", "Asker", "Decision", "Passage", "Reason", "Request", "answer"]
