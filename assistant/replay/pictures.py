"""A picture to send (照片): a whole small JPEG, each with bytes of its own."""

import base64
import hashlib

from assistant.ports import Attachment

JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////"
    "////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA="
)
"""One grey pixel."""


def picture(name: str) -> Attachment:
    """Return a picture that differs from every other by a comment within it."""
    comment = name.encode()
    marked = JPEG[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + JPEG[2:]
    return Attachment("image", hashlib.sha256(marked).hexdigest(), "image/jpeg")
