"""Redaction (脱密): no secret stands in a log, whatever library has written it; known values, and what looks like one."""

import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterable
from types import TracebackType
from typing import Any
from urllib.parse import quote, urlsplit

from pydantic import SecretStr

from assistant.config import Settings
from assistant.masking import MASK

SHORTEST = 6
"""Characters: to blot out what is shorter would make every line unreadable, and it is no secret anyway."""
TALKATIVE = ("httpx", "httpcore", "urllib3", "requests", "hpack")
"""Libraries that write addresses at the level INFO or DEBUG, and a token is a part of some."""
KEYS = r"access_token|(?:app|corp|client)?_?secret|(?:encoding)?_?aes_?key|password|api_key|jsapi_ticket"
PATTERNS = (
    # bot123456:AAF… in an address · near miss: 12:30:00
    (re.compile(r"(?<![\w:])(?:bot)?\d{5,12}:[\w-]{30,}"), MASK),
    # access_token=… · "corpsecret": "…" · near miss: secret is missing
    (re.compile(rf"(?i)((?:{KEYS})[\"']?\s*[=:]\s*[\"']?)(?![*＊\"'])[^&\s\"',}})]{{4,}}"), rf"\1{MASK}"),
    # postgresql://yingda:…@host · socks5://user:…@proxy
    (re.compile(r"(\w://[^\s/:@]*:)[^\s/@＊]+@"), rf"\1{MASK}@"),
    # /a/… the link by which a call is acknowledged
    (re.compile(r"(/a/)[\w.~-]{20,}"), rf"\1{MASK}"),
)
log = logging.getLogger(__name__)


def secrets_of(settings: Settings) -> frozenset[str]:
    """Return every secret of the settings, and the password of the database."""
    values = [getattr(settings, name) for name in type(settings).model_fields]
    found = {value.get_secret_value() for value in values if isinstance(value, SecretStr)}
    return frozenset(found | {urlsplit(settings.database_url).password or ""})


def redacted(text: str, secrets: Iterable[str] = ()) -> str:
    """Return a text without these secrets, as they are and as an address spells them, and without what looks like one.

    >>> redacted("GET /bot123456:AAFabcdefghijklmnopqrstuvwxyz012345/getMe of s3cret-value", ["s3cret-value"])
    'GET /＊＊/getMe of ＊＊'
    """
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= SHORTEST:
            text = text.replace(secret, MASK).replace(quote(secret, safe=""), MASK)
    for pattern, instead in PATTERNS:
        text = pattern.sub(instead, text)
    return text


class Redaction(logging.Filter):
    """Redacts what a record says, its traceback included; it lets every record pass."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__()
        self._secrets = tuple(secrets)

    def filter(self, record: logging.LogRecord) -> bool:
        """Redact a record in place."""
        record.msg, record.args = redacted(_said(record), self._secrets), ()
        if record.exc_info and record.exc_info[1] is not None:
            shown = "".join(traceback.format_exception(record.exc_info[1])).rstrip("\n")
            record.exc_text = redacted(shown, self._secrets)
        return True


def _said(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError):  # a library's own mistake; what it wanted to say is kept
        return f"{record.msg} {record.args}"


def install(settings: Settings) -> None:
    """Redact every record of the process before any handler sees it, and what ends a thread or the process."""
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    redaction = Redaction(secrets_of(settings))

    def made(*args: Any, **more: Any) -> logging.LogRecord:
        record = logging.LogRecord(*args, **more)
        redaction.filter(record)
        return record

    logging.setLogRecordFactory(made)
    threading.excepthook = _thread_ended
    sys.excepthook = _ended


def _thread_ended(ended: threading.ExceptHookArgs) -> None:
    if ended.exc_value is not None and not isinstance(ended.exc_value, SystemExit):
        log.error("a thread ended", exc_info=ended.exc_value)


def _ended(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if isinstance(error, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        log.critical("unexpected", exc_info=error)
