"""The pages about obligations (职责): a list to be decided on, one with its clause, due windows and history."""

from typing import Annotated

from fastapi import FastAPI, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from assistant.desk import obligationwork
from assistant.hazards.moments import LOCAL
from assistant.obligations import Obligation, windows
from assistant.people import Person
from assistant.ports import Incoming, Link, Outgoing
from assistant.store import Work
from assistant.wording import obligations as words
from bots.web.acts import ActForm, Refused, answered, new_nonce, once
from bots.web.links import clause_path
from bots.web.staff import READ, StaffPages

LONGEST = 100
SHOWN = 400
"""Rows on one page; filters find the others."""
ACTS = ("confirm", "reject", "amend")


class ObligationPages(StaffPages):
    """The endpoints of obligations."""

    def register(self, app: FastAPI) -> None:
        """Add the pages to an application."""
        app.add_api_route("/obligations", self.listing, methods=READ, response_model=None)
        app.add_api_route("/obligations/{number}", self.obligation, methods=READ, response_model=None)
        app.add_api_route("/obligations/{number}", self.act, methods=["POST"], response_model=None)

    def listing(self, request: Request, state: str = "", document: str = "", dated: str = "") -> Response:
        """Show the obligations that the reader may see; with dated=1 those alone that a calendar holds."""

        def shown(work: Work, person: Person) -> Response:
            everything = obligationwork.listing(work, person)
            known = [one for one in everything if state in ("", one.state) and document in ("", one.document)]
            place = obligationwork.seen_from(work, person) or ""
            rows = [(one, words.windows(windows(one, work.now.astimezone(LOCAL).year, place=place))) for one in known]
            page = {
                "rows": [row for row in rows if row[1] or not dated],
                "documents": {one.document: one.title for one in everything},
                "asked": {"state": state, "document": document, "dated": dated},
                "most": SHOWN,
                "words": words,
            }
            return self.page(request, "obligations.html", person, page)

        return self.for_staff(request, shown)

    def obligation(self, request: Request, number: str, done: str = "") -> Response:
        """Show one obligation; done: the form that has just been sent, to say what became of it."""

        def shown(work: Work, person: Person) -> Response:
            view = obligationwork.view(work, person, number)
            page = {
                "view": view,
                "clause_path": _clause_path(view.known),
                "said": answered(work, person, done),
                "words": words,
                "nonce": new_nonce,
            }
            return self.page(request, "obligation.html", person, page)

        return self.for_staff(request, shown)

    def act(self, request: Request, number: str, form: Annotated[ActForm, Form()]) -> Response:
        """Do what a form asks for; the same form sent twice is one act."""

        def done(work: Work, person: Person) -> Response:
            known = obligationwork.view(work, person, number).known

            def do(incoming: Incoming) -> list[Outgoing]:
                if form.act not in ACTS:
                    raise Refused(words.UNKNOWN_ACT)
                said = " ".join(form.said.split())[:LONGEST]
                text = obligationwork.decide(work, person, known, form.act, said)
                return [Outgoing(incoming.channel, incoming.sender, text)]

            nonce = once(work, person, form, do)
            return RedirectResponse(f"/obligations/{number}?done={nonce}#said", status_code=303)

        return self.obeyed(request, form.csrf, done)


def _clause_path(known: Obligation) -> str:
    return clause_path(Link(known.label, known.unit, ((known.start, known.end),)))
