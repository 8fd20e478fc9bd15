"""What kind of file this is (文件格式), by its content; the suffix decides only between txt and md."""

import io
import re
import zipfile

MAGIC = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"GIF8", "gif"),
    (b"{\\rtf", "rtf"),
    (b"Rar!\x1a", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b\x08", "gz"),
    (b"CAJ\x00", "caj"),
)

PACKED = (
    ("word/document", "docx"),
    ("OFD.xml", "ofd"),
    ("xl/workbook", "xlsx"),
    ("ppt/presentation", "pptx"),
    ("content.xml", "odt"),
)
"""Beginnings of a member's name that tell what a zip file is."""

STREAMS = (
    ("EncryptedPackage", "encrypted docx"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("Workbook", "xls"),
)
"""Streams that tell what an OLE file is; their names stand in its directory as UTF-16."""

PDF_HEAD = 1_024
"""Readers accept that much before %PDF (mail headers, a blank line)."""

# Matches "<!-- saved --><div class=x>" and "<!DOCTYPE html>"; not "<http://www.0437.com>" or "<!-- INFO END -->\n# 体育法".
PAGE_START = re.compile(
    r"(?:\s|<\?xml[^>]*>|<!--.*?-->)*"
    r"<(?:!doctype\s+html|(?:html|head|body|meta|title|div|p|table|h[1-6]|section|article|center|script|style)[\s>])",
    re.IGNORECASE | re.DOTALL,
)
# Matches "<P align=center>"; not "<乡镇>".
TAG = re.compile(r"</?(?:html|body|div|p|br|table|tr|td|span|font|h[1-6]|a)(?:\s[^<>]*)?/?>", re.IGNORECASE)


def binary_format(data: bytes, suffix: str) -> str | None:
    """Return docx, pdf, image, "encrypted docx" or the name of a format that is not read; None for a text."""
    if data.startswith(b"PK\x03\x04"):
        return _packed(data, suffix)
    for magic, name in MAGIC:
        if data.startswith(magic):
            return _ole(data, suffix) if name == "ole" else name
    if data.startswith(b"%PDF") or (b"\0" in data[:PDF_HEAD] or suffix == ".pdf") and b"%PDF-" in data[:PDF_HEAD]:
        return "pdf"
    if data.startswith(b"BM") and b"\0" in data[:32]:
        return "image"
    return None


def _packed(data: bytes, suffix: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        # no table of contents: the reader will say that the docx is damaged
        return "docx" if suffix == ".docx" or b"word/document" in data else "zip"
    for start, name in PACKED:
        if any(member.startswith(start) for member in names):
            return name
    return "zip"


def _ole(data: bytes, suffix: str) -> str:
    for stream, name in STREAMS:
        if stream.encode("utf-16-le") in data:
            return "wps" if name == "doc" and suffix == ".wps" else name
    return suffix.removeprefix(".") or "ole"


def is_page(text: str, suffix: str) -> bool:
    """Tell whether a text is an HTML page; a Markdown text with a tag or two is none."""
    if PAGE_START.match(text[:4_096]):
        return suffix not in {".md", ".markdown"} or "<html" in text[:4_096].lower()
    return suffix in {".html", ".htm"} and TAG.search(text) is not None
