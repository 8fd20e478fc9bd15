"""The pages about drills (演练): the year by place and kind with denominators, the items, one with its evidence."""

from datetime import date
from typing import Annotated

from fastapi import FastAPI, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from assistant.desk import drillview, drillwork
from assistant.desk.drillview import View
from assistant.desk.drillwords import Order, Wish, people_in
from assistant.drills.coverage import total
from assistant.hazards.moments import day
from assistant.obligations import ObligationKind
from assistant.people import Person
from assistant.ports import Incoming, Outgoing
from assistant.store import Work
from assistant.wording import drills as words
from bots.web.acts import ActForm, Refused, answered, new_nonce, once
from bots.web.staff import READ, StaffPages

KINDS = (ObligationKind.DRILL, ObligationKind.SPECIAL_DRILL, ObligationKind.INSPECTION, ObligationKind.TRAINING)
"""What a place may plan of its own."""
LONGEST = 200
LONGEST_SUBJECT = 20
SHOWN = 300
"""Items on one page; the years and the filter find the others."""


class PlanForm(ActForm):
    """The fields of a plan of one's own."""

    region: str = ""
    kind: str = ""


class DrillPages(StaffPages):
    """The endpoints of drills and other due items."""

    def register(self, app: FastAPI) -> None:
        """Add the pages to an application."""
        app.add_api_route("/drills", self.listing, methods=READ, response_model=None)
        app.add_api_route("/drills", self.own, methods=["POST"], response_model=None)
        app.add_api_route("/drills/{number}", self.item, methods=READ, response_model=None)
        app.add_api_route("/drills/{number}", self.act, methods=["POST"], response_model=None)

    def listing(self, request: Request, year: str = "", undone: str = "", done: str = "") -> Response:
        """Show the coverage of a year and its items; with undone=1 those alone that have still to be done."""

        def shown(work: Work, person: Person) -> Response:
            today = day(work.now)
            chosen = int(year) if year.isdecimal() and len(year) == len("2026") else today.year
            cells = drillview.cells(work, person, chosen)
            known = [item for item in drillview.seen(work, person) if item.due_on[:4] == str(chosen)]
            page = {
                "cells": cells,
                "totals": [total(cells, kind) for kind in dict.fromkeys(cell.kind for cell in cells)],
                "without": drillview.without(work, person, chosen),
                "items": [item for item in known if item.is_undone or not undone],
                "asked": {"year": chosen, "undone": undone},
                "most": SHOWN,
                "said": answered(work, person, done),
                "places": drillview.places(work, person),
                "kinds": KINDS,
                "nonce": new_nonce,
                "today": today,
                "words": words,
            }
            return self.page(request, "drills.html", person, page)

        return self.for_staff(request, shown)

    def own(self, request: Request, form: Annotated[PlanForm, Form()]) -> Response:
        """Plan something that no document asks for; the same form sent twice is one plan."""

        def done(work: Work, person: Person) -> Response:
            def do(incoming: Incoming) -> list[Outgoing]:
                subject = " ".join(form.said.split())[:LONGEST_SUBJECT]
                on = _day(form.time, words.SAY_DAY)
                if form.region not in drillview.places(work, person) or form.kind not in KINDS:
                    raise Refused(words.UNKNOWN_ACT)
                if on < day(work.now):
                    raise Refused(words.PAST_DAY.format(on=words.shown(on.isoformat())))
                item = drillwork.own_plan(work, person, form.region, (form.kind, subject), on, self.desk.rules)
                return [Outgoing(incoming.channel, incoming.sender, words.planned(item))]

            nonce = once(work, person, form, do)
            return RedirectResponse(f"/drills?done={nonce}#said", status_code=303)

        return self.obeyed(request, form.csrf, done)

    def item(self, request: Request, number: str, done: str = "") -> Response:
        """Show one item; done: the form that has just been sent, to say what became of it."""

        def shown(work: Work, person: Person) -> Response:
            page = {
                "view": drillview.view(work, person, number),
                "said": answered(work, person, done),
                "today": day(work.now),
                "words": words,
                "nonce": new_nonce,
            }
            return self.page(request, "drill.html", person, page)

        return self.for_staff(request, shown)

    def act(self, request: Request, number: str, form: Annotated[ActForm, Form()]) -> Response:
        """Do what a form asks for; the same form sent twice is one act."""

        def done(work: Work, person: Person) -> Response:
            view = drillview.view(work, person, number)

            def do(incoming: Incoming) -> list[Outgoing]:
                text = self._done(work, person, view, form)
                return [Outgoing(incoming.channel, incoming.sender, text)]

            nonce = once(work, person, form, do)
            return RedirectResponse(f"/drills/{number}?done={nonce}#said", status_code=303)

        return self.obeyed(request, form.csrf, done)

    def _done(self, work: Work, person: Person, view: View, form: ActForm) -> str:
        """Do it and return what is said of it; raises Refused, BadInput."""
        said, item, rules = " ".join(form.said.split())[:LONGEST], view.item, self.desk.rules
        if form.act not in view.acts:
            raise Refused(words.UNKNOWN_ACT)
        if form.act == "plan":
            return drillwork.plan(work, person, item, _day(form.time, words.SAY_DAY), rules, said)
        if form.act == "waive":
            return drillwork.waive(work, person, item, said)
        if form.act == "done":
            on = _day(form.time, words.SAY_DAY)
            if on > day(work.now):
                raise Refused(words.LATER_DAY)
            told: dict[str, object] = {"people": people_in(said), "message": said}
            drillwork.done(work, person, item, on, told)
            return words.done(item, [one.name for one in drillwork.checkers(work, item)])
        order = Order(Wish.CHECK, said, number=item.number, is_good=form.act == "pass", reason=said)
        return drillwork.check(work, person, item, order, rules)


def _day(given: str, otherwise: str) -> date:
    try:
        return date.fromisoformat(given[:10])
    except ValueError:
        raise Refused(otherwise) from None
