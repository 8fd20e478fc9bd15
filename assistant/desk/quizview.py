"""What is seen of quizzes (测验): who may see what, results with denominators, one's own, and what the page shows."""

from dataclasses import dataclass

from assistant.errors import NotAllowed
from assistant.hazards.moments import day
from assistant.people import Person
from assistant.permissions import TrainingAction, may, roles_for
from assistant.store import Work
from assistant.store import training as stored
from assistant.training import Paper, Quiz
from assistant.training.results import FINISHED, Results, results
from assistant.wording import training as words
from assistant.wording.drills import shown as day_words

LISTED = 10
SCORED = 30
"""Names with points in one message; the page has all."""


def regions(work: Work, person: Person, action: TrainingAction) -> list[str]:
    """Return the places where somebody may do something, the widest first."""
    held = {one.region for one in work.grants(person) if may([one], action, one.region)}
    return sorted(held, key=len)


def require(work: Work, person: Person, action: TrainingAction, region: str) -> None:
    """Refuse who may not do something at a place; raises NotAllowed."""
    if not may(work.grants(person), action, region):
        raise NotAllowed(action=action.value, role=" ".join(role.value for role in roles_for(action)))


@dataclass(frozen=True, slots=True)
class View:
    """One quiz with all that its trainer sees."""

    quiz: Quiz
    papers: tuple[Paper, ...]
    results: Results
    names: dict[int, str]
    """Of those who were asked, by person id."""

    def scores(self) -> list[tuple[str, float]]:
        """Return name and points of who has finished, the best first."""
        count = max(1, len(self.quiz.asked))
        done = sorted((one for one in self.papers if one.state in FINISHED), key=lambda one: (-one.right, one.number))
        return [(self.names.get(one.person) or words.UNKNOWN, 100 * one.right / count) for one in done]


def seen(work: Work, person: Person) -> list[Quiz]:
    """Return the quizzes that somebody may see, the newest first; raises NotAllowed for who may see none."""
    places = regions(work, person, TrainingAction.RESULTS)
    if not places:
        require(work, person, TrainingAction.RESULTS, person.region)
    return stored.quizzes(work.session, places)


def view(work: Work, person: Person, number: str) -> View:
    """Return one quiz; raises UnknownCase, NotAllowed."""
    quiz = stored.quiz(work, number)
    require(work, person, TrainingAction.RESULTS, quiz.region)
    return view_of(work, quiz)


def view_of(work: Work, quiz: Quiz) -> View:
    """Return one quiz as its trainer sees it, whoever asks."""
    papers = tuple(stored.papers(work.session, quiz.number))
    names = {one.id or 0: one.name for one in work.people_by_id(paper.person for paper in papers)}
    return View(quiz, papers, results(papers, len(quiz.asked)), names)


def in_words(seen_quiz: View) -> str:
    """Return the results of a quiz in words."""
    return words.results(seen_quiz.quiz, seen_quiz.results, seen_quiz.names, seen_quiz.scores()[:SCORED])


def listed(work: Work, person: Person) -> str:
    """Return the last quizzes in words; raises NotAllowed."""
    rows = seen(work, person)[:LISTED]
    days = {one.number: day_words(day(work.events(one.number)[0].at).isoformat()) for one in rows}
    return words.quizzes(rows, days)


def own(work: Work, person: Person) -> str:
    """Return somebody's own results in words: nobody else's."""
    rows = stored.own_papers(work.session, person.id or 0)[:LISTED]
    return words.own([(one, len(stored.quiz(work, one.quiz).asked)) for one in rows])
