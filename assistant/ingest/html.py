"""HTML pages (网页): block elements to lines, headings to #, tables to Markdown rows."""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from assistant.errors import DamagedFile
from assistant.ingest.numbering import formatted
from assistant.ingest.tables import markdown_rows

LEFT_OUT = frozenset({"head", "script", "style", "nav", "template", "noscript", "iframe", "svg"})
"""Never shown as text of the page, or only its menu."""

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form"
    " header hr html legend li main ol option p pre section summary table tbody td tfoot th thead tr ul".split()
)
HEADINGS = {f"h{depth}": "#" * depth + " " for depth in range(1, 7)}

LAYOUT_CELL = 1_500
"""Old government pages put the whole article into a table cell; a cell of a real table is shorter."""

MAX_SPAN = 64
"""Of one cell; a page may declare a million columns."""

LIST_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
HAN_LISTS = ("cjk-ideographic", "simp-chinese", "trad-chinese")

# Matches "charset=gb2312" and 'charset="GBK"'; not "the charset of the page".
CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
HEAD_BYTES = 4_096

# Matches "1.总则", "（一）加强", "第一条", "一、"; not "2024年".
NUMBERED = re.compile(r"\s*(?:[（(]?[\d一二三四五六七八九十百]+[)）.、．]|第[\d一二三四五六七八九十百]+[章节条]|[①-⑳])")
BLANKS = re.compile(r"[ \t\r\n\f]+")


def declared_encoding(data: bytes) -> str:
    """Return the encoding that the page's head names, in lower case; "" where it names none."""
    found = CHARSET.search(data[:HEAD_BYTES])
    return found.group(1).decode("ascii").lower() if found else ""


def html_lines(path: Path, text: str) -> list[str]:
    """Return what a reader sees, a paragraph per line; raises DamagedFile where the parser gives up."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        raise DamagedFile(path=path, kind="html") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        # deeper than 2,048 elements: the rest of the page would be missing
        raise DamagedFile(path=path, kind="html")
    return [] if root is None else list(_Flow(root).lines())


class _Flow:
    """One walk over an element that turns its blocks into lines."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.parts: list[str] = []
        self.mark = ""
        """Heading or list number that goes before the next text."""
        self.lists: list[_List | None] = []
        self.kept_blanks = 0
        """How many `pre` are open."""
        self.heading = False

    def lines(self) -> Iterator[str]:
        walk = etree.iterwalk(self.root, events=("start", "end"))
        for event, element in walk:
            tag = str(element.tag)
            if event == "end":
                yield from self._close(element, tag)
            elif tag in LEFT_OUT:
                walk.skip_subtree()
            elif tag == "table" and _is_data(element):
                yield from self._flush()
                yield from _rows(element)
                walk.skip_subtree()
            else:
                yield from self._open(element, tag)
        yield from self._flush()

    def _open(self, element: etree._Element, tag: str) -> Iterator[str]:
        if tag in BLOCKS or tag in HEADINGS:
            yield from self._flush()
        if tag == "br":
            yield from self._break()
        self.heading = self.heading or tag in HEADINGS
        self.mark = HEADINGS.get(tag, self.mark)
        self.kept_blanks += tag == "pre"
        if tag in {"ol", "ul"}:
            self.lists.append(_List(element) if tag == "ol" else None)
        elif tag == "li" and self.lists and (numbers := self.lists[-1]):
            self.mark = numbers.next(element)
        yield from self._add(element.text)

    def _close(self, element: etree._Element, tag: str) -> Iterator[str]:
        if tag in BLOCKS or tag in HEADINGS:
            yield from self._flush()
            self.mark = ""
            self.heading = self.heading and tag not in HEADINGS
        self.kept_blanks -= tag == "pre"
        if tag in {"ol", "ul"}:
            self.lists.pop()
        if element is not self.root:
            yield from self._add(element.tail)

    def _add(self, text: str | None) -> Iterator[str]:
        if self.kept_blanks and text:
            *whole, rest = text.split("\n")
            for line in whole:
                self.parts.append(line)
                yield from self._break()
            text = rest
        if text:
            self.parts.append(text)

    def _break(self) -> Iterator[str]:
        if self.heading:
            # a title broken over two lines stays one title
            self.parts.append("\n")
        else:
            yield from self._flush(blank=True)

    def _flush(self, *, blank: bool = False) -> Iterator[str]:
        text = "".join(self.parts) if self.kept_blanks else _single_blanks("".join(self.parts))
        self.parts = []
        if text:
            already = self.mark not in HEADINGS.values() and NUMBERED.match(text)
            yield text if already else self.mark + text
            self.mark = ""
        elif blank:
            yield ""


class _List:
    """The running number of an `ol`."""

    def __init__(self, element: etree._Element) -> None:
        style = element.get("style", "").lower()
        self.format = LIST_FORMATS.get(element.get("type", "1"), "decimal")
        self.after = ". "
        if any(name in style for name in HAN_LISTS):
            self.format, self.after = "chineseCounting", "、"
        self.hidden = re.search(r"list-style[^;]*none", style) is not None
        self.number = _whole(element.get("start"), 1)

    def next(self, item: etree._Element) -> str:
        """Return the printed number of the item."""
        number = _whole(item.get("value"), self.number)
        self.number = number + 1
        return "" if self.hidden else formatted(number, self.format) + self.after


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,4}", text) else default


def _single_blanks(text: str) -> str:
    return BLANKS.sub(_joint, text.strip(" \t\r\n\f"))


def _joint(found: re.Match[str]) -> str:
    """Return what a break in the page's source means: nothing between two Chinese characters, else a blank."""
    before, after = found.string[found.start() - 1], found.string[found.end()]
    return "" if "\n" in found.group() and before >= "\u2e80" and after >= "\u2e80" else " "


def _is_data(table: etree._Element) -> bool:
    """Tell a table of data from one that arranges the page: no table, heading or article in it, two columns."""
    # a search for the next element only, or pages of tables in tables would take quadratic time
    if any(next(table.iterdescendants(tag), None) is not None for tag in ("table", *HEADINGS)):
        return False
    rows = [row.xpath("td|th") for row in table.iter("tr")]
    sizes = [len("".join(cell.itertext())) for row in rows for cell in row]
    return any(len(row) > 1 for row in rows) and max(sizes, default=0) <= LAYOUT_CELL


def _rows(table: etree._Element) -> Iterator[str]:
    for caption in table.iter("caption"):
        yield from _Flow(caption).lines()
    grid: list[list[str]] = []
    hanging: dict[int, int] = {}
    for row in table.iter("tr"):
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            _leave_room(cells, hanging)
            columns = min(max(_whole(cell.get("colspan"), 1), 1), MAX_SPAN)
            below = _whole(cell.get("rowspan"), 1) - 1
            hanging.update({len(cells) + offset: below for offset in range(columns) if below > 0})
            cells += [" ".join(_Flow(cell).lines()), *[""] * (columns - 1)]
        _leave_room(cells, hanging)
        grid.append(cells)
    yield from markdown_rows(grid)


def _leave_room(cells: list[str], hanging: dict[int, int]) -> None:
    """Put an empty cell wherever one from a row above reaches down."""
    while (column := len(cells)) in hanging:
        hanging[column] -= 1
        if hanging[column] == 0:
            del hanging[column]
        cells.append("")
