"""What is indexed of a clause: its headings, title, body, and how people ask for it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.clauses.units import Outline, Unit
from assistant.documents import Document
from assistant.errors import BadQuestionFile, UnknownUnit
from assistant.search.questions import BankQuestion

SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]*")
"""One sentence with its mark: 每年不少于1次。 · near miss: the line break alone"""
SHORTEST_SENTENCE = 4
"""Characters; shorter ones (如下：) say nothing by themselves."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One clause as search sees it."""

    unit: str
    context: str
    """Short title of the document and headings above the clause."""
    title: str
    body: str
    """Text without title, with all sub-items."""
    questions: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        """Title sentence and body."""
        return f"{self.title}。{self.body}" if self.title else self.body

    def sentences(self) -> list[str]:
        """Return the sentences of the body that are long enough to be asked for."""
        found = (match.group().strip() for match in SENTENCE.finditer(self.body))
        return [sentence for sentence in found if len(sentence) >= SHORTEST_SENTENCE]

    def passages(self) -> list[str]:
        """Return what is embedded: each sentence after the title of the clause, for it says what the sentence is about."""
        found = self.sentences() or [self.body]
        return [f"{self.title}。{sentence}" for sentence in found] if self.title else found


def entries(document: Document, outline: Outline, questions: Sequence[BankQuestion]) -> list[Entry]:
    """Return one entry per clause of a document, in document order; a question on a sub-item counts for its clause.

    Raises: BadQuestionFile where a question names a unit that the document does not have.
    """
    asked: dict[str, list[str]] = {}
    for question in questions:
        asked.setdefault(_clause(document, outline, question), []).append(question.question)
    return [_entry(document, outline, unit, asked.get(unit.address, [])) for unit in outline.clauses()]


def _clause(document: Document, outline: Outline, question: BankQuestion) -> str:
    try:
        clause = outline.clause_of(question.unit.removeprefix(f"{document.id}/"))
    except UnknownUnit as error:
        raise BadQuestionFile(path=f"{document.id}/questions.jsonl", line=question.line) from error
    if not outline.is_clause(clause):
        raise BadQuestionFile(path=f"{document.id}/questions.jsonl", line=question.line)
    return clause.address


def _entry(document: Document, outline: Outline, unit: Unit, asked: Sequence[str]) -> Entry:
    headings = [outline[address].title for address in _above(outline, unit)]
    text = outline.plain(unit.address)
    return Entry(
        unit=f"{document.id}/{unit.address}",
        context="。".join([document.short_title, *headings]),
        title=unit.title,
        body=text.removeprefix(f"{unit.title}。") if unit.title else text,
        questions=tuple(dict.fromkeys(asked)),
    )


def _above(outline: Outline, unit: Unit) -> list[str]:
    addresses: list[str] = []
    parent = unit.parent
    while parent is not None:
        addresses.append(parent)
        parent = outline[parent].parent
    return addresses[::-1]
