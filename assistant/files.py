"""Files written whole or not at all (原子写入)."""

import os
import stat
import tempfile
from collections.abc import Iterable
from pathlib import Path

from assistant.errors import CannotWrite

READABLE = 0o644


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write a file of these lines in the place of the one that is there.

    Raises: CannotWrite; the old file is then unchanged.
    """
    replace_file(path, (f"{line}\n" for line in lines))


def replace_file(path: Path, pieces: Iterable[str]) -> None:
    """Write a file whose text is these pieces in the place of the one that is there, with the same rights.

    Raises: CannotWrite; the old file is then unchanged.
    """
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise CannotWrite(path=str(path), reason=error.strerror) from error
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as out:
            out.writelines(pieces)
            out.flush()
            os.fchmod(out.fileno(), stat.S_IMODE(path.stat().st_mode) if path.is_file() else READABLE)
            os.fsync(out.fileno())
        temporary.replace(path)
    except OSError as error:
        raise CannotWrite(path=str(path), reason=error.strerror) from error
    finally:
        temporary.unlink(missing_ok=True)
