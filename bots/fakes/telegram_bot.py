"""What the fake Bot API knows of one bot (机器人): chats, messages, updates that wait, files, who has blocked it."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from threading import RLock
from typing import Any

import requests

from bots.fakes.faults import Called, Faults
from bots.fakes.showing import Screen, Shown

FAULTS = frozenset({"hang", "delay", "html", "lost_answer", "duplicate", "status", "nonsense"})
TRIES = 3
PUSH_S = 10.0
GOOD = 200


@dataclass(slots=True)
class Refused(Exception):
    """An answer that is no result."""

    code: int
    said: str
    parameters: dict[str, Any] = field(default_factory=dict)


class FakeBot:
    """One bot and the people who write to it."""

    def __init__(self, token: str, name: str, clock: Callable[[], float] = time.time) -> None:
        """clock: seconds since 1970, as messages are dated."""
        self.token, self.name, self.clock = token, name, clock
        self.lock = RLock()
        self.faults = Faults(FAULTS)
        self.calls: list[Called] = []
        self.screens: dict[str, Screen] = {}
        self.messages: dict[tuple[str, int], dict[str, Any]] = {}
        self.updates: list[dict[str, Any]] = []
        self.files: dict[str, bytes] = {}
        self.blocked: set[str] = set()
        self.floods: dict[str, float] = {}
        """Chats that take nothing, until when."""
        self.presses: set[str] = set()
        """That wait for an answer."""
        self.webhook: dict[str, str] = {}
        self.polling = 0
        """Long polls that are open."""
        self._numbers, self._update_ids = count(1), count(870_000_001)

    @property
    def user(self) -> dict[str, Any]:
        """The bot as others see it."""
        number = int(self.token.partition(":")[0])
        return {"id": number, "is_bot": True, "first_name": "应答", "username": self.name}

    def screen(self, chat: str) -> Screen:
        """Return what is shown in a chat."""
        with self.lock:
            return self.screens.setdefault(chat, Screen())

    def number(self) -> int:
        """Return a new number."""
        return next(self._numbers)

    def keep(self, content: bytes) -> str:
        """Keep a file; return its id."""
        with self.lock:
            name = f"file-{self.number()}"
            self.files[name] = content
            return name

    def shown(self, chat: str, message: dict[str, Any]) -> None:
        """Put a message of the bot on the phone."""
        with self.lock:
            self.messages[chat, message["message_id"]] = message
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        buttons = [button for row in rows for button in row]
        labels, names = tuple(b["text"] for b in buttons), tuple(b["callback_data"] for b in buttons)
        self.screen(chat).show(Shown(message["text"], labels, "inline_keyboard" if buttons else "text", names=names))

    def push(self, update: Mapping[str, Any]) -> int:
        """Let the bot hear of something: it asks for it, or it is posted to. Return the number of the update."""
        with self.lock:
            number = next(self._update_ids)
            whole = {"update_id": number, **update}
            if not self.webhook:
                self.updates.append(whole)
                return number
        for _ in range(TRIES):
            if self.post(whole) == GOOD:
                break
        return number

    def post(self, update: Mapping[str, Any], secret: str | None = None) -> int:
        """Post an update to the bot's address; return the status, 0 where nobody answers."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook["secret"] if secret is None else secret}
        try:
            return requests.post(self.webhook["url"], json=update, headers=headers, timeout=PUSH_S).status_code
        except requests.RequestException:
            return 0

    def waiting(self, offset: int | None, limit: int) -> list[dict[str, Any]]:
        """Return updates that wait, and forget those before `offset`."""
        with self.lock:
            if offset is not None:
                self.updates = [one for one in self.updates if one["update_id"] >= offset]
            return self.updates[:limit]

    def unflooded(self, chat: str) -> None:
        """Raises Refused while a chat takes nothing."""
        left = self.floods.get(chat, 0.0) - time.monotonic()
        if left > 0:
            wait = max(1, round(left + 0.5))
            raise Refused(429, f"Too Many Requests: retry after {wait}", {"retry_after": wait})


def markup(text: str) -> dict[str, Any]:
    """Return an inline keyboard.

    Raises: Refused where the platform would refuse it.
    """
    found: dict[str, Any] = json.loads(text) if text else {}
    for row in found.get("inline_keyboard", []):
        for button in row:
            if not 1 <= len(button.get("callback_data", "").encode()) <= 64:
                raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
            if not button.get("text"):
                raise Refused(400, "Bad Request: text buttons must be non-empty")
    return found
