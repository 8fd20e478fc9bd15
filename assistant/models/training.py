"""Trains the bundled model: a sentence-transformers StaticEmbedding over character grams.

The loss is sentence-transformers' MultipleNegativesRankingLoss (cosine, scale 20), written out here: its trainer would
bring two more packages and would count a clause's own other texts among the negatives.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save

from assistant.documents import load_catalogue
from assistant.errors import CannotWrite, MissingExtra, NoClauses
from assistant.models.pairs import Pair, pairs, vocabulary
from assistant.models.static import EMBEDDING, GRAMS, TOKENIZER, WEIGHTS
from assistant.ports import Progress, silent
from assistant.search.entries import Entry
from assistant.search.parts import document_entries
from assistant.search.terms import VERSION, grams

UNKNOWN = "[UNK]"
MODULES = (
    ("0_StaticEmbedding", "sentence_transformers.models.StaticEmbedding"),
    ("1_Normalize", "sentence_transformers.models.Normalize"),
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train; the defaults were chosen by five-fold cross-validation over the question bank."""

    dimensions: int = 256
    """With 512, or two models side by side, the vectors alone find 3 % more, all legs together 1 %, in twice the file."""
    least: int = 2
    """A gram must stand in so many texts: one that stands in a single text teaches nothing. With three, the file is
    20 MB instead of 35, and of villagers' questions held apart (c2) 0.91 instead of 0.96 are right among three."""
    epochs: int = 8
    batch: int = 128
    """Pairs a step; the other pairs of the batch are the negatives."""
    rate: float = 0.01
    scale: float = 20.0
    """What the cosine is multiplied with before the softmax."""
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Trained:
    """What came of a training."""

    pairs: int
    grams: int
    loss: float
    """Mean of the last epoch."""
    size: int
    """Bytes of the weights file."""


def train(corpus: Path, out: Path, recipe: Recipe | None = None, progress: Progress = silent) -> Trained:
    """Train on all clauses and questions of a corpus and write a model folder; the same seed gives the same bytes.

    Raises: MissingExtra, CannotWrite, DamagedDocument, BadQuestionFile, and NoClauses where the corpus is too small.
    """
    recipe = recipe or Recipe()
    entries = [entry for document in load_catalogue(corpus).values() for entry in document_entries(corpus, document)]
    if not vocabulary(_texts(entries), recipe.least):
        raise NoClauses(path=str(corpus))
    tokens, weights, loss = fit(entries, recipe, progress)
    size = write_model(out, tokens, weights)
    return Trained(len(pairs(entries, recipe.seed)), len(tokens), loss, size)


def fit(
    entries: Sequence[Entry], recipe: Recipe, progress: Progress = silent
) -> tuple[list[str], npt.NDArray[np.float32], float]:
    """Return the grams, float32[len(grams), dimensions] and the mean loss of the last epoch.

    Raises: MissingExtra.
    """
    texts = _texts(entries)
    tokens = vocabulary(texts, recipe.least)
    trainer = _Trainer(tokens, pairs(entries, recipe.seed), texts, recipe)
    loss = 0.0
    for epoch in range(recipe.epochs):
        loss = trainer.epoch(epoch)
        progress("train", epoch + 1, recipe.epochs)
    return tokens, trainer.weights(), loss


def _texts(entries: Sequence[Entry]) -> list[str]:
    return [text for entry in entries for text in (entry.whole, *entry.questions)]


class _Trainer:
    """The rows being trained, the optimiser, and the pairs as lists of rows."""

    def __init__(self, tokens: Sequence[str], taught: Sequence[Pair], texts: Sequence[str], recipe: Recipe) -> None:
        self.torch = _torch()
        self.torch.set_num_threads(1)  # sums of several threads differ from run to run
        self.recipe = recipe
        places = {gram: place for place, gram in enumerate(tokens)}
        known = {text: _known(text, places) for pair in taught for text in (pair.text, pair.near)}
        usable = [pair for pair in taught if known[pair.text] and known[pair.near]]
        units = {unit: number for number, unit in enumerate(sorted({pair.unit for pair in usable}))}
        self.pairs = [(known[pair.text], known[pair.near], units[pair.unit]) for pair in usable]
        self.chance = self.torch.Generator().manual_seed(recipe.seed)
        self.rows = self._begin(tokens, texts)
        self.optimiser = self.torch.optim.Adam([self.rows], lr=recipe.rate, fused=True)
        self.steps = max(1, recipe.epochs * -(-len(self.pairs) // recipe.batch))
        self.step = 0

    def _begin(self, tokens: Sequence[str], texts: Sequence[str]) -> Any:
        """Return random rows, longer for rarer grams: before any training the cosine is one of tf-idf."""
        torch = self.torch
        seen = dict.fromkeys(tokens, 0)
        for text in texts:
            for gram in set(grams(text)) & seen.keys():
                seen[gram] += 1
        rarity = torch.log1p(len(texts) / torch.tensor([float(seen[gram]) for gram in tokens]))
        rows = torch.randn(len(tokens), self.recipe.dimensions, generator=self.chance)
        rows *= (rarity / rarity.mean())[:, None] / self.recipe.dimensions**0.5
        return rows.requires_grad_()

    def epoch(self, number: int) -> float:
        """Show every pair once, in a new order; return the mean loss."""
        order = self.torch.randperm(len(self.pairs), generator=self.chance).tolist()
        losses = [self._learn([self.pairs[place] for place in places]) for places in _cut(order, self.recipe.batch)]
        return sum(losses) / max(1, len(losses))

    def _learn(self, batch: Sequence[tuple[list[int], list[int], int]]) -> float:
        torch = self.torch
        self.optimiser.param_groups[0]["lr"] = self.recipe.rate * (1 - self.step / self.steps)
        cosines = self._embed([text for text, _, _ in batch]) @ self._embed([near for _, near, _ in batch]).T
        units = torch.tensor([unit for _, _, unit in batch])
        is_own_other = (units[:, None] == units[None, :]) & ~torch.eye(len(batch), dtype=torch.bool)
        logits = (self.recipe.scale * cosines).masked_fill(is_own_other, -torch.inf)
        loss = torch.nn.functional.cross_entropy(logits, torch.arange(len(batch)))
        self.optimiser.zero_grad()
        loss.backward()
        self.optimiser.step()
        self.step += 1
        return float(loss.detach())

    def _embed(self, bags: Sequence[list[int]]) -> Any:
        torch = self.torch
        lengths = torch.tensor([len(bag) for bag in bags])
        offsets = torch.cumsum(lengths, 0) - lengths
        flat = torch.tensor([place for bag in bags for place in bag])
        means = torch.nn.functional.embedding_bag(flat, self.rows, offsets, mode="mean")
        return torch.nn.functional.normalize(means, dim=1)

    def weights(self) -> npt.NDArray[np.float32]:
        """Return the rows as float32[grams, dimensions]."""
        return np.asarray(self.rows.detach().numpy(), dtype=np.float32)


def _known(text: str, places: dict[str, int]) -> list[int]:
    return [places[gram] for gram in grams(text) if gram in places]


def _cut(order: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    return (order[at : at + size] for at in range(0, len(order), size))


def _torch() -> Any:
    try:
        import torch  # noqa: PLC0415 - optional, and only for training
    except ImportError as error:
        raise MissingExtra(extra="embed") from error
    return torch


def write_model(folder: Path, tokens: Sequence[str], rows: npt.NDArray[np.float32]) -> int:
    """Write a sentence-transformers folder that `StaticEmbedder` reads; return the size of the weights in bytes.

    Raises: MissingExtra, CannotWrite.
    """
    # unknown grams get a row of zeros: it shortens the mean and leaves its direction
    halved = np.vstack([np.zeros((1, rows.shape[1])), rows]).astype(np.float16)
    weights = save({EMBEDDING: halved})
    files = {
        WEIGHTS: weights,
        TOKENIZER: _tokenizer([UNKNOWN, *tokens]).encode(),
        GRAMS: json.dumps({"terms": VERSION}).encode(),
        "modules.json": json.dumps(_modules(), indent=1).encode(),
        f"{MODULES[1][0]}/config.json": b"{}",
    }
    try:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_name(path.name + ".new")
            unfinished.write_bytes(content)
            unfinished.replace(path)
    except OSError as error:
        raise CannotWrite(path=str(folder), reason=error.strerror or str(error)) from error
    return len(weights)


def _modules() -> list[dict[str, Any]]:
    return [
        {"idx": place, "name": str(place), "path": path, "type": kind} for place, (path, kind) in enumerate(MODULES)
    ]


def _tokenizer(tokens: Sequence[str]) -> str:
    try:
        # optional, comes with sentence-transformers, and only for training
        from tokenizers import Tokenizer, models, pre_tokenizers  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtra(extra="embed") from error
    tokenizer = Tokenizer(models.WordLevel({token: place for place, token in enumerate(tokens)}, unk_token=UNKNOWN))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return str(tokenizer.to_str())
