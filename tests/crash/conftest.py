"""What is killed: a desk on a corpus of one small document."""

from pathlib import Path

import pytest

from assistant.models import load_embedder
from assistant.search import build
from tests.small_corpus import write_document


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `corpus` and `index`."""
    folder = tmp_path_factory.mktemp("small")
    write_document(folder / "corpus", "village", region="云南省/示例州/示例县/示例镇/上河村")
    build(folder / "corpus", folder / "index", load_embedder("bundled"))
    return folder
