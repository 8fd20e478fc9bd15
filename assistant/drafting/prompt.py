"""What the language model is told: a fixed instruction, and one clause as data."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.clauses import Outline, Unit
from assistant.documents import Document

INSTRUCTION = (Path(__file__).parent / "instruction.txt").read_text(encoding="utf-8")
LONGEST_MATTER = 6000
"""Characters of a clause that are sent; a longer one (a table of many pages) is asked for by its beginning."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One clause to ask for."""

    unit: str
    title: str
    """Short title of its document."""
    headings: tuple[str, ...]
    """Headings above it and its own, outermost first."""
    text: str

    @property
    def digest(self) -> str:
        """sha256 of the text: drafts for another text are out of date."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def matters(document: Document, outline: Outline, addresses: Sequence[str] = ()) -> list[Matter]:
    """Return the clauses of a document that have text, in order: all, or those that hold the units at `addresses`.

    Raises: UnknownUnit.
    """
    chosen = {outline.clause_of(address).address for address in addresses}
    found = [unit for unit in outline.clauses() if not chosen or unit.address in chosen]
    return [matter for unit in found if (matter := _matter(document, outline, unit)).text.strip()]


def _matter(document: Document, outline: Outline, unit: Unit) -> Matter:
    headings = (*outline.path(unit.address), outline.heading(unit))
    return Matter(f"{document.id}/{unit.address}", document.short_title, headings, outline.plain(unit.address))


def matter_text(matter: Matter, count: int) -> str:
    """Return a clause as the model reads it: one JSON object, so that no text can end it and begin an instruction."""
    fields = {
        "文件": matter.title,
        "位置": [heading for heading in matter.headings if heading],
        "条文": matter.text[:LONGEST_MATTER],
        "数量": shares(count),
    }
    return json.dumps(fields, ensure_ascii=False)


def shares(count: int) -> dict[str, int]:
    """Return how many questions each asker gets: villagers half, for their words are the farthest from the text."""
    villager = (count + 1) // 2
    cadre = (count - villager + 1) // 2
    return {"villager": villager, "cadre": cadre, "trainer": count - villager - cadre}
