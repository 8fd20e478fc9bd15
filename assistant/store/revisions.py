"""Which step a database is at, and which ones this program knows; found without alembic, which is slow to load."""

from pathlib import Path

from sqlalchemy import Engine, inspect

KNOWN = sorted(path.name[:4] for path in (Path(__file__).parent / "migrations" / "versions").glob("[0-9]*.py"))
HEAD = KNOWN[-1]
"""The last step."""


def revision_of(engine: Engine) -> str | None:
    """Return the step that a database is at, None for one that has never been migrated."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
