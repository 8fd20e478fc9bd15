"""Who is asking: a random session id in a cookie is the sender's identity on the channel "web"."""

import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

CHANNEL = "web"
COOKIE = "yingda"
KEPT_FOR = timedelta(days=180)
SESSION_ID = re.compile(r"[0-9a-f]{32}")
# secrets.token_hex(16) matches; a truncated or upper-case id does not.


@dataclass(frozen=True, slots=True)
class Visitor:
    """The person at the browser."""

    id: str
    """128 random bits in hexadecimal."""
    is_new: bool
    """The browser has sent no id: a first visit, or it keeps no cookies."""


def visitor_of(request: Request) -> Visitor:
    """Return who sent the request; a missing or malformed cookie makes a new visitor."""
    known = request.cookies.get(COOKIE, "")
    if SESSION_ID.fullmatch(known):
        return Visitor(known, is_new=False)
    return Visitor(secrets.token_hex(16), is_new=True)


def remember(response: Response, visitor: Visitor, request: Request) -> None:
    """Keep the visitor's id in the browser; over https it never travels in the clear."""
    response.set_cookie(
        COOKIE,
        visitor.id,
        max_age=int(KEPT_FOR.total_seconds()),
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
