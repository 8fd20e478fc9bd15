"""Training (培训): quizzes made from clauses, who has answered what, and the rounds in which everybody is trained."""

from assistant.training.paper import Paper, PaperState
from assistant.training.question import Question, QuestionKind
from assistant.training.quiz import Quiz, QuizState
from assistant.training.rounds import Attendance, TrainingRound

__all__ = ["Attendance", "Paper", "PaperState", "Question", "QuestionKind", "Quiz", "QuizState", "TrainingRound"]
