"""The ledger's pages (台账): a list with filters and counts, one case with its history; for staff who are signed in."""

from dataclasses import replace
from typing import Annotated

from fastapi import FastAPI, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from assistant.desk import ledgerwork
from assistant.desk.ledgerwork import Wanted
from assistant.people import Person
from assistant.ports import Incoming, Link, Outgoing
from assistant.store import Work
from assistant.store.ledger import Chosen
from assistant.wording import ledgerpages as words
from assistant.wording.terms import CATEGORIES
from bots.web.acts import ActForm, Refused, answered, new_nonce, once
from bots.web.links import clause_path
from bots.web.staff import READ, StaffPages

SHOWN = 200
"""Cases on one page; filters find the others."""
LONGEST = 500
CLASSES = [(code, name) for code, name in CATEGORIES.items() if code]


class LedgerPages(StaffPages):
    """The endpoints of the ledger."""

    def register(self, app: FastAPI) -> None:
        """Add the pages to an application."""
        app.add_api_route("/ledger", self.listing, methods=READ, response_model=None)
        app.add_api_route("/ledger/{number}", self.case, methods=READ, response_model=None)
        app.add_api_route("/ledger/{number}", self.act, methods=["POST"], response_model=None)

    def listing(self, request: Request) -> Response:
        """Show the cases that the reader may read."""
        given = request.query_params
        asked = {name: given.get(name, "") for name in ("state", "category", "trade", "region", "late")}

        def shown(work: Work, person: Person) -> Response:
            chosen = Chosen(
                asked["region"].strip("/"),
                frozenset(filter(None, [asked["state"]])),
                categories=frozenset(filter(None, [asked["category"]])),
            )
            wanted = Wanted(chosen, asked["trade"], is_late=bool(asked["late"]))
            listed = ledgerwork.listing(work, person, wanted)
            page = {
                "listed": listed,
                "asked": asked,
                "most": SHOWN,
                "categories": CLASSES,
                "trades": words.trade_names(),
                "words": words,
            }
            return self.page(request, "ledger.html", person, page)

        return self.for_staff(request, shown)

    def case(self, request: Request, number: str) -> Response:
        """Show one case with its history."""

        def shown(work: Work, person: Person) -> Response:
            view = ledgerwork.view(work, person, number)
            entry = view.entry
            path = clause_path(Link(entry.clause, entry.clause_unit)) if entry.clause_unit else ""
            acts = ledgerwork.acts(work, person, number)
            said = answered(work, person, request.query_params.get("done", ""))
            page = {"view": view, "clause_path": path, "acts": acts, "said": said, "words": words, "nonce": new_nonce}
            return self.page(request, "case.html", person, page)

        return self.for_staff(request, shown)

    def act(self, request: Request, number: str, form: Annotated[ActForm, Form()]) -> Response:
        """Do what a form asks for; the same form sent twice is one act."""

        def done(work: Work, person: Person) -> Response:
            ledgerwork.view(work, person, number)

            def do(incoming: Incoming) -> list[Outgoing]:
                text = _spoken(number, form)
                replies = ledgerwork.act(work, person, text, replace(incoming, text=text), self.desk.rules)
                return replies or [Outgoing(incoming.channel, incoming.sender, words.NOT_DONE)]

            nonce = once(work, person, form, do)
            return RedirectResponse(f"/ledger/{number}?done={nonce}#said", status_code=303)

        return self.obeyed(request, form.csrf, done)


def _spoken(number: str, form: ActForm) -> str:
    """Return the words for a button; raises Refused."""
    action = next((one for one in words.ACTS if one.value == form.act), None)
    if action is None:
        raise Refused(words.UNKNOWN_ACT)
    said = " ".join(form.said.split())[:LONGEST]
    if action in words.WORDED and not said:
        raise Refused(words.WORDS_NEEDED.format(act=words.ACTS[action]))
    return words.SPOKEN[action].format(number=number, said=said)
