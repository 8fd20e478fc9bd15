"""The page of `yingda fake-vendors` (试用手机): one opens phones on any platform, types on them, and sees what they show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Protocol
from urllib.parse import quote

import jinja2
from fastapi import FastAPI, Form, HTTPException, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.templating import Jinja2Templates

from assistant.wording.channels import NAMES
from bots.fakes.showing import Screen

USER = r"^[A-Za-z0-9]{1,32}$"
NO_BUTTON, NO_PHONE = 409, 404


class Phone(Protocol):
    """A phone of any platform."""

    @property
    def screen(self) -> Screen:
        """What it shows."""
        ...

    def says(self, text: str) -> object:
        """Send a text."""
        ...

    def presses(self, label: str) -> object:
        """Press a button; raises ValueError or LookupError where there is none."""
        ...

    def sends_photo(self, content: bytes) -> object:
        """Send a picture."""
        ...

    def sends_location(self, lat: float, lon: float, label: str = "") -> object:
        """Send a point."""
        ...


class Platform(Protocol):
    """A fake platform."""

    def phone(self, name: str, /) -> Phone:
        """Return the phone of a user, always the same one."""
        ...

    def settings(self) -> dict[str, str]:
        """Return what has to stand in the settings of the bot."""
        ...


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a conversation, as the page shows it."""

    text: str
    is_mine: bool = False
    buttons: tuple[str, ...] = ()


@dataclass(slots=True)
class Opened:
    """A phone that somebody has opened; own words are not on the platform's screen, so they are kept here."""

    platform: str
    user: str
    phone: Phone
    said: list[tuple[int, str]] = field(default_factory=list)
    """After how many messages of the bot, and what."""

    @property
    def path(self) -> str:
        """Where it is."""
        return f"/p/{quote(self.platform)}/{quote(self.user)}"

    def say(self, text: str) -> None:
        """Note own words."""
        self.said.append((len(self.phone.screen.all()), text))

    def lines(self) -> list[Line]:
        """Return the conversation, oldest first."""
        shown = self.phone.screen.all()
        lines: list[Line] = []
        for place in range(len(shown) + 1):
            lines += [Line(text, is_mine=True) for at, text in self.said if at == place]
            if place < len(shown):
                one = shown[place]
                lines.append(Line("\n".join(filter(None, (one.text, one.url))), buttons=one.buttons))
        return lines


class PhonePages:
    """The pages before all platforms."""

    def __init__(self, platforms: Mapping[str, Platform], settings: str) -> None:
        """settings: the lines for the bot, to be shown."""
        self._platforms, self._settings = platforms, settings
        self._opened: dict[tuple[str, str], Opened] = {}
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates = Jinja2Templates(env=environment)

    def register(self, app: FastAPI) -> None:
        """Add the addresses."""
        app.add_api_route("/", self.phones, methods=["GET"], response_model=None)
        app.add_api_route("/open", self.open, methods=["POST"], response_model=None)
        app.add_api_route("/p/{platform}/{user}", self.show, methods=["GET"], response_model=None)
        app.add_api_route("/p/{platform}/{user}/screen", self.screen, methods=["GET"], response_model=None)
        for act in (self.says, self.presses, self.photo, self.location):
            app.add_api_route(f"/p/{{platform}}/{{user}}/{act.__name__}", act, methods=["POST"], response_model=None)

    def phones(self, request: Request) -> Response:
        """Show what can be opened."""
        shown = {
            "platforms": {name: NAMES[name] for name in self._platforms},
            "phones": list(self._opened.values()),
            "settings": self._settings,
        }
        return self._templates.TemplateResponse(request, "phones.html", shown)

    def open(self, platform: Annotated[str, Form()], user: Annotated[str, Form(pattern=USER)]) -> Response:
        """Open a phone, the same one where it is open already."""
        if platform not in self._platforms:
            raise HTTPException(NO_PHONE)
        key = (platform, user)
        if key not in self._opened:
            self._opened[key] = Opened(platform, user, self._platforms[platform].phone(user))
        return RedirectResponse(self._opened[key].path, status_code=303)

    def show(self, request: Request, platform: str, user: str) -> Response:
        """Show a phone."""
        shown = {"phone": self._phone(platform, user), "label": NAMES[platform]}
        return self._templates.TemplateResponse(request, "phone.html", shown)

    def screen(self, request: Request, platform: str, user: str) -> Response:
        """Show the conversation on a phone; the page asks again by itself."""
        phone = self._phone(platform, user)
        return self._templates.TemplateResponse(request, "screen.html", {"phone": phone, "lines": phone.lines()})

    def says(self, platform: str, user: str, text: Annotated[str, Form()]) -> Response:
        """Send a text."""
        phone = self._phone(platform, user)
        phone.say(text)
        phone.phone.says(text)
        return RedirectResponse(phone.path, status_code=303)

    def presses(self, platform: str, user: str, label: Annotated[str, Form()]) -> Response:
        """Press a button."""
        phone = self._phone(platform, user)
        try:
            phone.phone.presses(label)
        except (ValueError, LookupError) as error:
            raise HTTPException(NO_BUTTON) from error
        phone.say(f"［{label}］")
        return RedirectResponse(phone.path, status_code=303)

    def photo(self, platform: str, user: str, photo: UploadFile) -> Response:
        """Send a picture."""
        phone = self._phone(platform, user)
        phone.say(f"［{photo.filename}］")
        phone.phone.sends_photo(photo.file.read())
        return RedirectResponse(phone.path, status_code=303)

    def location(
        self,
        platform: str,
        user: str,
        lat: Annotated[float, Form(ge=-90, le=90)],
        lon: Annotated[float, Form(ge=-180, le=180)],
        label: Annotated[str, Form()] = "",
    ) -> Response:
        """Send a point."""
        phone = self._phone(platform, user)
        phone.say(f"［{lat:g}, {lon:g} {label}］")
        phone.phone.sends_location(lat, lon, label)
        return RedirectResponse(phone.path, status_code=303)

    def _phone(self, platform: str, user: str) -> Opened:
        if (platform, user) not in self._opened:
            raise HTTPException(NO_PHONE)
        return self._opened[platform, user]
