"""The drafts of one document (问法草稿): `drafts.jsonl` in its folder, one question a line, never read by a build.

A line stays where it is for ever and gets a decision: so its number, from 1, can be said over the telephone, and what
was rejected does not come back. The file is replaced whole, under a lock on the folder, clause by clause.
"""

import fcntl
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from assistant.drafting.prompt import Matter
from assistant.errors import BadQuestionFile, CannotWrite
from assistant.search.questions import ASKERS

NAME = "drafts.jsonl"
BATCH = "draft-{}"


class Standing(StrEnum):
    """What has become of a draft."""

    PENDING = ""
    APPROVED = "approved"
    REJECTED = "rejected"
    REPLACED = "replaced"  # the clause has changed and has newer drafts


@dataclass(frozen=True, slots=True)
class Draft:
    """One drafted question; `reviewed` is false for good, for nothing in this file is for search."""

    unit: str
    question: str
    asker: str
    batch: str
    digest: str
    """sha256 of the text of the clause that was asked for."""
    reviewed: bool = False
    decision: Standing = Standing.PENDING
    decided_by: str = ""
    decided_on: str = ""
    number: int = 0
    """Its line in the file, from 1; 0 before it is written."""


def read_drafts(folder: Path) -> list[Draft]:
    """Read all drafts of a document, in file order; no file means none.

    Raises: BadQuestionFile(path, line).
    """
    path = folder / NAME
    if not path.is_file():
        return []
    lines = path.read_bytes().split(b"\n")
    return [_read(line, number, path) for number, line in enumerate(lines, 1) if line.strip()]


def _read(line: bytes, number: int, path: Path) -> Draft:
    try:
        return _checked(json.loads(line), number)
    except (ValueError, TypeError, RecursionError) as error:
        raise BadQuestionFile(path=str(path), line=number) from error


def _checked(described: Any, number: int) -> Draft:
    if not isinstance(described, dict):
        raise TypeError("no object")
    draft = Draft(**described | {"number": number, "decision": Standing(described.get("decision", ""))})
    texts = (draft.unit, draft.question, draft.asker, draft.batch, draft.digest, draft.decided_by, draft.decided_on)
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("a field has the wrong type")
    if draft.reviewed is not False or draft.asker not in ASKERS or not draft.question.strip():
        raise ValueError("no draft")
    return draft


def pending(drafts: Iterable[Draft]) -> list[Draft]:
    """Return the drafts that nobody has decided on."""
    return [draft for draft in drafts if draft.decision is Standing.PENDING]


def is_drafted(matter: Matter, drafts: Iterable[Draft]) -> bool:
    """Say whether a clause, as its text is now, has been asked for already."""
    return any(
        draft.unit == matter.unit and draft.digest == matter.digest and draft.decision is not Standing.REPLACED
        for draft in drafts
    )


def add_drafts(folder: Path, matter: Matter, new: Sequence[Draft]) -> int:
    """Write the drafts of one clause, in one step; return how many: none where another run was first.

    Undecided ones for an earlier text of the clause are set aside.
    Raises: BadQuestionFile, CannotWrite; the file is then unchanged.
    """
    with locked(folder):
        before = read_drafts(folder)
        if is_drafted(matter, before):
            return 0
        kept = (replace(draft, decision=Standing.REPLACED) if is_outdated(draft, matter) else draft for draft in before)
        write_drafts(folder, [*kept, *new])
    return len(new)


def is_outdated(draft: Draft, matter: Matter) -> bool:
    """Say whether a draft is an undecided one for an earlier text of the clause, or was set aside as such."""
    is_older = draft.unit == matter.unit and draft.digest != matter.digest
    return draft.decision is Standing.REPLACED or is_older and draft.decision is Standing.PENDING


def write_drafts(folder: Path, drafts: Iterable[Draft]) -> None:
    """Replace the file of drafts; call it under the lock.

    Raises: CannotWrite.
    """
    lines: list[str] = []
    for draft in drafts:
        lines += [""] * (draft.number - 1 - len(lines))  # a line that somebody emptied keeps the numbers after it
        lines.append(json.dumps(_fields(draft), ensure_ascii=False))
    write_whole(folder / NAME, "".join(f"{line}\n" for line in lines).encode())


def _fields(draft: Draft) -> dict[str, Any]:
    """Return the fields of a line: what is always there, and what was decided."""
    optional = {field.name for field in fields(Draft) if field.name.startswith("deci")}
    return {
        name: value for name, value in asdict(draft).items() if name != "number" and (value or name not in optional)
    }


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other commands from changing the drafts or the bank of a document; a crash leaves no lock behind.

    Raises: CannotWrite.
    """
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise CannotWrite(path=str(folder), reason=error.strerror) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file in one step; it is on the disk when this returns.

    Raises: CannotWrite; the old file is then unchanged.
    """
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise CannotWrite(path=str(path), reason=error.strerror) from error
    fresh = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        fresh.chmod(path.stat().st_mode if path.is_file() else 0o644)  # mkstemp's own is for the owner alone
        fresh.replace(path)
    except OSError as error:
        raise CannotWrite(path=str(path), reason=error.strerror) from error
    finally:
        fresh.unlink(missing_ok=True)
