"""Plain-language explanations (通俗解释): what a clause means in spoken words, and the words that it rests on."""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from assistant.clauses.split import split
from assistant.clauses.units import Outline
from assistant.documents import Catalogue, ladder
from assistant.errors import BadExplanations

EXPLANATIONS = "explanations.toml"
HEADER = re.compile(r"^\s*\[\[\s*explanation\s*\]\]", re.MULTILINE)
LINE = re.compile(r"at line (\d+)")
"""Cannot overwrite a value (at line 12, column 7) · near miss: Unclosed array (at end of document)"""
Words = Annotated[str, Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One matter in plain words: an aid beside the quote, never a source."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
    matter: Annotated[str, Field(min_length=2, max_length=12)]
    region: str
    """The place whose rule it explains; empty for the whole country."""
    asks: Annotated[tuple[Words, ...], Field(min_length=1)]
    """How people ask for the matter."""
    text: Annotated[str, Field(min_length=10, max_length=160)]
    rests_on: Annotated[Mapping[str, Annotated[tuple[Words, ...], Field(min_length=1)]], Field(min_length=1)]
    """Unit id → the clause's own words from which the whole text follows; each unit alone supports all of it."""
    written: date
    reviewed: date
    reviewed_by: Words


ENTRIES = TypeAdapter(tuple[Explanation, ...])


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
    text = ""
    try:
        text = path.read_bytes().decode("utf-8")
        entries = ENTRIES.validate_python(tomllib.loads(text).get("explanation", []))
    except UnicodeDecodeError as error:
        raise BadExplanations(path=str(path), line=error.object[: error.start].count(b"\n") + 1, field="UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        place = LINE.search(str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        raise BadExplanations(path=str(path), line=line, field="TOML") from error
    except ValidationError as error:
        raise _misfit(path, text, error.errors()[0]["loc"]) from error
    seen: set[str] = set()
    for place_in_file, entry in enumerate(entries):
        if entry.id in seen:
            raise _misfit(path, text, (place_in_file, "id"))
        seen.add(entry.id)
    return entries


def _misfit(path: Path, text: str, where: tuple[int | str, ...]) -> BadExplanations:
    """Return the error for the field `where`: number of the entry, name of the field, place in it."""
    headers = [text.count("\n", 0, header.end()) + 1 for header in HEADER.finditer(text)]
    number = where[0] if where and isinstance(where[0], int) else 0
    line = headers[number] if number < len(headers) else 1
    return BadExplanations(path=str(path), line=line, field=".".join(str(part) for part in where[1:]) or "explanation")


def unfounded(explanations: Iterable[Explanation], catalogue: Catalogue) -> tuple[str, ...]:
    """Return the ids of the explanations that must be withheld.

    A unit is no clause, does not hold the words (any more), or belongs to a place outside the explanation's region.
    """
    outlines: dict[str, Outline] = {}
    return tuple(entry.id for entry in explanations if not _is_founded(entry, catalogue, outlines))


def _is_founded(entry: Explanation, catalogue: Catalogue, outlines: dict[str, Outline]) -> bool:
    for unit, words in entry.rests_on.items():
        document, _, address = unit.partition("/")
        if document not in catalogue or entry.region not in ladder(catalogue[document].region):
            return False
        outline = outlines.setdefault(document, split(catalogue[document].text)) if document not in outlines else outlines[document]
        if address not in outline or not outline.is_clause(outline[address]):
            return False
        start, end = outline.clause_span(address)
        if not all(word in outline.text[start:end] for word in words):
            return False
    return True
