"""The ledger's pages (台账): a list with filters and counts, one case with its history; for staff whose account is bound."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import FastAPI, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.templating import Jinja2Templates

from assistant.desk import Desk, bindwork, ledgerwork
from assistant.errors import NotAllowed
from assistant.hazards.moments import LOCAL
from assistant.people import Person
from assistant.ports import Incoming, Link
from assistant.store import Work
from assistant.store.access import may_see
from assistant.store.ledger import Chosen
from assistant.wording import explain
from assistant.wording import ledgerpages as words
from assistant.wording.terms import CATEGORIES
from bots.web.bubbles import shown_time
from bots.web.links import clause_path
from bots.web.visitor import CHANNEL, COOKIE, Visitor, remember, visitor_of

READ = ["GET", "HEAD"]
SHOWN = 200
"""Cases on one page; filters find the others."""
FORBIDDEN = 403
LONGEST_CODE = 32
CLASSES = [(code, name) for code, name in CATEGORIES.items() if code]


class LedgerPages:
    """The endpoints of the ledger, before one desk; who reads is the person to whom the browser's account is bound."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime], templates: Jinja2Templates) -> None:
        self.desk = desk
        self.clock = clock
        self.templates = templates

    def register(self, app: FastAPI) -> None:
        """Add the pages to an application."""
        app.add_api_route("/ledger", self.listing, methods=READ, response_model=None)
        app.add_api_route("/ledger/{number}", self.case, methods=READ, response_model=None)
        app.add_api_route("/login", self.login, methods=["POST"], response_model=None)
        app.add_api_route("/logout", self.logout, methods=["POST"], response_model=None)

    def listing(
        self, request: Request, state: str = "", category: str = "", region: str = "", late: str = ""
    ) -> Response:
        """Show the cases that the reader may read."""

        def shown(work: Work, person: Person) -> Response:
            chosen = Chosen(
                region.strip("/"), frozenset(filter(None, [state])), categories=frozenset(filter(None, [category]))
            )
            listed = ledgerwork.listing(work, person, chosen, is_late=bool(late))
            asked = {"state": state, "category": category, "region": region, "late": bool(late)}
            page = {
                "listed": listed,
                "asked": asked,
                "person": person.name,
                "most": SHOWN,
                "categories": CLASSES,
            }
            return self._page(request, "ledger.html", page)

        return self._for_staff(request, shown)

    def case(self, request: Request, number: str) -> Response:
        """Show one case with its history."""

        def shown(work: Work, person: Person) -> Response:
            view = ledgerwork.view(work, person, number)
            entry = view.entry
            path = clause_path(Link(entry.clause, entry.clause_unit)) if entry.clause_unit else ""
            sender = visitor_of(request).id
            pictures = [row for row in view.pictures if may_see(work, CHANNEL, sender, row.digest)]
            return self._page(request, "case.html", {"view": view, "clause_path": path, "pictures": pictures})

        return self._for_staff(request, shown)

    def login(self, request: Request, code: Annotated[str, Form()] = "") -> Response:
        """Bind the browser's account by an invitation code, as 绑定 does in the chat."""
        visitor, now = visitor_of(request), self.clock()
        said = self._bind(visitor, code.strip()[:LONGEST_CODE], now)
        with self.desk.work(now) as work:
            is_known = ledgerwork.reader(work, CHANNEL, visitor.id) is not None
        response = RedirectResponse("/ledger", status_code=303) if is_known else self._login_page(request, said)
        remember(response, visitor, request)
        return response

    def logout(self, request: Request) -> Response:
        """Forget the account in this browser."""
        response = RedirectResponse("/ledger", status_code=303)
        response.delete_cookie(COOKIE)
        return response

    def _bind(self, visitor: Visitor, code: str, now: datetime) -> str:
        incoming = Incoming(CHANNEL, "", visitor.id, f"绑定 {code}", now)
        with self.desk.work(now) as work:
            person = work.person(CHANNEL, visitor.id, self.desk.region)
            replies = bindwork.attend(incoming.text, incoming, person, work, self.desk.rules)
        return replies[0].text if replies else words.UNKNOWN_CODE

    def _for_staff(self, request: Request, shown: Callable[[Work, Person], Response]) -> Response:
        visitor, now = visitor_of(request), self.clock()
        with self.desk.work(now) as work:
            person = None if visitor.is_new else ledgerwork.reader(work, CHANNEL, visitor.id)
            if person is None:
                return self._login_page(request)
            try:
                return shown(work, person)
            except NotAllowed as error:
                return self._login_page(request, explain(error), person.name)

    def _login_page(self, request: Request, sentence: str = "", name: str = "") -> Response:
        page = {"sentence": sentence, "name": name}
        return self.templates.TemplateResponse(request, "login.html", page, status_code=FORBIDDEN)

    def _page(self, request: Request, template: str, page: dict[str, object]) -> Response:
        return self.templates.TemplateResponse(request, template, {**page, "words": words, "time": _time})


def _time(moment: datetime | None) -> str:
    if moment is None:
        return ""
    return f"{moment.astimezone(LOCAL).year}年{shown_time(moment)}"
