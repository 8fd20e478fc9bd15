"""A copy of a document as received (底本): its lines, nothing interpreted yet."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line; in docx and html one paragraph (or the part of it before a line break), else one line as printed."""

    text: str
    page: int | None = None
    """From 1, where the file has pages (pdf, image)."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One file, read: headings of docx and html carry #, table rows are Markdown rows, the rest is verbatim."""

    name: str
    kind: str
    """txt, md, html, docx, pdf or image."""
    lines: tuple[Line, ...]
    sha256: str
    """Of the file's bytes."""
    unchecked: bool = False
    """Read from pictures (at least one page), so a person must compare it."""
    unread_pages: tuple[int, ...] = ()
    """Pages of a pdf that are pictures and were not read because the others have text."""
