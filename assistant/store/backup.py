"""Backup (备份): a consistent copy of a database that is in use, and the way back."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import make_url

from assistant.errors import CannotWrite, DamagedFile, DatabaseFailed, MissingFile, NewerDatabase, ServerDatabase
from assistant.store.engine import BUSY_TIMEOUT_MS, open_engine
from assistant.store.revisions import HEAD, KNOWN

PAGES = 1_000
"""Copied at once; between them the service goes on writing."""
OURS = "SELECT count(*) FROM sqlite_master WHERE name IN ('asker', 'hand_over')"
STAMPED = "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"


def back_up(url: str, target: Path) -> None:
    """Write a copy of the database at `url` to `target`, as it was at one moment, whole or not at all.

    Raises: ServerDatabase, MissingFile, CannotWrite, DatabaseFailed.
    """
    source = _file(url)
    if not source.is_file():
        raise MissingFile(path=str(source))
    unfinished = target.with_name(f".{target.name}.part")
    try:
        unfinished.unlink(missing_ok=True)
        _copy(source, unfinished)
        unfinished.chmod(0o600)
        unfinished.replace(target)
    except OSError as error:
        raise CannotWrite(path=str(target), reason=error.strerror) from error
    finally:
        unfinished.unlink(missing_ok=True)


def restore(source: Path, url: str) -> Path | None:
    """Put the copy in the place of what the database holds; return where that has been kept, None for a new database.

    Raises: ServerDatabase, MissingFile, DamagedFile, NewerDatabase, CannotWrite, DatabaseFailed.
    """
    target = _file(url)
    _check(source)
    kept = target.with_name(f"{target.name}.before-restore") if target.is_file() else None
    if kept is not None:
        back_up(url, kept)
    _copy(source, target)
    open_engine(url).dispose()
    return kept


def _file(url: str) -> Path:
    parts = make_url(url)
    if parts.get_backend_name() != "sqlite":
        raise ServerDatabase()
    return Path(parts.database or "")


def _check(source: Path) -> None:
    """See that a file is a whole database of ours, of this version or an older one."""
    if not source.is_file():
        raise MissingFile(path=str(source))
    try:
        with closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            is_whole = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            is_ours = connection.execute(OURS).fetchone() == (2,)
            is_stamped = connection.execute(STAMPED).fetchone() == (1,)
            revision = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0] if is_stamped else ""
    except sqlite3.Error as error:
        raise DamagedFile(path=str(source)) from error
    if not (is_whole and is_ours):
        raise DamagedFile(path=str(source))
    if revision and revision not in KNOWN:
        raise NewerDatabase(revision=revision, known=HEAD)


def _copy(source: Path, target: Path) -> None:
    """SQLite's own copying: what is written meanwhile is in the copy, or none of it is."""
    wait_s = BUSY_TIMEOUT_MS / 1000
    try:
        with (
            closing(sqlite3.connect(source, timeout=wait_s)) as read,
            closing(sqlite3.connect(target, timeout=wait_s)) as write,
        ):
            read.backup(write, pages=PAGES)
    except sqlite3.Error as error:
        raise DatabaseFailed(reason=str(error)) from error
