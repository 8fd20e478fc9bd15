"""Plain-language explanations (通俗解释): what a clause means in spoken words, with the words that it rests on."""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated

import numpy as np
import numpy.typing as npt
from pydantic import Field, TypeAdapter, ValidationError

from assistant.clauses.split import split
from assistant.clauses.units import Outline
from assistant.documents import Catalogue, ladder
from assistant.errors import BadExplanations
from assistant.ports import Embedder
from assistant.search.parts import Block

EXPLANATIONS = "explanations.toml"
HEADER = re.compile(r"^\s*\[\[\s*explanation\s*\]\]", re.MULTILINE)
LINE = re.compile(r"at line (\d+)")
"""Cannot overwrite a value (at line 12, column 7) · near miss: Unclosed array (at end of document)"""
Words = Annotated[str, Field(min_length=1)]
Texts = Annotated[tuple[Words, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One matter in plain words: an aid beside the quote, never a source."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
    matter: Annotated[str, Field(min_length=2, max_length=12)]
    region: str
    """The place whose people it is for; empty for the whole country."""
    asks: Texts
    """How people ask for the matter."""
    text: Annotated[str, Field(min_length=10, max_length=160)]
    rests_on: Annotated[Mapping[str, Texts], Field(min_length=1)]
    """Unit id of a clause → its own words; each clause alone supports the whole text."""
    written: date
    reviewed: date
    reviewed_by: Words


ENTRIES = TypeAdapter(tuple[Explanation, ...])


@dataclass(frozen=True, slots=True)
class Explanations:
    """The explanations of a corpus, found by clause."""

    entries: tuple[Explanation, ...]
    ways: Block
    """Vectors of matter and asks; the owner is the place in `entries`."""
    _places: dict[str, list[int]] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        for place, entry in enumerate(self.entries):
            for unit in entry.rests_on:
                self._places.setdefault(unit, []).append(place)

    def of(self, unit: str) -> tuple[Explanation, ...]:
        """Return the explanations of a clause, in file order."""
        return tuple(self.entries[place] for place in self._places.get(unit, ()))

    def nearness(self, unit: str, query: npt.NDArray[np.float32]) -> list[float]:
        """Return for each explanation of a clause the cosine of its nearest way to ask.

        `query`: float32[dimensions], of unit length.
        """
        return [
            float((self.ways.rows[self.ways.owners == place].astype(np.float32) @ query).max())
            for place in self._places.get(unit, ())
        ]


def embed_ways(entries: Iterable[Explanation], embedder: Embedder) -> Block:
    """Return the vectors of matter and asks of each explanation."""
    ways = [(place, way) for place, entry in enumerate(entries) for way in (entry.matter, *entry.asks)]
    rows = embedder.encode([way for _, way in ways])
    return Block(rows.astype(np.float16), np.array([place for place, _ in ways], np.int32))


def explanations_digest(corpus: Path) -> str:
    """Return the sha256 of the explanations, that of nothing where there are none."""
    path = corpus / EXPLANATIONS
    return hashlib.sha256(path.read_bytes() if path.is_file() else b"").hexdigest()


def load_explanations(corpus: Path) -> tuple[Explanation, ...]:
    """Read the explanations of a corpus, in file order; no file means none.

    Raises: BadExplanations(path, line, field).
    """
    path = corpus / EXPLANATIONS
    if not path.is_file():
        return ()
    text = _read(path)
    try:
        entries = ENTRIES.validate_python(tomllib.loads(text).get("explanation", []))
    except tomllib.TOMLDecodeError as error:
        place = LINE.search(str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        raise BadExplanations(path=str(path), line=line, field="TOML") from error
    except ValidationError as error:
        raise _misfit(path, text, error.errors()[0]["loc"]) from error
    ids = [entry.id for entry in entries]
    for number, name in enumerate(ids):
        if name in ids[:number]:
            raise _misfit(path, text, (number, "id"))
    return entries


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise BadExplanations(path=str(path), line=line, field="UTF-8") from error


def _misfit(path: Path, text: str, where: tuple[int | str, ...]) -> BadExplanations:
    """Return the error for a field; `where` is the number of the entry, the name of the field, the place in it."""
    headers = [text.count("\n", 0, header.end()) + 1 for header in HEADER.finditer(text)]
    number = where[0] if where and isinstance(where[0], int) else 0
    line = headers[number] if number < len(headers) else 1
    return BadExplanations(path=str(path), line=line, field=".".join(map(str, where[1:])) or "explanation")


def unfounded(explanations: Iterable[Explanation], catalogue: Catalogue) -> tuple[str, ...]:
    """Return the ids of the explanations that must be withheld.

    One of their units is no clause, does not hold the words (any more), or is of a place outside their region.
    """
    outlines: dict[str, Outline] = {}
    return tuple(
        entry.id
        for entry in explanations
        if not all(_holds(unit, words, entry.region, catalogue, outlines) for unit, words in entry.rests_on.items())
    )


def _holds(unit: str, words: Iterable[str], region: str, catalogue: Catalogue, outlines: dict[str, Outline]) -> bool:
    """Say whether a clause exists, lies in the region and holds the words; split texts are kept in `outlines`."""
    document, _, address = unit.partition("/")
    if document not in catalogue or region not in ladder(catalogue[document].region):
        return False
    if document not in outlines:
        outlines[document] = split(catalogue[document].text)
    outline = outlines[document]
    if address not in outline or not outline.is_clause(outline[address]):
        return False
    start, end = outline.clause_span(address)
    return all(word in outline.text[start:end] for word in words)
