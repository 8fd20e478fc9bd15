"""Any sentence-transformers model, by name or folder; needs the extra `embed` and loads torch."""

import hashlib
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.errors import MissingExtra, MissingModel


class TransformerEmbedder:
    """Rows of a model that sentence-transformers loads (from the disk alone where HF_HUB_OFFLINE is set)."""

    def __init__(self, model: str) -> None:
        """Load the model on the CPU.

        Raises: MissingExtra, MissingModel.
        """
        self._model = _load(model)
        self.dimensions = int(self._model.get_embedding_dimension())
        self.name = f"{PurePath(model).name}@{_digest(self._model)}"

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return float32[len(texts), dimensions]."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        rows = self._model.encode(
            list(texts), normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        )
        return np.asarray(rows, dtype=np.float32)


def _load(model: str) -> Any:
    try:
        # an optional package of ten seconds and 400 MB: only who chose another model pays for it
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtra(extra="embed") from error
    try:
        return SentenceTransformer(model, device="cpu")
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, ImportError) as error:
        # the libraries below raise all of these for a name that does not exist, a folder that is none, or no network
        raise MissingModel(model=model) from error


def _digest(model: Any) -> str:
    """Return a digest of all weights, the same wherever the model was loaded from."""
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(f"{name} {tuple(tensor.shape)} {tensor.dtype}\n".encode())
        digest.update(tensor.detach().cpu().float().contiguous().numpy().tobytes())
    return digest.hexdigest()[:16]
