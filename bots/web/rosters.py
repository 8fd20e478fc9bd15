"""The page of rosters (值班表): a month, who is on now, what the check has found, and a form for a table or calendar."""

import re
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from fastapi import FastAPI, File, Form, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from assistant.desk import rosterview
from assistant.errors import BadInput
from assistant.events import Actor
from assistant.people import Person
from assistant.store import Work
from assistant.wording import explain
from assistant.wording import rosters as words
from bots.web.acts import CHANNEL
from bots.web.staff import READ, StaffPages

MONTH = re.compile(r"20\d{2}-(?:0[1-9]|1[0-2])")
# 值班表.xlsx · near miss: ../a.xlsx, 值班表.exe
NAME = re.compile(r"[^/\\\x00]{1,60}\.(?:xlsx|csv|ics)", re.IGNORECASE)
MOST = 5 * 1024 * 1024 + 1
"""One more than is read, so that what is too large is said."""


class RosterPages(StaffPages):
    """The endpoints of rosters."""

    def register(self, app: FastAPI) -> None:
        """Add the pages to an application."""
        app.add_api_route("/duty", self.month, methods=READ, response_model=None)
        app.add_api_route("/duty/import", self.take, methods=["POST"], response_model=None)

    def month(self, request: Request, month: str = "") -> Response:
        """Show a month, 2026-07; this one where none is named."""

        def shown(work: Work, person: Person) -> Response:
            return self._page(request, work, person, _first(month), "")

        return self.for_staff(request, shown)

    def take(
        self,
        request: Request,
        file: Annotated[UploadFile, File()],
        csrf: Annotated[str, Form()] = "",
        region: Annotated[str, Form()] = "",
        trial: Annotated[str, Form()] = "",
    ) -> Response:
        """Import a roster, or only try to; the same file twice leads to the same roster."""

        def done(work: Work, person: Person) -> Response:
            places = rosterview.view(work, person, self.desk.rules, None).places
            if region not in places:
                return self._page(request, work, person, None, words.CHOOSE_PLACE)
            said, first = self._imported(work, person, file, region, is_trial=bool(trial))
            return self._page(request, work, person, first, said)

        return self.obeyed(request, csrf, done)

    def _imported(
        self, work: Work, person: Person, file: UploadFile, region: str, *, is_trial: bool
    ) -> tuple[str, date | None]:
        """Return what became of a file, and the first day that it names."""
        # what reads tables and calendars is loaded with the first file, not with the server
        from assistant.desk.importing.rosters import import_roster  # noqa: PLC0415
        from assistant.desk.importing.rows import Importer  # noqa: PLC0415

        name = file.filename or ""
        if not NAME.fullmatch(name):
            return words.WRONG_FILE, None
        importer = Importer(Actor(f"person/{person.id}", CHANNEL), region, tuple(work.grants(person)))
        with TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(file.file.read(MOST))
            kept = work.session.begin_nested()
            try:
                done = import_roster(path, work, importer, self.desk.rules)
            except BadInput as error:
                kept.rollback()
                return explain(error).replace(str(path), name), None
            if is_trial:
                kept.rollback()
        return "\n".join(words.import_lines(done, is_trial=is_trial)), done.days[0] if done.days else None

    def _page(self, request: Request, work: Work, person: Person, month: date | None, said: str) -> Response:
        view = rosterview.view(work, person, self.desk.rules, month)
        return self.page(request, "duty.html", person, {"view": view, "said": said, "words": words})


def _first(month: str) -> date | None:
    return datetime.strptime(f"{month}-01", "%Y-%m-%d").date() if MONTH.fullmatch(month) else None  # noqa: DTZ007  (a day, no moment)
