"""Open311 GeoReport v2 (开放接口): read and file service requests, with mySociety's updates; JSON and XML."""

import hmac
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Annotated, Any

from fastapi import FastAPI, Form
from starlette.requests import Request
from starlette.responses import Response

from assistant.desk import Desk, requestwork
from assistant.desk.requestwork import RequestUpdate
from assistant.errors import BadInput, UnknownCase, YingdaError
from assistant.exports import Entry, entries
from assistant.exports.entries import incident_entries
from assistant.store import ledger, people
from assistant.store.ledger import Chosen
from assistant.store.work import INCIDENT
from assistant.wording import explain
from assistant.wording import open311 as words
from bots.web import open311_records as records
from bots.web.open311_asking import MOST, Filing, known_code, listed, needed, period, service_request, status
from bots.web.open311_bodies import TYPES, Refused, body, problem
from bots.web.pace import Pace

ROOT = "/open311/v2"
READS, WRITES = 120, 30
"""A minute from one address."""
READ = ["GET", "HEAD"]


class Open311:
    """The endpoints, before one desk."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime], *, key: str) -> None:
        """key: who sends it may file."""
        self.desk = desk
        self.clock = clock
        self.key = key
        self.reads, self.writes = Pace(READS), Pace(WRITES)

    def register(self, app: FastAPI) -> None:
        """Add the endpoints to an application."""
        for path, endpoint in (
            ("discovery", self.discovery),
            ("services", self.services),
            ("services/{code}", self.service),
            ("requests", self.requests),
            ("requests/{number}", self.request),
            ("tokens/{token}", self.token),
            ("servicerequestupdates", self.updates),
        ):
            app.add_api_route(f"{ROOT}/{path}.{{form}}", endpoint, methods=READ, response_model=None)
        app.add_api_route(f"{ROOT}/requests.{{form}}", self.file, methods=["POST"], response_model=None)
        app.add_api_route(f"{ROOT}/servicerequestupdates.{{form}}", self.add, methods=["POST"], response_model=None)

    def discovery(self, request: Request, form: str) -> Response:
        """Say where which version is served."""
        url = str(request.base_url).rstrip("/") + ROOT
        return self._read(request, form, "discovery", lambda: records.discovery(url))

    def services(self, request: Request, form: str) -> Response:
        """List the classes of hazards."""

        def found() -> list[dict[str, Any]]:
            self._region(request.query_params.get("jurisdiction_id", ""), self.clock())
            return records.services()

        return self._read(request, form, "services", found)

    def service(self, request: Request, code: str, form: str) -> Response:
        """Return the further questions of one class."""
        return self._read(request, form, "service_definition", lambda: records.definition(known_code(code)))

    def requests(self, request: Request, form: str) -> Response:
        """List hazards by number, class, time and status; the newest first."""
        return self._read(request, form, "service_requests", partial(self._found, request))

    def request(self, request: Request, number: str, form: str) -> Response:
        """Return one hazard, or one incident to whoever knows its number."""
        return self._read(request, form, "service_requests", partial(self._one, number))

    def token(self, request: Request, token: str, form: str) -> Response:
        """Return the number behind a token: every request gets its number at once, so the number is its own token."""

        def found() -> list[dict[str, Any]]:
            (record,) = self._one(token)
            return [{"service_request_id": record["service_request_id"], "token": token}]

        return self._read(request, form, "service_requests", found)

    def updates(self, request: Request, form: str) -> Response:
        """List what happened to hazards in some time, the oldest first."""
        return self._read(request, form, "service_requests_updates", partial(self._changes, request))

    def file(self, request: Request, form: str, filing: Annotated[Filing, Form()]) -> Response:
        """File a request."""
        return self._write(request, form, filing, "service_requests", partial(self._file, request, filing))

    def add(self, request: Request, form: str, filing: Annotated[Filing, Form()]) -> Response:
        """Add an update to a request."""
        return self._write(request, form, filing, "service_requests_updates", partial(self._add, filing))

    def _found(self, request: Request) -> list[dict[str, Any]]:
        now, asked = self.clock(), request.query_params
        if numbers := listed(asked.get("service_request_id", "")):
            return [records.request(entry) for entry in self._entries(Chosen(numbers=numbers), now)]
        since, until = period(asked.get("start_date"), asked.get("end_date"), now)
        states = [status(one) for one in listed(asked.get("status", ""))]
        codes = frozenset(known_code(one) for one in listed(asked.get("service_code", "")))
        region = self._region(asked.get("jurisdiction_id", ""), now)
        chosen = Chosen(region, frozenset().union(*states), since, until, codes)
        return [records.request(entry) for entry in reversed(self._entries(chosen, now)[-MOST:])]

    def _entries(self, chosen: Chosen, now: datetime) -> list[Entry]:
        with self.desk.work(now) as work:
            return entries(work.session, chosen, now)

    def _one(self, number: str) -> list[dict[str, Any]]:
        now, chosen = self.clock(), Chosen(numbers=(number,))
        with self.desk.work(now) as work:
            is_incident = number.startswith(INCIDENT)
            found = incident_entries(work.session, chosen) if is_incident else entries(work.session, chosen, now)
        if not found:
            raise Refused(404, words.problem("request", value=number))
        return [records.request(entry) for entry in found]

    def _changes(self, request: Request) -> list[dict[str, Any]]:
        now, asked = self.clock(), request.query_params
        since, until = period(asked.get("start_date"), asked.get("end_date"), now)
        region = self._region(asked.get("jurisdiction_id", ""), now)
        there = {entry.number for entry in self._entries(Chosen(region), now)} if region else None
        with self.desk.work(now) as work:
            found = ledger.changes(work.session, records.PUBLIC, since, until, MOST)
            hazards = [event for event in found if not event.stream.startswith(INCIDENT)]
            return [records.update(event) for event in hazards if there is None or event.stream in there]

    def _file(self, request: Request, filing: Filing, now: datetime) -> list[dict[str, Any]]:
        asked = service_request(filing)
        named = filing.jurisdiction_id or request.query_params.get("jurisdiction_id", "")
        region = self._region(named, now) or self.desk.region
        with self.desk.work(now) as work:
            number = requestwork.submit(work, asked, self.desk.ear(asked.text), region, self.desk.rules)
        notice = words.EMERGENCY if number.startswith(INCIDENT) else words.NOTICE
        said = notice.format(number=number) + (words.NO_PHOTO if filing.media_url else "")
        return [{"service_request_id": number, "service_notice": said, "account_id": None}]

    def _add(self, filing: Filing, now: datetime) -> list[dict[str, Any]]:
        number = needed(filing, "service_request_id")
        told = RequestUpdate(number, needed(filing, "description"), filing.update_id, filing.sender, filing.name)
        with self.desk.work(now) as work:
            return [{"update_id": requestwork.update(work, told, self.desk.rules)}]

    def _region(self, jurisdiction: str, now: datetime) -> str:
        """Return the place that a jurisdiction_id names: a path of the place tree, or its last names; "" for none.

        Raises: Refused where there is no such place.
        """
        if not jurisdiction or jurisdiction == self.desk.region:
            return jurisdiction
        with self.desk.work(now) as work:
            known = [place.path for place in people.places(work.session)]
        try:
            return people.known_place(jurisdiction, known)
        except BadInput as error:
            raise Refused(404, words.problem("jurisdiction", value=jurisdiction[:40])) from error

    def _read(self, request: Request, form: str, root: str, content: Callable[[], Any]) -> Response:
        return self._answer(request, form, root, self.reads, content)

    def _write(
        self, request: Request, form: str, filing: Filing, root: str, done: Callable[[datetime], Any]
    ) -> Response:
        def allowed() -> Any:
            self._require_key(filing.api_key or request.query_params.get("api_key", ""))
            return done(self.clock())

        return self._answer(request, form, root, self.writes, allowed)

    def _answer(self, request: Request, form: str, root: str, pace: Pace, content: Callable[[], Any]) -> Response:
        try:
            if form not in TYPES:
                raise Refused(404, words.problem("format"))
            if not pace.allows(request.client.host if request.client else "", self.clock()):
                raise Refused(429, words.problem("pace"))
            return body(root, content(), form)
        except Refused as refused:
            return problem(refused, form)
        except YingdaError as error:
            return problem(Refused(_code(error), explain(error)), form)

    def _require_key(self, given: str) -> None:
        if not self.key:
            raise Refused(403, words.problem("off"))
        if not hmac.compare_digest(given.encode(), self.key.encode()):
            raise Refused(403, words.problem("key"))


def _code(error: YingdaError) -> int:
    if isinstance(error, UnknownCase):
        return 404
    return 400 if isinstance(error, BadInput) else 503
