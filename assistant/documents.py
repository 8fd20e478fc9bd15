"""The catalogue: which documents there are, for which place, and from when to when they hold."""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from assistant.errors import DamagedDocument, MissingFile

DOCUMENT_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Level(StrEnum):
    """The level of government that issued a document, highest first."""

    CENTRAL = "central"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"


@dataclass(frozen=True, slots=True)
class Document:
    """One opinion, statute, plan, rule or response card, with its authentic text."""

    id: str
    title: str
    short_title: str
    aliases: tuple[str, ...]
    """Further names that people use: 云南意见, 镇里的防汛预案."""
    issuer: str
    kind: str
    """opinion, statute, plan, rule or card."""
    level: Level
    region: str
    """Place path such as 云南省/示例州/示例县; empty for the centre."""
    number: str
    issued: date | None
    effective: date | None
    repealed: date | None
    superseded_by: str | None
    source: str
    sample: bool
    unchecked: bool
    """Read by OCR and not yet compared with the original by a person."""
    text: str
    digest: str
    """sha256 over everything in the folder that an index is built from."""

    def in_force(self, on: date) -> bool:
        """Say whether the document holds on the day `on`."""
        begun = self.effective is None or self.effective <= on
        return begun and (self.repealed is None or on < self.repealed)


class Catalogue(Mapping[str, Document]):
    """All documents of a corpus, by id, in the order of their ids."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = dict(sorted(documents.items()))

    def __getitem__(self, document_id: str) -> Document:
        return self._documents[document_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)

    def regions(self) -> list[str]:
        """Return every place that a document is for, and every place above it; the centre ("") is left out."""
        return sorted({place for document in self.values() for place in ladder(document.region) if place})


def ladder(region: str) -> tuple[str, ...]:
    """Return the place and all places above it, own place first, the centre ("") last."""
    parts = [part for part in region.split("/") if part]
    return tuple("/".join(parts[:count]) for count in range(len(parts), -1, -1))


def document_folders(corpus: Path) -> list[Path]:
    """Return the folders of a corpus that hold a document, in the order of their names; hidden ones are half-written.

    Raises: MissingFile where there is no corpus.
    """
    if not corpus.is_dir():
        raise MissingFile(path=str(corpus))
    folders = (folder for folder in corpus.iterdir() if not folder.name.startswith("."))
    return sorted(folder for folder in folders if (folder / "document.toml").is_file())


def load_catalogue(corpus: Path) -> Catalogue:
    """Read every document of a corpus.

    Raises: MissingFile, DamagedDocument.
    """
    documents = [load_document(folder) for folder in document_folders(corpus)]
    return Catalogue({document.id: document for document in documents})


def load_document(folder: Path) -> Document:
    """Read one document's folder.

    Raises: DamagedDocument where a file is missing, not UTF-8, or contradicts the folder.
    """
    try:
        described = tomllib.loads((folder / "document.toml").read_text(encoding="utf-8"))
        text = (folder / "text.md").read_bytes().decode("utf-8")
        return _document(folder, described, text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, ValueError, TypeError) as error:
        raise DamagedDocument(document=folder.name, reason=f"{type(error).__name__}: {error}") from error


def _document(folder: Path, described: dict[str, Any], text: str) -> Document:
    if described["id"] != folder.name or not DOCUMENT_ID.fullmatch(folder.name):
        raise ValueError(f"id {described['id']!r} is not the name of its folder")
    if not text.strip():
        raise ValueError("text.md is empty")
    title = _words(described, "title")
    if not title:
        raise KeyError("title")
    return Document(
        id=folder.name,
        title=title,
        short_title=_words(described, "short_title") or title,
        aliases=_aliases(described),
        issuer=_words(described, "issuer"),
        kind=_words(described, "kind") or "plan",
        level=Level(described["level"]),
        region=_words(described, "region"),
        number=_words(described, "number"),
        issued=_day(described, "issued"),
        effective=_day(described, "effective"),
        repealed=_day(described, "repealed"),
        superseded_by=_words(described, "superseded_by") or None,
        source=_words(described, "source"),
        sample=bool(described.get("sample", False)),
        unchecked=bool(described.get("unchecked", False)),
        text=text,
        digest=folder_digest(folder),
    )


def _words(described: dict[str, Any], key: str) -> str:
    words = described.get(key, "")
    if not isinstance(words, str):
        raise TypeError(f"{key} is not a text")
    return words.strip()


def _aliases(described: dict[str, Any]) -> tuple[str, ...]:
    aliases = described.get("aliases", [])
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        raise TypeError("aliases is not a list of texts")
    return tuple(aliases)


def _day(described: dict[str, Any], key: str) -> date | None:
    day = described.get(key)
    # a datetime is a date to isinstance, but cannot be compared with one
    if day is not None and (not isinstance(day, date) or isinstance(day, datetime)):
        raise TypeError(f"{key} is not a date")
    return day


def folder_digest(folder: Path) -> str:
    """Return the sha256 of the files that an index is built from."""
    digest = hashlib.sha256()
    for name in ("document.toml", "text.md", "questions.jsonl"):
        path = folder / name
        content = path.read_bytes() if path.is_file() else b""
        digest.update(f"{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()
