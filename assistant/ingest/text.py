"""Plain texts and Markdown: bytes to characters, kept as they are."""

import re
from itertools import islice
from pathlib import Path

from assistant.errors import UnknownFormat, WrongEncoding

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

GB_NAMES = frozenset({"gb2312", "gbk", "gb18030", "x-gbk", "hz-gb-2312", "gb_2312-80"})
"""Declared names that all mean GB18030: pages declared gb2312 use characters that only the larger sets have."""

CONTROL = re.compile(rb"[\x01-\x08\x0e-\x19\x1c-\x1f]")
"""Bytes that no text has; tab, line ends, form feed, the DOS end mark 1A and escape are left out."""

CONTROL_SHARE = 0.02

COMMON_SHARE = 0.7
"""Official prose has 97 % and more of its Han characters in GB2312's first level; Big5 or UTF-8 bytes misread as
GB18030 have 20 to 60 %."""
FEW, SAMPLE = 10, 20_000
"""Han characters: with fewer a share says nothing, more are not looked at."""


def decode(path: Path, data: bytes, declared: str = "") -> str:
    """Return the characters: by byte order mark, else UTF-8, else the `declared` encoding, else GB18030.

    Raises UnknownFormat for bytes that are no text and WrongEncoding for text in another or a broken encoding.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _strictly(path, data, encoding)
    if b"\0" in data or len(CONTROL.findall(data)) > CONTROL_SHARE * len(data):
        raise UnknownFormat(path=path, format="binary")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_mostly_utf8(data):
            # GB18030 would accept most of it, as other characters
            raise WrongEncoding(path=path, encoding="utf-8", line=_line(data[: error.start], "utf-8")) from error
    return _from_declared(path, data, declared.lower())


def _from_declared(path: Path, data: bytes, declared: str) -> str:
    if declared and declared not in GB_NAMES and declared not in {"utf-8", "utf8"}:
        try:
            return data.decode(declared)
        except (LookupError, UnicodeError):
            # servers declare what they like: the bytes decide
            return _gb18030(path, data)
    return _gb18030(path, data)


def _gb18030(path: Path, data: bytes) -> str:
    text = _strictly(path, data, "gb18030")
    if _is_misread(text):
        raise WrongEncoding(path=path, encoding="unknown", line=1)
    return text


def _strictly(path: Path, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise WrongEncoding(
            path=path, encoding=encoding.removesuffix("-sig"), line=_line(data[: error.start], encoding)
        ) from error


def _line(before: bytes, encoding: str) -> int:
    """Return the line of the byte that follows; counted in characters, for 上 has the byte of a line end in UTF-16."""
    return before.decode(encoding, errors="ignore").count("\n") + 1


def _is_mostly_utf8(data: bytes) -> bool:
    """Tell a damaged UTF-8 text from a GB18030 one: the latter hardly ever shows a three-byte character."""
    text = data.decode("utf-8", errors="replace")
    return sum("\u2e80" <= c < "\ufffd" for c in text) > text.count("\ufffd")


def _is_misread(text: str) -> bool:
    han = list(islice((c for c in text if "\u3400" <= c <= "\u9fff" or "\ue000" <= c <= "\uf8ff"), SAMPLE))
    return len(han) >= FEW and sum(map(_is_common, han)) < COMMON_SHARE * len(han)


def _is_common(char: str) -> bool:
    """Tell whether a character is of GB2312's first level (一级汉字), rows B0 to D7."""
    coded = char.encode("gb2312", errors="ignore")
    return len(coded) == 2 and 0xB0 <= coded[0] <= 0xD7
