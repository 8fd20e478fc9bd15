"""The part (分片) of one document in an index: its counted terms and vectors, made once per state of the document."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.clauses.split import split
from assistant.documents import Document
from assistant.ports import Embedder
from assistant.search.bags import Bag, bag
from assistant.search.entries import Entry, entries
from assistant.search.homophones import Lexicon, lexicon
from assistant.search.keyword import TITLE_WEIGHT
from assistant.search.questions import load_questions


@dataclass(frozen=True, slots=True)
class Block:
    """Vectors of one document: the clause number `owners[i]` owns `rows[i]`; owners ascend."""

    rows: npt.NDArray[np.float16]
    owners: npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Part:
    """All that an index needs of one document."""

    units: tuple[str, ...]
    """Unit ids of its clauses, in document order."""
    keyword: Bag
    question: Bag
    vector: Block
    """Sentences of the clauses, each with the title of its clause."""
    asked: Block
    """Questions of the bank."""
    lexicon: Lexicon
    """Words of its clauses and questions."""


def document_entries(corpus: Path, document: Document) -> list[Entry]:
    """Return the clauses of a document with the questions of its bank.

    Raises: BadQuestionFile.
    """
    questions = load_questions(corpus / document.id / "questions.jsonl")
    return entries(document, split(document.text), questions)


def make_part(clauses: Sequence[Entry], embedder: Embedder) -> Part:
    """Count the terms of a document's clauses and questions, and embed them."""
    return Part(
        units=tuple(clause.unit for clause in clauses),
        keyword=bag([(1.0, clause.context), (TITLE_WEIGHT, clause.title), (1.0, clause.body)] for clause in clauses),
        question=bag([(1.0, question) for question in clause.questions] for clause in clauses),
        vector=_block([clause.passages() for clause in clauses], embedder),
        asked=_block([clause.questions for clause in clauses], embedder),
        lexicon=lexicon(
            (f"{clause.context}。{clause.whole}" for clause in clauses),
            (question for clause in clauses for question in clause.questions),
        ),
    )


def _block(texts: Sequence[Sequence[str]], embedder: Embedder) -> Block:
    owners = np.repeat(np.arange(len(texts), dtype=np.int32), [len(row) for row in texts])
    rows = embedder.encode([text for row in texts for text in row])
    return Block(rows.astype(np.float16), owners)
