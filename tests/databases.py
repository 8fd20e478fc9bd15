"""The databases of the tests: SQLite always, a real PostgreSQL server where one can be had."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from typing import Any

import pytest
from sqlalchemy import create_engine

from assistant.store import open_engine
from assistant.store.engine import POSTGRES

both_databases = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
TEMPLATE = f"yingda_template_{os.getpid()}"
"""Each process has its own: several share a server."""


class Postgres:
    """A server; `url` leads to its database `postgres`."""

    def __init__(self, url: str) -> None:
        self._url = POSTGRES.sub("postgresql+psycopg://", url)
        self._names = (f"yingda_test_{os.getpid()}_{number}" for number in count())
        self.run(f"DROP DATABASE IF EXISTS {TEMPLATE} WITH (FORCE)")
        self.run(f"CREATE DATABASE {TEMPLATE}")
        open_engine(self.url(TEMPLATE)).dispose()

    def url(self, name: str) -> str:
        return (
            self._url.replace("/postgres?", f"/{name}?")
            if "?" in self._url
            else self._url.replace("/postgres", f"/{name}")
        )

    def run(self, *statements: str) -> None:
        engine = create_engine(self._url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
        engine.dispose()

    @contextmanager
    def database(self, template: str = TEMPLATE) -> Iterator[str]:
        """Yield the URL of a new database; with the template `template0` it has no tables."""
        name = next(self._names)
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.url(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")


class OwnPostgres(Postgres):
    """A server that may be stopped in the middle, and started again."""

    def __init__(self, server: Any) -> None:
        self._server = server
        super().__init__(server.get_uri())

    def stop(self) -> None:
        """Stop without a goodbye, as when the machine goes down."""
        from pgserver import pg_ctl

        pg_ctl(["-m", "immediate", "-w", "stop"], pgdata=self._server.pgdata, user=self._server.system_user)

    def start(self) -> None:
        self._server.ensure_postgres_running()


@contextmanager
def serving() -> Iterator[Postgres]:
    """Yield the server at TEST_PG_URL (its database `postgres`), else one of our own, else skip."""
    if "TEST_PG_URL" in os.environ:
        server = Postgres(os.environ["TEST_PG_URL"])
        yield server
        server.run(f"DROP DATABASE IF EXISTS {TEMPLATE} WITH (FORCE)")
    else:
        with own_server() as server:
            yield server


@contextmanager
def own_server() -> Iterator[OwnPostgres]:
    """Yield a server that nobody else uses, else skip."""
    if find_spec("pgserver") is None:
        pytest.skip("pgserver is not installed")
    # Not pytest's own folder: the server is another user, and pgserver opens every folder above the data to it.
    folder = tempfile.mkdtemp(prefix="yingda-postgres-")
    os.environ.setdefault("XDG_RUNTIME_DIR", folder)
    from pgserver import get_server

    server = get_server(f"{folder}/data", cleanup_mode="delete")
    try:
        started = OwnPostgres(server)
        # What a test writes need not outlive the power.
        started.run(
            "ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET full_page_writes = off", "SELECT pg_reload_conf()"
        )
        yield started
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
