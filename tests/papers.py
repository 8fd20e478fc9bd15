"""Files as offices send them, made on the spot: docx, pdf, scans, zip files."""

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml import parse_xml
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from assistant.ingest.reading import Copy, read

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SENTENCE = "（一）加强党的全面领导。在党中央集中统一领导下，完善基层应急管理组织体系。"


def texts(copy: Copy) -> list[str]:
    """Return the lines without their pages."""
    return [line.text for line in copy.lines]


def put(folder: Path, name: str, data: bytes | str) -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def a_docx(fill: Callable[[Document], None]) -> bytes:
    """Return the docx that `fill` writes."""
    document = docx.Document()
    fill(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def lines_of(folder: Path, fill: Callable[[Document], None]) -> list[str]:
    """Return how the docx that `fill` writes is read."""
    return texts(read(put(folder, "plan.docx", a_docx(fill))))


def add_list(document: Document, list_id: int, levels: Sequence[str], *, family: int = 0, extra: str = "") -> None:
    """Add a list whose levels are given as `format pattern more-xml`; without levels it shares `family`."""
    numbering = document.part.numbering_part.element
    if levels:
        family = family or list_id
        parts = [level.split(" ", 2) + [""] for level in levels]
        xml = "".join(
            f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{part[0]}"/>{part[2]}'
            f'<w:lvlText w:val="{part[1]}"/></w:lvl>'
            for depth, part in enumerate(parts)
        )
        numbering.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="{family}">{xml}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {W} w:numId="{list_id}"><w:abstractNumId w:val="{family}"/>{extra}</w:num>'))


def add_item(document: Document, text: str, list_id: int, depth: int = 0, style: str | None = None) -> None:
    """Add a paragraph with an automatic number."""
    properties = document.add_paragraph(text, style=style)._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>'))


def a_pdf(pages: Sequence[Sequence[str] | Image.Image], *, password: str | None = None) -> bytes:
    """Return a pdf; a page is its lines, or the picture that fills it."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt=StandardEncryption(password) if password else None)
    for page in pages:
        canvas.setFont("STSong-Light", 14)
        if isinstance(page, Image.Image):
            canvas.drawImage(ImageReader(page), 0, 0, 595, 842)
        else:
            for number, line in enumerate(page):
                canvas.drawString(72, 780 - 20 * number, line)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def a_scan() -> Image.Image:
    """Return a grey sheet with a black bar."""
    sheet = Image.new("L", (120, 170), 230)
    sheet.paste(10, (20, 20, 100, 30))
    return sheet


def a_picture(file_format: str = "PNG") -> bytes:
    """Return the sheet as a picture file."""
    stream = io.BytesIO()
    a_scan().save(stream, file_format)
    return stream.getvalue()


def a_zip(members: dict[str, bytes]) -> bytes:
    """Return a zip file, packed as tightly as it goes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def a_bare_docx(body: str, **parts: str) -> bytes:
    """Return a docx with this body XML and nothing around it but `parts` (name without .xml → XML)."""
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    members = {"word/document.xml": document.encode()}
    return a_zip(members | {f"word/{name}.xml": xml.encode() for name, xml in parts.items()})
