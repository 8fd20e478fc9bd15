"""The pages about incidents (突发事件): a list with report clocks, one incident with its drafts, and what may be done as buttons."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Annotated

from fastapi import FastAPI, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from assistant.desk import incidentorders, incidentview
from assistant.incidents.orders import Order, Said, read_time
from assistant.people import Person
from assistant.ports import Incoming, Outgoing
from assistant.store import Work
from assistant.wording import incidentpages as words
from bots.web.acts import ActForm, Refused, answered, new_nonce, once
from bots.web.staff import READ, StaffPages

LONGEST = 500
TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
# 14:05 · near miss: 24:00, 9:5
COUNT = re.compile(r"\d{1,4}")
NUMBER = re.compile(r"SJ\d{8}-\d{2,4}")


class IncidentPages(StaffPages):
    """The endpoints of incidents."""

    def register(self, app: FastAPI) -> None:
        """Add the pages to an application."""
        app.add_api_route("/incidents", self.listing, methods=READ, response_model=None)
        app.add_api_route("/incidents/{number}", self.incident, methods=READ, response_model=None)
        app.add_api_route("/incidents/{number}", self.act, methods=["POST"], response_model=None)

    def listing(self, request: Request, all: str = "") -> Response:  # noqa: A002  (the name in the address)
        """Show the open incidents that the reader may read; with all=1 the ended ones too."""

        def shown(work: Work, person: Person) -> Response:
            rows = incidentview.listing(work, person, self.desk.rules, with_ended=bool(all))
            page = {"rows": rows, "with_ended": bool(all), "now": work.now, "words": words}
            return self.page(request, "incidents.html", person, page)

        return self.for_staff(request, shown)

    def incident(self, request: Request, number: str, done: str = "") -> Response:
        """Show one incident; done: the form that has just been sent, to say what became of it."""

        def shown(work: Work, person: Person) -> Response:
            view = incidentview.view(work, person, number, self.desk.rules)
            said = answered(work, person, done)
            page = {"view": view, "said": said, "now": work.now, "words": words, "nonce": new_nonce}
            return self.page(request, "incident.html", person, page)

        return self.for_staff(request, shown)

    def act(self, request: Request, number: str, form: Annotated[ActForm, Form()]) -> Response:
        """Do what a form asks for; the same form sent twice is one act."""

        def done(work: Work, person: Person) -> Response:
            incidentview.view(work, person, number, self.desk.rules)

            def do(incoming: Incoming) -> list[Outgoing]:
                said, text = _understood(number, form, work.now)
                return incidentorders.act(said, replace(incoming, text=text), person, work, self.desk.rules)

            nonce = once(work, person, form, do)
            return RedirectResponse(f"/incidents/{number}?done={nonce}#said", status_code=303)

        return self.obeyed(request, form.csrf, done)


def _understood(number: str, form: ActForm, now: datetime) -> tuple[Said, str]:
    """Return what a form asks for, and the same in words; raises Refused."""
    order = next((one for one in words.ACTS if one.value == form.act), None)
    if order is None or not NUMBER.fullmatch(number):
        raise Refused(words.UNKNOWN_ACT)
    said, time = form.said.strip()[:LONGEST], form.time.strip()
    if order in words.NEEDED and not said:
        raise Refused(words.WORDS_NEEDED.format(act=words.ACTS[order]))
    if time and not TIME.fullmatch(time):
        raise Refused(words.BAD_TIME)
    at, is_ahead = read_time(time, now) if time else (None, False)
    counts = _counts(form) if order is Order.COUNTED else ()
    said = said or "，".join(words.SAID_COUNT.format(kind=words.COUNTS[name], count=count) for name, count in counts)
    text = " ".join(filter(None, (words.ACTS[order], said, time)))
    return Said(order, number, said, at, is_ahead, counts), text


def _counts(form: ActForm) -> tuple[tuple[str, int], ...]:
    given = {name: value for name in words.COUNTS if (value := getattr(form, name).strip())}
    if not given:
        raise Refused(words.NOTHING_COUNTED)
    if not all(COUNT.fullmatch(value) for value in given.values()):
        raise Refused(words.BAD_COUNT)
    return tuple((name, int(value)) for name, value in given.items())
