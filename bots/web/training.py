"""The pages about training (培训): rounds by place with denominators, the quizzes, one with its questions and results."""

from datetime import date
from typing import Annotated

from fastapi import FastAPI, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from assistant.desk import quizview, quizwork, trainingview
from assistant.desk.quizview import View
from assistant.errors import UnknownPerson
from assistant.people import Person
from assistant.permissions import TrainingAction, may
from assistant.ports import Incoming, Outgoing
from assistant.store import Work
from assistant.training import QuizState
from assistant.wording import drills as drill_words
from assistant.wording import rounds as round_words
from assistant.wording import training as words
from bots.web.acts import ActForm, Refused, answered, new_nonce, once
from bots.web.links import clause_path
from bots.web.staff import READ, StaffPages

LONGEST = 200
SHOWN = 200
"""Rows of one table."""


class TrainingPages(StaffPages):
    """The endpoints of training rounds and quizzes."""

    def register(self, app: FastAPI) -> None:
        """Add the pages to an application."""
        app.add_api_route("/training", self.listing, methods=READ, response_model=None)
        app.add_api_route("/training/{number}", self.quiz, methods=READ, response_model=None)
        app.add_api_route("/training/{number}", self.act, methods=["POST"], response_model=None)

    def listing(self, request: Request) -> Response:
        """Show the rounds of the places and the quizzes that the reader may see."""

        def shown(work: Work, person: Person) -> Response:
            region, found = trainingview.seen(work, person, self.desk.rules)
            quizzes = quizview.seen(work, person)[:SHOWN]
            page = {
                "rounds": found[:SHOWN],
                "untrained": round_words.untrained(found, trainingview.names(work, found), SHOWN),
                "head": round_words.HEAD.format(region=drill_words.place(region)),
                "quizzes": [quizview.view_of(work, one) for one in quizzes],
                "words": words,
                "round_words": round_words,
                "place": drill_words.place,
            }
            return self.page(request, "trainings.html", person, page)

        return self.for_staff(request, shown)

    def quiz(self, request: Request, number: str, done: str = "") -> Response:
        """Show one quiz; done: the form that has just been sent, to say what became of it."""

        def shown(work: Work, person: Person) -> Response:
            view = quizview.view(work, person, number)
            questions = [(one, clause_path(words.links(one)[0])) for one in view.quiz.asked]
            page = {
                "view": view,
                "questions": questions,
                "results": quizview.in_words(view) if view.papers else "",
                "may_release": _may_release(work, person, view),
                "said": answered(work, person, done),
                "words": words,
                "nonce": new_nonce,
            }
            return self.page(request, "quiz.html", person, page)

        return self.for_staff(request, shown)

    def act(self, request: Request, number: str, form: Annotated[ActForm, Form()]) -> Response:
        """Do what a form asks for; the same form sent twice is one act."""

        def done(work: Work, person: Person) -> Response:
            view = quizview.view(work, person, number)

            def do(incoming: Incoming) -> list[Outgoing]:
                text = self._done(work, person, view, form)
                return [Outgoing(incoming.channel, incoming.sender, text)]

            nonce = once(work, person, form, do)
            return RedirectResponse(f"/training/{number}?done={nonce}#said", status_code=303)

        return self.obeyed(request, form.csrf, done)

    def _done(self, work: Work, person: Person, view: View, form: ActForm) -> str:
        """Do it and return what is said of it; raises Refused, BadInput."""
        said = " ".join(form.said.split())[:LONGEST]
        if form.act == "drop":
            return quizwork.drop(work, person, view.quiz, int(said) if said.isdecimal() else 0)
        if form.act != "release":
            raise Refused(words.UNKNOWN_ACT)
        try:
            on, people = date.fromisoformat(form.time[:10]), quizwork.audience(work, said, view.quiz.region)
        except ValueError:
            raise Refused(words.SAY_LAST_DAY) from None
        except UnknownPerson as error:
            raise Refused(words.NO_SUCH_PERSON.format(name=error.details["name"])) from None
        return quizwork.release(work, person, view.quiz, (said, people, on), self.desk.rules)


def _may_release(work: Work, person: Person, view: View) -> bool:
    is_draft = view.quiz.state == QuizState.DRAFT.value
    return is_draft and may(work.grants(person), TrainingAction.QUIZ, view.quiz.region)
