"""The pages of an evacuation (转移台账): sums by village and wave, who is not safe yet, one household with its card."""

from typing import Annotated

from fastapi import FastAPI, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from assistant.desk import evacuationcards, evacuationview
from assistant.evacuation.phrases import Kind
from assistant.people import Person
from assistant.ports import Incoming, Outgoing
from assistant.rules import covers
from assistant.store import Work
from assistant.wording import evacuation as words
from assistant.wording import households as card_words
from bots.web.acts import ActForm, Refused, answered, new_nonce, once
from bots.web.staff import READ, StaffPages

LONGEST = 60


class EvacuationPages(StaffPages):
    """The endpoints of the evacuation."""

    def register(self, app: FastAPI) -> None:
        """Add the pages to an application."""
        app.add_api_route("/evacuation", self.listing, methods=READ, response_model=None)
        app.add_api_route("/evacuation", self.release, methods=["POST"], response_model=None)
        app.add_api_route("/evacuation/cards", self.cards, methods=READ, response_model=None)
        app.add_api_route("/evacuation/{warning}/{row}", self.household, methods=READ, response_model=None)
        app.add_api_route("/evacuation/{warning}/{row}", self.act, methods=["POST"], response_model=None)

    def listing(self, request: Request, done: str = "") -> Response:
        """Show what goes on where the reader may see it."""

        def shown(work: Work, person: Person) -> Response:
            listed = evacuationview.listing(work, person)
            page = {
                "listed": listed,
                "out": evacuationview.villages(listed),
                "said": answered(work, person, done),
                "words": words,
                "nonce": new_nonce,
            }
            return self.page(request, "evacuation.html", person, page)

        return self.for_staff(request, shown)

    def release(self, request: Request, form: Annotated[ActForm, Form()]) -> Response:
        """Let a village go back; the same form sent twice is one act."""

        def done(work: Work, person: Person) -> Response:
            def do(incoming: Incoming) -> list[Outgoing]:
                said = evacuationview.release(work, person, form.said.strip()[:LONGEST], self.desk.rules)
                return [Outgoing(incoming.channel, incoming.sender, said)]

            nonce = once(work, person, form, do)
            return RedirectResponse(f"/evacuation?done={nonce}#said", status_code=303)

        return self.obeyed(request, form.csrf, done)

    def cards(self, request: Request, place: str = "") -> Response:
        """Show the cards of a place for printing, two on a sheet."""

        def shown(work: Work, person: Person) -> Response:
            known = evacuationcards.cards(work, person)
            chosen = [card for card in known if covers(place, card.home.region)]
            villages = dict.fromkeys(evacuationcards.village_path(card.home) for card in known)
            page = {
                "cards": chosen,
                "villages": [(path.rpartition("/")[2], path) for path in villages],
                "place": place.rpartition("/")[2],
                "place_path": place,
                "words": card_words,
            }
            return self.page(request, "cards.html", person, page)

        return self.for_staff(request, shown)

    def household(self, request: Request, warning: str, row: str, done: str = "") -> Response:
        """Show one household, its card and what happened; it can be printed."""

        def shown(work: Work, person: Person) -> Response:
            view = evacuationview.view(work, person, f"{warning}/{row}")
            acts = evacuationview.TELLING if view.may_tell and not view.row.transfer.is_over else ()
            said = answered(work, person, done)
            page = {"view": view, "acts": acts, "said": said, "words": words, "nonce": new_nonce}
            return self.page(request, "household.html", person, page)

        return self.for_staff(request, shown)

    def act(self, request: Request, warning: str, row: str, form: Annotated[ActForm, Form()]) -> Response:
        """Record what a form says of a household; the same form sent twice is one act."""

        def done(work: Work, person: Person) -> Response:
            def do(incoming: Incoming) -> list[Outgoing]:
                if form.act not in {kind.value for kind in evacuationview.TELLING}:
                    raise Refused(words.UNKNOWN_ACT)
                said = " ".join(form.said.split())[:LONGEST]
                reply = evacuationview.act(work, person, f"{warning}/{row}", Kind(form.act), said, self.desk.rules)
                return [Outgoing(incoming.channel, incoming.sender, reply)]

            nonce = once(work, person, form, do)
            return RedirectResponse(f"/evacuation/{warning}/{row}?done={nonce}#said", status_code=303)

        return self.obeyed(request, form.csrf, done)
