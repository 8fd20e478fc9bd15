"""The ledger's pages (台账): a list with filters and counts, one case with its history; for staff who are signed in."""

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from assistant.desk import ledgerwork
from assistant.desk.ledgerwork import Wanted
from assistant.people import Person
from assistant.ports import Link
from assistant.store import Work
from assistant.store.ledger import Chosen
from assistant.wording import ledgerpages as words
from assistant.wording.terms import CATEGORIES
from bots.web.links import clause_path
from bots.web.staff import READ, StaffPages

SHOWN = 200
"""Cases on one page; filters find the others."""
CLASSES = [(code, name) for code, name in CATEGORIES.items() if code]


class LedgerPages(StaffPages):
    """The endpoints of the ledger."""

    def register(self, app: FastAPI) -> None:
        """Add the pages to an application."""
        app.add_api_route("/ledger", self.listing, methods=READ, response_model=None)
        app.add_api_route("/ledger/{number}", self.case, methods=READ, response_model=None)

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
            return self.page(request, "case.html", person, {"view": view, "clause_path": path, "words": words})

        return self.for_staff(request, shown)
