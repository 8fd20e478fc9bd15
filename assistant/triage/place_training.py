"""Training (训练) of the model that finds places."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.triage.examples import Example
from assistant.triage.place_features import KINDS, LONGEST_WORD, Vocabulary, character_features, word_code
from assistant.triage.places import (
    END,
    INSIDE,
    MOST,
    SHAPES,
    START,
    Numbers,
    Places,
    aligned,
    stretches,
)
from assistant.triage.reading import PLACELESS

LEAST = 3
"""A feature must stand at so many characters."""
RIDGE = 0.3
STEPS = 60
MOST_LEARNED = 160
"""Characters of a message that is learned from; longer ones cost more than they teach."""
Floats = npt.NDArray[np.float64]


def learn_places(examples: Sequence[Example]) -> Places:
    """Train on all messages that may have a place."""
    kept = [example for example in examples if example.intent not in PLACELESS and len(example.text) <= MOST_LEARNED]
    if not any(example.place for example in kept):
        nothing = np.empty(0, np.uint32)
        return Places(
            nothing, np.empty((0, 3), np.float16), np.zeros(SHAPES, np.float32), nothing, np.empty(0, np.uint8)
        )
    return _Trainer(kept, _vocabulary()).run()


def _vocabulary() -> Vocabulary:
    """Return the shorter words of jieba's dictionary with their parts of speech."""
    import jieba  # noqa: PLC0415 - its dictionary is needed for building only

    found: dict[int, int] = {}
    for line in Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines():
        word, _, kind = line.split(" ")
        if len(word) <= LONGEST_WORD:
            short = kind if kind in KINDS else kind[:1]
            found[word_code(word)] = KINDS.index(short if short in KINDS else "other")
    codes = sorted(found)
    return Vocabulary(np.array(codes, np.uint32), np.array([found[code] for code in codes], np.uint8))


class _Trainer:
    """All characters and all stretches of all messages, side by side."""

    def __init__(self, examples: Sequence[Example], vocabulary: Vocabulary) -> None:
        # needed for building only
        from scipy.sparse import csr_matrix  # noqa: PLC0415

        self.vocabulary = vocabulary
        plains = [aligned(example.text[:MOST]) for example in examples]
        named = [names for plain in plains for names in character_features(plain, vocabulary)]
        seen = Counter(code for names in named for code in names)
        self.codes = np.array(sorted(code for code, times in seen.items() if times >= LEAST), np.uint32)
        places = {int(code): place for place, code in enumerate(self.codes)}
        rows = [[places[code] for code in names if code in places] for names in named]
        ends = np.cumsum([0, *map(len, rows)])
        flat = np.array([place for row in rows for place in row], np.int64)
        self.matrix: Any = csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(rows), len(self.codes)))
        self._lay(examples, plains)

    def _lay(self, examples: Sequence[Example], plains: Sequence[str]) -> None:
        """Number the stretches of all messages; the stretch of none stands before those of its message."""
        offset, starts, ends, runs, owners, self.gold = 0, [], [], [], [], []
        begin = 0
        for example, plain in zip(examples, plains, strict=True):
            own = stretches(plain)
            starts.append(own[0] + offset)
            ends.append(own[1] + offset)
            runs.append(own[2])
            owners.append(len(own[0]))
            self.gold.append(begin + _gold(example, own) if example.place else -1)
            begin += len(own[0])
            offset += len(plain)
        self.starts, self.ends = np.concatenate(starts), np.concatenate(ends)
        self.owner = np.repeat(np.arange(len(owners)), owners)
        self.lengths, self.runs = self.ends - self.starts + 1, np.concatenate(runs)
        gold = np.array(self.gold)
        # a place that is no stretch (of one character, or with a mark in it) teaches nothing
        self.is_taught = (gold >= 0) | np.array([example.place is None for example in examples])
        self.chosen = gold[gold >= 0]
        self.is_none = np.array([example.place is None for example in examples])

    def run(self) -> Places:
        """Return the weights."""
        from scipy.optimize import minimize  # noqa: PLC0415 - needed for building only

        size = len(self.codes) * 3 + SHAPES
        found = minimize(self.loss, np.zeros(size), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
        weights, shapes = self._parts(found.x)
        words = self.vocabulary
        return Places(self.codes, weights.astype(np.float16), shapes.astype(np.float32), words.codes, words.kinds)

    def _parts(self, theta: Floats) -> tuple[Floats, Floats]:
        return theta[: len(self.codes) * 3].reshape(-1, 3), theta[len(self.codes) * 3 :]

    def loss(self, theta: Floats) -> tuple[float, Floats]:
        """Return the loss and its gradient."""
        weights, shapes = self._parts(theta)
        emissions = self.matrix @ weights
        inside = np.concatenate([[0.0], np.cumsum(emissions[:, INSIDE])])
        scores = emissions[self.starts, START] + emissions[self.ends, END] + shapes[self.lengths]
        scores += shapes[self.runs] + inside[self.ends + 1] - inside[self.starts]
        count = len(self.is_none)
        top = np.full(count, shapes[0])
        np.maximum.at(top, self.owner, scores)
        grown = np.exp(scores - top[self.owner])
        none = np.exp(shapes[0] - top)
        total = none + np.bincount(self.owner, grown, minlength=count)
        taught = self.is_taught
        value = float((np.log(total) + top)[taught].sum() - scores[self.chosen].sum() - shapes[0] * self.is_none.sum())
        error = grown / total[self.owner] * taught[self.owner]
        error[self.chosen] -= 1
        missed = float((none / total)[taught].sum() - self.is_none.sum())
        gradient = np.concatenate([(self.matrix.T @ self._spread(error)).ravel(), self._by_shape(error, missed)])
        return value + RIDGE / 2 * float(theta @ theta), gradient + RIDGE * theta

    def _spread(self, error: Floats) -> Floats:
        """Return the errors of stretches as errors of their characters: first, inside, last."""
        size = self.matrix.shape[0]
        begun = np.bincount(self.starts, error, minlength=size)
        ended = np.bincount(self.ends, error, minlength=size)
        within = np.cumsum(begun) - np.concatenate([[0.0], np.cumsum(ended)[:-1]])
        return np.stack([begun, within, ended], axis=1)

    def _by_shape(self, error: Floats, missed: float) -> Floats:
        both = np.concatenate([self.lengths, self.runs])
        sums: Floats = np.bincount(both, np.concatenate([error, error]), minlength=SHAPES).astype(np.float64)
        sums[0] = missed
        return sums


def _gold(example: Example, own: tuple[Numbers, Numbers, Numbers]) -> int:
    """Return the number of the stretch that is the place; far below zero where none is."""
    place = example.place or ""
    start = example.text.find(place)
    found = np.flatnonzero((own[0] == start) & (own[1] == start + len(place) - 1))
    return int(found[0]) if len(found) else -(1 << 40)
