"""What stands before every page: bounded bodies, no posts from other sites, strict headers."""

import re
from collections.abc import Callable
from tempfile import SpooledTemporaryFile
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 64 * 1024
"""A form of ours is far smaller; nothing larger reaches a parser."""
MOST_UPLOADED = 32 * 1024 * 1024
"""A message with photos: three of the largest that are kept, and the rest of the form."""
KEPT_IN_MEMORY = 512 * 1024
"""What is larger waits in a temporary file: fifty people may send photos at once."""
MOST_DRAINED = 1024 * 1024
"""So much more of a refused body is read and thrown away: a browser still sending would miss our answer."""
DECLARED = re.compile(r"[0-9]{1,8}")
# 65536 matches; -1 and 999999999 do not. What is smaller is counted as it comes.
UPLOADS = {"/chat", "/duty/import", "/warnings/cap"}
"""Where a form may carry photos, a table or a CAP message."""
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
    "Permissions-Policy": "camera=(), geolocation=(self), microphone=()",
}
PRIVATE = "no-store"
CACHED = {
    "/static/": "public, max-age=31536000, immutable",
    # asked for with the digest of what is in them, so a changed one has another address
    "/media/": "private, max-age=86400, immutable",
}
"""Start of the path → what a browser may keep; nothing else is kept."""

Body = SpooledTemporaryFile[bytes]
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
        with SpooledTemporaryFile(KEPT_IN_MEMORY) as body:
            if not await _is_read(body, request.headers, _limit(request), receive):
                await self.refuse(request, 413)(scope, receive, guarded)
            elif not _from_own_page(request.headers, self.own_host):
                await self.refuse(request, 403)(scope, receive, guarded)
            else:
                await self.app(scope, _replay(body, receive), guarded)


def _limit(request: Request) -> int:
    is_upload = request.url.path in UPLOADS and request.headers.get("content-type", "").startswith("multipart/")
    return MOST_UPLOADED if is_upload else MOST_BYTES


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


async def _is_read(body: Body, headers: Headers, limit: int, receive: Receive) -> bool:
    """Read the whole body; False where it is too large or never came whole."""
    declared = headers.get("content-length", "0")
    refused = not DECLARED.fullmatch(declared) or int(declared) > limit
    size, more = 0, True
    while more and size <= limit + MOST_DRAINED:
        message = await receive()
        if message["type"] == "http.disconnect":
            return False
        more = message.get("more_body", False)
        size += len(message["body"])
        refused = refused or size > limit
        if not refused:
            body.write(message["body"])
    return not refused


def _replay(body: Body, receive: Receive) -> Receive:
    """Return a receive() that hands over `body`, then goes on with the connection."""
    body.seek(0)
    is_over = False

    async def replayed() -> Message:
        nonlocal is_over
        if is_over:
            return await receive()
        piece = body.read(KEPT_IN_MEMORY)
        is_over = len(piece) < KEPT_IN_MEMORY
        return {"type": "http.request", "body": piece, "more_body": not is_over}

    return replayed


def _with_headers(send: Send, path: str) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            is_whole = message["status"] in (200, 304)
            headers = MutableHeaders(scope=message)
            headers.update(HEADERS)
            headers["Cache-Control"] = next(
                (rule for start, rule in CACHED.items() if is_whole and path.startswith(start)), PRIVATE
            )
        await send(message)

    return guarded
