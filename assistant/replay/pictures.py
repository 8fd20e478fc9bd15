"""A picture to send (照片): a whole small JPEG, each with bytes of its own."""

import base64
import hashlib

from assistant.ports import Attachment

JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI//////////////////////////////////////////"
    "//////////wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AP//Z"
)
"""Eight by eight grey pixels."""


def picture(name: str) -> Attachment:
    """Return a picture that differs from every other by a comment within it."""
    comment = name.encode()
    marked = JPEG[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + JPEG[2:]
    return Attachment("image", hashlib.sha256(marked).hexdigest(), "image/jpeg")
