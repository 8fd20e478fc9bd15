"""The pages on which a warning is relayed or rehearsed, or a CAP file is handed in: shown first, then confirmed."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import FastAPI, File, Form, UploadFile
from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from assistant.desk import rehearsalwork, relayview, relaywork
from assistant.desk.acting import staff
from assistant.desk.relayview import Tried
from assistant.desk.relaywork import Relay
from assistant.people import Person
from assistant.ports import Incoming, Outgoing
from assistant.store import Work, cap
from assistant.warnings import Level
from assistant.warnings.cap import LARGEST, NAMESPACE
from assistant.warnings.ladder import LOCAL
from assistant.wording import rehearsals
from assistant.wording import relaypages as words
from bots.web.acts import CHANNEL, ActForm, Refused, new_nonce, once
from bots.web.staff import READ, StaffPages

LONGEST_EVENT, LONGEST_SENDER, LONGEST_SAID = 20, 40, 500
MOMENT = "%Y-%m-%dT%H:%M"
MOST_PLACES = 200


class RelayForm(BaseModel):
    """What is asked for; whatever else comes is ignored."""

    model_config = ConfigDict(extra="ignore")

    csrf: str = ""
    nonce: str = ""
    confirmed: str = ""
    exercise: str = ""
    above: str = ""
    event: str = ""
    level: str = ""
    places: list[str] = []
    sender: str = ""
    issued: str = ""
    onset: str = ""
    said: str = ""


class CapForm(BaseModel):
    """A CAP message that was looked at."""

    model_config = ConfigDict(extra="ignore")

    csrf: str = ""
    nonce: str = ""
    digest: str = ""
    places: list[str] = []


class RelayPages(StaffPages):
    """The endpoints."""

    def register(self, app: FastAPI) -> None:
        """Add the pages to an application; before those of one warning, which would take their names for a number."""
        app.add_api_route("/warnings/relay", self.blank, methods=READ, response_model=None)
        app.add_api_route("/warnings/relay", self.relay, methods=["POST"], response_model=None)
        app.add_api_route("/warnings/cap", self.hand_in, methods=["POST"], response_model=None)
        app.add_api_route("/warnings/cap/taken", self.take, methods=["POST"], response_model=None)

    def blank(self, request: Request, exercise: str = "") -> Response:
        """Show the empty form, of a warning or of a rehearsal."""

        def shown(work: Work, person: Person) -> Response:
            return self._form(request, work, person, RelayForm(exercise=exercise))

        return self.for_staff(request, shown)

    def relay(self, request: Request, form: Annotated[RelayForm, Form()]) -> Response:
        """Show whom it would call, and with a yes do it; the same form sent twice is one act."""

        def done(work: Work, person: Person) -> Response:
            places = relayview.places(work, person)
            work.channel = CHANNEL
            try:
                one = _relay(work, form, places)
            except Refused as error:
                return self._form(request, work, person, form, str(error))
            seen = relayview.ahead(work, person, one, self.desk.rules)
            if not form.confirmed or seen.hindrance:
                page = {"form": form, "one": one, "seen": seen, "words": words, "nonce": new_nonce}
                return self.page(request, "relayed.html", person, page)
            nonce = once(
                work, person, _act(form.nonce, one.title), lambda incoming: self._begin(work, person, one, incoming)
            )
            return RedirectResponse(f"/warnings?done={nonce}#said", status_code=303)

        return self.obeyed(request, form.csrf, done)

    def hand_in(
        self, request: Request, file: Annotated[UploadFile, File()], csrf: Annotated[str, Form()] = ""
    ) -> Response:
        """Show what a CAP file would do."""

        def done(work: Work, person: Person) -> Response:
            content = file.file.read(LARGEST + 1)
            if NAMESPACE.encode() not in content or not content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
                return self._told(request, work, person, words.NOT_CAP)
            try:
                content.decode()
            except UnicodeDecodeError:
                return self._told(request, work, person, words.NOT_UTF8)
            return self._tried(request, work, person, content, [])

        return self.obeyed(request, csrf, done)

    def take(self, request: Request, form: Annotated[CapForm, Form()]) -> Response:
        """Take in a CAP file that was looked at, or look again with places that were named."""

        def done(work: Work, person: Person) -> Response:
            places = relayview.places(work, person)
            chosen = [one for one in form.places[:MOST_PLACES] if one in places]
            kept = cap.kept(work.session, form.digest)
            if kept is None:
                return self._told(request, work, person, words.CAP_GONE)
            if not form.nonce:
                return self._tried(request, work, person, kept.content.encode(), chosen)

            def do(incoming: Incoming) -> list[Outgoing]:
                row = relayview.take_cap(work, person, form.digest, self.desk.rules, chosen)
                return [Outgoing(incoming.channel, incoming.sender, row.said if row else words.CAP_GONE)]

            work.channel = CHANNEL
            nonce = once(work, person, _act(form.nonce, f"CAP {form.digest[:12]}"), do)
            return RedirectResponse(f"/warnings?done={nonce}#said", status_code=303)

        return self.obeyed(request, form.csrf, done)

    def _begin(self, work: Work, person: Person, one: Relay, incoming: Incoming) -> list[Outgoing]:
        if one.is_exercise:
            said = rehearsalwork.start(work, one, self.desk.rules, person)
        else:
            warning = relaywork.relay(work, one, self.desk.rules, staff(work, person))
            said = relaywork.issued_text(work, warning)
        return [Outgoing(incoming.channel, incoming.sender, said)]

    def _form(self, request: Request, work: Work, person: Person, form: RelayForm, said: str = "") -> Response:
        page = {"form": form, "places": relayview.places(work, person)[:MOST_PLACES], "said": said, "words": words}
        return self.page(request, "relay.html", person, page)

    def _tried(self, request: Request, work: Work, person: Person, content: bytes, chosen: list[str]) -> Response:
        places = relayview.places(work, person)
        work.channel = CHANNEL
        seen = relayview.try_cap(work, person, content, self.desk.rules, chosen)
        return self._cap_page(request, person, seen, places, chosen)

    def _told(self, request: Request, work: Work, person: Person, said: str) -> Response:
        relayview.places(work, person)
        return self._cap_page(request, person, Tried("", cap.REFUSED, said, "", ()), [], [])

    def _cap_page(
        self, request: Request, person: Person, seen: Tried, places: list[str], chosen: list[str]
    ) -> Response:
        page = {"seen": seen, "places": places[:MOST_PLACES], "chosen": chosen, "words": words, "nonce": new_nonce}
        return self.page(request, "cap.html", person, page)


def _act(nonce: str, what: str) -> ActForm:
    return ActForm(nonce=nonce, act=what)


def _relay(work: Work, form: RelayForm, places: list[str]) -> Relay:
    """Return what a form asks for; raises Refused."""
    chosen = tuple(one for one in dict.fromkeys(form.places[:MOST_PLACES]) if one in places)
    event, is_exercise = form.event.strip()[:LONGEST_EVENT], bool(form.exercise)
    issued, onset = _moment(form.issued), _moment(form.onset)
    levels = [level.value for level in Level]
    level = form.level or (Level.NONE.value if is_exercise else "")
    wrong: dict[str, Callable[[], bool]] = {
        words.NO_EVENT: lambda: not event and not is_exercise,
        words.NO_PLACE: lambda: not chosen,
        words.NO_LEVEL: lambda: level not in levels,
        words.LATER_ISSUED: lambda: issued is not None and issued > work.now,
        words.PAST_ONSET: lambda: onset is not None and onset < work.now,
    }
    why = next((sentence for sentence, is_so in wrong.items() if is_so()), None)
    if why is not None:
        raise Refused(why)
    return Relay(
        title=words.title(event, level) if event else rehearsals.TITLE,
        event=event,
        level=Level(level),
        places=chosen,
        issued_at=issued if issued is not None and not is_exercise else work.now,
        sender=form.sender.strip()[:LONGEST_SENDER],
        area="、".join(map(words.short, chosen)),
        said=" ".join(form.said.split())[:LONGEST_SAID],
        source=CHANNEL,
        onset_at=None if is_exercise else onset,
        is_exercise=is_exercise,
        calls_above=bool(form.above),
    )


def _moment(text: str) -> datetime | None:
    """Return a moment as a browser's form gives it, by the clock on the wall in China; raises Refused."""
    if not text:
        return None
    try:
        return datetime.strptime(text, MOMENT).replace(tzinfo=LOCAL)
    except ValueError:
        raise Refused(words.BAD_MOMENT) from None
