"""The pages about warnings (预警叫应): a list, one warning with everybody who was called, acts as forms, and a sheet to print."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from fastapi import FastAPI, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from assistant.desk import callsheetwork, callview, rehearsalorders, rehearsalresult, relayorders
from assistant.people import Person
from assistant.ports import Incoming, Outgoing
from assistant.store import Work, cap
from assistant.wording import callpages as words
from assistant.wording import rehearsals
from assistant.wording.relayorders import CONFIRM, PREVIEW
from bots.web.acts import ActForm, Refused, answered, new_nonce, once
from bots.web.staff import READ, StaffPages

LONGEST = 2000
RELAY = "转发预警"
# what a form asks for → the order in words
ORDERS = {
    "cancel": "取消预警 {number} {said}",
    "lift": "解除预警 {number} {said}",
    "enter": "补录 {said}",
    "reassign": "改派 {said}",
    "end": "结束演练 {number}",
    "record": "{number} 记入 {said}",
}


class WarningPages(StaffPages):
    """The endpoints of warnings."""

    def register(self, app: FastAPI) -> None:
        """Add the pages to an application."""
        app.add_api_route("/warnings", self.listing, methods=READ, response_model=None)
        app.add_api_route("/warnings", self.relay, methods=["POST"], response_model=None)
        app.add_api_route("/warnings/{number}", self.warning, methods=READ, response_model=None)
        app.add_api_route("/warnings/{number}", self.act, methods=["POST"], response_model=None)
        app.add_api_route("/warnings/{number}/print", self.sheet, methods=READ, response_model=None)

    def listing(self, request: Request, done: str = "") -> Response:
        """Show the warnings that the reader may follow, and the form with which one is relayed."""

        def shown(work: Work, person: Person) -> Response:
            said = answered(work, person, done)
            page = {
                "rows": callview.listing(work, person),
                "unsettled": cap.unsettled(work.session),
                "said": said,
                "waits": said.startswith(PREVIEW),
                "confirm": CONFIRM,
                "relay": RELAY,
                "now": work.now,
                "words": words,
                "nonce": new_nonce,
            }
            return self.page(request, "warnings.html", person, page)

        return self.for_staff(request, shown)

    def relay(self, request: Request, form: Annotated[ActForm, Form()]) -> Response:
        """Show what a warning would do, and with a yes relay it; the same form sent twice is one act."""

        def done(work: Work, person: Person) -> Response:
            callview.listing(work, person)
            text = CONFIRM if form.act == CONFIRM else f"{RELAY} {form.said.strip()[:LONGEST]}"
            given = ActForm(nonce=form.nonce, act=text)  # kept as it would have been typed: the yes looks for it
            nonce = once(work, person, given, lambda incoming: self._ordered(work, person, incoming, text))
            return RedirectResponse(f"/warnings?done={nonce}#said", status_code=303)

        return self.obeyed(request, form.csrf, done)

    def warning(self, request: Request, number: str, done: str = "") -> Response:
        """Show one warning with its sums by village and its calls."""

        def shown(work: Work, person: Person) -> Response:
            view = callview.view(work, person, number)
            page = {"view": view, "said": answered(work, person, done), "now": work.now, "words": words}
            page |= {"rehearsal": None}
            if view.warning.is_exercise:
                result, before = rehearsalresult.result(work, view.warning), rehearsalresult.before(work, view.warning)
                page |= {"rehearsal": result, "before": before, "rehearsals": rehearsals}
            return self.page(request, "warning.html", person, {**page, "nonce": new_nonce})

        return self.for_staff(request, shown)

    def act(self, request: Request, number: str, form: Annotated[ActForm, Form()]) -> Response:
        """Do what a form asks for; the same form sent twice is one act."""

        def done(work: Work, person: Person) -> Response:
            callview.view(work, person, number)

            def do(incoming: Incoming) -> Sequence[Outgoing]:
                if form.act not in ORDERS:
                    raise Refused(words.UNKNOWN_ACT)
                said = " ".join(form.said.split())[:LONGEST]
                return self._ordered(work, person, incoming, ORDERS[form.act].format(number=number, said=said).strip())

            nonce = once(work, person, form, do)
            return RedirectResponse(f"/warnings/{number}?done={nonce}#said", status_code=303)

        return self.obeyed(request, form.csrf, done)

    def sheet(self, request: Request, number: str) -> Response:
        """Show the call sheet and the knock list as they are printed."""

        def shown(work: Work, person: Person) -> Response:
            view = callview.view(work, person, number)
            page = {"view": view, "sheet": callsheetwork.sheet(work, view), "now": work.now, "words": words}
            return self.page(request, "callsheet.html", person, page)

        return self.for_staff(request, shown)

    def _ordered(self, work: Work, person: Person, incoming: Incoming, text: str) -> Sequence[Outgoing]:
        given = replace(incoming, text=text)
        replies = relayorders.attend(text, given, person, work, self.desk.rules)
        if replies is None:
            replies = rehearsalorders.attend(text, given, person, work, self.desk.rules)
        return replies or [Outgoing(incoming.channel, incoming.sender, words.NOT_DONE)]
