"""What went wrong at the Bot API (失败): what to do next, without a word that could hold the token."""

from concurrent.futures import CancelledError

import httpx
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError

from assistant.errors import (
    RecipientGone,
    SendingFailed,
    SendingInDoubt,
    SendingPaused,
    SendingRefused,
)

CHANNEL = "telegram"
TOKEN, CONFLICT = "token", "conflict"
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)
"""The platform has not even got the call."""
NOBODY = ("chat not found", "user is deactivated", "peer_id_invalid")
"""Of a 400: there is no such person, or no more. Source: descriptions as the server at github.com/tdlib/telegram-bot-api has them."""


def failure(error: BaseException) -> SendingFailed | SendingRefused:
    """Return what an error of the library means for a message."""
    if isinstance(error, RetryAfter):
        return SendingPaused(channel=CHANNEL, reason="429", wait_s=_seconds(error))
    if isinstance(error, Forbidden | ChatMigrated):
        return RecipientGone(channel=CHANNEL, reason="403" if isinstance(error, Forbidden) else "migrated")
    if isinstance(error, BadRequest):
        return _bad_request(error)
    if isinstance(error, InvalidToken):
        return SendingFailed(channel=CHANNEL, reason=TOKEN)
    if isinstance(error, Conflict):
        return SendingFailed(channel=CHANNEL, reason=CONFLICT)
    if isinstance(error.__cause__, NOT_SENT):
        return SendingFailed(channel=CHANNEL, reason="unreachable")
    if isinstance(error, TimeoutError | TelegramError | CancelledError | KeyError | TypeError | RuntimeError):
        return SendingInDoubt(channel=CHANNEL, reason=type(error.__cause__ or error).__name__)
    raise error


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()


def _bad_request(error: BadRequest) -> SendingRefused:
    """The server's words are about our call and hold nothing of anybody."""
    said = error.message[:120]
    if any(sign in said.lower() for sign in NOBODY):
        return RecipientGone(channel=CHANNEL, reason=said)
    return SendingRefused(channel=CHANNEL, reason=said)
