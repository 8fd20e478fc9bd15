"""One file as received → its lines (读入); the kind is taken from the content, not from the name."""

import hashlib
import re
from pathlib import Path

from assistant.errors import (
    EmptyFile,
    EncryptedFile,
    MissingFile,
    NotChinese,
    ScannedFile,
    TooLarge,
    UnknownFormat,
)
from assistant.ingest.copies import Copy, Line
from assistant.ingest.limits import FILE_MB, MEGABYTE, TEXT_MB
from assistant.ingest.sniffing import binary_format, is_page
from assistant.ingest.text import decode
from assistant.ports import Progress, silent

__all__ = ["Copy", "Line", "read"]

HAN_SHARE = 0.2
"""Of the letters; a contact list with e-mail addresses has 0.5, an English page with Chinese menus 0.1."""

KANA_SHARE = 0.05
"""Of the letters; a Japanese text has as many Han characters as a Chinese list, but 0.4 kana."""

# Matches 急, the radicals that some pdf programs put in the place of characters (⼯), and 〇; not か or A.
HAN = re.compile("[\u2e80-\u2fdf\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# Matches 急, ⼯, か and A; not 5, _ or 。
LETTER = re.compile("[^\\W\\d_]|[\u2e80-\u2fdf]")
KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")

Numbered = tuple[int | None, str]
"""Page number (None where the file has no pages) and text."""


def read(path: Path, *, ocr: bool = False, progress: Progress = silent) -> Copy:
    """Return the lines of a txt, md, html, docx, pdf or (with `ocr`) picture file.

    Raises an error of the BadInput tree where the file cannot be used, MissingExtra or ReaderFailed where this
    installation cannot read it. `progress` hears of each recognised page.
    """
    data = _bytes(path)
    suffix = path.suffix.lower()
    kind = binary_format(data, suffix)
    unread: tuple[int, ...] = ()
    unchecked = kind == "image"
    if kind == "pdf":
        texts, unchecked, unread = _pdf(path, data, ocr=ocr, progress=progress)
    elif kind == "image":
        texts = _image(path, ocr=ocr, progress=progress)
    elif kind == "docx":
        texts = [(None, _docx(path, data))]
    else:
        _refuse_unread(path, kind)
        kind, text = _text(path, data, suffix)
        texts = [(None, text)]
    _check(path, "\n".join(text for _, text in texts))
    lines = tuple(Line(line, number) for number, text in texts for line in text.splitlines())
    return Copy(path.name, kind, lines, hashlib.sha256(data).hexdigest(), unchecked, unread)


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise MissingFile(path=path)
        with path.open("rb") as stream:
            data = stream.read(FILE_MB * MEGABYTE + 1)
    except OSError as error:
        raise MissingFile(path=path) from error
    if len(data) > FILE_MB * MEGABYTE:
        raise TooLarge(path=path, limit_mb=FILE_MB)
    if not data.strip():
        raise EmptyFile(path=path)
    return data


def _refuse_unread(path: Path, kind: str | None) -> None:
    if kind == "encrypted docx":
        raise EncryptedFile(path=path, kind="docx")
    if kind is not None:
        raise UnknownFormat(path=path, format=kind)


def _text(path: Path, data: bytes, suffix: str) -> tuple[str, str]:
    """Return kind (txt, md or html) and text."""
    if len(data) > TEXT_MB * MEGABYTE:
        raise TooLarge(path=path, limit_mb=TEXT_MB)
    from assistant.ingest.html import declared_encoding, html_lines  # noqa: PLC0415 - lxml; answering needs none of it

    text = decode(path, data, declared_encoding(data))
    if is_page(text, suffix):
        return "html", "\n".join(html_lines(path, text))
    return "md" if suffix in {".md", ".markdown"} else "txt", text


def _docx(path: Path, data: bytes) -> str:
    from assistant.ingest.docx import docx_lines  # noqa: PLC0415 - lxml; answering needs none of it

    text = "\n".join(docx_lines(path, data))
    if len(text.encode("utf-8")) > TEXT_MB * MEGABYTE:
        raise TooLarge(path=path, limit_mb=TEXT_MB)
    return text


def _pdf(path: Path, data: bytes, *, ocr: bool, progress: Progress) -> tuple[list[Numbered], bool, tuple[int, ...]]:
    """Return pages, whether some were recognised from pictures, and the picture pages that were not read."""
    from assistant.ingest.pdf import read_pdf  # noqa: PLC0415 - pypdfium2; answering needs none of it

    pages = read_pdf(path, data)
    scanned = tuple(page.number for page in pages if page.scanned)
    texts: list[Numbered] = [(page.number, page.text) for page in pages]
    if scanned and ocr:
        return _with_recognised(path, texts, scanned, progress), True, ()
    if len(scanned) * 2 > len(pages):
        raise ScannedFile(path=path, kind="pdf", scanned=len(scanned), pages=len(pages))
    return texts, False, scanned


def _with_recognised(path: Path, texts: list[Numbered], scanned: tuple[int, ...], progress: Progress) -> list[Numbered]:
    from assistant.ingest.image import recognised  # noqa: PLC0415 - only where a page is a picture

    found = recognised(path, scanned, kind="pdf", progress=progress)
    return [(number, found.get(number or 0, text)) for number, text in texts]


def _image(path: Path, *, ocr: bool, progress: Progress) -> list[Numbered]:
    if not ocr:
        raise ScannedFile(path=path, kind="image", scanned=1, pages=1)
    from assistant.ingest.image import recognised  # noqa: PLC0415 - only where the file is a picture

    return list(recognised(path, kind="image", progress=progress).items())


def _check(path: Path, text: str) -> None:
    """Raise EmptyFile or NotChinese."""
    if not text.replace("\ufeff", "").strip():
        raise EmptyFile(path=path)
    letters = max(len(LETTER.findall(text)), 1)
    share = len(HAN.findall(text)) / letters
    if share < HAN_SHARE or len(KANA.findall(text)) / letters > KANA_SHARE:
        raise NotChinese(path=path, share=round(share, 2))
