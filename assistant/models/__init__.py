"""Embedders (向量模型): texts → rows of unit length."""

from functools import cache
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
    if model == "bundled":
        return _bundled()
    if is_gram_model(Path(model)):
        return StaticEmbedder(Path(model))
    return TransformerEmbedder(model)


@cache
def _bundled() -> StaticEmbedder:
    """Read the bundled model once in the life of the program: it never changes."""
    return StaticEmbedder(BUNDLED)
