"""Citations (引文): whole sentences of a clause, with their place, compared with the source before they are shown."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.clauses import Family, Kind, Outline, Unit, to_chinese
from assistant.clauses.labels import match_marks
from assistant.documents import Document
from assistant.errors import QuoteMismatch, UnknownUnit

SENTENCE = re.compile(r"[^。！？!?\n]*(?:[。！？!?]+[”’》）)】」]*|(?=\n)|$)")
BETWEEN = " \t\n　|:-#"
"""What may stand between two sentences that touch: blanks, and the rule below the head of a table."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One whole sentence, list item or table row of a clause; offsets count in the document's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Citation:
    """One verbatim stretch of a document, of whole sentences, and the clause it stands in."""

    unit: str
    """Unit id: document id, slash, address."""
    document: str
    title: str
    """The document's short title, without 《》."""
    label: str
    """The clause's number as printed, as 第十三条 or （十七）; 前言, 结尾 and headings by name."""
    start: int
    end: int
    quote: str


def unit_id(document_id: str, address: str) -> str:
    """Return the id of a unit: yunnan-2025/17."""
    return f"{document_id}/{address}"


def parse_unit_id(unit: str) -> tuple[str, str]:
    """Return document id and address; raises UnknownUnit where one of them is missing."""
    document_id, _, address = unit.partition("/")
    if not document_id or not address:
        raise UnknownUnit(unit=unit)
    return document_id, address


def sentences(outline: Outline, address: str) -> list[Sentence]:
    """Return the sentences of a clause with its sub-items, in order; its own number and Markdown marks are left out.

    A run-in title is a sentence only where nothing follows it, for citations name it anyway; a heading is none; a
    list item (with its number) or table row without a full stop is one.
    """
    _, end = outline.clause_span(address)
    line_start = outline.text_start(address)
    found: list[Sentence] = []
    for line in outline.text[line_start:end].split("\n"):
        found.extend(_in_line(outline.text, line_start, line_start + len(line)))
        line_start += len(line) + 1
    return found


def _in_line(text: str, start: int, end: int) -> Iterable[Sentence]:
    start += match_marks(text[start:end])
    if not text[start:end].strip("|:- \t"):
        return
    if text[start] == "|":
        yield Sentence(start, start + len(text[start:end].rstrip()), text[start:end].rstrip())
        return
    for found in SENTENCE.finditer(text, start, end):
        piece = found.group()
        if piece.strip():
            begin = found.start() + len(piece) - len(piece.lstrip())
            yield Sentence(begin, found.start() + len(piece.rstrip()), piece.strip())


def cite(document: Document, outline: Outline, address: str, chosen: Iterable[Sentence]) -> tuple[Citation, ...]:
    """Return citations of the chosen sentences of one clause, in order; sentences that touch become one."""
    label = outline_label(outline, outline[address])
    runs: list[tuple[int, int]] = []
    for sentence in sorted(chosen, key=lambda sentence: sentence.start):
        if runs and not document.text[runs[-1][1] : sentence.start].strip(BETWEEN):
            runs[-1] = (runs[-1][0], sentence.end)
        else:
            runs.append((sentence.start, sentence.end))
    unit = unit_id(document.id, address)
    return tuple(
        Citation(unit, document.id, document.short_title, label, start, end, document.text[start:end])
        for start, end in runs
    )


def verify(citation: Citation, documents: Mapping[str, Document], outlines: Mapping[str, Outline]) -> Citation:
    """Return `citation` if it stands, character by character, inside its clause in the stored source.

    Raises: QuoteMismatch where it does not; nothing of it may then be shown.
    """
    document_id, address = parse_unit_id(citation.unit)
    if document_id != citation.document or document_id not in documents or address not in outlines[document_id]:
        raise QuoteMismatch(unit=citation.unit)
    start, end = outlines[document_id].clause_span(address)
    inside = start <= citation.start < citation.end <= end
    if not inside or documents[document_id].text[citation.start : citation.end] != citation.quote:
        raise QuoteMismatch(unit=citation.unit)
    return citation


NAMES = {Kind.PREAMBLE: "前言", Kind.END: "结尾", Kind.TITLE: "标题", Kind.TOC: "目录", Kind.IMPRINT: "落款"}


def outline_label(outline: Outline, unit: Unit) -> str:
    """Return how a citation names a unit: （十七）, 第十三条第二款, 第二部分（三）, 3.2.1, 第六部分, 附件1."""
    if unit.kind in NAMES:
        return NAMES[unit.kind]
    own = _own_label(unit)
    above = outline[unit.parent] if unit.parent else None
    if above is None or unit.kind is Kind.ANNEX:
        return own
    # where （一） starts anew in each section, its number alone names nothing
    starts_anew = unit.family is Family.HAN_BRACKET and unit.address.startswith(f"{above.address}/")
    if unit.kind in (Kind.ITEM, Kind.PARAGRAPH, Kind.ROW) or starts_anew:
        return outline_label(outline, above) + own
    root = above
    while root.parent is not None:
        root = outline[root.parent]
    return (root.label if root.kind is Kind.ANNEX else "") + own


def _own_label(unit: Unit) -> str:
    number = re.sub(r"(?<=\d)r\d+$", "", unit.address.rsplit("/", 1)[-1])
    if unit.kind is Kind.PARAGRAPH:
        return f"第{to_chinese(int(number.removeprefix('p')))}款"
    if unit.kind is Kind.ROW:
        return f"第{number.removeprefix('r')}行"
    if unit.family is Family.HAN and unit.kind is Kind.SECTION:
        return f"第{unit.label}部分"
    if unit.family in (Family.NUMBER, Family.HAN):
        return f"第{unit.label}项"
    return unit.label or unit.title
