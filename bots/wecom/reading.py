"""What a member of the company did (回调消息): the fields of a callback become a message for the desk.

Source: developer.work.weixin.qq.com/document/path/90239 (messages), 90240 (events).
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from assistant.datum import from_gcj02
from assistant.ports import Incoming, Location, Pressed
from assistant.wording import wecom as wording
from bots.vendor.envelope import BadEnvelope

CHANNEL = "wecom"
KEY = re.compile(r"(?P<prompt>[0-9a-z.]{1,24}):(?P<choice>\d{1,2})", re.ASCII)
"""What a button of ours says: `o12:0`."""
NUMBER = re.compile(r"\d{1,20}", re.ASCII)
TIME = re.compile(r"\d{9,11}", re.ASCII)
FILES = {"image": "image", "voice": "voice"}
GREETED, GONE = "subscribe", "unsubscribe"
PRESSED = "template_card_event"


@dataclass(frozen=True, slots=True)
class Read:
    """One message, its file not fetched yet."""

    incoming: Incoming
    media: str = ""
    """Name of the picture or voice message at the platform."""
    kind: str = ""
    """image or voice."""
    code: str = ""
    """With which the pressed card can be changed once."""
    is_gone: bool = False
    """The member does not see the app any more."""


def read(fields: Mapping[str, Any], now: datetime) -> Read | None:
    """Return what was done; None for what concerns nobody here, such as that somebody has opened the app.

    Raises: BadEnvelope for what is no message.
    """
    kind, sender = _text(fields, "MsgType").lower(), _text(fields, "FromUserName").lower()
    if not kind or not sender:
        raise BadEnvelope("no MsgType or FromUserName", is_signed=True)
    at = _time(_text(fields, "CreateTime"), now)
    if kind == "event":
        return _event(fields, sender, at)
    number = _text(fields, "MsgId")
    name = number if NUMBER.fullmatch(number) else _digest(fields)
    incoming = Incoming(CHANNEL, name, sender, _words(kind, fields), at)
    if kind in FILES and _text(fields, "MediaId"):
        return Read(incoming, _text(fields, "MediaId"), FILES[kind])
    point = _location(fields) if kind == "location" else None
    return Read(replace(incoming, location=point))


def _event(fields: Mapping[str, Any], sender: str, at: datetime) -> Read | None:
    event = _text(fields, "Event").lower()
    if not event:
        raise BadEnvelope("no Event", is_signed=True)
    name = _digest(fields)
    if event == GREETED:
        return Read(Incoming(CHANNEL, name, sender, wording.GREETING, at))
    if event == GONE:
        return Read(Incoming(CHANNEL, name, sender, "", at), is_gone=True)
    key = KEY.fullmatch(_text(fields, "EventKey"))
    if event != PRESSED or key is None:
        return None
    pressed = Pressed(key["prompt"], int(key["choice"]))
    return Read(Incoming(CHANNEL, name, sender, "", at, pressed=pressed), code=_text(fields, "ResponseCode"))


def _words(kind: str, fields: Mapping[str, Any]) -> str:
    if kind in ("text", "location", *FILES):
        return _text(fields, "Content") if kind == "text" else ""
    return wording.UNREADABLE.get(kind, wording.UNREADABLE_OTHER)


def _location(fields: Mapping[str, Any]) -> Location | None:
    """Return a shared point; what is none on this earth is left out."""
    try:
        lat, lon = float(_text(fields, "Location_X")), float(_text(fields, "Location_Y"))
        return from_gcj02(lat, lon, _text(fields, "Label"))
    except ValueError:
        return None


def _text(fields: Mapping[str, Any], name: str) -> str:
    """Return a field; one that is missing, blank, nested or there twice is empty."""
    value = fields.get(name)
    return value.strip() if isinstance(value, str) else ""


def _digest(fields: Mapping[str, Any]) -> str:
    """Name what the platform has not named: the same event delivered again has the same fields."""
    named = ("FromUserName", "CreateTime", "MsgType", "Event", "EventKey", "TaskId", "Content", "MediaId")
    joined = "\0".join(_text(fields, name) for name in named)
    return "e-" + hashlib.blake2b(joined.encode(), digest_size=16).hexdigest()


def _time(text: str, now: datetime) -> datetime:
    return datetime.fromtimestamp(int(text), UTC) if TIME.fullmatch(text) else now
