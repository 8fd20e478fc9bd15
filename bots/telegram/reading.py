"""Updates of the Bot API → what they say (读取): a message, a pressed button, or something that is only answered.

Source: core.telegram.org/bots/api, Update.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram import CallbackQuery, ChatMemberUpdated, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatMemberStatus, ChatType

from assistant.ports import Incoming, Location, Pressed
from assistant.wording import channels as words
from bots.telegram.failures import CHANNEL

COMMAND = re.compile(r"/(?P<name>[a-z]{1,32})(?:@\w+)?(?:\s+(?P<rest>.*))?", re.DOTALL)
# /start K7WMPQ3X · /help@yingda_bot · near miss: 1/2
DATA = re.compile(r"(?P<prompt>[0-9a-z.]{1,24}):(?P<choice>\d{1,3})")
# o12:0 · near miss: o12
MEDIA = ("image/", "audio/")
SILENT = ("pinned_message", "message_auto_delete_timer_changed", "chat_background_set", "write_access_allowed")
"""What the application says by itself, and nobody has to answer."""


@dataclass(frozen=True, slots=True)
class Said:
    """A message, with the file that came with it."""

    incoming: Incoming
    file: str = ""
    size: int = 0
    """Bytes, as the platform says; 0 where it does not."""
    notice: str = ""
    """What its sender is told beside the answer."""


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button, and where it stands."""

    incoming: Incoming
    id: str
    message: int
    data: str
    buttons: InlineKeyboardMarkup | None
    """None where the platform does not show the message any more."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that cannot be taken, and what its sender is told."""

    sender: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody has blocked the bot."""

    sender: str


@dataclass(frozen=True, slots=True)
class InGroup:
    """A message in a group: to whom it is addressed is seen from its words, or from what it answers."""

    chat: str
    text: str
    is_answer: bool
    """To something that the bot has said."""


Event = Said | Press | Notice | Left | InGroup


def chat_of(raw: Mapping[str, Any]) -> str:
    """Return what an update belongs to, before it is read: what is of one chat is taken in order."""
    query = raw.get("callback_query")
    found = query.get("from") if isinstance(query, dict) else None
    if found is None:
        found = next((one["chat"] for one in raw.values() if isinstance(one, dict) and "chat" in one), None)
    return str(found.get("id", ""))[:64] if isinstance(found, dict) else ""


def read(raw: Mapping[str, Any], bot: str, now: datetime) -> Event | None:
    """Return what an update says, None where nobody has to hear of it.

    bot: its own id. Raises: ValueError, TypeError, KeyError, AttributeError where the update is not as it should be.
    """
    update = Update.de_json(dict(raw), None)
    if update.callback_query is not None:
        return _press(update.callback_query, bot, now)
    if update.my_chat_member is not None:
        return _left(update.my_chat_member)
    message = update.message or update.edited_message
    if message is None or (message.from_user is not None and message.from_user.is_bot):
        return None
    if message.chat.type != ChatType.PRIVATE:
        return None if update.message is None else _in_group(message, bot)
    name = f"{bot}/{message.chat.id}/{message.message_id}"
    if update.message is None:
        is_live = message.location is not None  # it moves by itself
        return None if is_live else Notice(str(message.chat.id), f"{name}/{_edited(message)}", words.EDITED)
    return _said(message, name)


def _said(message: Message, name: str) -> Event | None:
    sender, text = str(message.chat.id), spoken(message.text or message.caption or "")
    location, (file, size) = _location(message), _file(message)
    is_unread = not (file or location or message.text)
    if is_unread and any(getattr(message, one) for one in SILENT):
        return None
    if is_unread and not text:
        return Notice(sender, name, words.UNREADABLE)
    incoming = Incoming(CHANNEL, name, sender, text, message.date, location=location)
    return Said(incoming, file, size, words.UNREADABLE if is_unread else "")


def spoken(text: str) -> str:
    """Return a message as people would say it: commands of the menu are words.

    >>> spoken("/start K7WMPQ3X"), spoken("/help"), spoken("/unknown 1")
    ('绑定 K7WMPQ3X', '帮助', '/unknown 1')
    """
    found = COMMAND.fullmatch(text.strip())
    if found is None or found["name"] not in words.COMMANDS:
        return text
    rest = (found["rest"] or "").strip()
    if found["name"] == "start" and rest:
        return f"{words.BINDING} {rest}"
    return f"{words.COMMANDS[found['name']]} {rest}".strip()


def _location(message: Message) -> Location | None:
    venue, point = message.venue, message.location
    if venue is not None:
        return Location(venue.location.latitude, venue.location.longitude, venue.title)
    return None if point is None else Location(point.latitude, point.longitude)


def _file(message: Message) -> tuple[str, int]:
    """Return id and size of the picture or voice message; of a picture the largest one."""
    document = message.document
    is_media = document is not None and (document.mime_type or "").startswith(MEDIA)
    photo = message.photo[-1] if message.photo else None
    found = photo or message.voice or message.audio or (document if is_media else None)
    return (found.file_id, found.file_size or 0) if found is not None else ("", 0)


def _press(query: CallbackQuery, bot: str, now: datetime) -> Event | None:
    if query.from_user.is_bot or query.message is None or query.message.chat.type != ChatType.PRIVATE:
        return None
    buttons = query.message.reply_markup if isinstance(query.message, Message) else None
    rows = buttons.inline_keyboard if buttons is not None else ()
    labels = [button.text for row in rows for button in row if button.callback_data == query.data]
    found = DATA.fullmatch(query.data or "")
    pressed = Pressed(found["prompt"], int(found["choice"])) if found is not None else None
    text = labels[0].removeprefix(words.DONE) if labels else ""
    incoming = Incoming(CHANNEL, f"{bot}/{query.id}", str(query.from_user.id), text, now, pressed=pressed)
    return Press(incoming, query.id, query.message.message_id, query.data or "", buttons)


def _left(change: ChatMemberUpdated) -> Event | None:
    is_gone = change.new_chat_member.status == ChatMemberStatus.BANNED
    return Left(str(change.chat.id)) if is_gone and change.chat.type == ChatType.PRIVATE else None


def _in_group(message: Message, bot: str) -> Event:
    before = message.reply_to_message
    is_answer = before is not None and before.from_user is not None and str(before.from_user.id) == bot
    return InGroup(str(message.chat.id), message.text or message.caption or "", is_answer)


def _edited(message: Message) -> int:
    return int(message.edit_date.timestamp()) if message.edit_date is not None else 0
