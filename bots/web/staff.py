"""Pages for the staff (工作人员): who is signed in, until when, and forms that only our own pages can send."""

import hmac
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated

from fastapi import FastAPI, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.templating import Jinja2Templates

from assistant.desk import Desk, bindwork, loginwork
from assistant.errors import NotAllowed
from assistant.hazards.moments import LOCAL, utc
from assistant.people import Person
from assistant.people.logins import form_token
from assistant.ports import Incoming
from assistant.store import Work, logins
from assistant.wording import explain
from assistant.wording import logins as words
from bots.web.bubbles import shown_time
from bots.web.pace import Pace
from bots.web.visitor import CHANNEL, COOKIE, Visitor, remember, visitor_of

READ = ["GET", "HEAD"]
SESSION = "yingda_console"
TOKEN = re.compile(r"[0-9a-f]{64}")
FORBIDDEN = 403
LONGEST_NAME, LONGEST_CODE = 40, 32
HOME = "/ledger"
# /incidents/SJ20260701-01 · /map · near miss: //elsewhere.example
BACK = re.compile(
    r"/(?:ledger|incidents|map|warnings|evacuation|duty|shifts|obligations|drills|training)(?:/[A-Z0-9-]{1,32})?"
)
TRIES = 10
"""Sign-ins a minute from one address: each costs us some time."""
Shown = Callable[[Work, Person], Response]


def token_of(request: Request) -> str:
    """Return the session's token that a browser sends; empty for none, and for what cannot be one."""
    token = request.cookies.get(SESSION, "")
    return token if TOKEN.fullmatch(token) else ""


class StaffPages:
    """What the pages of the console have in common."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime], templates: Jinja2Templates) -> None:
        self.desk = desk
        self.clock = clock
        self.templates = templates

    def for_staff(self, request: Request, shown: Shown) -> Response:
        """Show something to whoever is signed in; everybody else reads how to sign in."""
        with self.desk.work(self.clock()) as work:
            person = logins.signed_in(work.session, token_of(request), work.now)
            if person is None:
                return self.login_page(request)
            try:
                return shown(work, person)
            except NotAllowed as error:
                return self.login_page(request, explain(error), person.name)

    def obeyed(self, request: Request, csrf: str, done: Shown) -> Response:
        """Do what a form asks for, where it is one of this session's own."""
        if not hmac.compare_digest(csrf.encode(), form_token(token_of(request)).encode()):
            return self.login_page(request, words.STALE)
        return self.for_staff(request, done)

    def page(self, request: Request, template: str, person: Person, page: Mapping[str, object]) -> Response:
        """Return a page with the bar of the console."""
        bar = {"person": person.name, "csrf": form_token(token_of(request)), "here": request.url.path.split("/")[1]}
        return self.templates.TemplateResponse(request, template, {**bar, "time": shown_moment, **page})

    def login_page(self, request: Request, sentence: str = "", name: str = "") -> Response:
        """Return the page on which one signs in, or out where the account may not read what was asked for."""
        visitor = visitor_of(request)
        path = request.url.path
        page = {
            "sentence": sentence,
            "name": name,
            "csrf": form_token(token_of(request) if name else visitor.id),
            "back": path if BACK.fullmatch(path) else HOME,
        }
        response = self.templates.TemplateResponse(request, "login.html", page, status_code=FORBIDDEN)
        remember(response, visitor, request)
        return response


class LoginPages(StaffPages):
    """Sign in by name and code from the chat, or the first time by an invitation; sign out."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime], templates: Jinja2Templates) -> None:
        super().__init__(desk, clock, templates)
        self.tries = Pace(TRIES)

    def register(self, app: FastAPI) -> None:
        """Add the pages to an application."""
        app.add_api_route("/login", self.show, methods=READ, response_model=None)
        app.add_api_route("/login", self.login, methods=["POST"], response_model=None)
        app.add_api_route("/logout", self.logout, methods=["POST"], response_model=None)

    def show(self, request: Request) -> Response:
        """Show the form, or where one is signed in the ledger."""
        with self.desk.work(self.clock()) as work:
            if logins.signed_in(work.session, token_of(request), work.now) is not None:
                return RedirectResponse(HOME, status_code=303)
        return self.login_page(request)

    def login(
        self,
        request: Request,
        code: Annotated[str, Form()] = "",
        name: Annotated[str, Form()] = "",
        csrf: Annotated[str, Form()] = "",
        back: Annotated[str, Form()] = HOME,
    ) -> Response:
        """Open a session."""
        visitor, now = visitor_of(request), self.clock()
        if visitor.is_new or not hmac.compare_digest(csrf.encode(), form_token(visitor.id).encode()):
            return self.login_page(request, words.EXPIRED_FORM)
        address = request.client.host if request.client else ""
        if not self.tries.allows(address, now):
            return self.login_page(request, words.SLOWLY)
        signed, said = self._signed_in(visitor, name.strip()[:LONGEST_NAME], code.strip()[:LONGEST_CODE], now)
        if signed is None:
            return self.login_page(request, said)
        response = RedirectResponse(back if BACK.fullmatch(back) else HOME, status_code=303)
        _keep(response, signed, request)
        remember(response, visitor, request)
        return response

    def logout(self, request: Request, csrf: Annotated[str, Form()] = "") -> Response:
        """End the session; a chat account of the same person in this browser is forgotten, too."""
        token = token_of(request)
        if not hmac.compare_digest(csrf.encode(), form_token(token).encode()):
            return self.login_page(request, words.STALE)
        visitor = visitor_of(request)
        with self.desk.work(self.clock()) as work:
            person = loginwork.sign_out(work, token)
            is_own = person is not None and loginwork.is_account_of(work, CHANNEL, visitor.id, person)
        response = RedirectResponse("/login", status_code=303)
        response.delete_cookie(SESSION)
        if is_own:
            response.delete_cookie(COOKIE)
        return response

    def _signed_in(
        self, visitor: Visitor, name: str, code: str, now: datetime
    ) -> tuple[loginwork.SignedIn | None, str]:
        with self.desk.work(now) as work:
            if name:
                return loginwork.sign_in(work, name, code, self.desk.rules), words.REFUSED
            incoming = Incoming(CHANNEL, "", visitor.id, f"绑定 {code}", now)
            account = work.person(CHANNEL, visitor.id, self.desk.region)
            replies = bindwork.attend(incoming.text, incoming, account, work, self.desk.rules)
            person = bindwork.just_bound(code, incoming, work)
            signed = None if person is None else loginwork.open_session(work, person, self.desk.rules)
            return signed, replies[0].text if replies else words.UNKNOWN_CODE


def _keep(response: Response, signed: loginwork.SignedIn, request: Request) -> None:
    response.set_cookie(
        SESSION,
        signed.token,
        max_age=int(signed.length.total_seconds()),
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )


def shown_moment(moment: datetime | None) -> str:
    """Return a moment as the console shows it; empty for none."""
    if moment is None:
        return ""
    local = utc(moment).astimezone(LOCAL)
    return f"{local.year}年{shown_time(local)}"
