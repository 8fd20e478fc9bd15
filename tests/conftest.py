"""Shared fixtures: the shipped corpus with its index (built once), and a desk on an empty database."""

import fcntl
import hashlib
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, Pool, event

from assistant.desk import Desk, intake
from assistant.desk.hearing import TrainedEar
from assistant.models import load_embedder
from assistant.search import Index, build, load
from assistant.store import Store, open_engine
from assistant.store.media import MediaFolder
from assistant.triage import Reader, build_reader
from tests import offline, secrecy
from tests.databases import Postgres, serving
from tests.secrecy import pytest_runtest_makereport  # noqa: F401 - a hook
from tests.world import Phone, World

offline.guard()
secrecy.learn()
CORPUS = Path(__file__).parents[1] / "corpus"
INDEXING = ("search", "models", "clauses", "citations.py", "documents.py", "script.py")
"""The code of which an index is made."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tell the stories of the ledger on PostgreSQL too, among the slow tests."""
    if metafunc.definition.get_closest_marker("ledger") and "database_url" in metafunc.fixturenames:
        urls = ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)]
        metafunc.parametrize("database_url", urls, indirect=True)


@pytest.fixture(scope="session", autouse=True)
def _patience() -> Iterator[None]:
    """The advice that comes before a late answer has tests of its own; elsewhere a busy machine must not bring it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake, "QUICK_S", 120.0)
        yield


@event.listens_for(Pool, "checkout")
def _leave_unsynced(connection: Any, record: Any, _proxy: object) -> None:
    """What a test writes need not outlive the power: SQLite's commits wait for no disk."""
    if isinstance(connection, sqlite3.Connection) and not record.info.get("unsynced"):
        connection.execute("PRAGMA synchronous=OFF")
        record.info["unsynced"] = True


@pytest.fixture(scope="session")
def index_path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, trained_path: Path) -> Path:
    """The shipped corpus, built into a folder of its own; built anew only when the corpus or the code has changed."""
    path = tmp_path_factory.mktemp("indexes") / "main"
    with kept(request, "index", INDEXING) as built:
        build(CORPUS, built, load_embedder("bundled"))
        shutil.copytree(built, path)
    for file in trained_path.glob("reader*"):
        shutil.copyfile(file, path / file.name)
    return path


@pytest.fixture(scope="session")
def trained_path(request: pytest.FixtureRequest) -> Path:
    """The message reader of the shipped corpus; trained anew only when the messages or its code have changed."""
    with kept(request, "reader", ("triage",)) as path:
        build_reader(CORPUS, path)
        return path


@contextmanager
def kept(request: pytest.FixtureRequest, name: str, code: Sequence[str]) -> Iterator[Path]:
    """Open a folder of pytest's cache, empty where the code has changed; one process at a time."""
    roots = [CORPUS.parent / "assistant" / part for part in code]
    paths = sorted(path for root in roots for path in (root, *root.rglob("*")) if path.is_file())
    contents = [path.read_bytes() for path in paths if path.suffix != ".pyc"]
    digest = hashlib.sha256(b"".join(contents)).hexdigest()
    home = request.config.cache.mkdir(name)
    with (home / "code").open("a+") as stamp:
        fcntl.flock(stamp, fcntl.LOCK_EX)
        stamp.seek(0)
        if stamp.read() != digest:
            shutil.rmtree(home / "made", ignore_errors=True)
            stamp.truncate(0)
            stamp.write(digest)
        yield home / "made"


@pytest.fixture(scope="session")
def index(index_path: Path) -> Index:
    """The index of the shipped corpus."""
    return load(CORPUS, index_path, load_embedder("bundled"))


@pytest.fixture(scope="session")
def built_path(index_path: Path) -> Path:
    """All that `yingda build` makes: the index, and in its folder the message reader."""
    return index_path


@pytest.fixture(scope="session")
def reader(trained_path: Path) -> Reader:
    """The message reader of the shipped corpus."""
    return Reader.load(trained_path)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database with all tables, to be copied."""
    path = tmp_path_factory.mktemp("databases") / "yingda.sqlite3"
    open_engine(f"sqlite:///{path}").dispose()
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server for this run."""
    with serving() as server:
        yield server


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path, migrated_sqlite: Path) -> Iterator[str]:
    """A database without rows: SQLite, or PostgreSQL where a test asks for `both_databases`."""
    if getattr(request, "param", "sqlite") == "postgresql":
        with request.getfixturevalue("postgres").database() as url:
            yield url
    else:
        shutil.copy(migrated_sqlite, tmp_path / "yingda.sqlite3")
        yield f"sqlite:///{tmp_path / 'yingda.sqlite3'}"


@pytest.fixture
def desk(index: Index, database_url: str, tmp_path: Path) -> Iterator[Desk]:
    """A desk on the shipped corpus and an empty database."""
    engine = open_engine(database_url)
    yield Desk(index, Store(engine, MediaFolder(tmp_path / "media")))
    engine.dispose()


@pytest.fixture
def phone(desk: Desk) -> Phone:
    """A cadre's phone in Yunnan."""
    return Phone(desk, "cadre-1", region="云南省", asker="cadre")


@pytest.fixture
def world(index: Index, reader: Reader, database_url: str, tmp_path: Path) -> Iterator[World]:
    """A world with an empty ledger; a message that nobody has read at the end fails the test."""
    yield from _world(index, reader, database_url, tmp_path / "media")


@pytest.fixture
def other_world(index: Index, reader: Reader, migrated_sqlite: Path, tmp_path: Path) -> Iterator[World]:
    """A second world that knows nothing of the first, to compare the two."""
    shutil.copy(migrated_sqlite, tmp_path / "other.sqlite3")
    yield from _world(index, reader, f"sqlite:///{tmp_path / 'other.sqlite3'}", tmp_path / "other")


def _world(index: Index, reader: Reader, url: str, media: Path) -> Iterator[World]:
    engines: list[Engine] = []

    def open_store() -> Store:
        engines.append(open_engine(url))
        return Store(engines[-1], MediaFolder(media))

    made = World(open_store, lambda store: Desk(index, store, ear=TrainedEar(reader)))
    yield made
    for engine in engines:
        engine.dispose()
    assert made.heard() == {}, "somebody got a message that the test has not read"
