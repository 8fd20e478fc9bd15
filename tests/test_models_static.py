import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from assistant.errors import MissingModel
from assistant.models import BUNDLED, load_embedder
from assistant.models.static import EMBEDDING, GRAMS, TOKENIZER, WEIGHTS, StaticEmbedder, is_gram_model
from assistant.search.terms import VERSION

ROWS = {"[UNK]": (0, 0), "山": (1, 0), "火": (0, 1), "山火": (3, 4)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "0_StaticEmbedding").mkdir()
    save_file({EMBEDDING: np.array(list(ROWS.values()), np.float16)}, tmp_path / WEIGHTS)
    vocabulary = {gram: place for place, gram in enumerate(ROWS)}
    (tmp_path / TOKENIZER).write_text(json.dumps({"model": {"type": "WordLevel", "vocab": vocabulary}}))
    (tmp_path / GRAMS).write_text(json.dumps({"terms": VERSION}))
    return tmp_path


def test_a_text_is_the_direction_of_its_known_grams(folder: Path):
    east, north, both = StaticEmbedder(folder).encode(["山", "火。火", "山火"])
    assert east.tolist() == [1, 0]
    assert north.tolist() == [0, 1]
    assert both == pytest.approx(np.array([4, 5]) / 41**0.5)  # 山 + 火 + 山火


def test_a_text_without_known_grams_is_a_row_of_zeros(folder: Path):
    # a text of unknown grams must not be the row of [UNK], nor that of the first gram
    assert StaticEmbedder(folder).encode(["", "水", "的了", "龘"]).tolist() == [[0, 0]] * 4
    assert StaticEmbedder(folder).encode([]).shape == (0, 2)


def test_the_name_changes_with_the_weights(folder: Path):
    before = StaticEmbedder(folder).name
    save_file({EMBEDDING: np.ones((4, 2), np.float16)}, folder / WEIGHTS)
    assert StaticEmbedder(folder).name != before


@pytest.mark.parametrize("name", [WEIGHTS, TOKENIZER, GRAMS])
@pytest.mark.parametrize("content", [None, b"", b"{}", b"\x08\0\0\0\0\0\0\0{}      "])
def test_a_damaged_folder_is_refused(folder: Path, name: str, content: bytes | None):
    (folder / name).unlink() if content is None else (folder / name).write_bytes(content)
    with pytest.raises(MissingModel):
        StaticEmbedder(folder)


def test_grams_of_another_version_are_refused(folder: Path):
    (folder / GRAMS).write_text('{"terms": "0"}')
    with pytest.raises(MissingModel):
        load_embedder(str(folder))


def test_a_folder_of_our_own_is_read_without_torch(folder: Path):
    assert isinstance(load_embedder(str(folder)), StaticEmbedder)
    assert not is_gram_model(folder / "0_StaticEmbedding")


def test_the_bundled_model_knows_what_belongs_together():
    embedder = load_embedder("bundled")
    question, drill, money = embedder.encode(
        ["村里多久演练一回", "每年至少组织一次应急演练。", "所需经费列入财政预算。"]
    )
    assert question @ drill > question @ money
    assert np.linalg.norm(question) == pytest.approx(1)


def test_the_bundled_model_is_small_enough_to_ship():
    assert sum(path.stat().st_size for path in BUNDLED.rglob("*")) < 40e6
