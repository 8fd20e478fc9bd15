"""The manifest (清单) of an index: what it was built from, and the digest of every file.

indexes/<name>/manifest.json           replaced in one step: this is the moment when a new index counts
indexes/<name>/<generation>/*.npy      arrays, mapped into memory when read
indexes/<name>/<generation>/parts/     one file per document, for the next build
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.errors import DamagedIndex, MissingIndex
from assistant.search.terms import VERSION

FORMAT = 5
"""Raised whenever older indexes cannot be read any more."""
NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Indexed:
    """One document as it was indexed."""

    id: str
    digest: str
    region: str
    clauses: int
    questions: int
    part: str
    """sha256 of the part's file."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index holds; `documents` are in the order of their clauses: by region node, then by id."""

    format: int
    terms: str
    model: str
    dimensions: int
    corpus: str
    generation: str
    outside: str
    """sha256 of out-of-scope.jsonl."""
    explanations: str
    """sha256 of explanations.toml."""
    documents: tuple[Indexed, ...]
    files: dict[str, str]
    """sha256 of every file that a search reads, by name."""

    def fits(self, model: str) -> bool:
        """Say whether this version of the program reads the index, with this model."""
        return (self.format, self.terms, self.model) == (FORMAT, VERSION, model)

    def digests(self) -> dict[str, str]:
        """Return the digest of each document."""
        return {document.id: document.digest for document in self.documents}

    def matches(self, digests: dict[str, str], outside: str, explanations: str) -> bool:
        """Say whether the index was built from documents, questions out of scope and explanations with these digests."""
        return (self.digests(), self.outside, self.explanations) == (digests, outside, explanations)


def read_manifest(index: Path) -> Manifest:
    """Read the manifest of an index.

    Raises: MissingIndex, DamagedIndex.
    """
    try:
        described = json.loads((index / NAME).read_text(encoding="utf-8"))
        documents = tuple(Indexed(**document) for document in described.pop("documents"))
        return Manifest(documents=documents, **described)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MissingIndex(path=str(index)) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedIndex(path=str(index)) from error


def write_manifest(index: Path, manifest: Manifest) -> None:
    """Write the manifest in one step, so that a reader sees the old index or the new one.

    Raises: OSError.
    """
    unfinished = index / f"{NAME}.{manifest.generation}"
    try:
        unfinished.write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1), encoding="utf-8")
        unfinished.replace(index / NAME)
    finally:
        unfinished.unlink(missing_ok=True)


def file_digest(path: Path) -> str:
    """Return the sha256 of a file.

    Raises: OSError.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_whole(folder: Path, files: dict[str, str]) -> bool:
    """Say whether every file is in `folder` and unchanged."""
    try:
        return all(file_digest(folder / name) == digest for name, digest in files.items())
    except OSError:
        return False
