"""The pages about shifts (值班交接): the shifts of these days, one shift with its note, and what may be done as buttons."""

from typing import Annotated

from fastapi import FastAPI, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from assistant.desk import shiftview
from assistant.people import Person
from assistant.ports import Incoming, Outgoing
from assistant.store import Work
from assistant.wording import shiftpages as words
from bots.web.acts import ActForm, Refused, answered, new_nonce, once
from bots.web.staff import READ, StaffPages

LONGEST = 300


class ShiftPages(StaffPages):
    """The endpoints of shifts."""

    def register(self, app: FastAPI) -> None:
        """Add the pages to an application."""
        app.add_api_route("/shifts", self.listing, methods=READ, response_model=None)
        app.add_api_route("/shifts/{number}", self.shift, methods=READ, response_model=None)
        app.add_api_route("/shifts/{number}", self.act, methods=["POST"], response_model=None)

    def listing(self, request: Request) -> Response:
        """Show the shifts that the reader may read."""

        def shown(work: Work, person: Person) -> Response:
            page = {"board": shiftview.board(work, person), "now": work.now, "words": words}
            return self.page(request, "shifts.html", person, page)

        return self.for_staff(request, shown)

    def shift(self, request: Request, number: str, done: str = "") -> Response:
        """Show one shift; done: the form that has just been sent, to say what became of it."""

        def shown(work: Work, person: Person) -> Response:
            view = shiftview.view(work, person, number, self.desk.rules)
            said = answered(work, person, done)
            page = {"view": view, "said": said, "now": work.now, "words": words, "nonce": new_nonce}
            return self.page(request, "shift.html", person, page)

        return self.for_staff(request, shown)

    def act(self, request: Request, number: str, form: Annotated[ActForm, Form()]) -> Response:
        """Do what a form asks for; the same form sent twice is one act."""

        def done(work: Work, person: Person) -> Response:
            view = shiftview.view(work, person, number, self.desk.rules)

            def do(incoming: Incoming) -> list[Outgoing]:
                order = next((one for one in view.acts if one.value == form.act), None)
                if order is None:
                    raise Refused(words.UNKNOWN_ACT)
                said = form.said.strip()[:LONGEST]
                if order in words.WORDED and not said:
                    raise Refused(words.WORDS_NEEDED.format(act=words.ACTS[order]))
                return shiftview.act(work, person, order, said, self.desk.rules)

            nonce = once(work, person, form, do)
            return RedirectResponse(f"/shifts/{number}?done={nonce}#said", status_code=303)

        return self.obeyed(request, form.csrf, done)
