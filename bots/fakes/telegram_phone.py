"""A phone with Telegram (电报): what is done on it becomes an update as the Bot API writes it."""

from dataclasses import dataclass
from typing import Any

from bots.fakes.showing import Screen, Shown
from bots.fakes.telegram_bot import FakeBot


@dataclass(frozen=True, slots=True)
class TelegramPhone:
    """One person's phone, in the chat with the bot; where the number is negative, in a group with it."""

    bot: FakeBot
    name: str
    """The chat id."""
    user: str = ""
    """Who writes, where that is not whose chat it is."""

    @property
    def screen(self) -> Screen:
        """Everything that the bot has said."""
        return self.bot.screen(self.name)

    def read(self, *, wait_s: float = 0.0) -> list[Shown]:
        """Return what came since the last look; wait so long for a first message."""
        return self.screen.read(wait_s=wait_s)

    def says(self, text: str, **fields: Any) -> int:
        """Send a text; return the number of the update."""
        return self.sends(text=text, **fields)

    def sends_photo(self, content: bytes, caption: str = "") -> int:
        """Send a picture; the platform offers it in two sizes."""
        sizes = [self._size(content, side) for side in (90, 1280)]
        return self.sends(photo=sizes, **({"caption": caption} if caption else {}))

    def sends_voice(self, content: bytes) -> int:
        """Send a voice message."""
        name = self.bot.keep(content)
        voice = {"file_id": name, "file_unique_id": name, "duration": 3, "mime_type": "audio/ogg"}
        return self.sends(voice=voice | {"file_size": len(content)})

    def sends_location(self, lat: float, lon: float, label: str = "") -> int:
        """Send a point, in WGS-84; with a label a place of the map."""
        point = {"latitude": lat, "longitude": lon}
        return self.sends(
            location=point, **({"venue": {"location": point, "title": label, "address": ""}} if label else {})
        )

    def presses(self, label: str) -> int:
        """Press a button of the last message that has it.

        Raises: ValueError where no message has it.
        """
        with self.bot.lock:
            message = next((one for one in self._messages() if label in _labels(one)), None)
            if message is None:
                raise ValueError(label)
            data = _labels(message)[label]
            press = f"{self.name}{self.bot.number()}"
            self.bot.presses.add(press)
        query = {"id": press, "from": self._user(), "chat_instance": "1", "message": message, "data": data}
        return self.bot.push({"callback_query": query})

    def buttons(self) -> list[str]:
        """Return the labels under the last message that has any, as they are now."""
        return next((list(labels) for one in self._messages() if (labels := _labels(one))), [])

    def edits(self, text: str) -> int:
        """Change a message that was sent before."""
        return self.bot.push({"edited_message": self._message(text=text, edit_date=int(self.bot.clock()))})

    def blocks(self) -> int:
        """Take nothing from the bot any more."""
        self.bot.blocked.add(self.name)
        return self._member("kicked")

    def unblocks(self) -> int:
        """Take messages again."""
        self.bot.blocked.discard(self.name)
        return self._member("member")

    def sends(self, **fields: Any) -> int:
        """Send a message with these fields."""
        return self.bot.push({"message": self._message(**fields)})

    def _message(self, **fields: Any) -> dict[str, Any]:
        kind = "private" if int(self.name) > 0 else "group"
        head = {"message_id": self.bot.number(), "date": int(self.bot.clock())}
        return {**head, "chat": {"id": int(self.name), "type": kind}, "from": self._user(), **fields}

    def _user(self) -> dict[str, Any]:
        return {"id": int(self.user or self.name), "is_bot": False, "first_name": "示例"}

    def _member(self, status: str) -> int:
        until = {"until_date": 0} if status == "kicked" else {}
        after = {"user": self.bot.user, "status": status, **until}
        chat = {"id": int(self.name), "type": "private"}
        before = {"user": self.bot.user, "status": "member"}
        change = {"chat": chat, "from": self._user(), "date": int(self.bot.clock())}
        return self.bot.push({"my_chat_member": change | {"old_chat_member": before, "new_chat_member": after}})

    def _messages(self) -> list[dict[str, Any]]:
        with self.bot.lock:
            return [one for (chat, _), one in reversed(self.bot.messages.items()) if chat == self.name]

    def _size(self, content: bytes, side: int) -> dict[str, Any]:
        name = self.bot.keep(content)
        return {"file_id": name, "file_unique_id": name, "width": side, "height": side, "file_size": len(content)}


def _labels(message: dict[str, Any]) -> dict[str, str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return {button["text"]: button["callback_data"] for row in rows for button in row}
