"""What a person sends in one message: words, photos, a point; what cannot be kept is refused, and the rest goes on."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from fastapi import UploadFile

from assistant.errors import BadInput, MediaNotKept, YingdaError
from assistant.ports import Attachment, Location

MOST_PHOTOS = 9
POINT = re.compile(r"(?P<lat>-?\d{1,2}(?:\.\d{1,12})?),(?P<lon>-?\d{1,3}(?:\.\d{1,12})?)")
# 25.1872,100.3211 · 25.1872
"""Degrees as the page's script writes them, WGS-84."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One message, ready for the desk."""

    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    location: Location | None = None
    refusals: tuple[YingdaError, ...] = ()
    """Why a photo was not kept."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left to hand over."""
        return not (self.text or self.attachments or self.location)

    @property
    def fingerprint(self) -> str:
        """What tells this message from another one of the same form."""
        point = f"{self.location.lat},{self.location.lon}" if self.location else ""
        return (
            "\0".join((self.text, *(one.digest for one in self.attachments), point))
            if self.attachments or point
            else self.text
        )


NOTHING = Sent()


def received(keep: Callable[[bytes], Attachment], text: str, point: str, photos: list[UploadFile]) -> Sent:
    """Keep the photos, and return the message; on a full disk the words go on without them.

    keep: raises BadInput where a photo is refused, MediaNotKept.
    """
    kept: dict[str, Attachment] = {}
    refusals: list[YingdaError] = []
    for photo in photos[:MOST_PHOTOS]:
        content = photo.file.read()
        if not content and not photo.filename:
            continue  # an empty field of a form without script
        try:
            attachment = keep(content)
        except (BadInput, MediaNotKept) as refusal:
            refusals.append(refusal)
        else:
            kept[attachment.digest] = attachment
    return Sent(text, tuple(kept.values()), location(point), tuple(refusals))


def location(point: str) -> Location | None:
    """Return the point of a form, None for what is none on this earth.

    >>> location("25.1872,100.3211")
    Location(lat=25.1872, lon=100.3211, label='')
    """
    found = POINT.fullmatch(point.strip())
    if found is None:
        return None
    lat, lon = float(found["lat"]), float(found["lon"])
    return Location(lat, lon) if abs(lat) <= 90 and abs(lon) <= 180 else None


def cleaned(text: str) -> str:
    """Return a message without control characters, outer blanks and carriage returns."""
    kept = (
        sign for sign in text.replace("\r\n", "\n") if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"}
    )
    return "".join(kept).strip()
