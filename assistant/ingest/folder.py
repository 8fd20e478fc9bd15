"""A document's folder in the corpus, written whole or not at all."""

import hashlib
import os
import shutil
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomli_w

from assistant.errors import CannotWrite, DamagedDocument

KEPT = ("questions.jsonl", "drafts.jsonl")
"""Files of an earlier ingest that belong to the document and not to its text."""


def described_before(folder: Path) -> dict[str, Any]:
    """Return the document.toml that is there, empty for a new document.

    Raises: DamagedDocument.
    """
    path = folder / "document.toml"
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DamagedDocument(document=folder.name, reason=str(error)) from error


def write_folder(folder: Path, described: Mapping[str, Any], files: Mapping[str, str]) -> None:
    """Put a new folder in the place of the old one.

    files: relative path → text. What the old folder had in KEPT stays.
    Raises: CannotWrite; the old folder is then unchanged.
    """
    fresh = folder.with_name(f".{folder.name}.new")
    old = folder.with_name(f".{folder.name}.old")
    try:
        _write(fresh, described, files)
        for name in KEPT:
            if (folder / name).is_file():
                shutil.copy2(folder / name, fresh / name)
        _swap(fresh, folder, old)
    except OSError as error:
        raise CannotWrite(path=str(folder), reason=error.strerror or str(error)) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _write(fresh: Path, described: Mapping[str, Any], files: Mapping[str, str]) -> None:
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name, text in files.items():
        path = fresh / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
    (fresh / "document.toml").write_text(tomli_w.dumps(dict(described)), encoding="utf-8")


def _swap(fresh: Path, folder: Path, old: Path) -> None:
    """Two renames; a crash between them leaves the old folder under its other name, and the next ingest heals it."""
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def digest(text: str) -> str:
    """Return the sha256 of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()
