"""What a file is by its first bytes; names and declared types are not believed."""

from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """What a person sent."""

    IMAGE = "image"
    VOICE = "voice"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that the product takes, or knows well enough to say why not."""

    sort: Sort
    media_type: str
    is_readable: bool = True
    """False: a picture that can be kept by nobody here, for no copy without its hidden data can be made."""


JPEG = Kind(Sort.IMAGE, "image/jpeg")
PNG = Kind(Sort.IMAGE, "image/png")
WEBP = Kind(Sort.IMAGE, "image/webp")
HEIC = Kind(Sort.IMAGE, "image/heic", is_readable=False)
AMR = Kind(Sort.VOICE, "audio/amr")
SILK = Kind(Sort.VOICE, "audio/silk")
OGG = Kind(Sort.VOICE, "audio/ogg")
MP3 = Kind(Sort.VOICE, "audio/mpeg")
M4A = Kind(Sort.VOICE, "audio/mp4")

OPENINGS: tuple[tuple[bytes, Kind], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"#!AMR", AMR),
    (b"#!SILK_V3", SILK),
    (b"\x02#!SILK_V3", SILK),  # as WeChat writes it
    (b"OggS", OGG),
    (b"ID3", MP3),
    (b"\xff\xfb", MP3),
    (b"\xff\xf3", MP3),
    (b"\xff\xf2", MP3),
)
HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"}
M4A_BRANDS = {b"M4A ", b"M4B "}


def sniff(content: bytes) -> Kind | None:
    r"""Return what a file is, None for what is neither picture nor voice message.

    >>> sniff(b"#!AMR\n...").media_type
    'audio/amr'
    """
    for opening, kind in OPENINGS:
        if content.startswith(opening):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    return _boxed(content) if content[4:8] == b"ftyp" else None


def _boxed(content: bytes) -> Kind | None:
    """Read the brands of an ISO base media file: the major one and the compatible ones.

    Source: ISO/IEC 14496-12, 4.3. A film (isom, mp42) is neither picture nor voice message.
    """
    size = min(int.from_bytes(content[:4], "big"), 64)
    brands = {content[8:12], *(content[at : at + 4] for at in range(16, size, 4))}
    if brands & HEIC_BRANDS:
        return HEIC
    return M4A if brands & M4A_BRANDS else None
