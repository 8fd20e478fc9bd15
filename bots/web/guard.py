"""What stands before every page: bounded bodies, no posts from other sites, strict headers."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 64 * 1024
"""A form of ours is far smaller; nothing larger reaches a parser."""
MOST_DRAINED = 1024 * 1024
"""So much of a refused body is read and thrown away: a browser still sending would miss our answer."""
DECLARED = re.compile(r"[0-9]{1,7}")
# 65536 matches; -1 and 99999999 do not. What is smaller is counted as it comes.
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
SAME_SITE = {"same-origin", "none"}
"""Values of Sec-Fetch-Site for our own pages and for what a person opened himself."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: with it browsers post forms with "Origin: null", and our own could not be told from others.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
PRIVATE = "no-store"
FOR_EVER = "public, max-age=31536000, immutable"
"""Static files are asked for with their digest, so a changed one has another address."""

Refuse = Callable[[Request, int], Response]


class Guard:
    """ASGI middleware; `refuse` makes the page for status 403 and 413."""

    def __init__(self, app: ASGIApp, *, refuse: Refuse, public_url: str = "") -> None:
        self.app = app
        self.refuse = refuse
        self.own_host = urlsplit(public_url).netloc

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what may pass."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        guarded = _with_headers(send, scope["path"])
        if scope["method"] in SAFE_METHODS:
            await self.app(scope, receive, guarded)
            return
        request = Request(scope)
        body = await _bounded_body(request.headers, receive)
        if body is None:
            await self.refuse(request, 413)(scope, receive, guarded)
        elif not _from_own_page(request.headers, self.own_host):
            await self.refuse(request, 403)(scope, receive, guarded)
        else:
            await self.app(scope, _replay(body, receive), guarded)


def _from_own_page(headers: Headers, own_host: str) -> bool:
    """Say whether a post came from one of our pages, or from no browser at all (it sends neither header).

    Source: Fetch metadata (W3C); the Origin of a form post names the page that holds the form.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        return site in SAME_SITE
    if origin is None:
        return True
    return urlsplit(origin).netloc in {headers.get("host", ""), own_host} - {""}


async def _bounded_body(headers: Headers, receive: Receive) -> bytes | None:
    """Return the whole body, or None where it is too large or never came whole."""
    refused = not DECLARED.fullmatch(headers.get("content-length", "0"))
    body, size, more = bytearray(), 0, True
    while more and size <= MOST_DRAINED:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        more = message.get("more_body", False)
        size += len(message["body"])
        refused = refused or size > MOST_BYTES
        if not refused:
            body += message["body"]
    return None if refused else bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    """Return a receive() that hands over `body` at once, then goes on with the connection."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replayed() -> Message:
        return waiting.pop() if waiting else await receive()

    return replayed


def _with_headers(send: Send, path: str) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            keeps = path.startswith("/static/") and message["status"] in (200, 304)
            headers = MutableHeaders(scope=message)
            headers.update(HEADERS)
            headers["Cache-Control"] = FOR_EVER if keeps else PRIVATE
        await send(message)

    return guarded
