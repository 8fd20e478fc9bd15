"""Shared fixtures: the shipped corpus with its index (built once), and a desk on an empty database."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.desk import Desk
from assistant.models import load_embedder
from assistant.search import Index, build, load
from assistant.store import Store, open_engine
from assistant.triage import Reader, build_reader
from tests.world import Phone

CORPUS = Path(__file__).parents[1] / "corpus"


@pytest.fixture(scope="session")
def index_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped corpus, built into a folder of its own."""
    path = tmp_path_factory.mktemp("indexes") / "main"
    build(CORPUS, path, load_embedder("bundled"))
    return path


@pytest.fixture(scope="session")
def index(index_path: Path) -> Index:
    """The index of the shipped corpus."""
    return load(CORPUS, index_path, load_embedder("bundled"))


@pytest.fixture(scope="session")
def reader(request: pytest.FixtureRequest) -> Reader:
    """The message reader, trained on the shipped examples; trained anew only when they or its code have changed."""
    code = [path.read_bytes() for path in sorted((CORPUS.parent / "assistant" / "triage").iterdir()) if path.is_file()]
    state = hashlib.sha256(b"".join(code)).hexdigest()[:16]
    folder = request.config.cache.mkdir(f"reader-{state}")
    build_reader(CORPUS, folder)
    return Reader.load(folder, CORPUS)


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """An empty SQLite database."""
    return f"sqlite:///{tmp_path / 'yingda.sqlite3'}"


@pytest.fixture
def desk(index: Index, database_url: str) -> Iterator[Desk]:
    """A desk on the shipped corpus and an empty database."""
    engine = open_engine(database_url)
    yield Desk(index, Store(engine))
    engine.dispose()


@pytest.fixture
def phone(desk: Desk) -> Phone:
    """A cadre's phone in Yunnan."""
    return Phone(desk, "cadre-1", region="云南省", asker="cadre")
