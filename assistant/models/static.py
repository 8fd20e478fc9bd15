"""Reads a sentence-transformers StaticEmbedding over character grams with numpy alone, in milliseconds.

The folder is a whole sentence-transformers model: `SentenceTransformer(folder).encode(" ".join(grams(text)))` gives
the same rows as `StaticEmbedder(folder).encode([text])`, ten seconds later.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError
from safetensors.numpy import load

from assistant.errors import MissingModel
from assistant.search.terms import SIZES, VERSION, Codes, gram_code, gram_codes

WEIGHTS = "0_StaticEmbedding/model.safetensors"
TOKENIZER = "0_StaticEmbedding/tokenizer.json"
GRAMS = "grams.json"
"""Marks a folder whose vocabulary is our grams, and says of which version."""
EMBEDDING = "embedding.weight"


def is_gram_model(folder: Path) -> bool:
    """Say whether `folder` was written by the training command of this project."""
    return (folder / GRAMS).is_file()


class StaticEmbedder:
    """The mean of the rows of a text's known grams, brought to unit length."""

    def __init__(self, folder: Path) -> None:
        """Read the folder.

        Raises: MissingModel where a file is missing, damaged, or of another version of the grams.
        """
        try:
            weights, tokenizer = (folder / WEIGHTS).read_bytes(), (folder / TOKENIZER).read_bytes()
            vocabulary: dict[str, int] = json.loads(tokenizer)["model"]["vocab"]
            self._rows: npt.NDArray[np.float16] = load(weights)[EMBEDDING]
            version = json.loads((folder / GRAMS).read_bytes())["terms"]
        except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
            raise MissingModel(model=str(folder)) from error
        if version != VERSION or len(vocabulary) != len(self._rows):
            raise MissingModel(model=str(folder))
        self._codes, self._places = _ascending(vocabulary)
        self.dimensions = int(self._rows.shape[1])
        self.name = f"{folder.name}@{hashlib.sha256(weights + tokenizer).hexdigest()[:16]}"

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return float32[len(texts), dimensions]; a text without known grams is a row of zeros."""
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in zip(rows, texts, strict=True):
            # the sum points where the mean points, and only the direction is kept
            row += self._rows[self._known(gram_codes(text))].astype(np.float32).sum(axis=0)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        np.divide(rows, lengths, out=rows, where=lengths > 0)
        return rows

    def _known(self, codes: Codes) -> npt.NDArray[np.int64]:
        """Return the rows of the grams that the vocabulary has."""
        places = np.searchsorted(self._codes, codes)
        places[places == len(self._codes)] = 0
        known: npt.NDArray[np.int64] = self._places[places[self._codes[places] == codes]]
        return known


def _ascending(vocabulary: dict[str, int]) -> tuple[Codes, npt.NDArray[np.int64]]:
    """Return the codes of a vocabulary's grams, ascending, and the row of each; [UNK] is no gram."""
    grams = {gram_code(gram): row for gram, row in vocabulary.items() if 0 < len(gram) <= len(SIZES)}
    if not grams:
        # one code that no text has, so that a lookup always has something to compare with
        grams = {0: 0}
    codes = np.array(sorted(grams), np.int64)
    return codes, np.array([grams[int(code)] for code in codes], np.int64)
