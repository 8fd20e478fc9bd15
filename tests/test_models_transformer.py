"""sentence-transformers itself: it reads our model as we do, and any of its models replaces ours and goes again."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.errors import ForeignIndex, MissingModel
from assistant.models import BUNDLED, load_embedder
from assistant.models.static import StaticEmbedder
from assistant.models.transformer import TransformerEmbedder
from assistant.search import build, load
from assistant.search.terms import grams
from tests.small_corpus import VILLAGE, write_document

# importing sentence-transformers takes six to ten seconds
pytestmark = pytest.mark.slow
TEXTS = ["村里一年要演练几回", "", "每年至少组织一次综合演练，确保群众熟悉转移路线。", "qwerty 龘", "应急" * 500]


@pytest.fixture(scope="module")
def package() -> Any:
    return pytest.importorskip("sentence_transformers")


@pytest.fixture(scope="module")
def tiny(package: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of two layers with random weights, saved as sentence-transformers saves any model."""
    import torch
    from sentence_transformers.models import Pooling, Transformer
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("tiny-bert")
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    vocabulary = {token: place for place, token in enumerate([*special, *sorted(set("".join(VILLAGE.split())))])}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(handle_chinese_chars=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, unk_token="[UNK]", pad_token="[PAD]", cls_token="[CLS]", sep_token="[SEP]", model_max_length=64
    ).save_pretrained(folder / "bert")  # fmt: skip
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=64, max_position_embeddings=64,
    )  # fmt: skip
    BertModel(config).save_pretrained(folder / "bert")
    transformer = Transformer(str(folder / "bert"), max_seq_length=64)
    package.SentenceTransformer(modules=[transformer, Pooling(32)], device="cpu").save(str(folder / "model"))
    return folder / "model"


def test_sentence_transformers_reads_the_bundled_model_as_we_do(package: Any):
    # float(): the weights are stored in half precision, and torch would also add them up in half precision
    model = package.SentenceTransformer(str(BUNDLED), device="cpu").float()
    theirs = model.encode([" ".join(grams(text)) for text in TEXTS], show_progress_bar=False)
    assert np.abs(StaticEmbedder(BUNDLED).encode(TEXTS) - theirs).max() < 1e-5


def test_a_transformer_gives_rows_of_unit_length(tiny: Path):
    embedder = load_embedder(str(tiny))
    assert isinstance(embedder, TransformerEmbedder)
    rows = embedder.encode(["村里演练", "网格员巡查"])
    assert rows.shape == (2, 32) == (2, embedder.dimensions)
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)
    assert embedder.encode([]).shape == (0, 32)


def test_the_name_is_that_of_the_weights_not_of_the_place(tiny: Path, tmp_path: Path):
    moved = tmp_path / "elsewhere" / "model"
    moved.parent.mkdir()
    moved.symlink_to(tiny)
    assert load_embedder(str(moved)).name == load_embedder(str(tiny)).name


def test_one_setting_switches_the_model_and_switches_back(tiny: Path, tmp_path: Path):
    corpus, folder = tmp_path / "corpus", tmp_path / "index"
    write_document(corpus, "village", VILLAGE, questions=[("2", "网格员好久来看一回")])
    for model, other in (("bundled", str(tiny)), (str(tiny), "bundled"), ("bundled", str(tiny))):
        assert build(corpus, folder, load_embedder(model)).is_new
        index = load(corpus, folder, load_embedder(model))
        assert index.search("网格员好久来看一回", documents=["village"])[0].unit == "village/2"
        with pytest.raises(ForeignIndex):
            load(corpus, folder, load_embedder(other))


@pytest.mark.parametrize("name", ["no-such-model-anywhere", "bert"])  # no such name · a folder without a model
def test_a_model_that_cannot_be_loaded_is_named(
    package: Any, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bert").mkdir()
    with pytest.raises(MissingModel) as raised:
        load_embedder(name)
    assert raised.value.details["model"] == name
