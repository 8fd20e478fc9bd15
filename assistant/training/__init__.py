"""Training (培训): quizzes made from clauses, who has answered what, and the rounds in which everybody is trained."""
