"""Word files (docx): paragraphs and tables in the printed order, with the automatic numbers that Word prints.

Read from the XML itself: python-docx leaves out tracked insertions, content controls, text boxes and list numbers.
Tracked deletions, hidden text, comments, headers and footers are not read.
"""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from assistant.errors import DamagedFile, ScannedFile
from assistant.ingest.numbering import Counter
from assistant.ingest.package import child, local, parse, value, xml_parts
from assistant.ingest.styles import heading_depth, is_on, lineage, list_place, read_lists, read_styles
from assistant.ingest.tables import markdown_rows

WRAPPERS = frozenset(
    {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "AlternateContent", "Choice", "hyperlink"}
)
"""Elements around paragraphs, rows or cells that are not printed themselves."""

NOT_PRINTED = frozenset(
    {"del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "sdtPr", "rt", "Fallback"}
)
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
NOTES = {"footnoteReference": "", "endnoteReference": "e"}
SYMBOL_FONTS = range(0xF000, 0xF100)
"""Code points of Wingdings and the like; the tick boxes of response cards are among them."""

MAIN_RELATION = "/officeDocument"
PICTURES = frozenset({"blip", "imagedata"})
MAX_SPAN = 64
"""Of one cell; Word allows 63 columns."""


def docx_lines(path: Path, data: bytes) -> list[str]:
    """Return a line per paragraph (a line break in it begins a new one) and per table row.

    Raises TooLarge, EncryptedFile, DamagedFile, and ScannedFile where there are only pictures.
    """
    parts = xml_parts(path, data)
    main = _main_part(path, parts)
    folder = main.rpartition("/")[0]
    roots = {
        name: parse(path, parts[f"{folder}/{name}.xml"])
        for name in ("styles", "numbering", "footnotes", "endnotes")
        if f"{folder}/{name}.xml" in parts
    }
    body = child(parse(path, parts[main]), "body")
    if body is None:
        raise DamagedFile(path=path, kind="docx")
    reader = _Reader(roots.get("styles"), roots.get("numbering"))
    lines = [*reader.lines(body), *reader.notes(roots.get("footnotes"), ""), *reader.notes(roots.get("endnotes"), "e")]
    if not "".join(lines).strip() and any(local(element) in PICTURES for element in body.iter()):
        raise ScannedFile(path=path, kind="docx")
    return [line for text in lines for line in text.split("\n")]


def _main_part(path: Path, parts: dict[str, bytes]) -> str:
    """Return the name of the part with the text: Word may call it word/document2.xml."""
    if "_rels/.rels" in parts:
        for relation in parse(path, parts["_rels/.rels"]):
            target = value(relation, "Target").lstrip("/")
            if value(relation, "Type").endswith(MAIN_RELATION) and target in parts:
                return target
    if "word/document.xml" not in parts:
        raise DamagedFile(path=path, kind="docx")
    return "word/document.xml"


class _Reader:
    """Reads the parts of one document; the numbers run on from paragraph to paragraph."""

    def __init__(self, styles: etree._Element | None, numbering: etree._Element | None) -> None:
        self.styles = read_styles(styles)
        self.counter = Counter(read_lists(numbering))
        self.carried = ""
        """Text of a paragraph whose end is a tracked deletion: it belongs to the next one."""

    def lines(self, parent: etree._Element) -> Iterator[str]:
        for element in _unwrapped(parent):
            if local(element) == "p":
                yield from self._paragraph(element)
            elif local(element) == "tbl":
                yield from self._leftover()
                yield from self._table(element)
        yield from self._leftover()

    def _leftover(self) -> Iterator[str]:
        if self.carried:
            yield self.carried
            self.carried = ""

    def notes(self, root: etree._Element | None, prefix: str) -> Iterator[str]:
        """Yield footnotes as Markdown has them; the separators that Word keeps among them have a type."""
        for note in root if root is not None else ():
            if not value(note, "type"):
                yield f"[^{prefix}{value(note, 'id')}]: " + " ".join(self.lines(note)).strip()

    def _paragraph(self, element: etree._Element) -> Iterator[str]:
        boxes: list[etree._Element] = []
        text = self.carried + "".join(_texts(element, boxes))
        properties = child(element, "pPr")
        if child(properties, "rPr", "del") is not None:
            self.carried = text
        else:
            yield self._finished(properties, text)
        for box in boxes:
            yield from self.lines(box)

    def _finished(self, properties: etree._Element | None, text: str) -> str:
        self.carried = ""
        style = value(child(properties, "pStyle"))
        text = self._number(properties, style) + text
        depth = heading_depth(self.styles, style)
        if depth and text.strip():
            return "#" * min(depth, 6) + " " + " ".join(text.split("\n")).strip()
        return text

    def _number(self, properties: etree._Element | None, style: str) -> str:
        list_id, depth = list_place(properties)
        for style_id, inherited in lineage(self.styles, style):
            if list_id:
                break
            list_id, depth = inherited.list_id, inherited.depth if depth is None else depth
            if list_id in self.counter.lists and inherited.depth is None and depth is None:
                depth = self.counter.lists[list_id].level_of(style_id)
        return self.counter.print_next(list_id, depth or 0)

    def _table(self, table: etree._Element) -> Iterator[str]:
        rows = [list(self._row(row)) for row in _unwrapped(table) if local(row) == "tr" and not _is_deleted(row)]
        if [len(row) for row in rows] == [1]:
            # one cell is a frame around text
            yield from rows[0][0]
        else:
            yield from markdown_rows([[" ".join(cell) for cell in row] for row in rows])

    def _row(self, row: etree._Element) -> Iterator[list[str]]:
        """Yield the lines of each cell; a merged area has its text once, the other places are empty."""
        before = value(child(row, "trPr", "gridBefore"))
        yield from [[]] * _span(before, 0)
        for cell in _unwrapped(row):
            if local(cell) != "tc":
                continue
            properties = child(cell, "tcPr")
            lines = list(self.lines(cell))
            yield [] if _goes_on(properties, "vMerge") or _goes_on(properties, "hMerge") else lines
            yield from [[]] * (_span(value(child(properties, "gridSpan")), 1) - 1)


def _unwrapped(parent: etree._Element) -> Iterator[etree._Element]:
    for element in parent:
        if local(element) in WRAPPERS:
            yield from _unwrapped(element)
        elif local(element) not in NOT_PRINTED:
            yield element


def _texts(element: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    """Yield the printed text of a paragraph or run; text boxes in it are put aside into `boxes`."""
    for inner in element:
        name = local(inner)
        if name == "t":
            yield inner.text or ""
        elif name in SIGNS:
            yield SIGNS[name]
        elif name == "sym":
            yield _symbol(value(inner, "char"))
        elif name in NOTES:
            yield f"[^{NOTES[name]}{value(inner, 'id')}]"
        elif name == "txbxContent":
            boxes.append(inner)
        elif name not in NOT_PRINTED and not _is_hidden(inner):
            yield from _texts(inner, boxes)


def _symbol(code: str) -> str:
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    return "□" if point in SYMBOL_FONTS or not 0x20 <= point < 0xD800 else chr(point)


def _is_hidden(run: etree._Element) -> bool:
    switch = child(run, "rPr", "vanish") if local(run) == "r" else None
    return switch is not None and is_on(switch)


def _is_deleted(row: etree._Element) -> bool:
    return child(row, "trPr", "del") is not None


def _goes_on(properties: etree._Element | None, merge: str) -> bool:
    switch = child(properties, merge)
    return switch is not None and value(switch) in {"", "continue"}


def _span(text: str, default: int) -> int:
    return min(max(int(text), default), MAX_SPAN) if text.isascii() and text.isdigit() and len(text) < 6 else default
