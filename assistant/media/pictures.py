"""Pictures: what their hidden data (EXIF) says, a fingerprint for near copies, and a copy that hides nothing.

Pillow is imported where it is used: most of the product's processes never see a picture.
"""

import struct
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from typing import TYPE_CHECKING, Any

from assistant.errors import DamagedMedia, MediaTooLarge

if TYPE_CHECKING:
    from PIL import Image

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_MEGAPIXELS = 120
"""The largest phone cameras write 108; a small file that unpacks to more is meant to exhaust memory."""
LONGEST_SIDE = 1600
QUALITY = 85
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    OverflowError,
    ZeroDivisionError,
    struct.error,
)
"""What Pillow raises for files that are not as they should be (found by fuzzing, see the test)."""
CHINA = timezone(timedelta(hours=8))
EXIF, GPS = 0x8769, 0x8825
TAKEN, TAKEN_OFFSET = 0x9003, 0x9011
"""DateTimeOriginal and OffsetTimeOriginal. Source: Exif 2.31, table 8."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a picture says about itself; anybody can change it, so it is offered, never asserted."""

    taken_at: datetime | None = None
    lat: float | None = None
    lon: float | None = None
    """WGS-84, degrees: where the camera stood, not what it saw."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that could be opened as a whole."""

    evidence: Evidence
    fingerprint: str
    """16 hexadecimal digits; near copies differ in few bits."""


def look(content: bytes) -> Picture:
    """Open a picture; raises DamagedMedia, MediaTooLarge."""
    opened = _opened(content)
    return Picture(_evidence(opened), _fingerprint(opened))


def shared_copy(content: bytes) -> bytes:
    """Return the picture upright, at most 1,600 pixels long, as JPEG without any hidden data.

    Raises: DamagedMedia, MediaTooLarge.
    """
    from PIL import Image  # noqa: PLC0415

    upright = _upright(_opened(content))
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    with_alpha = upright.convert("RGBA")
    # A new image: the old one carries EXIF, XMP, comments and profiles along.
    plain = Image.new("RGB", upright.size, "white")
    plain.paste(with_alpha, mask=with_alpha.getchannel("A"))
    out = BytesIO()
    plain.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def bits_apart(one: str, other: str) -> int:
    """Return in how many of 64 bits two fingerprints differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def _opened(content: bytes) -> "Image.Image":
    from PIL import Image  # noqa: PLC0415

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # broken hidden data is no reason to refuse a picture
            opened = Image.open(BytesIO(content), formats=FORMATS)
        if opened.width * opened.height > MOST_MEGAPIXELS * 1_000_000:
            raise MediaTooLarge(limit_megapixels=MOST_MEGAPIXELS)
        # A JPEG is read at a fraction of its size: all that is asked of it here needs no more.
        opened.draft("RGB", (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))
        opened.load()
    except Image.DecompressionBombError as error:
        raise MediaTooLarge(limit_megapixels=MOST_MEGAPIXELS) from error
    except BROKEN as error:
        raise DamagedMedia from error
    return opened


def _upright(opened: "Image.Image") -> "Image.Image":
    """Turn a picture as its hidden data says; where that cannot be read it stays as it is."""
    from PIL import ImageOps  # noqa: PLC0415

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ImageOps.exif_transpose(opened)
    except BROKEN:
        return opened


def _fingerprint(opened: "Image.Image") -> str:
    """Return the difference hash (dHash): is each of 9×8 grey cells brighter than its left neighbour?

    Ten lines of Pillow; the package imagehash would bring scipy and PyWavelets for the same 64 bits.
    """
    from PIL import Image  # noqa: PLC0415

    small = _upright(opened).convert("L").resize((9, 8), Image.Resampling.BOX)
    cells = small.tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            at = row * 9 + column
            bits = bits << 1 | (cells[at + 1] > cells[at])
    return f"{bits:016x}"


def _evidence(opened: "Image.Image") -> Evidence:
    """Read time and place; hidden data that cannot be read says nothing."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exif = opened.getexif()
            lat, lon = _point(exif.get_ifd(GPS))
            return Evidence(_taken(exif.get_ifd(EXIF)), lat, lon)
    except BROKEN:
        return Evidence()


def _taken(fields: Mapping[int, Any]) -> datetime | None:
    said = str(fields.get(TAKEN, "")).strip("\0 ")
    offset = str(fields.get(TAKEN_OFFSET, "")).strip("\0 ")
    try:
        taken = datetime.strptime(said, "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007  (the zone stands in another field)
        zone = datetime.strptime(offset, "%z").tzinfo if offset else CHINA
        return taken.replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _point(fields: Mapping[int, Any]) -> tuple[float | None, float | None]:
    """Return latitude and longitude. Source: Exif 2.31, table 15: 1 N/S, 2 degrees, 3 E/W, 4 degrees."""
    try:
        lat, lon = _degrees(fields[2], fields[1] == "S"), _degrees(fields[4], fields[3] == "W")
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None, None
    is_point = abs(lat) <= 90 and abs(lon) <= 180 and (lat, lon) != (0.0, 0.0)
    return (lat, lon) if is_point else (None, None)


def _degrees(parts: tuple[Any, Any, Any], is_negative: bool) -> float:  # noqa: FBT001  (one caller, two lines above)
    degrees = float(parts[0]) + float(parts[1]) / 60 + float(parts[2]) / 3600
    return round(-degrees if is_negative else degrees, 6)
