"""Embedders (向量模型): texts → rows of unit length."""

from pathlib import Path

from assistant.models.static import StaticEmbedder, is_gram_model
from assistant.models.transformer import TransformerEmbedder
from assistant.ports import Embedder

__all__ = ["BUNDLED", "load_embedder"]

BUNDLED = Path(__file__).parent / "bundled"


def load_embedder(model: str) -> Embedder:
    """Return the embedder that the setting `model` names.

    `bundled` and folders written by the training command are read with numpy alone; any other name or folder is
    handed to sentence-transformers.

    Raises: MissingModel, MissingExtra.
    """
    folder = BUNDLED if model == "bundled" else Path(model)
    if model == "bundled" or is_gram_model(folder):
        return StaticEmbedder(folder)
    return TransformerEmbedder(model)
