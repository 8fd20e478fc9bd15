"""The library: every document, and each as a page on which quotes are marked."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby

from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from assistant.desk import Desk
from assistant.documents import Document, Level
from assistant.ports import Link
from bots.web.bubbles import CHINA
from bots.web.links import anchor, clause_path, parse_spans
from bots.web.reader import Block, contents, lay_out

LEVELS = list(Level)
Shelf = tuple[Level, str, list[Document]]


class LibraryPages:
    """The endpoints of the library, before one desk."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime], templates: Jinja2Templates) -> None:
        self.desk = desk
        self.clock = clock
        self.templates = templates

    def shelves(self, request: Request) -> Response:
        """List all documents by level and region."""
        shown = {"shelves": shelves(self.desk.documents()), "today": self._today()}
        return self.templates.TemplateResponse(request, "documents.html", shown)

    def document(self, request: Request, document_id: str, q: str = "") -> Response:
        """Show one document, with the spans of `q` (start-end,start-end) marked.

        Raises: UnknownDocument.
        """
        page = self.desk.document(document_id)
        quotes = parse_spans(q, len(page.document.text))
        blocks = lay_out(page.outline, quotes)
        has_heading = bool(blocks) and blocks[0].level == 1
        counterparts = self.desk.counterparts(document_id, self._today())
        shown = {
            "document": page.document,
            "heading": blocks[0] if has_heading else None,
            "blocks": with_links(blocks[has_heading:], {anchor(a): links for a, links in counterparts.items()}),
            "entries": contents(page.outline),
            "path": clause_path,
            "has_quotes": bool(quotes),
            "today": self._today(),
        }
        return self.templates.TemplateResponse(request, "document.html", shown)

    def _today(self) -> date:
        return self.clock().astimezone(CHINA).date()


def with_links(blocks: Sequence[Block], links: Mapping[str, tuple[Link, ...]]) -> list[tuple[Block, tuple[Link, ...]]]:
    """Return each block with what follows it: the links of a clause (by its anchor) stand below its last block."""
    laid: list[tuple[Block, tuple[Link, ...]]] = []
    waiting: tuple[Link, ...] = ()
    for block in blocks:
        begun = [name for name in block.anchors if name in links]
        if waiting and (begun or block.level):
            laid[-1], waiting = (laid[-1][0], waiting), ()
        waiting = links[begun[-1]] if begun else waiting
        laid.append((block, ()))
    return [*laid[:-1], (laid[-1][0], waiting)] if laid else []


def shelves(documents: Iterable[Document]) -> list[Shelf]:
    """Return the documents by level and region, highest level first, newest document first."""

    def place(document: Document) -> tuple[int, str]:
        return LEVELS.index(document.level), document.region

    def newest(document: Document) -> tuple[int, str]:
        return -(document.issued.toordinal() if document.issued else 0), document.id

    ordered = sorted(documents, key=lambda document: (place(document), newest(document)))
    return [(LEVELS[level], region, list(shelf)) for (level, region), shelf in groupby(ordered, key=place)]
