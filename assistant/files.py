"""Files written whole or not at all (原子写入)."""

import os
import stat
import tempfile
from collections.abc import Iterable
from pathlib import Path

from assistant.errors import CannotWrite

READABLE, PRIVATE = 0o644, 0o600


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write a file of these lines in the place of the one that is there.

    Raises: CannotWrite; the old file is then unchanged.
    """
    replace_file(path, (f"{line}\n" for line in lines))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file of these bytes in the place of the one that is there, with the same rights.

    Raises: CannotWrite; the old file is then unchanged.
    """
    rights = stat.S_IMODE(path.stat().st_mode) if path.is_file() else READABLE
    _replace(path, (content,), rights)


def replace_file(path: Path, pieces: Iterable[str]) -> None:
    """Write a file whose text is these pieces in the place of the one that is there, with the same rights.

    Raises: CannotWrite; the old file is then unchanged.
    """
    rights = stat.S_IMODE(path.stat().st_mode) if path.is_file() else READABLE
    _replace(path, (piece.encode() for piece in pieces), rights)


def write_private(path: Path, content: bytes) -> None:
    """Write a file that nobody else on the machine may read; its folder is made where it is missing.

    Raises: CannotWrite; an old file is then unchanged.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise CannotWrite(path=str(path), reason=error.strerror) from error
    _replace(path, (content,), PRIVATE)


def _replace(path: Path, pieces: Iterable[bytes], rights: int) -> None:
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise CannotWrite(path=str(path), reason=error.strerror) from error
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.writelines(pieces)
            out.flush()
            os.fchmod(out.fileno(), rights)
            os.fsync(out.fileno())
        temporary.replace(path)
    except OSError as error:
        raise CannotWrite(path=str(path), reason=error.strerror) from error
    finally:
        temporary.unlink(missing_ok=True)
