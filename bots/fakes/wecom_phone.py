"""The phones of a fake WeCom: members write, send pictures, share points and press buttons; the app is called back."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from secrets import token_hex
from threading import Lock
from time import sleep
from typing import Any, Protocol
from urllib.parse import urlencode

import requests

from bots.fakes.envelope import Secrets, fields, xml
from bots.fakes.showing import Screen, Shown

TRIES, TIMEOUT_S = 3, 5.0
REPLACED = re.compile(r"<ReplaceName><!\[CDATA\[(?P<name>.*?)\]\]></ReplaceName>")


class Company(Protocol):
    """What a phone needs of its platform."""

    callback: str
    pause_s: float
    secrets: Secrets
    agent: int
    media: dict[str, bytes]
    now: Callable[[], float]

    def number(self) -> int:
        """Return a number that nothing else has."""
        ...

    def code(self, userid: str, task: str) -> str:
        """Return a new response code."""
        ...

    def use(self, code: str) -> tuple[str, str, float] | None:
        """Take a response code."""
        ...

    def push_fault(self) -> str:
        """Return what goes wrong with what the app is told next."""
        ...


@dataclass(slots=True)
class Card:
    """A card, and what stands on its only button once it was pressed."""

    task: str
    keys: dict[str, str]
    """Label → key."""
    chosen: str = ""


class WeComPhone:
    """One member of the company with WeCom on a phone."""

    def __init__(self, company: Company, userid: str) -> None:
        self._company, self.userid = company, userid
        self.cards: list[Card] = []
        self.screen = Screen()
        self.answers: list[str] = []
        """Bodies of the callbacks' answers, decrypted; empty ones say nothing."""
        self._lock = Lock()

    def says(self, text: str, message_id: str = "") -> None:
        """Write a message."""
        self._message("text", {"Content": text}, message_id)

    def sends_photo(self, content: bytes) -> None:
        """Send a picture."""
        self._message("image", {"PicUrl": "http://127.0.0.1:1/picture", "MediaId": self._kept(content)})

    def sends_voice(self, content: bytes) -> None:
        """Send a voice message."""
        self._message("voice", {"Format": "amr", "MediaId": self._kept(content)})

    def sends_location(self, lat: float, lon: float, label: str = "") -> None:
        """Share a point, GCJ-02."""
        place = {"Location_X": str(lat), "Location_Y": str(lon), "Scale": "15", "Label": label, "AppType": "wxwork"}
        self._message("location", place)

    def sends_other(self, kind: str, **values: str) -> None:
        """Send a message of any kind."""
        self._message(kind, values)

    def follows(self) -> None:
        """Come into the range of the app."""
        self.event("subscribe")

    def presses(self, label: str) -> None:
        """Press a button of the newest card that has it and is not grey.

        Raises: LookupError where there is none.
        """
        with self._lock:
            open_cards = [one for one in self.cards if label in one.keys and not one.chosen]
        if not open_cards:
            raise LookupError(label)
        self.press(open_cards[-1].task, open_cards[-1].keys[label])

    def press(self, task: str, key: str) -> None:
        """Press a button by its key."""
        code = self._company.code(self.userid.lower(), task)
        pressed = {"EventKey": key, "TaskId": task, "CardType": "button_interaction", "ResponseCode": code}
        self.event("template_card_event", pressed, code)

    def read(self, *, wait_s: float = 0.0) -> list[Shown]:
        """Return what came since the last look; wait so long for a first message."""
        return self.screen.read(wait_s=wait_s)

    def gets(self, text: str, card: dict[str, Any] | None = None) -> None:
        """Be shown a message."""
        if card is None:
            self.screen.show(Shown(text))
            return
        keys = {one["text"]: one["key"] for one in card["button_list"]}
        with self._lock:
            self.cards.append(Card(card["task_id"], keys))
        title = card.get("main_title", {})
        texts = (title.get("title", ""), title.get("desc", ""), card.get("sub_title_text", ""))
        self.screen.show(Shown("\n".join(filter(None, texts)), tuple(keys), "card", names=tuple(keys.values())))

    def sees(self, task: str, name: str) -> None:
        """Be shown a card with one grey button."""
        with self._lock:
            for card in self.cards:
                if card.task == task:
                    card.chosen = name

    def event(self, kind: str, values: dict[str, str] | None = None, code: str = "") -> None:
        """Do something that is no message."""
        self._deliver({"MsgType": "event", "Event": kind, **(values or {})}, code)

    def _message(self, kind: str, values: dict[str, str], message_id: str = "") -> None:
        number = message_id or str(7_000_000_000_000_000_000 + self._company.number())
        self._deliver({"MsgType": kind, **values, "MsgId": number})

    def _kept(self, content: bytes) -> str:
        name = f"media-{self._company.number()}"
        self._company.media[name] = content
        return name

    def _deliver(self, values: dict[str, str], code: str = "") -> None:
        """Call the app back; a duplicate comes three times at once."""
        company = self._company
        who = {
            "ToUserName": company.secrets.receiver,
            "FromUserName": self.userid,
            "CreateTime": str(int(company.now())),
        }
        message = xml({**who, **values, "AgentID": str(company.agent)})
        fault = company.push_fault()
        if fault == "lost_push":
            self.post(message)  # the answer never reaches the platform, which tries again
        if fault != "duplicate":
            self._attempts(message, code)
            return
        with ThreadPoolExecutor(TRIES) as pool:
            list(pool.map(lambda _: self._attempts(message, code), range(TRIES)))

    def _attempts(self, message: str, code: str) -> None:
        """Three tries of five seconds, until one is answered with 200."""
        for _ in range(TRIES):
            try:
                answer = self.post(message)
            except requests.RequestException:
                sleep(self._company.pause_s)
                continue
            if answer.status_code == requests.codes.ok:
                self._answered(answer.text, code)
                return

    def post(self, message: str) -> requests.Response:
        """Deliver a message once, encrypted and signed; return the answer."""
        url, body = self.request(message)
        return requests.post(url, data=body.encode(), timeout=TIMEOUT_S)

    def request(self, message: str) -> tuple[str, str]:
        """Return address and body of a callback."""
        secrets, stamp, nonce = self._company.secrets, str(int(self._company.now())), token_hex(5)
        sealed = secrets.sealed(message)
        query = {"msg_signature": secrets.signature(stamp, nonce, sealed), "timestamp": stamp, "nonce": nonce}
        body = xml({"ToUserName": secrets.receiver, "AgentID": str(self._company.agent), "Encrypt": sealed})
        return f"{self._company.callback}?{urlencode(query)}", body

    def _answered(self, body: str, code: str) -> None:
        """Show a reply; what is no whole, signed reply of the app shows nothing and raises."""
        if body in ("", "success"):
            return
        plain = self._company.secrets.answer(body)
        with self._lock:
            self.answers.append(plain)
        found = fields(plain)
        if found["MsgType"] == "text":
            self.gets(found["Content"])
        name = REPLACED.search(plain)
        if name is not None and (known := self._company.use(code)) is not None:
            self.sees(known[1], name["name"])
