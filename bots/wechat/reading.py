"""What an official account is told (消息和事件): fields of a callback to one message of a person, or to an event."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from assistant.datum import from_gcj02
from assistant.ports import Attachment, Incoming, Location, Pressed
from assistant.store.allowances import SAID, TOUCHED

CHANNEL = "wechat"
BUTTON = re.compile(r"(?P<prompt>[0-9a-z.]{1,24}):(?P<choice>\d{1,2})", re.ASCII)
"""o12:0 · near miss: o12"""
OPENID = re.compile(r"[0-9A-Za-z_-]{1,64}", re.ASCII)
GREETED = "帮助"
"""What somebody who has just begun to follow is taken to have asked."""
FOLLOWS, LEAVES, TOUCHES = ("subscribe", "scan"), ("unsubscribe",), ("click",)
SUBSCRIPTIONS = ("subscribe_msg_popup_event", "subscribe_msg_change_event")
MEDIA = ("image", "voice")
KNOWN = ("text", "location", *MEDIA)


@dataclass(frozen=True, slots=True)
class Message:
    """What a person said or touched."""

    incoming: Incoming
    account: str
    """Whom it was sent to: the reply comes from there."""
    media_id: str = ""
    """Of a picture or voice message that is still at the platform, for three days."""
    is_known: bool = True
    """False for videos, links, files and whatever comes next: there is nothing in it that we read."""

    def holding(self, attachment: Attachment) -> Incoming:
        """Return the message with what was fetched for it."""
        kept = self.incoming
        return Incoming(kept.channel, kept.message_id, kept.sender, kept.text, kept.at, (attachment,))


@dataclass(frozen=True, slots=True)
class Left:
    """A person follows the account no more."""

    sender: str


@dataclass(frozen=True, slots=True)
class Subscribed:
    """What a person has allowed (True) or refused, by template."""

    sender: str
    templates: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Other:
    """An event that nobody said anything by: a page was opened, a template message arrived."""

    name: str


def read(fields: Mapping[str, Any], now: datetime) -> Message | Left | Subscribed | Other:
    """Return what the fields of a callback mean.

    Raises: ValueError where they are none: no sender, no kind.
    """
    sender, kind = _text(fields, "FromUserName"), _text(fields, "MsgType").lower()
    if not OPENID.fullmatch(sender) or not kind:
        raise ValueError("no sender or no kind")
    return _event(fields, sender, now) if kind == "event" else _message(fields, sender, kind, now)


def _message(fields: Mapping[str, Any], sender: str, kind: str, now: datetime) -> Message:
    name = _text(fields, "MsgId")
    if not re.fullmatch(r"\d{1,32}", name, re.ASCII):
        raise ValueError("no MsgId")
    button = BUTTON.fullmatch(_text(fields, "bizmsgmenuid"))
    words = _text(fields, {"voice": "Recognition"}.get(kind, "Content")) if kind in ("text", "voice") else ""
    location = _location(fields) if kind == "location" else None
    incoming = Incoming(
        CHANNEL,
        # a touch of a choice comes as a text; to the platform it is no message of the person's
        f"{TOUCHED if fields.get('bizmsgmenuid') else SAID}{name}",
        sender,
        words,
        _time(fields, now),
        location=location,
        pressed=Pressed(button["prompt"], int(button["choice"])) if button else None,
    )
    is_known = kind in KNOWN and (kind != "location" or location is not None)
    return Message(incoming, _text(fields, "ToUserName"), _text(fields, "MediaId") if kind in MEDIA else "", is_known)


def _event(fields: Mapping[str, Any], sender: str, now: datetime) -> Message | Left | Subscribed | Other:
    event, key = _text(fields, "Event").lower(), _text(fields, "EventKey")
    if event in LEAVES:
        return Left(sender)
    if event in SUBSCRIPTIONS:
        return Subscribed(sender, tuple(_allowed(fields)))
    if event not in (*FOLLOWS, *TOUCHES):
        return Other(event[:64])
    # two events of one person may fall into one second: what was touched belongs to the name
    source = f"{sender}/{_text(fields, 'CreateTime')}/{event}/{key}"
    name = TOUCHED + hashlib.sha256(source.encode()).hexdigest()[:32]
    words = key[:128] if event in TOUCHES else GREETED
    return Message(Incoming(CHANNEL, name, sender, words, _time(fields, now)), _text(fields, "ToUserName"))


def _text(fields: Mapping[str, Any], name: str) -> str:
    """Return a field as text: it may be missing, empty (None), or stand there twice (a list)."""
    value = fields.get(name)
    value = value[0] if isinstance(value, list) and value else value
    return value.strip() if isinstance(value, str) else ""


def _time(fields: Mapping[str, Any], now: datetime) -> datetime:
    seconds = _text(fields, "CreateTime")
    return datetime.fromtimestamp(int(seconds), UTC) if re.fullmatch(r"\d{9,10}", seconds, re.ASCII) else now


def _location(fields: Mapping[str, Any]) -> Location | None:
    try:
        lat, lon = float(_text(fields, "Location_X")), float(_text(fields, "Location_Y"))
        return from_gcj02(lat, lon, _text(fields, "Label")[:200])
    except ValueError:
        return None


def _allowed(fields: Mapping[str, Any]) -> list[tuple[str, bool]]:
    """Read the list of templates, which is a dict where it has one entry; whatever else it is says nothing."""
    lists = [value for name, value in fields.items() if name.startswith("SubscribeMsg") and isinstance(value, dict)]
    entries = [entry for one in lists for entry in _listed(one.get("List"))]
    return [
        (_text(one, "TemplateId")[:64], _text(one, "SubscribeStatusString") == "accept")
        for one in entries
        if _text(one, "TemplateId")
    ]


def _listed(value: object) -> list[Mapping[str, Any]]:
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, Mapping)]
