"""The text layer of pdf files, page by page; runs as a process of its own (`python -m assistant.ingest.pdf FILE`)."""

import sys
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pypdfium2
import pypdfium2.raw

from assistant.errors import DamagedFile, EncryptedFile, TooLarge
from assistant.ingest.apart import END, Message, confine, read_apart, send
from assistant.ingest.limits import MEGABYTE, PDF_MEMORY_MB, PDF_PAGES, PDF_SECONDS, TEXT_MB

END_MARK_WITHIN = 4_096
"""The closing %%EOF stands that near the end; without it the file was cut off, and pages may be missing silently."""

FEW_CHARACTERS = 20
"""A page with a picture and fewer characters is a scan: page numbers and the stamps of scanning apps stay below."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a pdf."""

    number: int
    """From 1."""
    text: str
    scanned: bool
    """It shows something, but has no text layer that can be used."""


def read_pdf(path: Path, data: bytes) -> list[Page]:
    """Return the pages; raises EncryptedFile, TooLarge, DamagedFile or ReaderFailed."""
    if b"%%EOF" not in data[-END_MARK_WITHIN:]:
        raise DamagedFile(path=path, kind="pdf")
    messages = read_apart(__name__, path, [], kind="pdf")
    for message in messages:
        _raise_refusal(path, message)
    return [Page(**message) for message in messages]


def _raise_refusal(path: Path, message: Message) -> None:
    match message.get("refused"):
        case "encrypted":
            raise EncryptedFile(path=path, kind="pdf")
        case "pages":
            raise TooLarge(path=path, limit_pages=PDF_PAGES)
        case "text":
            raise TooLarge(path=path, limit_mb=TEXT_MB)
        case "damaged":
            raise DamagedFile(path=path, kind="pdf")


def messages(path: Path) -> Iterator[Message]:
    """Yield the fields of one Page each, or `refused` and the reason; what the child process sends."""
    try:
        with closing(pypdfium2.PdfDocument(path)) as document:
            if len(document) > PDF_PAGES:
                yield {"refused": "pages"}
                return
            yield from _pages(document)
    except pypdfium2.PdfiumError:
        code = pypdfium2.raw.FPDF_GetLastError()
        locked = code in {pypdfium2.raw.FPDF_ERR_PASSWORD, pypdfium2.raw.FPDF_ERR_SECURITY}
        yield {"refused": "encrypted" if locked else "damaged"}
    except MemoryError:
        yield {"refused": "text"}


def _pages(document: pypdfium2.PdfDocument) -> Iterator[Message]:
    size = 0
    for index in range(len(document)):
        with closing(document[index]) as page, closing(page.get_textpage()) as layer:
            # U+FFFE stands for a hyphen at a line's end together with the line's end
            text = layer.get_text_range().replace("\ufffe", "-\n")
            size += len(text.encode("utf-8", errors="replace"))
            if size > TEXT_MB * MEGABYTE:
                yield {"refused": "text"}
                return
            yield {"number": index + 1, "text": text, "scanned": _is_scanned(page, text)}


def _is_scanned(page: pypdfium2.PdfPage, text: str) -> bool:
    usable = len(list(islice(filter(_is_usable, text), FEW_CHARACTERS)))
    if usable == FEW_CHARACTERS:
        return False
    if usable == 0:
        return bool(pypdfium2.raw.FPDFPage_CountObjects(page) > 0)
    pictures = page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,))
    return next(iter(pictures), None) is not None


def _is_usable(char: str) -> bool:
    """Tell whether a character can be read: fonts without a table of characters give private or no code points."""
    return not char.isspace() and char != "\ufffd" and unicodedata.category(char) not in {"Cc", "Co", "Cn", "Cs"}


def main() -> None:
    """Send the pages of the file named on the command line."""
    confine(memory_mb=PDF_MEMORY_MB, seconds=PDF_SECONDS)
    for message in messages(Path(sys.argv[1])):
        send(message)
    send(END)


if __name__ == "__main__":
    main()
