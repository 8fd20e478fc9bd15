"""The map page (地图): for the staff their open cases, for everybody else hazards by village; no tiles, no internet."""

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from assistant.desk import mapview
from assistant.people import Person
from assistant.store import Work, logins
from assistant.wording import mappage as words
from bots.web.drawing import draw
from bots.web.staff import READ, StaffPages, token_of
from bots.web.visitor import CHANNEL, remember, visitor_of


class MapPages(StaffPages):
    """The endpoint of the map."""

    def register(self, app: FastAPI) -> None:
        """Add the page to an application."""
        app.add_api_route("/map", self.show, methods=READ, response_model=None)

    def show(self, request: Request) -> Response:
        """Show what the viewer may see."""
        with self.desk.work(self.clock()) as work:
            person = logins.signed_in(work.session, token_of(request), work.now)
            if person is not None:
                return self._staff(request, work, person)
        return self._public(request)

    def _staff(self, request: Request, work: Work, person: Person) -> Response:
        view = mapview.for_staff(work, person, self.desk.rules)
        page = {"view": view, "drawing": draw(view.items, view.labels), "is_public": False, "words": words}
        return self.page(request, "map.html", person, page)

    def _public(self, request: Request) -> Response:
        visitor = visitor_of(request)
        region = self.desk.profile(CHANNEL, visitor.id).region
        with self.desk.work(self.clock()) as work:
            view = mapview.for_the_public(work, region)
        page = {"view": view, "drawing": draw(view.items, view.labels), "is_public": True, "words": words}
        response = self.templates.TemplateResponse(request, "map.html", page)
        remember(response, visitor, request)
        return response
